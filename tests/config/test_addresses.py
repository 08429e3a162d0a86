"""Each obligation has one page, and the address of a page tells whose it is."""

import pytest

from config.addresses import key_at, page_of_key
from domain.problem import Refused


@pytest.mark.parametrize(
    ("key", "page"),
    [
        ("2024-02/nhon_trach", "/chuyen/2024-02/nhon_trach"),
        ("2024-02/nhon_trach/kien-nghi", "/chuyen/2024-02/nhon_trach/kien-nghi"),
        ("2024/long_thanh", "/nam/2024/bao-cao/long_thanh"),
        ("2024/ke-hoach", "/nam/2024/ke-hoach"),
        ("2024/tong-hop", "/nam/2024/tong-hop"),
    ],
)
@pytest.mark.parametrize("below", ["", "/lien-ket", "/duyet/summary"])
def test_from_a_key_to_its_page_and_from_whatever_lies_below_it_back(key: str, page: str, below: str) -> None:
    assert page_of_key(key) == page
    assert key_at(page + below) == key


@pytest.mark.parametrize("address", ["/", "/nam/2024", "/nam/2024/ke-hoach-khac", "/thu/1", "/chuyen/2024-02"])
def test_other_addresses_are_about_no_obligation(address: str) -> None:
    assert key_at(address) == ""


def test_what_is_no_key_has_no_page() -> None:
    with pytest.raises(Refused):
        page_of_key("năm nay")
