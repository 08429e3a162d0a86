"""The secrets of this installation: made at the first use, kept beside its data, readable by its owner only."""

import os
import secrets
from pathlib import Path

from config.settings import Settings, settings

#: What there is, and how it begins: signing of cookies and forms, signing of links in letters, and what Prefect's API
#: is asked with, as `user:password`.
NAMES = {"desk": "", "links": "", "prefect": "visits:"}


def secret(name: str, of: Settings | None = None) -> str:
    """The secret of that name; the first one who asks makes it. It is never logged and never leaves the folder."""
    path = secret_file(name, of)
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        _make(path, NAMES[name])
        return path.read_text(encoding="ascii").strip()


def secret_file(name: str, of: Settings | None = None) -> Path:
    """Where that secret is kept: below the home of these settings, or of this process's."""
    if name not in NAMES:
        raise ValueError(f"no secret of that name: {name}")
    return (of or settings()).folder / "secrets" / name


def _make(path: Path, begins: str) -> None:
    """Write a new secret whole or not at all; of two processes that try at once one wins and both read the same."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(begins + secrets.token_urlsafe(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other one was first
    finally:
        draft.unlink()
