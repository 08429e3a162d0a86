"""The way of a host's list from the form to the answer: typed or sent as a file, looked at, confirmed (R62, A5, A6)."""

from starlette.datastructures import FormData

from answers.nominations import nominate
from database.dossier import Dossier
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.nomination import Nominations
from sheets.tables.table_file import expect_table
from web.desk.confirming import Sender, Shown, newest_is, newest_version, take_once
from web.desk.obligation_form import looking_at
from web.desk.posted_form import Form
from web.desk.their_letter import read_their_letter
from web.desk.their_mail import MAIL, by_mail, keep_their_file, mail_of
from web.desk.uploads import drop_kept, rules_of
from web.nominations import form as rows
from web.nominations.chosen_file import into_rows, kept_file, kept_name, take_file
from web.nominations.view import form_of, line_of, newest_seen, preview_of


def begin(reference: str, sender: Sender, mail: int = 0) -> Shown:
    """The form, filled with the list that is there; `mail` is the message beside which it is opened."""
    expect_table()
    form = Form({"received_on": "", MAIL: f"{mail or ''}"})
    with looking_at(reference) as dossier:
        if dossier.nominations:
            rows.put_list(form, dossier.nominations)
        their_mail = mail_of(dossier, form, sender)
        form.values["received_on"] = short_date(their_mail.came_on if their_mail else dossier.today)
        return form_of(dossier, form, sender, more=0 if dossier.nominations else 1)


def go_on(reference: str, sender: Sender, form: Form, posted: FormData) -> Shown:
    """Do what the pressed button says; a file that was chosen is taken whichever it is."""
    do = form.get("do", "preview")
    with looking_at(reference) as dossier:
        if (mail := mail_of(dossier, form, sender)) and do == "mail":
            form.values |= {"received_on": short_date(mail.came_on), "seen": newest_seen(dossier)}
            keep_their_file(dossier, form, sender)
        sender = by_mail(sender, form)
        take_file(dossier, form, posted, sender)
        if do == "edit":
            return _edit(dossier, form, sender)
        if do == "add" or do.startswith("remove-"):
            rows.clear_row(form, do.removeprefix("remove-"))
            name = kept_name(dossier, form, sender)
            return form_of(dossier, form, sender, more=1 if do == "add" else 0, kept=name)
        if do == "rows":
            drop_kept(form)
        shown, listed = _read(dossier, form, sender)
    return _confirm(reference, sender, form, shown, listed) if do == "confirm" and listed else shown


def _read(dossier: Dossier, form: Form, sender: Sender) -> tuple[Shown, Nominations | None]:
    """The preview of what was typed or sent, and the list if it can be taken."""
    if form.fails:  # a file that is none
        read_their_letter(form, dossier.today, asks_received=not sender.outside)
        return form_of(dossier, form, sender, status=422), None
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


def _read_file(dossier: Dossier, form: Form, sender: Sender) -> tuple[Shown, Nominations | None]:
    understood, name = kept_file(dossier, form, sender)
    if understood is None:
        form.values.pop("upload", None)
        form.note("file", "tệp đã gửi không còn được giữ", "gửi lại tệp")
        return form_of(dossier, form, sender, status=422), None
    received, symbol, dated = read_their_letter(form, dossier.today, asks_received=not sender.outside)
    if form.fails:
        return form_of(dossier, form, sender, status=422, kept=name), None
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
    good = understood.acceptable and all(one.warning for one in rules)
    apart = [one for one in others if one.place not in places]
    beside = rows.typed_rows(form, dossier.nominations)
    shown = preview_of(dossier, form, sender, listed, lines, apart, name=name, good=good, beside=beside)
    return shown, listed if good else None


def _edit(dossier: Dossier, form: Form, sender: Sender) -> Shown:
    """From the preview to the form. What a file says comes into the rows, where it can be corrected by hand."""
    if not form.get("upload"):
        return form_of(dossier, form, sender)
    understood, name = kept_file(dossier, form, sender)
    if understood is None:
        form.note("file", "tệp đã gửi không còn được giữ", "gửi lại tệp")
    elif not into_rows(dossier, form, understood, name):
        return form_of(dossier, form, sender, status=422, kept=name)
    form.values.pop("upload", None)
    return form_of(dossier, form, sender)


def _confirm(reference: str, sender: Sender, form: Form, shown: Shown, listed: Nominations) -> Shown:
    return take_once(
        form, {"warnings": [], **shown.facts},
        lambda: {"warnings": nominate(reference, listed, sender.giver, seen=form.version("seen"))},
        lambda: newest_is(reference, AnswerKind.NOMINATIONS, listed, sender),
        lambda: newest_version(reference, AnswerKind.NOMINATIONS), back_to="preview",
    )  # fmt: skip
