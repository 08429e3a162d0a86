"""Looks through the office's own wording before a letter needs it: does it compile, does it ask for unknown facts."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import TemplateSyntaxError, meta

from domain.problem import Problem
from letters.wording import PURPOSES, TEMPLATES, environment

_COMMON = frozenset({"plan", "unit", "month_year", "today", "visit"})
#: What the frame of a mail with a document has besides.
_FRAME = frozenset({"addressee", "attached", "head", "said", "foot", "salutes", "numbered"})
_MEETINGS = frozenset({"meetings"})

#: Which facts each letter has beside the common ones; `tests/letters` holds this against what the steps give.
FACTS: dict[str, frozenset[str]] = {
    "nomination_request": frozenset({"earliest_deadline"}),
    "nomination_reminder": frozenset({"due", "days_left", "overdue", "escalated", "tight"}),
    "nomination_incomplete": _MEETINGS,
    "late_nomination": frozenset({"late", "received_on"}),
    "staff_task": frozenset({"task", "detail", "command"}),
    "selection_notice": _MEETINGS | {"changes"},
    "invitation": _MEETINGS | {"invitee", "changes"},
    "invitation_cancelled": _MEETINGS | {"invitee", "reason"},
    "visit_cancelled": _MEETINGS | {"reason"},
    "findings_request": _MEETINGS | {"inspector", "due"},
    "findings_reminder": _MEETINGS | {"inspector", "due", "days_left"},
    "group_report": _MEETINGS | {"findings"},
    "result_notice": _MEETINGS | {"findings"},
    "year_end_request": frozenset({"due"}),
    "year_end_reminder": frozenset({"due", "days_left", "overdue"}),
    "self_report": frozenset({"due"}),
    "annual_report": frozenset({"summary", "proposals"}),
}


def check_templates(office_folder: Path | None) -> Iterator[Problem]:
    """Every fault of the wording in use, with file and line; the service's own files are looked at as well."""
    if office_folder is not None:
        yield from _strangers(office_folder)
    for purpose in PURPOSES:
        for name in (f"{purpose}/subject.txt", f"{purpose}/body.txt"):
            own = office_folder / name if office_folder else None
            yield from _check(own if own and own.exists() else TEMPLATES / name, purpose)


def _strangers(office_folder: Path) -> Iterator[Problem]:
    """Folders that no letter is called by: probably a slip of the pen, and their words would never be used."""
    for folder in sorted(office_folder.iterdir()) if office_folder.is_dir() else []:
        if folder.is_dir() and folder.name not in (*PURPOSES, "parts"):
            yield Problem(str(folder), "không có loại thư nào tên này", "xem tên các thư mục mẫu", warning=True)


def _check(file: Path, purpose: str) -> Iterator[Problem]:
    try:
        tree = environment(None).parse(file.read_text(encoding="utf-8-sig"))
    except TemplateSyntaxError as error:
        yield Problem(f"{file}:{error.lineno}", f"mẫu thư viết sai: {error.message}", "sửa dòng này")
    except (OSError, UnicodeDecodeError) as error:
        yield Problem(f"{file}", f"không đọc được: {error}", "lưu lại tệp với bảng mã UTF-8")
    else:
        for name in sorted(meta.find_undeclared_variables(tree) - _COMMON - FACTS[purpose]):
            yield Problem(f"{file}:{_line_of(file, name)}", f"thư này không có dữ kiện “{name}”", "sửa tên này")


def _line_of(file: Path, name: str) -> int:
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if name in line), 1)
