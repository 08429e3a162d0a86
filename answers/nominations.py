"""The host's list, and what is taken of one that is late or incomplete (R62–R65, A5, A6)."""

from collections.abc import Iterator, Mapping, Sequence

from answers.answering import Giver, refuse_if, taking
from answers.choice import is_final
from answers.seen import ACCEPTING
from answers.seen import seen as seen_by
from database import answers, stored
from database.dossier import Dossier
from database.engine import again_if_undone
from database.models import AnswerRow
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.deadline import Timeliness
from domain.decision import Acceptance, MeetingRefusal
from domain.nomination import Nominations, check_nominations
from domain.problem import Problem, Refused
from domain.text import clean


@again_if_undone
def nominate(reference: str, nominations: Nominations, giver: Giver, *, seen: int | None = None) -> list[Problem]:
    """Take a host's list as the next version; returns warnings, raises `Refused` if it cannot be taken.

    A list may be sent again until the choice is made; each is a version, the old ones stay (design §4). `seen` is the
    version the sender had before his eyes: a list that has come since is not covered unseen.
    """
    with taking(reference, giver, "nhận danh sách giới thiệu") as dossier:
        return record_list(dossier, nominations, giver, seen=seen)


def record_list(dossier: Dossier, nominations: Nominations, giver: Giver, *, seen: int | None) -> list[Problem]:
    """Store a list as the next version, in the transaction of whoever has locked its visit; as `nominate` does."""
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
def accept(
    reference: str, reason: str, giver: Giver, *, refused: Mapping[int, str] | None = None, looked_at: str | None = None
) -> None:
    """A leader's word about the newest list where it is late or has no thematic cell (A5, A6).

    `refused` says of late meetings, by their number, why they are not taken; all others are, for that `reason`. The
    host is told. Until the notice is issued it can be said anew by whoever says what he has `looked_at`
    (`answers.seen`); a meeting that is chosen is not refused any more.
    """
    with taking(reference, giver, "quyết định về danh sách trễ", looked_at=seen_by(looked_at, ACCEPTING)) as dossier:
        listed = dossier.answer(AnswerKind.NOMINATIONS)
        if listed is None or dossier.nominations is None:
            raise Refused(Problem(dossier.visit.key, "chưa có danh sách nào", "đợi đơn vị gửi, hoặc nhập danh sách"))
        before = _refuse_final(dossier, looked_at)
        word = _word_of(dossier, clean(reason), {number: clean(why) for number, why in (refused or {}).items()})
        if before and stored.value_of(before, Acceptance) == word:
            raise Refused(Problem("", "không có gì thay đổi: quyết định đang có cũng như vậy", ""))
        answers.record(
            dossier.session, dossier.visit.id, AnswerKind.ACCEPTANCE, word,
            by=giver.name, source=giver.source, answers=listed.version,
        )  # fmt: skip


def late_numbers(dossier: Dossier) -> tuple[int, ...]:
    """The meetings of the newest list that are late, whatever was said of them."""
    return tuple(one.meeting.number for one in dossier.candidates if one.timeliness is not Timeliness.ON_TIME)


def _refuse_final(dossier: Dossier, looked_at: str | None) -> AnswerRow | None:
    """The word that is there and may be said anew; None before the first one."""
    if is_final(dossier):
        raise Refused(Problem("danh sách", "thông báo đã phát hành", "không quyết định lại được nữa; chuyển hoặc hủy"))
    before = dossier.acceptance
    if before and looked_at is None:
        who = f"{before.by} đã quyết định lúc {before.given_at:%H:%M} {short_date(before.given_at)}"
        remedy = f"muốn quyết định lại: visits show {dossier.visit.key}, rồi thêm --seen"
        raise Refused(Problem("danh sách", who, remedy))
    return before


def _word_of(dossier: Dossier, reason: str, refused: Mapping[int, str]) -> Acceptance:
    """The word if it may be said; else every fault of it at once."""
    late, incomplete = (
        late_numbers(dossier),
        dossier.nominations is not None and not dossier.nominations.has_thematic_cell,
    )
    if not late and not incomplete:
        raise Refused(Problem(dossier.visit.key, "danh sách đúng hạn và đủ, không cần chấp nhận", ""))
    taken = tuple(number for number in late if number not in refused)
    problems = list(_faults(dossier, late, refused))
    if (taken or incomplete) and not reason:
        problems.append(Problem("--reason", "chấp nhận danh sách cần lý do", 'thêm --reason "…"'))
    refuse_if(problems)
    not_taken = tuple(MeetingRefusal(number, refused[number]) for number in late if number in refused)
    return Acceptance(reason if taken or incomplete else "", taken, incomplete, not_taken)


def _faults(dossier: Dossier, late: Sequence[int], refused: Mapping[int, str]) -> Iterator[Problem]:
    chosen = {meeting.number for meeting in dossier.chosen}
    for number, why in refused.items():
        place = f"số {number}"
        if number not in late:
            yield Problem(
                place, "không phải buổi báo trễ hạn", f"các buổi báo trễ: {', '.join(map(str, late)) or 'không có'}"
            )
        elif not why:
            yield Problem(place, "chưa ghi vì sao không chấp nhận", "ghi lý do; đơn vị được thông báo lý do này")
        elif number in chosen:
            yield Problem(place, "đã được chọn để dự", "chọn nơi khác trước, rồi mới không chấp nhận buổi này")
