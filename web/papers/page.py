"""A document is approved, returned, let through or issued, with the document itself beside the form (2.4, F22, A2)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from answers import papers
from answers.four_eyes import own_findings
from answers.papers import SECRECY, URGENCY, Sheet
from answers.seen import token_of
from config.addresses import page_of_key
from config.settings import settings
from database import numbers
from database.dossier import Dossier
from database.models import DocumentRow
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.letters_and_documents import APPROVED, BY_NAME, ISSUED, JOINT, Purpose, document_title
from domain.problem import Refused
from domain.role import Role
from domain.state import DocumentState
from papers.checks import faults_of
from papers.drafts import changed_since, current_paper
from papers.requests import asked_alike
from tasks.looking_ahead import LetterAhead, letters_of_issue
from web.desk.access import Person, needs
from web.desk.obligation_form import PLAN, REPORT, SUMMARY, VISIT, Posted, VisitKey, about, looking_at, tell_service
from web.desk.posted_form import Form, sentence
from web.desk.render import go_to, page
from web.desk.unsent import typed_before
from web.desk.uploads import drop_kept
from web.papers.correction import CORRECTABLE
from web.papers.preview import pages_of, picture, sheet_file
from web.papers.receivers import receivers_of
from web.papers.signed import keep_chosen, look_at_signed, name_of_kept, signed_file

router = APIRouter()

Leader = Annotated[Person, Depends(needs(Role.LEADER))]
Issuer = Annotated[Person, Depends(needs(Role.CLERK, Role.LEADER))]
Reader = Annotated[Person, Depends(needs(Role.LEADER, Role.CLERK, Role.OFFICER))]

TITLES = {name: document_title(purpose) for name, purpose in BY_NAME.items()}


@router.get(SUMMARY + "/duyet/{paper}")
@router.get(VISIT + "/duyet/{paper}")
def approval_form(request: Request, person: Leader, key: VisitKey, paper: str) -> Response:
    """The newest revision, whole, and the two buttons."""
    return _approval_page(request, person, key, _one_of(paper, *APPROVED), typed_before(request, person))


@router.post(SUMMARY + "/duyet/{paper}")
@router.post(VISIT + "/duyet/{paper}")
def approval_answer(request: Request, person: Leader, key: VisitKey, paper: str, posted: Posted) -> Response:
    """Approve exactly what was seen, or return it with the reason."""
    form, paper = Form.of(posted), _one_of(paper, *APPROVED)
    said = _return(form, key, person) if form.get("do") == "return" else _approve(form, key, paper, person)
    if form.fails:
        return _approval_page(request, person, key, paper, form, 422)
    return go_to(page_of_key(key), said + tell_service())


@router.get(PLAN + "/phat-hanh/{paper}")
@router.get(REPORT + "/phat-hanh/{paper}")
@router.get(SUMMARY + "/phat-hanh/{paper}")
@router.get(VISIT + "/phat-hanh/{paper}")
def issue_form(request: Request, person: Issuer, key: VisitKey, paper: str) -> Response:
    """The document, what the checks say of it, and fields for number and day."""
    return _issue_page(request, person, key, _one_of(paper, *ISSUED), typed_before(request, person))


@router.post(PLAN + "/phat-hanh/{paper}")
@router.post(REPORT + "/phat-hanh/{paper}")
@router.post(SUMMARY + "/phat-hanh/{paper}")
@router.post(VISIT + "/phat-hanh/{paper}")
def issue_answer(request: Request, person: Issuer, key: VisitKey, paper: str, posted: Posted) -> Response:
    """The clerk issues, after a look at the signed file if there is one; a leader lets pass a check that fails."""
    form, paper = Form.of(posted), _one_of(paper, *ISSUED)
    do = form.get("do")
    if do == "override":
        said, url = _override(form, key, paper, person), f"{page_of_key(key)}/phat-hanh/{paper}"
    elif not person.may(Role.CLERK):
        raise HTTPException(403)
    elif do in ("edit", "drop"):
        if do == "drop":
            drop_kept(form)
        return _issue_page(request, person, key, paper, form)
    elif do == "look":
        letters = _letters(form, posted, key, paper, person)
        return _issue_page(request, person, key, paper, form, 422 if form.fails else 200, letters)
    else:
        sheet = _sheet(form, posted, key, person)
        if sheet and sheet.signed and do != "confirm":
            return _look_page(request, person, key, paper, form, sheet)
        said = _issue(form, key, paper, sheet, person)
        url = _following(key, paper)
        if form.at_field("signed_reason") and sheet:
            return _look_page(request, person, key, paper, form, sheet)
    if form.fails:
        return _issue_page(request, person, key, paper, form, 422)
    return go_to(url, said + tell_service())


@router.get(PLAN + "/ban-soan/{paper}/trang-{number}.png")
@router.get(REPORT + "/ban-soan/{paper}/trang-{number}.png")
@router.get(SUMMARY + "/ban-soan/{paper}/trang-{number}.png")
@router.get(VISIT + "/ban-soan/{paper}/trang-{number}.png")
def page_picture(_person: Reader, key: VisitKey, paper: str, number: int) -> Response:
    """One page as a picture."""
    with looking_at(key) as dossier:
        return Response(picture(dossier, _row(dossier, _one_of(paper, *BY_NAME)), number), media_type="image/png")


@router.get(PLAN + "/ban-soan/{paper}.pdf")
@router.get(REPORT + "/ban-soan/{paper}.pdf")
@router.get(SUMMARY + "/ban-soan/{paper}.pdf")
@router.get(VISIT + "/ban-soan/{paper}.pdf")
def draft_file(_person: Reader, key: VisitKey, paper: str) -> Response:
    """The draft as a PDF."""
    with looking_at(key) as dossier:
        name, content = sheet_file(dossier, _row(dossier, _one_of(paper, *BY_NAME)))
    shown = {"content-disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=shown)


def _approve(form: Form, key: str, paper: str, person: Person) -> str:
    with looking_at(key) as dossier:
        own = own_findings(dossier, person.giver.name)
    if own:
        form.note("approve", own.fault, own.remedy)
        return ""
    if not form.get("seen"):
        form.note("approve", "không rõ đã xem bản nào", "tải lại trang, xem rồi duyệt")
        return ""
    try:
        papers.approve(key, paper, person.giver, seen=form.get("seen"), looked_at=form.get("shown"))
    except Refused as refused:
        form.overtaken(refused, {paper: "approve"})
    return f"Đã duyệt {TITLES[paper].lower()}."


def _return(form: Form, key: str, person: Person) -> str:
    reason = form.text("reason", "chưa ghi lý do", "ghi điều cần sửa, để người viết biết")
    if not form.fails:
        try:
            papers.send_back(key, reason, person.giver, looked_at=form.get("shown"))
        except Refused as refused:
            form.overtaken(refused, {"--reason": "reason"})
    return "Đã trả lại báo cáo; Tổ công tác sửa kết quả rồi gửi lại."


def _override(form: Form, key: str, paper: str, person: Person) -> str:
    if not person.may(Role.LEADER):
        raise HTTPException(403)
    reason = form.text("override", "chưa ghi lý do", "ghi vì sao vẫn phát hành")
    if form.fails:
        return ""
    try:
        faults = papers.override(key, paper, reason, person.acting_as(Role.LEADER).giver, looked_at=form.get("shown"))
    except Refused as refused:
        form.overtaken(refused, {"--reason": "override"})
        return ""
    return f"Đã cho phép phát hành, bỏ qua {len(faults):02d} điểm chưa đạt của bản này."


def _sheet(form: Form, posted: Posted, key: str, person: Person) -> Sheet | None:
    number = form.number("number", "chưa ghi số", "ghi số theo sổ văn bản đi")
    day = form.day("issued_on", "chưa ghi ngày phát hành")
    secrecy = form.one_of("secrecy", {mark: mark for mark in SECRECY}) or ""
    urgency = form.one_of("urgency", {mark: mark for mark in URGENCY}) or ""
    signed, reason = signed_file(form, posted, key, person), form.text("signed_reason")
    return Sheet(number, day, secrecy, urgency, signed, reason) if number and day and not form.fails else None


def _letters(form: Form, posted: Posted, key: str, paper: str, person: Person) -> list[LetterAhead] | None:
    """Each letter as it would go out with what the form says; a chosen file is kept meanwhile."""
    sheet = _sheet(form, posted, key, person)
    if sheet is None:
        return None
    keep_chosen(form, key, person, sheet.signed)
    try:
        return letters_of_issue(key, paper, sheet, person.acting_as(Role.CLERK).giver)
    except Refused as refused:
        form.refused(refused.problems, {"số": "number", "--date": "issued_on"})
        return None


def _issue(form: Form, key: str, paper: str, sheet: Sheet | None, person: Person) -> str:
    if sheet is None:
        return ""
    try:
        symbol = papers.issue(key, paper, sheet, person.acting_as(Role.CLERK).giver, looked_at=form.get("shown"))
    except Refused as refused:
        form.overtaken(refused, {"số": "number", "--date": "issued_on", "bản ký": "signed_reason"})
        return ""
    drop_kept(form)
    by_hand = f" {papers.said_of_a_mark(key)}" if sheet.secrecy else ""
    return f"Đã phát hành số {symbol}.{by_hand}"


def _approval_page(request: Request, person: Person, key: str, paper: str, form: Form, status: int = 200) -> Response:
    with looking_at(key) as dossier:
        facts = _facts(request, dossier, paper, form)
        own = own_findings(dossier, person.giver.name)
        facts |= {
            "own": sentence(own.fault, own.remedy) if own else "",
            "findings_by": dossier.answer(AnswerKind.FINDINGS),
        }
    return page(request, person, "papers/approval.html", status=status, **facts)


def _issue_page(
    request: Request, person: Person, key: str, paper: str, form: Form, status: int = 200,
    letters: list[LetterAhead] | None = None,
) -> Response:  # fmt: skip
    with looking_at(key) as dossier:
        row, facts = _row(dossier, paper), _facts(request, dossier, paper, form)
        faults = (
            faults_of(dossier, row.kind, current_paper(dossier, row.kind)) if row.state != DocumentState.ISSUED else []
        )
        if "number" not in form.values:
            # The leadership has signed the plan before it was loaded: its number and day are known.
            known = (dossier.plan.number, dossier.plan.issued) if paper == "plan" else None
            number, day = known or (numbers.next_free(dossier.session, numbers.series_of(row)), dossier.today)
            form.values |= {"number": str(number), "issued_on": short_date(day)}
        facts |= {
            "faults": [sentence(f"{one.place}: {one.fault}", one.remedy) for one in faults],
            "secrecy": [(mark, mark) for mark in SECRECY], "urgency": [(mark, mark) for mark in URGENCY],
            "series": numbers.series_of(row), "kept": name_of_kept(form, key, person),
            "receivers": receivers_of(dossier, row) if row.state != DocumentState.ISSUED else [],
            "letters": letters, "correctable": paper in CORRECTABLE,
            "latest": numbers.next_free(dossier.session, numbers.series_of(row)) - 1, "boards": _boards(dossier, row),
        }  # fmt: skip
    return page(request, person, "papers/issue.html", status=status, **facts)


def _look_page(request: Request, person: Person, key: str, paper: str, form: Form, sheet: Sheet) -> Response:
    """What the signed file is worth, before anything is issued; a file that is not taken goes back to the form."""
    look = look_at_signed(form, key, paper, sheet, person)
    if look is None:
        return _issue_page(request, person, key, paper, form, 422)
    with looking_at(key) as dossier:
        facts = _facts(request, dossier, paper, form) | look
        facts["symbol"] = _row(dossier, paper).symbol_with(sheet.number)
    facts["kept"] = name_of_kept(form, key, person)
    return page(request, person, "papers/signed.html", status=422 if form.fails else 200, **facts)


def _facts(request: Request, dossier: Dossier, paper: str, form: Form) -> dict[str, Any]:
    row = _row(dossier, paper)
    form.values.setdefault("shown", token_of(dossier))
    changed = changed_since(dossier, row) if row.state in (DocumentState.DRAFT, DocumentState.APPROVED) else []
    return {
        **about(dossier), "form": form, "row": row, "paper": paper, "title": TITLES[paper], "changed": changed,
        "pages": [] if changed or row.on_paper else pages_of(dossier, row), "back": page_of_key(dossier.visit.key),
        "action": request.url.path,
    }  # fmt: skip


def _following(key: str, paper: str) -> str:
    """After a notice its invitations, which wait for a number as well; else the page of the visit."""
    with looking_at(key) as dossier:
        invitation = dossier.document(Purpose.INVITATION)
    if paper != "notice" or invitation is None or invitation.state != DocumentState.DRAFT:
        return page_of_key(key)
    by_itself = invitation.type_code in settings().numbering.from_blocks
    return page_of_key(key) if by_itself else f"{page_of_key(key)}/phat-hanh/invitation"


def _boards(dossier: Dossier, row: DocumentRow) -> list[str]:
    """All whom one công văn goes to, where it goes to several."""
    rows = asked_alike(dossier, row.kind) if row.kind in JOINT else ()
    return [dossier.plan.unit(one.unit).standing_board for one in rows] if len(rows) > 1 else []


def _row(dossier: Dossier, paper: str) -> DocumentRow:
    """The newest revision; 404 as long as the visit has not come so far."""
    row = dossier.document(BY_NAME[paper])
    if row is None:
        raise HTTPException(404)
    return row


def _one_of(paper: str, *known: str) -> str:
    if paper not in known:
        raise HTTPException(404)
    return paper
