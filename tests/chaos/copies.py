"""Copies of the office, and how one comes back: by the commands that an office types."""

from pathlib import Path

from sqlalchemy import select

from database.engine import reading
from database.models import LetterRow
from tests.chaos.fault import Struck
from tests.chaos.office import Office
from tests.simulation.world import holds

_BY = ("--by", "Trần Thị Quản Trị")


def take_copy(office: Office) -> Path:
    """`visits backup`, while the service runs."""
    before = set(office.copies.glob("*.zip"))
    code, said = office.types("backup", f"{office.copies}")
    holds(code == 0, "a copy is taken while the service runs", said)
    (made,) = set(office.copies.glob("*.zip")) - before
    return made


def put_back(struck: Struck, copy: Path) -> None:
    """Stopped, put back, started; a person looks, and lets go what is held."""
    office = struck.office
    office.kill_everything()
    office.forget_connections()
    code, said = office.types("restore", f"{copy}", "--over", "--without-secrets", *_BY)
    holds(code == 0, "a copy can be put back", said)
    struck.promises.forget()
    office.start()
    look_and_release(struck)


def look_and_release(struck: Struck) -> None:
    """Letters are held until somebody has looked; then what is held goes."""
    office = struck.office
    code, said = office.types("doctor")
    holds(code == 1 and "visits restored" in said, "letters are held until somebody has looked", f"{code} {said}")
    code, said = office.types("restored", *_BY)
    holds(code == 0, "somebody has looked", said)
    struck.play.confirmed = 0
    struck.play.after_rest = lambda: release_all(office)


def release_all(office: Office) -> bool:
    """Whether anything was held, which may go now."""
    with reading(office.settings.database) as session:
        if session.scalars(select(LetterRow.id).where(LetterRow.state == "held")).first() is None:
            return False
    code, said = office.types("letters", "release", "--all-held", *_BY)
    holds(code == 0, "held letters are let go", said)
    return True
