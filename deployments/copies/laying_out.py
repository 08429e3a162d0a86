"""Lays the files of a copy out beside the home, with the secrets and whatever the old home knows better (0043)."""

import os
import shutil
from pathlib import Path

from config.secret import MAIL, NAMES, given
from database.record.heads import FILE as HEADS
from database.restored import MARK
from deployments.copies.contents import CONFIGURATION, OURS, SEALED
from deployments.copies.homes import UNFINISHED, is_empty
from deployments.copies.letters_since import since
from deployments.copies.putting_back import PuttingBack
from deployments.copies.take import ENVIRONMENT

#: Beside the database that was put back: the letters that went out after the copy, one a line.
LETTERS_SINCE = "letters-after-copy.txt"


def lay_out(work: PuttingBack) -> None:
    """Every file of the copy, held against its hash; the mark that it is unfinished comes first."""
    work.staged.mkdir(mode=0o700)
    (work.staged / UNFINISHED).touch()
    for name in work.manifest.files:
        if name != SEALED:
            work.copy.lay_out(name, work.staged / name)


def put_secrets(work: PuttingBack) -> None:
    """Those of the copy, else those of the old home; what is given from outside is not written."""
    folder = work.staged / "secrets"
    folder.mkdir(mode=0o700)
    for name in (*NAMES, MAIL):
        old = work.home / "secrets" / name
        value = work.secrets.get(name) or (old.read_text("utf-8") if old.exists() else "")
        if value and (name == MAIL or given(name, work.of) is None):  # that of the mail server was set at the desk
            _write(folder / name, value)
    if environment := work.secrets.get(ENVIRONMENT):
        (work.staged / CONFIGURATION).mkdir(mode=0o700, exist_ok=True)
        _write(work.staged / CONFIGURATION / "visits.env", environment)


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def keep_what_is_newer(work: PuttingBack) -> None:
    """Heads and mark of the old home know how far the record had come; letters since then are named."""
    for name in (HEADS, MARK):
        if (old := work.home / name).exists() and _goes_on(old, work.staged / name):
            shutil.copyfile(old, work.staged / name)
    if not work.upgrade:
        old_home = None if is_empty(work.home) else work.home
        url = work.of.database if work.on_server else ""
        work.since = since(work.staged / OURS, old_home, work.mailboxes, url)
        lines = [f"{one.message_id}\t{one.to}\t{one.subject}\t{one.where}\n" for one in work.since.letters]
        if lines:
            _write(work.staged / LETTERS_SINCE, "".join(lines))


def _goes_on(old: Path, copied: Path) -> bool:
    """Of heads: the same with more behind. The mark is always the old home's."""
    if old.name == MARK or not copied.exists():
        return True
    return old.read_bytes().startswith(copied.read_bytes())
