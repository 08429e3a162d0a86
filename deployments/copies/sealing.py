"""Secrets under a passphrase: scrypt makes a key of it, AES-256-GCM closes and tells whether anything was changed."""

import base64
import json
import os
import unicodedata
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from domain.problem import Problem, Refused

SHORTEST = 12  #: letters of a passphrase
#: What the first form is made with. It stands in no file: a hostile one could ask for all the memory there is.
_SCRYPT = {"length": 32, "n": 2**16, "r": 8, "p": 1}
_FORM = b"visits secrets 1"


def checked(passphrase: str) -> str:
    """A passphrase in the one spelling of its letters; `Refused` when it is too short to guard anything."""
    composed = unicodedata.normalize("NFC", passphrase).strip()
    if len(composed) < SHORTEST:
        fault = f"cụm mật khẩu phải có ít nhất {SHORTEST} ký tự"
        raise Refused(Problem("cụm mật khẩu của bản sao", fault, "chọn vài từ dễ nhớ, khó đoán"))
    return composed


def seal(secrets: Mapping[str, str], passphrase: str) -> bytes:
    """Close secrets, by name, under that passphrase."""
    salt, nonce = os.urandom(16), os.urandom(12)
    closed = AESGCM(_key(passphrase, salt)).encrypt(nonce, json.dumps(dict(secrets)).encode(), _FORM)
    parts = {"salt": salt, "nonce": nonce, "closed": closed}
    text = {name: base64.b64encode(part).decode("ascii") for name, part in parts.items()}
    return json.dumps({"form": 1, **text}).encode("ascii")


def unseal(sealed: bytes, passphrase: str) -> Mapping[str, str]:
    """Open them; `Refused` for another passphrase, and for a file that was changed."""
    place = "khóa trong bản sao"
    try:
        told = json.loads(sealed)
        salt, nonce, closed = (base64.b64decode(told[name], validate=True) for name in ("salt", "nonce", "closed"))
        opened = json.loads(AESGCM(_key(passphrase, salt)).decrypt(nonce, closed, _FORM))
    except InvalidTag:
        fault = "cụm mật khẩu không đúng, hoặc tệp đã bị sửa"
        remedy = "nhập lại; nếu đã mất cụm mật khẩu thì thêm --without-secrets, dịch vụ sẽ tạo khóa mới"
        raise Refused(Problem(place, fault, remedy)) from None
    except (ValueError, KeyError, TypeError):
        raise Refused(Problem(place, "không đọc được", "lấy một bản sao khác")) from None
    return {str(name): str(value) for name, value in opened.items()}


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, **_SCRYPT).derive(checked(passphrase).encode())
