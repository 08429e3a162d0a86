"""What belongs to a copy and by which name: nothing else is taken in, and nothing else is laid out (0043)."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from config.mail_server_file import FILE as MAIL_SERVER
from config.settings import ROOT, Settings
from database.record.heads import FILE as HEADS
from database.restored import MARK

OURS = "visits.db"
PREFECTS = "prefect/prefect.db"
PREFECTS_DUMP = "prefect/prefect.dump"  #: of `pg_dump`, where a server keeps it
MAILBOX = "mailbox"
CONFIGURATION = "configuration"
SEALED = "secrets.sealed"
#: Name in a copy -> setting: what an office may set as a file or a folder of its own.
_SET_BY = {
    "templates": "VISITS_TEMPLATES", "rubrics": "VISITS_RUBRICS", "structures": "VISITS_STRUCTURES",
    "trusted_signers": "VISITS_TRUSTED_SIGNERS", "office_calendar": "VISITS_OFFICE_CALENDAR",
    "choice_rules": "VISITS_CHOICE_RULES",
}  # fmt: skip

_LONGEST = 255  # letters of a name, as file systems have it
_PLAIN = re.compile(r"[^\x00-\x1f\x7f\\:]+")
#: Small files beside the database: heads of its record, how far that had come, the mail server set at the desk.
BESIDE = (HEADS, MARK, MAIL_SERVER)
_SINGLE = (OURS, PREFECTS, PREFECTS_DUMP, *BESIDE, SEALED)


def may_stand_in_a_copy(name: str) -> bool:
    """Whether a file of that name belongs to a copy: one of ours, below the folder, and nowhere else.

    A name that is absolute, climbs, or is spelt in another way than its own path is none.
    """
    path = PurePosixPath(name)
    if not _PLAIN.fullmatch(name) or path.is_absolute() or str(path) != name or ".." in path.parts:
        return False
    if any(len(part.encode()) > _LONGEST for part in path.parts):
        return False
    if name in _SINGLE:
        return True
    if path.parts[0] == MAILBOX:
        return len(path.parts) == 2 and path.suffix == ".eml"
    return path.parts[0] == CONFIGURATION and len(path.parts) > 2 and path.parts[1] in _SET_BY


def letters_of(of: Settings) -> Iterator[tuple[str, Path]]:
    """Every letter in the local mailbox, by its name in a copy."""
    for path in sorted(of.mailbox.glob("*.eml")):
        if path.is_file() and not path.is_symlink():
            yield f"{MAILBOX}/{path.name}", path


def configuration_of(of: Settings) -> Iterator[tuple[str, Path]]:
    """The office's own wording, score sheets, levels, certificates and days off; what is shipped is left out."""
    for kind in _SET_BY:
        place: Path | None = getattr(of, kind)
        if place is None or not place.exists() or place.absolute().is_relative_to(ROOT / "config"):
            continue
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in files:
            within = path.relative_to(place) if place.is_dir() else Path(path.name)
            name = f"{CONFIGURATION}/{kind}/{within.as_posix()}"
            if path.is_file() and not path.is_symlink() and may_stand_in_a_copy(name):
                yield name, path


def settings_for(home: Path) -> Iterator[str]:
    """The lines of `visits.env` by which the configuration that was laid out into a home is used."""
    for kind, variable in _SET_BY.items():
        place = home / CONFIGURATION / kind
        if place.is_dir():
            files = sorted(place.iterdir())
            single = kind in ("office_calendar", "choice_rules") and len(files) == 1
            yield f"{variable}={files[0] if single else place}"
