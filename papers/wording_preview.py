"""A letter in the office's own words with this year's facts, held against the words that are shipped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from database import documents
from domain.letters_and_documents import Purpose
from domain.problem import Problem, Refused
from letters.form.paper import Acts
from letters.wording import TEMPLATES, Wording, render


@dataclass(frozen=True)
class WordingPreview:
    """How a letter reads; `wording` is None where its words are at fault."""

    wording: Wording | None
    problems: tuple[Problem, ...]
    difference: Sequence[str]  #: the lines that the office's own words take away (`- …`) and bring (`+ …`)


def preview(purpose: Purpose, facts: Mapping[str, object], office_folder: Path | None) -> WordingPreview:
    """The letter with those facts, by the office's words where it has any, and in what they differ from the shipped."""
    shipped = _read(purpose, facts, None)
    if not own_files(purpose, office_folder) and not own_parts(office_folder):
        return shipped
    own = _read(purpose, facts, office_folder)
    if own.wording is None or shipped.wording is None:
        return own
    return WordingPreview(own.wording, (), documents.difference(_text(shipped.wording), _text(own.wording)))


def own_files(purpose: Purpose, office_folder: Path | None) -> tuple[str, ...]:
    """The files of that letter which the office has written itself."""
    return _there(office_folder, purpose)


def own_parts(office_folder: Path | None) -> tuple[str, ...]:
    """The parts of several letters which the office has written itself."""
    return _there(office_folder, "parts")


def _there(office_folder: Path | None, name: str) -> tuple[str, ...]:
    if office_folder is None:
        return ()
    shipped = (TEMPLATES / name).iterdir()
    return tuple(sorted(one.name for one in shipped if (office_folder / name / one.name).is_file()))


def _read(purpose: Purpose, facts: Mapping[str, object], folder: Path | None) -> WordingPreview:
    try:
        return WordingPreview(render(purpose, facts, folder, Acts()), (), ())
    except Refused as refused:
        return WordingPreview(None, refused.problems, ())


def _text(wording: Wording) -> str:
    return f"{wording.subject}\n{wording.body}"
