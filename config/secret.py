"""The secrets of this installation: made at the first use, kept beside its data, readable by its owner only."""

import os
import secrets
from pathlib import Path

from config.settings import settings

#: What there is: signing of cookies and forms, signing of links in letters, the password of Prefect's API.
NAMES = ("desk", "links", "prefect")


def secret(name: str) -> str:
    """The secret of that name; the first one who asks makes it. It is never logged and never leaves the folder."""
    path = secret_file(name)
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        _make(path)
        return path.read_text(encoding="ascii").strip()


def secret_file(name: str) -> Path:
    """Where that secret is kept."""
    if name not in NAMES:
        raise ValueError(f"no secret of that name: {name}")
    return settings().folder / "secrets" / name


def _make(path: Path) -> None:
    """Write a new secret whole or not at all; of two processes that try at once one wins and both read the same."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other one was first
    finally:
        draft.unlink()
