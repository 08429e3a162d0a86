"""Secrets in a copy are opened by their passphrase alone, however it is typed, and not once anything is changed."""

import unicodedata

import pytest

from deployments.copies.sealing import checked, seal, unseal
from domain.problem import Refused
from tests.deployments.copies.conftest import PASSPHRASE

SECRETS = {"links": "một khóa", "record": "khóa khác"}


def test_what_was_sealed_is_opened_by_its_passphrase_alone() -> None:
    sealed = seal(SECRETS, PASSPHRASE)

    assert unseal(sealed, PASSPHRASE) == SECRETS
    assert unseal(sealed, unicodedata.normalize("NFD", f" {PASSPHRASE} ")) == SECRETS, "keyboards spell it in two ways"
    assert "khóa" not in sealed.decode()
    assert seal(SECRETS, PASSPHRASE) != sealed, "no two copies are closed by one key"
    with pytest.raises(Refused, match=r"cụm mật khẩu không đúng.*--without-secrets"):
        unseal(sealed, "bốn từ chẳng ai biết")


@pytest.mark.parametrize("harm", ["a byte", "half", "nothing", "a list", "no salt"])
def test_what_was_changed_is_refused_in_words(harm: str) -> None:
    sealed = seal(SECRETS, PASSPHRASE)
    place = sealed.index(b'"closed": "') + 20
    other = b"B" if sealed[place : place + 1] == b"A" else b"A"
    changed = {
        "a byte": sealed[:place] + other + sealed[place + 1 :],
        "half": sealed[: len(sealed) // 2], "nothing": b"", "a list": b"[]",
        "no salt": sealed.replace(b"salt", b"sugar"),
    }  # fmt: skip
    with pytest.raises(Refused, match=r"cụm mật khẩu không đúng, hoặc tệp đã bị sửa|không đọc được"):
        unseal(changed[harm], PASSPHRASE)


def test_a_short_passphrase_guards_nothing() -> None:
    with pytest.raises(Refused, match="ít nhất 12 ký tự"):
        checked("ngắn quá")
