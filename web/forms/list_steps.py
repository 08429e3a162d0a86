"""The way of a host's list from the form to the answer: typed or sent as a file, looked at, confirmed (R62, A5, A6)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from starlette.datastructures import FormData

from answers.nomination_file import Understood
from answers.nominations import nominate
from answers.taking import Giver
from config.settings import settings
from database import drafts
from database.dossier import Dossier
from database.engine import reading, writing
from domain.dates import short_date
from domain.deadline import Timeliness, earliest_deadline, nomination_deadline
from domain.nomination import Meeting, MeetingKind, Nominations, OrgType, timeliness
from domain.problem import Problem, Refused
from domain.record import to_data
from web.forms import nominations as rows
from web.forms.reading import WHOLE, Form
from web.forms.uploads import read_table, rules_of, understand
from web.forms.visit import about, looking_at


@dataclass(frozen=True)
class Sender:
    """Who sends the list: an officer for the host, or the host itself by its link."""

    giver: Giver
    owner: str  #: whose kept file it is: `person:3`, `link:12`
    outside: bool = False  #: the host itself: what it sends now arrives now


@dataclass
class Shown:
    """What to show next: `form`, `preview`, or `done`."""

    view: str
    status: int = 200
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One line of a preview."""

    place: str
    said: str
    meeting: Meeting | None
    last_day: date | None
    late: bool
    problems: tuple[Problem, ...]


def begin(reference: str, sender: Sender) -> Shown:
    """The form, filled with the list that is there."""
    form = Form({"received_on": ""})
    with looking_at(reference) as dossier:
        if dossier.nominations:
            rows.put_list(form, dossier.nominations)
        form.values["received_on"] = short_date(dossier.today)
        return _form(dossier, form, sender, more=0 if dossier.nominations else 1)


def go_on(reference: str, sender: Sender, form: Form, posted: FormData) -> Shown:
    """Do what the pressed button says."""
    do = form.get("do", "preview")
    with looking_at(reference) as dossier:
        if do == "add":
            return _form(dossier, form, sender, more=1)
        if do.startswith("remove-"):
            rows.clear_row(form, do.removeprefix("remove-"))
            return _form(dossier, form, sender)
        if do == "edit":
            _back_to_rows(dossier, form, sender)
            return _form(dossier, form, sender)
        if do == "upload":
            return _upload(dossier, form, posted, sender)
        shown, listed = _read(dossier, form, sender)
    return _confirm(reference, sender, form, shown, listed) if do == "confirm" and listed else shown


def _read(dossier: Dossier, form: Form, sender: Sender) -> tuple[Shown, Nominations | None]:
    """The preview of what was typed or sent, and the list if it can be taken."""
    if form.get("upload"):
        return _read_file(dossier, form, sender)
    visit = dossier.visit
    received, symbol, dated = rows.read_letter(form, dossier.today, asks_received=not sender.outside)
    meetings = rows.read_rows(form, dossier.unit, visit.year, visit.month, received)
    if form.fails:
        return _form(dossier, form, sender, status=422), None
    listed = Nominations(meetings, received, symbol, dated)
    lines = [_line(dossier, listed, f"{one.number}", one, "", ()) for one in meetings]
    return _preview(dossier, form, sender, listed, lines, []), listed


def _upload(dossier: Dossier, form: Form, posted: FormData, sender: Sender) -> Shown:
    """Keep the file and show how it was understood; a file that is none stays at its field."""
    rows.read_letter(form, dossier.today, asks_received=not sender.outside)
    file = read_table(form, posted, "file")
    if file is None or form.fails:
        return _form(dossier, form, sender, status=422)
    with writing(settings().database) as session:
        form.values["upload"] = drafts.keep_upload(session, dossier.visit.id, sender.owner, *file)
    return _read_file(dossier, form, sender)[0]


def _read_file(dossier: Dossier, form: Form, sender: Sender) -> tuple[Shown, Nominations | None]:
    understood, name = _kept(dossier, form, sender)
    if understood is None:
        form.values.pop("upload", None)
        form.note("file", "tệp đã gửi không còn được giữ", "gửi lại tệp")
        return _form(dossier, form, sender, status=422), None
    received, symbol, dated = rows.read_letter(form, dossier.today, asks_received=not sender.outside)
    rules = rules_of(understood, dossier.visit.year, dossier.visit.month, received)
    listed = Nominations(understood.meetings, received, symbol, dated)
    others = [*understood.problems, *rules]
    places = {row.place for row in understood.rows}
    lines = [
        _line(
            dossier, listed, row.place, row.meeting, row.said,
            (*row.problems, *(one for one in others if one.place == row.place)),
        )
        for row in understood.rows
    ]  # fmt: skip
    good = understood.acceptable and all(one.warning for one in rules) and not form.fails
    apart = [one for one in others if one.place not in places]
    shown = _preview(dossier, form, sender, listed, lines, apart, name=name, good=good)
    return shown, listed if good else None


