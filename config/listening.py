"""Where a part of the service listens, as one types it: `host:port`, `[::1]:4200`, `:4200` for this machine alone."""

import ipaddress
import re

from domain.problem import Problem, Refused

LOOPBACK = "127.0.0.1"
#: Every address of a machine, and how the machine itself calls it; nobody else calls it so.
EVERYWHERE = {"0.0.0.0": LOOPBACK, "::": "::1"}

_BIND = re.compile(r"^(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[^:\[\]\s]*)):(?P<port>\d{1,5})$")


def host_and_port(variable: str, bind: str) -> tuple[str, int]:
    """The two parts of what `variable` says; `Refused` with that name for anything else."""
    found = _BIND.match(bind.strip())
    if found is None or not 0 < int(found["port"]) < 65536:
        remedy = "ghi như 127.0.0.1:4200, 0.0.0.0:4200 hoặc [::1]:4200"
        raise Refused(Problem(variable, f"“{bind}” không phải địa chỉ và cổng", remedy))
    return found["six"] or found["host"] or LOOPBACK, int(found["port"])


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def called_here(host: str) -> str:
    """How this machine itself calls what listens at that address, as it stands in a URL."""
    own = {**EVERYWHERE, "localhost": LOOPBACK}.get(host, host)
    return f"[{own}]" if ":" in own else own
