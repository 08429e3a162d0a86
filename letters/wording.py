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
from markupsafe import Markup

from domain import dates
from domain.letters_and_documents import DOCUMENTS, Purpose
from domain.plan import Plan
from domain.problem import Problem, Refused
from domain.text import nfc, slug
from letters.form.markup import shield, unshield
from letters.form.paper import BLANK_DAY, Acts, Paper, make_paper
from letters.form.plain_text import foot_text, head_text, said_text
from letters.one_line import one_line

TEMPLATES = Path(__file__).resolve().parent / "templates"

#: What a template written by hand can run into while it is filled.
_FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
#: Blanks that a joiner may have; the no-break blank is one of them.
_BLANKS = (" ", "\u00a0")
#: Ends an open list; it belongs to what is said.
_GOES_ON = ("…", "...")


@dataclass(frozen=True)
class Wording:
    """A letter in words."""

    subject: str  #: one line, with its ASCII tag (P26)
    body: str  #: the mail text
    paper: Paper | None = None  #: the official document that goes with it, if there is one


def render(
    purpose: str, facts: Mapping[str, object], office_folder: Path | None = None, acts: Acts | None = None
) -> Wording:
    """The wording of one letter; files in `office_folder` go before the service's own, file by file.

    A letter with a document says what the document says, in the frame of `parts/mail.txt`; its number, day and stamps
    are `acts`. Facts are plain text: nothing inside them is evaluated, none can make a mark of the document's markup,
    and each stays on its line. Raises `Refused` with the file and the line when a fact is missing or a template is
    wrong; `ValueError` for a purpose that is no `Purpose`.
    """
    if purpose not in set(Purpose):
        raise ValueError(f"no such letter: {purpose}")
    folder = office_folder.resolve() if office_folder else None
    subject, body = _said(folder, purpose, facts)
    tagged = one_line(unshield(f"{_fill(folder, 'parts/tag.txt', facts)} {subject}"))
    if purpose not in DOCUMENTS:
        return Wording(tagged, unshield(body))
    paper = make_paper(purpose, subject, body, _plan(facts), acts)
    parts = {"head": head_text(paper), "said": said_text(paper), "foot": foot_text(paper)}
    frame = {name: Markup(text) for name, text in parts.items()}
    frame_facts = {**facts, **frame, "salutes": bool(paper.addressees), "numbered": bool(acts and acts.symbol)}
    return Wording(tagged, unshield(_fill(folder, "parts/mail.txt", frame_facts)), paper)


def write_paper(
    purpose: str, facts: Mapping[str, object], office_folder: Path | None = None, acts: Acts | None = None
) -> Paper:
    """The document of that letter without the mail around it: what is previewed, approved and issued.

    Raises like `render`; `KeyError` for a letter that has no document.
    """
    folder = office_folder.resolve() if office_folder else None
    return make_paper(purpose, *_said(folder, purpose, facts), _plan(facts), acts)


def _said(folder: Path | None, purpose: str, facts: Mapping[str, object]) -> tuple[str, str]:
    return _fill(folder, f"{purpose}/subject.txt", facts), _fill(folder, f"{purpose}/body.txt", facts)


def _plan(facts: Mapping[str, object]) -> Plan:
    plan = facts.get("plan")
    if not isinstance(plan, Plan):
        raise Refused(Problem("plan", "thiếu dữ kiện để lập văn bản", "báo người quản trị"))
    return plan


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
    """Jinja2 as all letters use it: strict about facts, the office's folder first.

    Its way of escaping is on, but with our own escape (`_printed`): so what a template or a macro says keeps its marks,
    and what a fact says has none.
    """
    environment = ImmutableSandboxedEnvironment(  # sandboxed, as people edit the templates
        loader=FileSystemLoader(_folders(office_folder), encoding="utf-8-sig"),  # Notepad writes a BOM
        undefined=StrictUndefined,
        autoescape=True,
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
        "inside": _inside,
        "sentence": _sentence,
        "phrase": _phrase,
        "slug": slug,
    }
    return environment


def _folders(office_folder: Path | None) -> list[Path]:
    return [office_folder, TEMPLATES] if office_folder else [TEMPLATES]


def _printed(value: object) -> object:
    """What `{{ value }}` prints: a fact as one line without marks; never the word `None` in an official letter."""
    if value is None:
        raise TemplateRuntimeError("giá trị còn trống")
    if isinstance(value, Markup):  # the words of a macro; its definition ends with a line break
        return value.strip("\n")
    if not isinstance(value, str):
        return value
    return Markup(shield(_with_its_blanks(value)))


def _with_its_blanks(text: str) -> str:
    """The text as one line; a blank at its begin or end stays, as `{{ ", " }}` is words of the template and no fact.

    Jinja2 shows both alike. A blank too many, where a fact brought one, is taken out at the end (`_tidy`).
    """
    line = one_line(text)
    if not line:
        return " " if " " in text else ""
    return (" " if text.startswith(_BLANKS) else "") + line + (" " if text.endswith(_BLANKS) else "")


def _long_date(day: date | None) -> str:
    """The day in words; a draft that has no day yet leaves the blanks for the clerk's hand (F23)."""
    return dates.long_date(day) if day else BLANK_DAY


def _lower_first(text: str) -> str:
    """A title as it goes on inside a sentence: `Dự, giám sát …` becomes `dự, giám sát …`."""
    return text[:1].lower() + text[1:]


#: Words by which a description of somebody begins; a name begins with none of them.
_DESCRIBING = ("Đại diện ", "Đồng chí ", "Các đồng chí ", "Lãnh đạo ")


def _inside(invitee: str) -> str:
    """Whoever is invited, inside a sentence: `đại diện lãnh đạo …`; a name keeps its capital."""
    return _lower_first(invitee) if invitee.startswith(_DESCRIBING) else invitee


def _sentence(text: str) -> str:
    """The text with exactly one mark at its end, however its writer ended it."""
    line = one_line(unshield(text))
    return line if line.endswith(("!", "?", *_GOES_ON)) else line.rstrip(" .,;:") + "."


def _phrase(text: str) -> str:
    """The text without a mark at its end, for a sentence that goes on."""
    line = one_line(unshield(text))
    return line if line.endswith(_GOES_ON) else line.rstrip(" .,;:")


def _tidy(text: str) -> str:
    """NFC, one blank between words and none at line ends, at most one empty line in a row, one line break at the end.

    What a line begins with stays as it is: mails draw lists in by it.
    """
    lines = "\n".join(re.sub(r"(?<=\S) {2,}(?=\S)", " ", line.rstrip()) for line in nfc(text).splitlines())
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
