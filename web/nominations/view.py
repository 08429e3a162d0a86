"""What the form of a host's list and its preview show (R62, A5, A22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from database.dossier import Dossier
from database.list_due import due_of_list
from domain.answer_kind import AnswerKind
from domain.deadline import Timeliness, notice_given
from domain.nomination import Meeting, MeetingKind, Nominations, OrgType, counted_on, timeliness
from domain.nomination_field import FIELDS, Value, asked_of, told_beside
from domain.problem import Problem
from web.desk.confirming import Sender, Shown
from web.desk.obligation_form import about
from web.desk.posted_form import WHOLE, Form
from web.desk.their_mail import MAIL, earlier_than_mail, mail_of
from web.nominations import form as rows


@dataclass(frozen=True)
class Line:
    """One line of a preview."""

    place: str
    said: str
    meeting: Meeting | None
    notice: int | None  #: days between the list and the meeting, as the plan counts them
    late: bool
    problems: tuple[Problem, ...]


def line_of(
    dossier: Dossier, listed: Nominations, place: str, meeting: Meeting | None, said: str, problems: tuple[Problem, ...]
) -> Line:
    """One line of a preview, its meeting held against its own deadline (R85)."""
    if meeting is None:
        return Line(place, said, None, None, False, problems)
    status = timeliness(listed, meeting, dossier.plan.rules, dossier.calendar)
    notice = notice_given(counted_on(listed, dossier.plan.rules), meeting.day, dossier.plan.rules, dossier.calendar)
    return Line(place, said, meeting, notice, status is Timeliness.LATE, problems)


def form_of(dossier: Dossier, form: Form, sender: Sender, *, status: int = 200, more: int = 0, kept: str = "") -> Shown:
    """The form with what was typed, and `more` empty rows; `kept` is the name of a file that need not be sent again."""
    form.values.setdefault("seen", newest_seen(dossier))
    shown = {"rows": rows.shown_rows(form, more), "max_rows": rows.MAX_ROWS, "kept": kept}
    facts = {**_facts(dossier, form, sender), **shown}
    return Shown("form", status, facts)


def preview_of(
    dossier: Dossier, form: Form, sender: Sender, listed: Nominations, lines: list[Line], apart: list[Problem],
    *, name: str = "", good: bool = True, beside: Sequence[rows.Row] = (),
) -> Shown:  # fmt: skip
    """What was understood, line by line, before it is taken; `beside` a file the rows that were typed as well."""
    known = _facts(dossier, form, sender)
    apart = [*apart, *earlier_than_mail(known["mail"], listed.received_on)]
    facts = {
        **known, "listed": listed, "lines": lines, "apart": apart, "name": name, "good": good,
        "beside": [_said(row) for row in beside],
        "carried": _carried(form), "problems_of_form": [problem for problem in form.problems if problem.field == WHOLE],
    }  # fmt: skip
    return Shown("preview", 200 if good else 422, facts)


def _carried(form: Form) -> dict[str, str]:
    """What the preview brings back with the confirmation."""
    kept = ("seen", "received_on", "their_symbol", "their_date", MAIL)
    carried = {name: form.get(name) for name in kept if form.get(name)}
    if form.get("upload"):
        carried["upload"] = form.get("upload")
    names = [f"{field.name}-{row}" for row in rows.filled_rows(form) for field in FIELDS]
    return carried | {name: form.get(name) for name in names if form.get(name)}


def _said(row: rows.Row) -> str:
    """A row that was typed, in one line."""
    told = {**row, "org_type": "", "kind": ""}
    return ", ".join(text for text in told.values() if text) or "dòng chưa ghi tên"


def _facts(dossier: Dossier, form: Form, sender: Sender) -> dict[str, Any]:
    due = due_of_list(dossier)
    row = dossier.answer(AnswerKind.NOMINATIONS)
    return {
        **about(dossier), "form": form, "outside": sender.outside, "row": row, "chosen": dossier.chosen,
        "day_word": "ngày làm việc" if dossier.plan.rules.day_kind == "working" else "ngày",
        "due": due, "overdue": dossier.today > due.day,
        "choices": {
            Value.ORG_TYPE: [(org_type.value, org_type.vietnamese) for org_type in OrgType],
            Value.KIND: [(kind.value, kind.vietnamese) for kind in MeetingKind],
        },
        "empty": Form({}), "told": rows.said, "mail": mail_of(dossier, form, sender),
        "fields": asked_of(restricted=dossier.unit.restricted), "told_beside": told_beside,
    }  # fmt: skip


def newest_seen(dossier: Dossier) -> str:
    """The version of the list that is the newest now, as forms carry it."""
    row = dossier.answer(AnswerKind.NOMINATIONS)
    return f"{row.version if row else 0}"
