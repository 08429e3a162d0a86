"""The way of the findings from the form to the answer: saved as one goes, looked at, sent once (R14, R15, A2)."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from answers.answering import Giver
from answers.drafts import Draft, DraftKey, is_answered, open_draft, save_draft
from answers.findings import AlreadySent, before_the_end, report_findings
from database import answers, stored
from database.dossier import Dossier
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.decision import FindingsGiven
from domain.findings import Findings, ItemResult
from domain.findings_check import NO_RESULT
from domain.item_links import codes_of
from domain.letters_and_documents import Purpose
from domain.meeting_finding import MEETING_FACTS, Resolution
from domain.problem import Overtaken, Problem, Refused
from domain.state import DocumentState
from overview.attending import who_comes
from sheets.findings.findings_file import findings_in
from web.desk.confirming import Shown
from web.desk.kept_here import kept_draft
from web.desk.obligation_form import about, looking_at
from web.desk.posted_form import WHOLE, Form
from web.desk.rebasing import rebased
from web.desk.their_mail import MAIL, giver_by_mail, mail_of, their_file
from web.findings import form as fields
from web.findings import item_fields, meeting_form


@dataclass(frozen=True)
class Writer:
    """Who writes the findings: somebody of the office, or an inspector by his link."""

    giver: Giver
    owner: str  #: whose draft it is: `person:3`, `link:12`
    outside: bool = False


def begin(reference: str, writer: Writer, typed: Form | None = None, mail: int = 0) -> Shown:
    """The form: what was sent before, and over it what this person has typed since, lastly when a session ended.

    `mail` is the message of the inbox beside which it is opened.
    """
    draft = open_draft(reference, writer.owner)
    with looking_at(reference) as dossier:
        form = Form(_sent(dossier) | item_fields.spread(draft.values, dossier.chosen))
        form.values["seen"], form.values["turn"] = str(_version(dossier)), str(draft.key.turn)
        form.values[MAIL] = typed.get(MAIL) if typed else f"{mail or ''}"
        if typed and typed.values:
            form.values |= _changed(dossier, typed)
            form.values["seen"] = str(typed.version("seen"))  # what has come since is told when it is sent
            form.problems += typed.problems
        return _form(dossier, form, writer, draft)


def go_on(reference: str, writer: Writer, form: Form) -> Shown:
    """Do what the pressed button says; whatever it is, what was typed is kept first."""
    do = form.get("do", "review")
    if do == "mail":
        return begin(reference, writer, _in_their_file(reference, writer, form))
    if do == "edit":
        return begin(reference, writer, Form({MAIL: form.get(MAIL)}) if form.get(MAIL) else None)
    writer = replace(writer, giver=giver_by_mail(writer, form))
    if do.startswith("remove-"):
        fields.clear_line(form, do.removeprefix("remove-"))
    if do.startswith("met-"):
        with looking_at(reference) as dossier:
            fields.meet_group(form, dossier.plan, dossier.chosen, do.removeprefix("met-"))
    draft = _keep(reference, writer, form, repeated=do == "confirm")
    with looking_at(reference) as dossier:
        if do.startswith(("save", "add-", "remove-", "met-")):
            shown = _form(dossier, form, writer, draft, more=do.removeprefix("add-") if do.startswith("add-") else "")
            shown.message = f"Đã lưu tạm lúc {draft.saved_at}. Kết quả chưa được gửi." if do == "save" else ""
            return shown
        findings = fields.read_findings(form, dossier.plan, dossier.chosen)
        if form.fails:
            return _form(dossier, form, writer, draft, status=422)
        shown = _review(dossier, form, writer, draft, findings)
    return _send(reference, writer, form, shown, findings) if do == "confirm" else shown


def _in_their_file(reference: str, writer: Writer, form: Form) -> Form:
    """What the chosen file of a message says, as if it had been typed; what is wrong with it is said above the form."""
    with looking_at(reference) as dossier:
        typed = Form({MAIL: form.get(MAIL), "seen": str(_version(dossier))})
        found = their_file(dossier, form, writer)
        if found is None:
            typed.problems += form.problems
            return typed
        findings, problems = findings_in(*found, dossier.plan)
        typed.refused(problems)
        if findings:
            typed.values |= item_fields.spread(fields.put_findings(findings, dossier.plan), dossier.chosen)
        return typed


def autosave(reference: str, writer: Writer, turn: int, typed: str) -> dict[str, Any]:
    """Take what the script sends: fields with the moment at which each was typed; answer with what is newer here."""
    sent = _understood(typed)
    draft = save_draft(reference, writer.owner, turn, sent)
    newer = {name: [text, at] for name, (text, at) in draft.fields.items() if name not in sent or sent[name][0] != text}
    return {"saved_at": draft.saved_at, "fields": newer}


def _understood(typed: str) -> dict[str, tuple[str, int]]:
    try:
        data = json.loads(typed)
        pairs = {str(name): (str(text), int(at)) for name, (text, at) in data.items()}
    except (ValueError, TypeError, AttributeError):
        raise Refused(Problem("bản nháp", "không đọc được", "tải lại trang")) from None
    return {name: one for name, one in pairs.items() if fields.is_field(name)}


def _keep(reference: str, writer: Writer, form: Form, *, repeated: bool) -> Draft:
    """Save what of the form differs from what is kept.

    A page whose draft has become an answer goes on as a new draft, and says so; sent again (`repeated`), it keeps its
    turn, by which the answer is recognised.
    """
    turn, draft = form.number("turn") or 1, open_draft(reference, writer.owner)
    if draft.key.turn != turn and repeated:
        return Draft(DraftKey(draft.key.visit_id, writer.owner, turn))
    with looking_at(reference) as dossier:
        typed = _changed(dossier, form, draft.values)
        if draft.key.turn != turn:
            _rebase(dossier, form)
            form.note(WHOLE, "kết quả từ trang này đã được gửi trước đó", "xem lại rồi gửi bản sửa")
            form.values["turn"] = str(draft.key.turn)
    now = int(time.time() * 1000)
    if not typed:
        return draft
    return save_draft(reference, writer.owner, draft.key.turn, {name: (text, now) for name, text in typed.items()})


def _send(reference: str, writer: Writer, form: Form, shown: Shown, findings: Findings) -> Shown:
    """Give the answer; the same draft sent again finds its answer there and changes nothing."""
    key: DraftKey = shown.facts["draft"].key
    try:
        left = report_findings(reference, findings, writer.giver, draft=key, seen=form.version("seen"))
    except AlreadySent:
        return Shown("done", 200, {**shown.facts, "again": True})
    except Refused as refused:
        if is_answered(key):  # by the first press, which has settled the message as well
            return Shown("done", 200, {**shown.facts, "again": True})
        form.refused(refused.problems)
        if isinstance(refused, Overtaken):
            return _once_more(reference, writer, form, shown.facts["draft"])
        return Shown("review", 422, shown.facts)
    return Shown("done", 200, {**shown.facts, "missing": [("", one) for one in left], "again": False})


def _once_more(reference: str, writer: Writer, form: Form, draft: Draft) -> Shown:
    """The review anew, upon what somebody else has sent meanwhile; he has been told, so that the next press counts."""
    with looking_at(reference) as dossier:
        if both := _rebase(dossier, form):
            told = f"{both:02d} ô hai bên ghi khác nhau, ở đây giữ nội dung của trang này"
            form.note(WHOLE, told, "xem lại trước khi gửi", warning=True)
        findings = fields.read_findings(form, dossier.plan, dossier.chosen)
        shown = _review(dossier, form, writer, draft, findings)
    return Shown("review", 422, shown.facts)


def _rebase(dossier: Dossier, form: Form) -> int:
    """Lay what was changed upon the newest findings; how many fields both have written."""
    seen, newest = _sent(dossier, form.version("seen")), _sent(dossier)
    upon = rebased(fields.typed_fields(form.values), seen, newest, fields.belongs_to)
    form.values |= {**upon.values, "seen": str(_version(dossier))}
    return len(upon.both)


def _review(dossier: Dossier, form: Form, writer: Writer, draft: Draft, findings: Findings) -> Shown:
    left = fields.missing(form, findings, dossier.plan, dossier.chosen) if dossier.chosen else []
    counts = {result: sum(item.result is result for item in findings.items) for result in ItemResult}
    facts = {
        **_facts(dossier, form, writer, draft), "findings": findings, "missing": left, "counts": counts, "again": False,
        "meeting_facts": MEETING_FACTS, "lists": item_fields.lists(dossier.chosen),
        "no_result": sum(problem.fault.startswith(NO_RESULT) for _field, problem in left),
        "unanswered": item_fields.without_result([problem for _field, problem in left]),
        "sources": [codes_of(findings, n + 1, dossier.plan.checklist) for n in range(len(findings.limitations))],
        "codes": {item.id: item.code for item in dossier.plan.checklist},
        "carried": fields.typed_fields(form.values) | {name: form.get(name) for name in ("seen", "turn", MAIL)},
    }  # fmt: skip
    return Shown("review", 200, facts)


def _form(dossier: Dossier, form: Form, writer: Writer, draft: Draft, *, status: int = 200, more: str = "") -> Shown:
    def extra(kind: str) -> int:
        return 1 if more == kind else 0

    limitations, item_lists = fields.lines(form, "limitation", extra("limitation")), item_fields.lists(dossier.chosen)
    facts = {
        **_facts(dossier, form, writer, draft),
        "meeting_facts": MEETING_FACTS, "resolutions": [(one.value, one.vietnamese) for one in Resolution],
        "groups": fields.groups(dossier.plan.checklist), "results": list(ItemResult), "lists": item_lists,
        "whose": [(f"{one.meeting}", one.organisation) for one in item_lists if one.meeting],
        "strengths": fields.lines(form, "strength", extra("strength")),
        "limitations": [
            (number, fields.remedies(form, number, extra(f"remedy-{number}"))) for number in limitations
        ],
        "causes": fields.lines(form, "cause", extra("cause")),
        "difficulties": fields.lines(form, "difficulty", extra("difficulty")),
        "answered": sum(
            bool(form.get(f"result-{item.id}{one.suffix}")) for one in item_lists for item in dossier.plan.checklist
        ),
        "empty": Form({}), "kept_here": kept_draft(dossier, writer.owner, draft),
    }  # fmt: skip
    return Shown("form", status, facts)


def _facts(dossier: Dossier, form: Form, writer: Writer, draft: Draft) -> dict[str, Any]:
    row = dossier.answer(AnswerKind.FINDINGS)
    report = dossier.document(Purpose.GROUP_REPORT)
    return {
        **about(dossier), "form": form, "draft": draft, "row": row, "meetings": dossier.chosen,
        "outside": writer.outside, "coming": who_comes(dossier), "mail": mail_of(dossier, form, writer),
        "too_early": before_the_end(dossier),
        "approved": report is not None and report.state == DocumentState.APPROVED,
        "returned": report if report is not None and report.state == DocumentState.RETURNED else None,
    }  # fmt: skip


def _changed(dossier: Dossier, form: Form, kept: Mapping[str, str] | None = None) -> dict[str, str]:
    """What of a form differs from the version it was opened on, and from what is `kept` of it."""
    base = {**_sent(dossier, form.version("seen")), **(kept or {})}
    return {name: text for name, text in fields.typed_fields(form.values).items() if text != base.get(name, "")}


def _sent(dossier: Dossier, version: int | None = None) -> dict[str, str]:
    """The findings of that version as fields, the newest if none is named; of none, the day of the only meeting."""
    findings = dossier.findings if version is None else _findings_of(dossier, version)
    if findings:
        return item_fields.spread(fields.put_findings(findings, dossier.plan), dossier.chosen)
    days = {meeting.day for meeting in dossier.chosen}
    expected = meeting_form.expected(dossier.chosen)
    return {"attended_on": short_date(min(days)), **expected} if len(days) == 1 else expected


def _findings_of(dossier: Dossier, version: int) -> Findings | None:
    for row in answers.versions(dossier.session, dossier.visit.id):
        if row.kind == AnswerKind.FINDINGS and row.version == version:
            return stored.value_of(row, FindingsGiven).findings
    return None


def _version(dossier: Dossier) -> int:
    row = dossier.answer(AnswerKind.FINDINGS)
    return row.version if row else 0
