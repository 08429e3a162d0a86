"""The facts of one letter as this year has them, for a look at its wording; what is not there yet is invented (2.5).

The table says for each fact what stands for it; `tests/papers/test_sample_facts.py` fills every letter with it, so a
new fact has its place here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from config.addresses import page_of_key
from config.settings import settings
from database.addressees import host
from database.dossier import Dossier, open_dossier
from database.group_reports import SERIES
from database.list_due import due_of_list
from database.models import AnswerRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.correction import IssuedAs, PaperCorrection
from domain.dates import at, last_day_of
from domain.deadline import nomination_deadline
from domain.findings import Findings, ItemFinding, ItemResult, Recommendation
from domain.follow_up import follow
from domain.letters_and_documents import BY_NAME, DOCUMENTS, Purpose
from domain.nomination import Meeting, MeetingKind, OrgType
from domain.obligation import Kind
from domain.role import Role
from domain.state import VisitState
from papers.facts import common_facts, facts_for
from papers.recipients import printed, recipients_of

#: Whose letters are not those of a visit.
_KINDS = {
    Purpose.YEAR_END_REQUEST: Kind.SELF_REPORT, Purpose.YEAR_END_REMINDER: Kind.SELF_REPORT,
    Purpose.SELF_REPORT: Kind.SELF_REPORT, Purpose.SELF_REPORT_RETURNED: Kind.SELF_REPORT,
    Purpose.ANNUAL_PLAN: Kind.PLAN, Purpose.ANNUAL_REPORT: Kind.SUMMARY,
}  # fmt: skip
_LOOKED_AT = 20  # the visits that know most; where the reader may see none of them, everything is invented

MaySee = Callable[[VisitRow], bool]


@dataclass(frozen=True)
class SampleFacts:
    """All facts of one letter."""

    facts: Mapping[str, object]
    about: str  #: what they are of, as the beginning of a sentence
    invented: tuple[str, ...]  #: what no record says yet, in words


def sample_facts(
    session: Session, purpose: Purpose, year: int, may_see: MaySee, *, with_findings: bool
) -> SampleFacts | None:
    """The facts of that letter by the obligation of the year that knows most; None where the reader may see none.

    Without `with_findings` nothing of what was found is read (R22–R38).
    """
    row = _knows_most(session, _KINDS.get(purpose, Kind.VISIT), year, may_see)
    if row is None or (purpose is Purpose.ANNUAL_REPORT and not with_findings):
        return None
    dossier = open_dossier(session, row.id)
    invented = list(_invented(dossier, purpose, with_findings))
    facts = {**common_facts(dossier), **_every_fact(dossier, purpose, with_findings)}
    if purpose in BY_NAME.values():
        own = facts_for(dossier, purpose)
        facts |= {name: value for name, value in own.items() if not _is_invented(name, dossier, with_findings)}
    if purpose in DOCUMENTS:
        to = host(dossier) if row.unit else None
        facts |= {"recipients": printed(recipients_of(dossier, purpose, to)), "attached": ""}
        facts |= {"addressee": facts.get("invitee") or dossier.unit.standing_board}
    return SampleFacts(facts | {"reply_link": ""}, dossier.about, tuple(invented))


def _knows_most(session: Session, kind: Kind, year: int, may_see: MaySee) -> VisitRow | None:
    said = select(func.count(distinct(AnswerRow.kind))).where(
        AnswerRow.visit_id == VisitRow.id, AnswerRow.kind.in_((AnswerKind.CHOICE, AnswerKind.FINDINGS))
    )
    query = select(VisitRow).where(VisitRow.kind == kind, VisitRow.year == year, VisitRow.state != VisitState.WITHDRAWN)
    query = query.order_by(said.scalar_subquery().desc(), VisitRow.month.desc(), VisitRow.id).limit(_LOOKED_AT)
    return next((row for row in session.scalars(query) if may_see(row)), None)


def _is_invented(name: str, dossier: Dossier, with_findings: bool) -> bool:
    if name == "meetings":
        return not dossier.chosen
    return name in ("findings", "grades") and not (with_findings and dossier.findings)


def _invented(dossier: Dossier, purpose: Purpose, with_findings: bool) -> list[str]:
    said = purpose.facts
    of_meetings, of_findings = said & {"meetings", "late"}, said & {"findings", "open"}
    return [
        *(["buổi sinh hoạt"] if of_meetings and not dossier.chosen else []),
        *(["kết quả giám sát"] if of_findings and _is_invented("findings", dossier, with_findings) else []),
    ]


def _every_fact(dossier: Dossier, purpose: Purpose, with_findings: bool) -> dict[str, object]:
    """What the letter may ask for beside the facts that all letters have."""
    known = {
        **_of_list(dossier, purpose),
        **_of_meeting(dossier),
        **_of_findings(dossier, with_findings),
        **_of_staff(dossier),
        **_of_correction(dossier),
    }
    return {name: make() for name, make in known.items() if name in purpose.facts}


def _of_list(dossier: Dossier, purpose: Purpose) -> dict[str, Callable[[], object]]:
    due = partial(_due, dossier, purpose)
    return {
        "due": due,
        "tight": lambda: dossier.visit.month > 0 and due_of_list(dossier).tight,
        "first_in_time": lambda: due_of_list(dossier).first_in_time if dossier.visit.month else None,
        "instead_of": lambda: None,
        "days_left": lambda: (due() - dossier.today).days,
        "overdue": lambda: due() < dossier.today,
        "escalated": lambda: False,
        "their_symbol": lambda: "88-BC/HU",
        "received_on": lambda: dossier.today,
        "taken": lambda: _meetings(dossier),
        "refused": lambda: [(_meetings(dossier)[0], "không kịp chuẩn bị dự, giám sát")],
        "again": lambda: False,
        "boards": lambda: [dossier.unit.standing_board],
    }


def _due(dossier: Dossier, purpose: Purpose) -> date:
    if not dossier.visit.month:
        return dossier.plan.self_supervising.due
    if purpose in (Purpose.FINDINGS_REQUEST, Purpose.FINDINGS_REMINDER):
        return dossier.calendar.add(_meetings(dossier)[-1].day, settings().ladders.findings_within)
    return due_of_list(dossier).day


def _of_meeting(dossier: Dossier) -> dict[str, Callable[[], object]]:
    group = [contact.name for contact in dossier.contacts.inspectors]
    rules, calendar = dossier.plan.rules, dossier.calendar
    return {
        "meetings": lambda: _meetings(dossier),
        "late": lambda: [(one, nomination_deadline(one.day_to_judge, rules, calendar)) for one in _meetings(dossier)],
        "changes": list, "replaced": lambda: "", "replaced_on": lambda: None,
        "organisation": lambda: _meetings(dossier)[0].organisation,
        "invitee": lambda: next((one.name for one in dossier.plan.invited()), "Đại diện lãnh đạo cơ quan được mời"),
        "inspector": lambda: group[0] if group else "Tổ trưởng Tổ công tác",
        "group": lambda: group,
        "officer": lambda: dossier.contacts.staff[Role.OFFICER],
        "notice": lambda: f"125-TB/{dossier.plan.issuer.organ_code}",
        "notice_on": lambda: dossier.today,
        "coming": lambda: ["Văn phòng Tỉnh ủy: dự", "Ủy ban Kiểm tra: chưa trả lời"],
        "reason": lambda: "đơn vị thay đổi lịch sinh hoạt",
    }  # fmt: skip


def _meetings(dossier: Dossier) -> tuple[Meeting, ...]:
    """The chosen meetings, else one that is invented, in the month of the visit."""
    if dossier.chosen:
        return dossier.chosen
    visit = dossier.visit
    day = last_day_of(visit.year, visit.month or 12) - timedelta(days=9)
    return (
        Meeting(
            1, "Chi bộ ví dụ", OrgType.CELL_SUBORDINATE, "Đảng ủy ví dụ", at(day, 14), "Hội trường ví dụ",
            MeetingKind.THEMATIC, "Chuyên đề ví dụ", 30,
        ),
    )  # fmt: skip


def _of_findings(dossier: Dossier, with_findings: bool) -> dict[str, Callable[[], object]]:
    found = (dossier.findings if with_findings else None) or _example(dossier)
    return {
        "findings": lambda: found,
        "grades": dict,
        "open": lambda: follow(found.recommendations or _example(dossier).recommendations, ()),
        "report_symbol": lambda: f"03-{SERIES}",
        "reported_on": lambda: dossier.today,
        "considered_on": lambda: dossier.today,
        "proposals": list,
    }


def _example(dossier: Dossier) -> Findings:
    """Findings that nobody found: one limitation with its recommendation, everything else as it should be."""
    first, *others = dossier.plan.checklist
    return Findings(
        items=(
            ItemFinding(first.id, ItemResult.PARTLY_MET, "nhận xét ví dụ", limitations=(1,)),
            *(ItemFinding(one.id, ItemResult.MET) for one in others),
        ),
        strengths=("Ưu điểm ví dụ",), limitations=("Hạn chế ví dụ",), causes=("Nguyên nhân ví dụ",),
        recommendations=(Recommendation(1, "Kiến nghị ví dụ", "Chi ủy", dossier.today + timedelta(days=30)),),
        attended_on=_meetings(dossier)[0].day,
    )  # fmt: skip


def _of_staff(dossier: Dossier) -> dict[str, Callable[[], object]]:
    return {
        "task": lambda: "Chọn tổ chức đảng để dự, giám sát",
        "detail": lambda: "Chi tiết của việc đang chờ.",
        "command": lambda: "",
        "about": lambda: dossier.about,
        "link": lambda: f"{settings().desk_url}{page_of_key(dossier.visit.key)}",
        "step": lambda: "Chọn chi bộ chuyên đề",
        "leader": lambda: dossier.contacts.staff[Role.LEADER].name,
        "waiting": lambda: [
            {
                "about": dossier.about,
                "task": "Chờ lựa chọn",
                "since": dossier.today,
                "due": None,
                "link": f"{settings().desk_url}{page_of_key(dossier.visit.key)}",
            }
        ],
    }


def _of_correction(dossier: Dossier) -> dict[str, Callable[[], object]]:
    organ, signer = dossier.plan.issuer.organ_code, dossier.plan.signer
    wrong, right = (IssuedAs(f"{number}-TB/{organ}", dossier.today, signer) for number in (125, 126))
    said = PaperCorrection(Purpose.RESULT_NOTICE, 1, wrong, right, "ghi nhầm số theo sổ")
    return {
        "document_type": lambda: "thông báo", "wrong": lambda: wrong, "right": lambda: right,
        "differences": lambda: list(said.differences()), "renumbered": lambda: said.renumbered,
        "addressee": lambda: dossier.unit.standing_board, "attached": lambda: "",
    }  # fmt: skip
