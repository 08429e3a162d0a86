"""Who is calling, as far as an address tells: what is counted for one address is counted by this."""

import ipaddress
from collections.abc import Iterable

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def caller_of(address: str) -> str:
    """The address by which somebody is counted.

    Of IPv6 the first 64 bits, because whoever has one address there has 2^64 of them. What is none stays as it is.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network(f"{found.packed.hex(':', 2)}/64", strict=False))


def networks_of(trusted: Iterable[str]) -> tuple[_Network, ...]:
    """Addresses and networks as networks; `ValueError` for what is neither, or has bits behind its prefix."""
    return tuple(ipaddress.ip_network(one) for one in trusted)


def is_within(address: str, networks: Iterable[_Network]) -> bool:
    """Whether an address is one of these."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)
