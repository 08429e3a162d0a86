"""The score sheets: which one may score by, what is wrong with the others, and each as its scorers read it (4.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response

from config.rubric_file import read_rubric
from config.settings import settings
from domain.problem import Problem
from domain.role import Role
from domain.rubric import MEETING_KINDS, Rubric
from domain.rubric_bands import plain
from domain.rubric_words import gate, how, title_of
from web.desk.access import SignedIn
from web.desk.render import page

router = APIRouter(prefix="/phieu-cham")

#: Who can do something about a sheet that cannot be used.
_MEND = (Role.ADMIN, Role.OFFICER)


@dataclass(frozen=True)
class Sheet:
    """One file of the folder of score sheets."""

    name: str  #: of the file, without its ending
    rubric: Rubric | None  #: None where it cannot be used
    problems: Sequence[Problem]


@router.get("")
def every_sheet(request: Request, person: SignedIn) -> Response:
    """Every sheet; those that cannot be used only to whom it concerns."""
    sheets = [sheet for sheet in _sheets() if sheet.rubric or person.may(*_MEND)]
    return page(
        request, person, "rubrics/rubrics.html", sheets=sheets, title_of=title_of, plain=plain, kinds=MEETING_KINDS,
        of_group=settings().score_of_group,
    )  # fmt: skip


@router.get("/{name}")
def one_sheet(request: Request, person: SignedIn, name: str) -> Response:
    """One sheet as its scorers read it, or everything that is wrong with it."""
    sheet = next((one for one in _sheets() if one.name == name), None)
    if sheet is None or (sheet.rubric is None and not person.may(*_MEND)):
        raise HTTPException(404)
    shown = sheet.problems if person.may(*_MEND) else ()
    return page(
        request, person, "rubrics/rubric.html", sheet=sheet, problems=shown, rubric=sheet.rubric, title_of=title_of,
        plain=plain, how=how, gate=gate, kinds=MEETING_KINDS,
    )  # fmt: skip


def _sheets() -> list[Sheet]:
    files = sorted(settings().rubrics.glob("*.yaml"))
    return [_sheet(file, file.stat().st_mtime_ns) for file in files]


@lru_cache(maxsize=64)
def _sheet(file: Path, _changed: int) -> Sheet:
    """The sheet of a file; read again only when the file changes."""
    rubric, problems = read_rubric(file)
    return Sheet(file.stem, rubric, tuple(problems))
