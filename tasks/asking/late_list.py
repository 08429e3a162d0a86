"""What is asked and told about a late list: the leader first, then the host, meeting by meeting (A5, A6)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from answers.choice import is_final
from config.settings import settings
from database import answers
from database.addressees import host, staff
from database.dossier import Dossier
from database.list_due import list_rule
from domain.answer_kind import AnswerKind
from domain.dates import date_and_time, short_date
from domain.deadline import Deadline, Timeliness, nomination_deadline
from domain.due import DueRule, latest_for_list
from domain.letters_and_documents import Purpose
from domain.list_due import first_in_time, is_tight
from domain.nomination import Meeting
from domain.outcome import Waiting
from domain.role import Role
from domain.wait import Wait
from tasks.asking.reminding import ask_staff, climb
from tasks.letters.correspondence import write

#: Working days a host has at least for a better list.
_AGAIN_WITHIN = 5


def due_facts(dossier: Dossier, due: date) -> dict[str, object]:
    """The day of the list, and which meetings of the month it still announces in time; after it, a list of today."""
    visit, plan = dossier.visit, dossier.plan
    first = first_in_time(max(due, dossier.today), visit.year, visit.month, plan.rules, dossier.calendar)
    return {"due": due, "first_in_time": first, "tight": is_tight(first)}


def rule_of_next_list(dossier: Dossier, since: date) -> DueRule:
    """The day of the list holds for a better one as well; where it is near or over, a host has some days more.

    As for the list itself, not so many that the month is over.
    """
    calendar, ladders, visit = dossier.calendar, settings().ladders, dossier.visit
    cap = latest_for_list(visit.year, visit.month, since)
    rule = DueRule(since, _AGAIN_WITHIN, ladders.incomplete, not_after=cap)
    told = list_rule(dossier).day(calendar)
    return rule if told < rule.day(calendar) else DueRule(told, 0, ladders.incomplete, since + timedelta(days=1))


def ask_to_accept(dossier: Dossier) -> Waiting:
    """Every thematic cell of the list is late: a person accepts it with a reason, lateness never hides it (A5)."""
    listed, nominations = dossier.answer(AnswerKind.NOMINATIONS), dossier.nominations
    assert listed is not None
    assert nominations is not None
    version = listed.version
    late = [
        (candidate.meeting, nomination_deadline(candidate.meeting.day_to_judge, dossier.plan.rules, dossier.calendar))
        for candidate in dossier.candidates
        if candidate.timeliness is Timeliness.LATE
    ]

    def submit(facts: Mapping[str, object]) -> None:
        told = {"late": late, "received_on": nominations.received_on}
        told |= {name: facts[name] for name in ("link", "due", "command")}
        write(dossier, Purpose.LATE_NOMINATION, staff(dossier, Role.LEADER), told, revision=version)

    following = ask_staff(
        dossier, Wait.ACCEPTANCE, f"late:{version}", settings().ladders.choose_within,
        task="Xem xét, chấp nhận danh sách trễ hạn",
        detail="\n".join(_said_of_late(dossier, nominations.received_on, late)),
        command=f'visits accept {dossier.visit.key} --by "…" --reason "…"', asks_first=submit,
    )  # fmt: skip
    return Waiting(Wait.ACCEPTANCE, following, "mọi chi bộ chuyên đề đều báo trễ hạn")


def _said_of_late(dossier: Dossier, received: date, late: list[tuple[Meeting, Deadline]]) -> Iterator[str]:
    """What a leader needs to take a late list or not: which meetings, by how many days, what either answer does."""
    yield f"{dossier.unit.standing_board} gửi danh sách ngày {short_date(received)}, các buổi sau báo trễ hạn:"
    for meeting, deadline in late:
        days = (received - deadline.last_day).days
        yield f"{meeting.number}. {meeting.organisation}: {date_and_time(meeting.starts_at)}; trễ {days} ngày"
    yield "Từng buổi: chấp nhận kèm lý do thì được đưa vào lựa chọn, lý do được nêu trong báo cáo tổng hợp năm;"
    yield "không chấp nhận kèm lý do thì không được chọn. Đơn vị được thông báo quyết định và lý do."
    yield "Trong khi chưa quyết định, đợt tiếp tục chờ."


def is_left_without(dossier: Dossier) -> bool:
    """Whether so much was refused that no choice can keep the rule: then another list is asked for (R51)."""
    nominations, word = dossier.nominations, dossier.late_word
    if nominations is None or word is None or not word.refused:
        return False
    if not nominations.has_thematic_cell:
        return not dossier.choosable
    return not any(one.meeting.is_thematic_cell for one in dossier.choosable)


def ask_for_another(dossier: Dossier) -> Waiting:
    """Tell the host what was refused and ask for another list, once for each decision, then remind."""
    version, given_on = _decision(dossier)
    rule = rule_of_next_list(dossier, given_on)
    following = climb(dossier, f"refused:{version}", rule, lambda rung: _tell(dossier, rung.number, again=True))
    _tell(dossier, 0, again=True)
    return Waiting(Wait.NOMINATIONS_AGAIN, following, "không chấp nhận các chi bộ chuyên đề báo trễ")


def tell_of_decision(dossier: Dossier) -> None:
    """Tell the host what became of each late meeting, once for each decision; the issued notice says more (A5)."""
    word = dossier.late_word
    if word and (word.late or word.refused) and not is_final(dossier):
        _tell(dossier, 0, again=False)


def _tell(dossier: Dossier, rung: int, *, again: bool) -> None:
    nominations, word = dossier.nominations, dossier.late_word
    assert nominations is not None
    assert word is not None
    version, given_on = _decision(dossier)
    known = {meeting.number: meeting for meeting in nominations.meetings}
    facts: dict[str, object] = {
        "received_on": nominations.received_on, "reason": word.reason, "again": again,
        "taken": [known[number] for number in word.late if number in known],
        "refused": [(known[one.number], one.reason) for one in word.refused if one.number in known],
        **due_facts(dossier, rule_of_next_list(dossier, given_on).day(dossier.calendar)),
    }  # fmt: skip
    write(dossier, Purpose.LATE_DECISION, host(dossier), facts, revision=version * 100 + rung)


def _decision(dossier: Dossier) -> tuple[int, date]:
    """The version and the day of the word that holds; a move writes it anew, and is no word of a leader (A23)."""
    session, visit_id = dossier.session, dossier.visit.id
    rows = answers.versions(session, visit_id)
    moved = {row.given_at for row in rows if row.kind == AnswerKind.MOVE}
    said = [row for row in rows if row.kind == AnswerKind.ACCEPTANCE]
    newest = max((row for row in said if row.given_at not in moved), key=lambda row: row.version, default=said[-1])
    return newest.version, newest.given_at.date()
