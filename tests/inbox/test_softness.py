"""A letter has come back for good, or a later one may still arrive."""

import pytest

from inbox.softness import for_good


@pytest.mark.parametrize(
    ("status", "reply"),
    [
        ("5.1.1", "550 5.1.1 user unknown"),
        ("5.0.0", "550 No such user here"),
        ("4.1.1", "450 4.1.1 unverified address"),
        ("5.4.4", "Host or domain name not found"),
        ("5.3.4", "552 5.3.4 message too large"),
        ("5.7.1", "550 5.7.1 blocked by policy"),
        ("5.4.6", "too many hops"),
        ("", "địa chỉ không tồn tại"),
        ("", "550 user unknown; 421 connection timed out at the other server"),
        ("", ""),
    ],
)
def test_for_good(status: str, reply: str) -> None:
    assert for_good(status, reply)


@pytest.mark.parametrize(
    ("status", "reply"),
    [
        ("5.2.2", ""),
        ("5.0.0", "552 mailbox full"),
        ("5.1.1", "550 5.1.1 mailbox is full"),
        ("5.3.1", "554 disk full"),
        ("4.4.7", "delivery time expired"),
        ("5.4.7", ""),
        ("4.7.1", "451 4.7.1 greylisted"),
        ("5.0.0", "Connection timed out"),
        ("", "421 come back"),
        ("", "Hộp thư đã đầy"),
        ("", "máy chủ bận, thử lại sau"),
    ],
)
def test_not_for_good(status: str, reply: str) -> None:
    assert not for_good(status, reply)


def test_an_address_of_a_machine_is_no_code() -> None:
    assert for_good("5.1.1", "host 4.2.2.1 said: 550 unknown")
