"""Where the parts of the service listen: is the port free, does our own process answer there, may it be open at all?"""

import socket
from collections.abc import Collection

import httpx

from config.listening import is_loopback
from config.settings import Settings
from domain.problem import Problem, Refused

_CALLED = {"server": ("Prefect", "prefect"), "mailbox": ("hộp thư", "mailbox"), "desk": ("bàn làm việc", "desk")}


def check_ports(of: Settings, parts: Collection[str]) -> None:
    """`Refused` with the port that another program has."""
    for part, (name, setting) in _CALLED.items():
        host, port = getattr(of, f"{setting}_host"), getattr(of, f"{setting}_port")
        if part in parts and _in_use(host, port):
            remedy = f"đặt VISITS_{setting.upper()}_PORT=…"
            raise Refused(Problem(f"cổng {port} ({name})", "đang có chương trình khác dùng", remedy))


def check_open(of: Settings, parts: Collection[str]) -> None:
    """Refuse to carry Prefect's string, or letters, over a network in the clear that nobody has said is our own.

    The desk has rules of its own (`web.desk.binding`): it is for people, and speaks TLS.
    """
    for part in ("server", "mailbox"):
        name, setting = _CALLED[part]
        host = getattr(of, f"{setting}_host")
        if part not in parts or is_loopback(host):
            continue
        if of.mode == "rehearsal":
            remedy = f"bỏ VISITS_{setting.upper()}_BIND: trong buổi diễn tập ai cũng vào được"
            raise Refused(Problem(host, f"buổi diễn tập chỉ mở {name} trên máy này", remedy))
        if not of.private_network:
            remedy = (
                "đặt VISITS_PRIVATE_NETWORK=true nếu các máy của dịch vụ có mạng riêng không ai khác vào được; "
                "nếu không, để trên máy này và nối các máy qua TLS, xem docs/administration.md"
            )
            raise Refused(Problem(f"{name} tại {host}", "mở ra mạng mà không mã hóa", remedy))


def answers(url: str) -> bool:
    """Whether something answers there as it should. The desk's certificate is for its name outside."""
    try:
        return httpx.get(url, timeout=2, verify=False).is_success
    except httpx.HTTPError:
        return False


def _in_use(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # Without it a port that was in use a moment ago counts as in use for a minute.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
