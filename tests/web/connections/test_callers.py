"""By which address somebody is counted."""

import pytest

from web.connections.callers import caller_of, is_within, networks_of


@pytest.mark.parametrize(
    ("address", "caller"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_address_of_ipv4_counts_alone_and_of_ipv6_with_its_network(address: str, caller: str) -> None:
    """Whoever has one address of IPv6 has all those of its network."""
    assert caller_of(address) == caller


def test_a_proxy_is_known_by_its_address_or_its_network() -> None:
    trusted = networks_of(["10.0.0.5", "10.1.0.0/24", "2001:db8::/32"])

    assert [one for one in ("10.0.0.5", "10.1.0.77", "2001:db8::1") if not is_within(one, trusted)] == []
    assert [one for one in ("10.0.0.6", "10.1.1.1", "::1", "proxy", "") if is_within(one, trusted)] == []
