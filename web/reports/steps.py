"""The way of a unit's report from the form to the answer: typed or sent as a file, looked at, confirmed (R67, D13)."""

from typing import Any

from starlette.datastructures import FormData

from answers import self_reports
from answers.self_reports import ReportFile, check_file
from config.settings import settings
from database import drafts
from database.dossier import Dossier
from database.engine import writing
from database.self_reports import reported
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.self_report import SelfReport
from web.desk.confirming import Sender, Shown, newest_is, newest_version, take_once
from web.desk.obligation_form import about, looking_at
from web.desk.posted_form import Form
from web.desk.their_mail import FILE, MAIL, by_mail, keep_their_file, mail_of
from web.desk.uploads import drop_kept, kept_upload, name_chosen, read_report_file
from web.reports import form as fields
from web.reports import item_fields


def begin(reference: str, sender: Sender, mail: int = 0) -> Shown:
    """The form, filled with the report that is there, so that one that was sent back can be corrected."""
    form = Form({MAIL: f"{mail or ''}"})
    with looking_at(reference) as dossier:
        state = reported(dossier.session, dossier.visit.id)
        if state.report:
            fields.put_report(form, state.report)
        their_mail = mail_of(dossier, form, sender)
        received_on = their_mail.came_on if their_mail else dossier.today
        form.values |= {"received_on": short_date(received_on), "seen": f"{state.version}"}
        return Shown("form", 200, _facts(dossier, form, sender))


def go_on(reference: str, sender: Sender, form: Form, posted: FormData) -> Shown:
    """Do what the pressed button says: look at it, correct it, or give it."""
    do = form.get("do", "preview")
    if do == "mail":
        return _from_mail(reference, sender, form)
    with looking_at(reference) as dossier:
        mail_of(dossier, form, sender)
        sender = by_mail(sender, form)
        if do == "edit":
            return Shown("form", 200, _facts(dossier, form, sender, _kept(dossier, form, sender)))
        if do != "confirm":
            _keep(dossier, form, posted, sender)
        file = _kept(dossier, form, sender)
        checklist = dossier.plan.checklist
        report = fields.read_report(form, dossier.today, checklist, outside=sender.outside, with_file=file is not None)
        facts = _facts(dossier, form, sender, file)
        if report is None:
            return Shown("form", 422, facts)
        facts |= {
            "said_of": fields.said_of(report, file.name if file else "", checklist),
            "carried": {
                name: form.get(name) for name in (*fields.FIELDS, MAIL, *item_fields.names(checklist)) if form.get(name)
            },
        }
    return _confirm(reference, sender, form, report, file, facts) if do == "confirm" else Shown("preview", 200, facts)


def _from_mail(reference: str, sender: Sender, form: Form) -> Shown:
    """The form with the file of a message kept in it, as if it had been chosen there."""
    shown = begin(reference, sender, form.number(MAIL) or 0)
    opened: Form = shown.facts["form"]
    opened.values[FILE] = form.get(FILE)
    with looking_at(reference) as dossier:
        kept = keep_their_file(dossier, opened, sender)
        for problem in check_file(ReportFile(*kept)) if kept else ():
            opened.note("file", problem.fault, problem.remedy, warning=problem.warning)
        if opened.fails:
            drop_kept(opened)
        return Shown(
            "form", 422 if opened.fails else 200, _facts(dossier, opened, sender, _kept(dossier, opened, sender))
        )


def _confirm(
    reference: str, sender: Sender, form: Form, report: SelfReport, file: ReportFile | None, facts: dict[str, Any]
) -> Shown:
    def give() -> dict[str, Any]:
        receipt = self_reports.receive(reference, report, sender.giver, file=file, seen=form.version("seen"))
        return {"late": receipt.late}

    return take_once(
        form, facts, give, lambda: newest_is(reference, AnswerKind.SELF_REPORT, report, sender),
        lambda: newest_version(reference, AnswerKind.SELF_REPORT),
    )  # fmt: skip


def _keep(dossier: Dossier, form: Form, posted: FormData, sender: Sender) -> None:
    """Keep a file that was chosen until the preview is confirmed; what is wrong with it stands at its field."""
    name_chosen(form, posted, "file")
    file = read_report_file(form, posted, "file")
    if file and all(told.warning for told in form.at_field("file")):
        with writing(settings().database) as session:
            form.values["upload"] = drafts.keep_upload(session, dossier.visit.id, sender.owner, file.name, file.content)


def _kept(dossier: Dossier, form: Form, sender: Sender) -> ReportFile | None:
    kept = kept_upload(form, dossier.visit.id, sender.owner)
    if kept is not None:
        return ReportFile(*kept)
    if form.values.pop("upload", ""):
        form.note("file", "tệp đã gửi không còn được giữ", "gửi lại tệp")
    return None


def _facts(dossier: Dossier, form: Form, sender: Sender, file: ReportFile | None = None) -> dict[str, Any]:
    state, due = reported(dossier.session, dossier.visit.id), dossier.plan.self_supervising.due
    return {
        **about(dossier), "form": form, "outside": sender.outside, "row": dossier.answer(AnswerKind.SELF_REPORT),
        "reported": state, "due": due, "overdue": dossier.today > due, "counts": fields.COUNTS,
        "counted": dossier.visit.unit in dossier.plan.self_supervising.units,
        "texts": fields.TEXTS, "item_results": item_fields.RESULTS, "kept": file.name if file else "",
        "mail": mail_of(dossier, form, sender),
        "title": f"Báo cáo tự dự, giám sát sinh hoạt năm {dossier.visit.year}",
        "send": "Gửi báo cáo" if sender.outside else "Nhận báo cáo này",
    }  # fmt: skip