def _confirm(reference: str, sender: Sender, form: Form, shown: Shown, listed: Nominations) -> Shown:
    """Give the answer. Sent twice it is one version: the second finds the first, and says the same."""
    seen = form.number("seen") or 0
    try:
        warnings = nominate(reference, listed, sender.giver, seen=seen)
    except Refused as refused:
        if not _is_there(reference, sender, listed):
            form.refused(refused.problems)
            return Shown("preview", 422, {**shown.facts, "form": form, "good": False})
        warnings = []
    with writing(settings().database) as session:
        drafts.drop_upload(session, form.get("upload"))
    return Shown("done", 200, {**shown.facts, "warnings": warnings})


def _is_there(reference: str, sender: Sender, listed: Nominations) -> bool:
    """Whether the newest list is this one, from this sender."""
    with looking_at(reference) as dossier:
        row = dossier.answer("nominations")
        return row is not None and row.by == sender.giver.name and row.content == to_data(listed)


def _kept(dossier: Dossier, form: Form, sender: Sender) -> tuple[Understood | None, str]:
    with reading(settings().database) as session:
        kept = drafts.upload(session, form.get("upload"), dossier.visit.id, sender.owner)
        if kept is None:
            return None, ""
        name, content = kept.name, kept.content
    return understand(name, content, dossier.unit, dossier.visit.year, dossier.visit.month), name


def _back_to_rows(dossier: Dossier, form: Form, sender: Sender) -> None:
    """From the preview of a file to the form: what was understood can be corrected by hand."""
    understood, _ = _kept(dossier, form, sender) if form.get("upload") else (None, "")
    if understood:
        rows.put_into(form, understood.meetings)
    form.values.pop("upload", None)


def _line(
    dossier: Dossier, listed: Nominations, place: str, meeting: Meeting | None, said: str, problems: tuple[Problem, ...]
) -> Line:
    if meeting is None:
        return Line(place, said, None, None, False, problems)
    status = timeliness(listed, meeting, dossier.plan.rules, dossier.calendar)
    last_day = nomination_deadline(meeting.day, dossier.plan.rules, dossier.calendar).last_day
    return Line(place, said, meeting, last_day, status is Timeliness.LATE, problems)


def _form(dossier: Dossier, form: Form, sender: Sender, *, status: int = 200, more: int = 0) -> Shown:
    form.values.setdefault("seen", str(_version(dossier)))
    facts = {**_facts(dossier, form, sender), "rows": rows.shown_rows(form, more), "max_rows": rows.MAX_ROWS}
    return Shown("form", status, facts)


def _preview(
    dossier: Dossier, form: Form, sender: Sender, listed: Nominations, lines: list[Line], apart: list[Problem],
    *, name: str = "", good: bool = True,
) -> Shown:  # fmt: skip
    facts = {
        **_facts(dossier, form, sender), "listed": listed, "lines": lines, "apart": apart, "name": name, "good": good,
        "carried": _carried(form), "problems_of_form": [one for one in form.problems if one.field == WHOLE],
    }  # fmt: skip
    return Shown("preview", 200 if good else 422, facts)


def _carried(form: Form) -> dict[str, str]:
    """What the preview brings back with the confirmation."""
    kept = ("seen", "received_on", "their_symbol", "their_date")
    carried = {name: form.get(name) for name in kept if form.get(name)}
    if form.get("upload"):
        return carried | {"upload": form.get("upload")}
    names = [f"{field}-{row}" for row in rows.filled_rows(form) for field in rows.FIELDS]
    return carried | {name: form.get(name) for name in names if form.get(name)}


def _facts(dossier: Dossier, form: Form, sender: Sender) -> dict[str, Any]:
    visit = dossier.visit
    deadline = earliest_deadline(visit.year, visit.month, dossier.plan.rules, dossier.calendar)
    row = dossier.answer("nominations")
    return {
        **about(dossier), "form": form, "outside": sender.outside, "row": row, "chosen": dossier.chosen,
        "deadline": deadline, "overdue": dossier.today > deadline.last_day,
        "org_types": [(one.value, one.vietnamese) for one in OrgType],
        "kinds": [(one.value, one.vietnamese) for one in MeetingKind], "empty": Form({}), "told": rows.said,
        "fields": [one for one in rows.FIELDS if one != "contact" or not dossier.unit.restricted],
    }  # fmt: skip


def _version(dossier: Dossier) -> int:
    row = dossier.answer("nominations")
    return row.version if row else 0
