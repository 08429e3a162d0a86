"""The mail server that an office has set at the desk: a file of its home, read by every process of the service.

What the environment says comes first; then there is nothing here to change. The password is a file among the secrets.
"""

import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the settings read this file
    from config.settings import Settings

#: What the file says of the server; the password is not among it.
FIELDS = ("host", "port", "user", "security")


def file_of(of: "Settings") -> Path:
    """Where it is kept."""
    return of.folder.absolute() / "mail-server.json"


def password_file(of: "Settings") -> Path:
    """Where its password is kept, its owner's alone."""
    return of.folder.absolute() / "secrets" / "smtp-password"


def kept(of: "Settings") -> dict[str, Any]:
    """The fields of `Settings.smtp`, empty where none was set here or the file cannot be understood."""
    try:
        said = json.loads(file_of(of).read_text(encoding="utf-8"))
        found = {name: said[name] for name in FIELDS}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found | ({"password_file": password_file(of)} if found["user"] else {})


def keep(of: "Settings", host: str, port: int, user: str, password: str, security: str) -> None:
    """Let letters go by that server from now on, in every process."""
    if user:
        _write(password_file(of), password)
    elif password_file(of).exists():
        password_file(of).unlink()
    values = dict(zip(FIELDS, (host, port, user, security), strict=True))
    _write(file_of(of), json.dumps(values, ensure_ascii=False))


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and readable by nobody else from its first byte."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)
