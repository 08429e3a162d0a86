"""Fills the templates of the letters with facts; the one file that knows Jinja2's environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import TracebackType

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateRuntimeError
from jinja2.exceptions import TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from domain import dates
from domain.problem import Problem, Refused
from domain.text import nfc, slug
from letters.one_line import one_line

TEMPLATES = Path(__file__).resolve().parent / "templates"

#: Every letter the service can write; each is a folder of `templates`.
PURPOSES: tuple[str, ...] = (
    "nomination_request",
    "nomination_reminder",
    "nomination_incomplete",
    "late_nomination",
    "staff_task",
    "selection_notice",
    "invitation",
    "invitation_cancelled",
    "visit_cancelled",
    "findings_request",
    "findings_reminder",
    "group_report",
    "result_notice",
)

#: What a template written by hand can run into while it is filled.
_FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True)
class Wording:
    """A letter in words."""

    subject: str  #: one line, with its ASCII tag (P26)
    body: str  #: the mail text
    document: str = ""  #: the same text as the attached document has it: see `letters/document_text.py`


def render(purpose: str, facts: Mapping[str, object], office_folder: Path | None = None) -> Wording:
    """The wording of one letter; files in `office_folder` go before the service's own, file by file.

    Facts are plain text: nothing inside them is evaluated, and each stays on its line. Raises `Refused`
    with the file and the line when a fact is missing or a template is wrong; `ValueError` for a purpose
    that is none of `PURPOSES`.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"no such letter: {purpose}")
    folder = office_folder.resolve() if office_folder else None
    tag = _fill(folder, "parts/tag.txt", facts)
    subject = _fill(folder, f"{purpose}/subject.txt", facts)
    body = f"{purpose}/body.txt"
    return Wording(
        subject=one_line(f"{tag} {subject}"),
        body=_fill(folder, body, {**facts, "in_mail": True}),
        document=_fill(folder, body, {**facts, "in_mail": False}),
    )


def _fill(office_folder: Path | None, name: str, facts: Mapping[str, object]) -> str:
    try:
        text = environment(office_folder).get_template(name).render(facts)
    except _FAULTS as error:
        problem = _problem(error, name, office_folder)
    else:
        return _tidy(text)
    raise Refused(problem)  # outside the handler: a person reads it, the traceback of Jinja2 says no more


@cache
def environment(office_folder: Path | None) -> ImmutableSandboxedEnvironment:
    """Jinja2 as all letters use it: strict about facts, plain text, the office's folder first."""
    environment = ImmutableSandboxedEnvironment(  # sandboxed, as people edit the templates
        loader=FileSystemLoader(_folders(office_folder), encoding="utf-8-sig"),  # Notepad writes a BOM
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_printed,
    )
    environment.filters |= {
        "long_date": _long_date,
        "short_date": dates.short_date,
        "date_and_time": dates.date_and_time,
        "time_of_day": dates.time_of_day,
        "weekday": dates.weekday,
        "month_number": dates.month_number,
        "lower_first": _lower_first,
        "sentence": _sentence,
        "slug": slug,
    }
    return environment


def _folders(office_folder: Path | None) -> list[Path]:
    return [office_folder, TEMPLATES] if office_folder else [TEMPLATES]


def _printed(value: object) -> object:
    """What `{{ value }}` prints: text as one line; never the word `None` in an official letter."""
    if value is None:
        raise TemplateRuntimeError("giá trị còn trống")
    return one_line(value) if isinstance(value, str) else value


def _long_date(day: date | None) -> str:
    """The day in words; a draft that has no day yet leaves the blanks for the clerk's hand (F23)."""
    return dates.long_date(day) if day else "ngày      tháng      năm     "


def _lower_first(text: str) -> str:
    """A title as it goes on inside a sentence: `Dự, giám sát …` becomes `dự, giám sát …`."""
    return text[:1].lower() + text[1:]


def _sentence(text: str) -> str:
    """The text with exactly one mark at its end, however its writer ended it."""
    line = one_line(text)
    return line if line.endswith(("!", "?", "…")) else line.rstrip(" .,;:") + "."


def _tidy(text: str) -> str:
    """NFC, no blanks at line ends, no more than one empty line in a row, one line break at the end."""
    lines = "\n".join(line.rstrip() for line in nfc(text).splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _problem(error: Exception, name: str, office_folder: Path | None) -> Problem:
    if isinstance(error, TemplateNotFound):
        return Problem(f"mẫu thư {error.name}", "không có tệp này", "đặt lại tệp mẫu thư")
    folders = [str(folder) for folder in _folders(office_folder)]
    if isinstance(error, TemplateSyntaxError):
        where, line = error.filename or name, error.lineno
    else:
        where, line = _template_line(error.__traceback__, folders) or (_path(name, folders), 1)
    place = f"{_shown(where)}:{line}"
    if isinstance(error, UndefinedError):
        return Problem(place, f"thiếu dữ kiện mà mẫu thư cần ({error})", "sửa tên giữa {{ và }}")
    if isinstance(error, UnicodeDecodeError):
        return Problem(place, "tệp không phải UTF-8", "lưu lại tệp với bảng mã UTF-8")
    return Problem(place, f"mẫu thư viết sai: {error}", "sửa dòng này của mẫu thư")


def _template_line(traceback: TracebackType | None, folders: list[str]) -> tuple[str, int] | None:
    """The innermost line of a template in a traceback: Jinja2 puts its files and lines there."""
    found = None
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if file.startswith(tuple(folders)):
            found = (file, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def _path(name: str, folders: list[str]) -> str:
    paths = [Path(folder) / name for folder in folders]
    return str(next((path for path in paths if path.exists()), paths[-1]))


def _shown(file: str) -> str:
    """The service's own templates are named from the project's root, the office's by their full path."""
    path = Path(file)
    return str(path.relative_to(TEMPLATES.parent.parent)) if path.is_relative_to(TEMPLATES) else file
