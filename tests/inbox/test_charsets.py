"""Bytes of any charset become text."""

import pytest

from inbox.charsets import decoded


@pytest.mark.parametrize(
    ("source", "charset", "text"),
    [
        ("Danh sách".encode(), "utf-8", "Danh sách"),
        ("Danh sách".encode(), "us-ascii", "Danh sách"),
        ("Danh sách".encode(), "khong-co", "Danh sách"),
        ("Danh sách".encode("utf-16"), "utf-16", "Danh sách"),
        (b"Danh s\xe1ch", "windows-1258", "Danh sách"),
        (b"Danh s\xe1ch", "", "Danh sách"),
        ("Danh sách".encode(), "zip", "Danh sách"),
        (b"abc", "punycode", "abc"),
        (b"abc", "idna", "abc"),
        (b"", "utf-8", ""),
    ],
)
def test_it_is_read_by_its_charset_or_by_one_that_fits(source: bytes, charset: str, text: str) -> None:
    assert decoded(source, charset) == text
