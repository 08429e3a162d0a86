"""The way of a host's list from the form to the answer: typed or sent as a file, looked at, confirmed (R62, A5, A6)."""

from starlette.datastructures import FormData

from answers.nominations import nominate
from config.settings import settings
from database import drafts
from database.dossier import Dossier
from database.engine import reading, writing
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.nomination import Nominations
from sheets.nominations.nomination_file import Understood
from sheets.tables.table_file import expect_table
from web.desk.confirming import Sender, Shown, newest_is, take_once
from web.desk.obligation_form import looking_at
from web.desk.posted_form import Form
from web.desk.their_letter import read_their_letter
from web.desk.uploads import read_table, rules_of, understand
from web.nominations import form as rows
from web.nominations.view import form_of, line_of, preview_of


def begin(reference: str, sender: Sender) -> Shown:
    """The form, filled with the list that is there."""
    expect_table()
    form = Form({"received_on": ""})
    with looking_at(reference) as dossier:
        if dossier.nominations:
            rows.put_list(form, dossier.nominations)
        form.values["received_on"] = short_date(dossier.today)
        return form_of(dossier, form, sender, more=0 if dossier.nominations else 1)


def go_on(reference: str, sender: Sender, form: Form, posted: FormData) -> Shown:
    """Do what the pressed button says."""
    do = form.get("do", "preview")
    with looking_at(reference) as dossier:
        if do == "add":
            return form_of(dossier, form, sender, more=1)
        if do.startswith("remove-"):
            rows.clear_row(form, do.removeprefix("remove-"))
            return form_of(dossier, form, sender)
        if do == "edit":
            _back_to_rows(dossier, form, sender)
            return form_of(dossier, form, sender)
        if do == "upload":
            return _upload(dossier, form, posted, sender)
        shown, listed = _read(dossier, form, sender)
    return _confirm(reference, sender, form, shown, listed) if do == "confirm" and listed else shown


def _read(dossier: Dossier, form: Form, sender: Sender) -> tuple[Shown, Nominations | None]:
    """The preview of what was typed or sent, and the list if it can be taken."""
    if form.get("upload"):
        return _read_file(dossier, form, sender)
    visit = dossier.visit
    received, symbol, dated = read_their_letter(form, dossier.today, asks_received=not sender.outside)
    meetings = rows.read_rows(form, dossier.unit, visit.year, visit.month, received)
    if form.fails:
        return form_of(dossier, form, sender, status=422), None
    listed = Nominations(meetings, received, symbol, dated)
    lines = [line_of(dossier, listed, f"{meeting.number}", meeting, "", ()) for meeting in meetings]
    return preview_of(dossier, form, sender, listed, lines, []), listed


def _upload(dossier: Dossier, form: Form, posted: FormData, sender: Sender) -> Shown:
    """Keep the file and show how it was understood; a file that is none stays at its field."""
    read_their_letter(form, dossier.today, asks_received=not sender.outside)
    file = read_table(form, posted, "file")
    if file is None or form.fails:
        return form_of(dossier, form, sender, status=422)
    with writing(settings().database) as session:
        form.values["upload"] = drafts.keep_upload(session, dossier.visit.id, sender.owner, *file)
    return _read_file(dossier, form, sender)[0]


def _read_file(dossier: Dossier, form: Form, sender: Sender) -> tuple[Shown, Nominations | None]:
    understood, name = _kept(dossier, form, sender)
    if understood is None:
        form.values.pop("upload", None)
        form.note("file", "tệp đã gửi không còn được giữ", "gửi lại tệp")
        return form_of(dossier, form, sender, status=422), None
    received, symbol, dated = read_their_letter(form, dossier.today, asks_received=not sender.outside)
    rules = rules_of(understood, dossier.visit.year, dossier.visit.month, received)
    listed = Nominations(understood.meetings, received, symbol, dated)
    others = [*understood.problems, *rules]
    places = {row.place for row in understood.rows}
    lines = [
        line_of(
            dossier, listed, row.place, row.meeting, row.said,
            (*row.problems, *(one for one in others if one.place == row.place)),
        )
        for row in understood.rows
    ]  # fmt: skip
    good = understood.acceptable and all(one.warning for one in rules) and not form.fails
    apart = [one for one in others if one.place not in places]
    shown = preview_of(dossier, form, sender, listed, lines, apart, name=name, good=good)
    return shown, listed if good else None


def _confirm(reference: str, sender: Sender, form: Form, shown: Shown, listed: Nominations) -> Shown:
    return take_once(
        form, {"warnings": [], **shown.facts},
        lambda: {"warnings": nominate(reference, listed, sender.giver, seen=form.version("seen"))},
        lambda: newest_is(reference, AnswerKind.NOMINATIONS, listed, sender), back_to="preview",
    )  # fmt: skip


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
