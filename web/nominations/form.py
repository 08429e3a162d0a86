"""Reads a host's list as it was typed row by row, and puts a list into the rows of the form (R62, A22)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.dates import OFFICE_ZONE, short_date
from domain.nomination import Meeting, MeetingKind, Nominations, OrgType, check_nominations
from domain.nomination_field import FIELDS, NominationField, Value
from domain.plan import Unit
from domain.problem import Problem
from sheets.nominations.nomination_file import UnderstoodRow
from web.desk.posted_form import WHOLE, Form, sentence

MAX_ROWS = 60

ORG_TYPES = {org_type.value: org_type for org_type in OrgType}
KINDS = {kind.value: kind for kind in MeetingKind}
_PLAIN = (Value.TEXT, Value.NUMBER)
#: What stands in a row, by field; empty fields are left out.
Row = dict[str, str]
_BELOW = (OrgType.SECTIONAL_COMMITTEE, OrgType.CELL_SUBORDINATE)


def filled_rows(form: Form) -> list[int]:
    """The rows in which something stands; the kind alone is what the form proposes."""
    fields = [field.name for field in FIELDS if field.value is not Value.KIND]
    return [row for row in range(1, MAX_ROWS + 1) if any(form.get(f"{field}-{row}").strip() for field in fields)]


def shown_rows(form: Form, more: int = 0) -> list[int]:
    """The rows to draw: every filled one, and `more` empty ones after the last; at least one."""
    filled = filled_rows(form)
    last = max(filled, default=0)
    return [*filled, *range(last + 1, min(last + (more if filled else max(more, 1)), MAX_ROWS) + 1)]


def clear_row(form: Form, row: str) -> None:
    """Take a row out."""
    for field in FIELDS:
        form.values.pop(f"{field.name}-{row}", None)


def row_of(form: Form, row: int) -> Row:
    """The fields of a row in which something stands."""
    return {field.name: text for field in FIELDS if (text := form.get(f"{field.name}-{row}").strip())}


def typed_rows(form: Form, listed: Nominations | None) -> list[Row]:
    """The rows that somebody wrote or changed on the page: those of the list that was there already are none."""
    before = Form({})
    put_into(before, listed.meetings if listed else ())
    known = [row_of(before, row) for row in filled_rows(before)]
    return [found for row in filled_rows(form) if (found := row_of(form, row)) not in known]


def put_rows(form: Form, rows: Sequence[Row]) -> None:
    """Let these rows stand in the form, and no others."""
    for row in range(1, MAX_ROWS + 1):
        clear_row(form, f"{row}")
    for number, fields in enumerate(rows, start=1):
        form.values.update({f"{name}-{number}": text for name, text in fields.items()})


def put_understood(form: Form, rows: Sequence[UnderstoodRow], beside: Sequence[Row]) -> None:
    """Fill the rows from a file, and behind them keep those that were typed; what could not be read is marked.

    A row of which one cell is wrong comes with everything that was readable, and with the text of the bad cell.
    """
    filled = [_from_file(row) for row in rows]
    put_rows(form, [*filled, *(row for row in beside if row not in filled)])
    for number, row in enumerate(rows, start=1):
        fields = {one.place: one.name for one in row.typed if one.place}
        for problem in row.problems if row.meeting is None else ():
            field = fields.get(problem.place, "organisation")
            form.note(f"{field}-{number}", f"{problem.place}: {problem.fault}", problem.remedy, warning=problem.warning)


def _from_file(row: UnderstoodRow) -> Row:
    if row.meeting is None:
        return {one.name: one.text for one in row.typed if one.text}
    apart = Form({})
    put_into(apart, [row.meeting])
    return row_of(apart, 1)


def read_rows(form: Form, unit: Unit, year: int, month: int, received_on: date) -> tuple[Meeting, ...]:
    """The meetings that were typed, numbered as they stand; whatever is wrong is noted at its field."""
    rows = filled_rows(form)
    if not rows:
        form.note("organisation-1", "danh sách chưa có tổ chức đảng nào", "ghi ít nhất một dòng")
    found = [(row, _read_row(form, row, number, unit)) for number, row in enumerate(rows, start=1)]
    meetings = tuple(meeting for _, meeting in found if meeting)
    if len(meetings) == len(rows) and meetings:
        for problem in check_nominations(meetings, year, month, received_on):
            _note_rule(form, problem, rows)
    return meetings


def put_into(form: Form, meetings: Sequence[Meeting]) -> None:
    """Fill the rows with a list, so that it can be corrected by hand."""
    for row, one in enumerate(meetings[:MAX_ROWS], start=1):
        local = one.starts_at.astimezone(OFFICE_ZONE)
        values = {field.name: str(getattr(one, field.name) or "") for field in FIELDS if field.value in _PLAIN}
        values |= {"org_type": one.org_type.value, "kind": one.kind.value}
        values |= {"day": short_date(local.date()), "time": f"{local:%H:%M}"}
        form.values.update({f"{field}-{row}": value for field, value in values.items()})


def put_list(form: Form, listed: Nominations) -> None:
    """Fill the form with a list that was received before."""
    put_into(form, listed.meetings)
    form.values["their_symbol"] = listed.their_symbol
    form.values["their_date"] = short_date(listed.their_date) if listed.their_date else ""


def _read_row(form: Form, row: int, number: int, unit: Unit) -> Meeting | None:
    before = len(form.problems)
    plain = {field.name: _plain(form, field, row, unit) for field in FIELDS if field.value in _PLAIN}
    org_type = form.one_of(f"org_type-{row}", ORG_TYPES, "chưa chọn loại hình")
    starts_at = form.moment(f"day-{row}", f"time-{row}")
    kind = form.one_of(f"kind-{row}", KINDS, "chưa chọn loại sinh hoạt")
    if org_type in _BELOW and not plain["parent"]:
        form.note(f"parent-{row}", "chưa ghi cấp trên trực tiếp", "ghi đảng ủy hoặc chi bộ cấp trên", warning=True)
    if plain["theme"] and kind is MeetingKind.REGULAR:
        form.note(f"kind-{row}", "có tên chuyên đề nhưng chọn sinh hoạt thường kỳ", "chọn lại loại sinh hoạt")
    if any(not one.warning for one in form.problems[before:]) or not (org_type and starts_at and kind):
        return None
    return Meeting(number, org_type=org_type, starts_at=starts_at, kind=kind, **plain)


def _plain(form: Form, field: NominationField, row: int, unit: Unit) -> Any:
    """What was typed into a field of text or a number, as `Meeting` has it."""
    if field.personal and unit.restricted:
        return ""
    if field.value is Value.NUMBER:
        return form.number(f"{field.name}-{row}")
    return form.text(f"{field.name}-{row}", *(field.missing or ()))


def _note_rule(form: Form, problem: Problem, rows: Sequence[int]) -> None:
    """A rule of lists speaks of `dòng 2`; at the form it stands at the field that can mend it."""
    word, _, number = problem.place.partition(" ")
    if word != "dòng" or not number.isdecimal():
        form.note(WHOLE, problem.fault, problem.remedy, warning=problem.warning)
        return
    field = "theme" if "chuyên đề" in problem.fault else "day" if "ngày" in problem.fault else "organisation"
    form.note(f"{field}-{rows[int(number) - 1]}", problem.fault, problem.remedy, warning=problem.warning)


def said(problem: Problem) -> str:
    """A problem of a file with its place, as a sentence."""
    return f"{problem.place}: {sentence(problem.fault, problem.remedy)}"
