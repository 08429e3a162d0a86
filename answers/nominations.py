"""The host's list, and the decision to take one that is late or incomplete (R62–R65, A5, A6)."""

from answers.answering import Giver, refuse_if, taking
from answers.seen import ACCEPTING
from answers.seen import seen as seen_by
from database import answers
from database.engine import again_if_undone
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.deadline import Timeliness
from domain.decision import Acceptance
from domain.nomination import Nominations, check_nominations
from domain.problem import Problem, Refused


@again_if_undone
def nominate(reference: str, nominations: Nominations, giver: Giver, *, seen: int | None = None) -> list[Problem]:
    """Take a host's list as the next version; returns warnings, raises `Refused` if it cannot be taken.

    A list may be sent again until the choice is made; each is a version, the old ones stay (design §4). `seen` is the
    version the sender had before his eyes: a list that has come since is not covered unseen.
    """
    with taking(reference, giver, "nhận danh sách đề cử") as dossier:
        if choice := dossier.answer(AnswerKind.CHOICE):
            who = f"{choice.by} đã chọn nơi dự lúc {choice.given_at:%H:%M} {short_date(choice.given_at)}"
            raise Refused(Problem(dossier.visit.key, f"{who}, danh sách không đổi được nữa", "dùng: visits move"))
        visit = dossier.visit
        if nominations.received_on > dossier.today:
            raise Refused(Problem("ngày nhận", f"{short_date(nominations.received_on)} chưa tới", "ghi ngày đến thật"))
        warnings = refuse_if(check_nominations(nominations.meetings, visit.year, visit.month, nominations.received_on))
        answers.record(
            dossier.session,
            visit.id,
            AnswerKind.NOMINATIONS,
            nominations,
            by=giver.name,
            source=giver.source,
            seen=seen,
        )
    return warnings


@again_if_undone
def accept(reference: str, reason: str, giver: Giver, *, looked_at: str | None = None) -> None:
    """Take the newest list although it is late or has no thematic cell; the reason and the name are kept (A5, A6).

    `looked_at` is what the leader had before his eyes (`answers.seen`).
    """
    if not reason.strip():
        raise Refused(Problem("--reason", "chấp nhận danh sách cần lý do", 'thêm --reason "…"'))
    with taking(reference, giver, "chấp nhận danh sách", looked_at=seen_by(looked_at, ACCEPTING)) as dossier:
        listed = dossier.answer(AnswerKind.NOMINATIONS)
        if listed is None or dossier.nominations is None:
            raise Refused(Problem(dossier.visit.key, "chưa có danh sách nào", "đợi đơn vị gửi, hoặc nhập danh sách"))
        late = tuple(
            candidate.meeting.number for candidate in dossier.candidates if candidate.timeliness is Timeliness.LATE
        )
        if not late and dossier.nominations.has_thematic_cell:
            raise Refused(Problem(dossier.visit.key, "danh sách đúng hạn và đủ, không cần chấp nhận", ""))
        acceptance = Acceptance(reason, late, not dossier.nominations.has_thematic_cell)
        answers.record(
            dossier.session, dossier.visit.id, AnswerKind.ACCEPTANCE, acceptance,
            by=giver.name, source=giver.source, answers=listed.version,
        )  # fmt: skip
