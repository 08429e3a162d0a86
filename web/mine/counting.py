"""How much waits for one person, counted by the database: what the menu says on every page."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    func,
    literal,
    not_,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from database import plans
from database.incoming import IncomingRow
from database.models import LetterRow, VisitRow
from domain.incoming import MailState
from domain.plan import Plan
from domain.role import Role
from domain.state import VisitState
from domain.wait import Wait
from web.desk.access import Person, sees_findings_of
from web.standing.buttons import WAITS, AtDesk

#: An obligation of such a state can ask something of a person.
ASKS = (VisitState.OPEN, VisitState.UNDECIDED)
#: States of letters in which an officer must decide, and what is to be decided.
LETTERS = {
    "uncertain": "Không rõ thư đã đi hay chưa: hỏi người nhận rồi xác nhận.",
    "refused": "Máy chủ của người nhận không nhận, hoặc đã trả lại: xem phải làm gì, rồi gửi lại.",
    "partly": "Nơi nhận chính đã có thư, nơi nhận bản đồng gửi thì chưa: xem phải làm gì, rồi gửi lại.",
    "held": "Xem rồi cho gửi.",
    "withheld": "Văn bản mật không gửi qua mạng: trao tay rồi ghi lại.",
    "by_hand": "Nơi nhận không có địa chỉ thư: trao bản giấy rồi ghi lại.",
}


#: How messages that came in are called among what is counted.
MAIL = "mail"


def answerable_by(person: Person) -> list[Wait]:
    """What one of this person's roles may answer at the desk."""
    return [one.wait for one in WAITS if one.answers(person.roles)]


def is_own(wait: AtDesk, person: Person) -> bool:
    """Whether it is this person who must act, and not others whose answer he may enter."""
    return person.may(wait.whom) or wait.post


def count_own(session: Session, person: Person) -> int:
    """As many as the page shows under what must be done: one for each obligation, one for each kind of letters,
    one for all messages that came in.

    One query, for it stands on every page, and another for whom a công văn may wait; the plan of a year is asked only
    where a working group is waited for, or a công văn.
    """
    wanted = [one.wait for one in WAITS if one.answers(person.roles) and is_own(one, person)]
    if not wanted:
        return 0
    asked = _obligations([wait for wait in wanted if wait not in JOINT])
    of_letters = (_kinds_of_letters(), _messages()) if person.may(Role.OFFICER) else ()
    rows: Iterable[Any] = session.execute(union_all(asked, *of_letters) if of_letters else asked)
    counted: int = sum(
        number for year, wait, number in rows if wait not in _OF_THE_GROUP or _is_of_group(session, person, year)
    )
    return counted + (_joint(session) if not JOINT.isdisjoint(wanted) else 0)


#: One answer to them may settle those of several units: they get one công văn under one number (decision 0032).
JOINT = frozenset({Wait.REQUEST_ISSUE, Wait.SELF_REPORT_ISSUE})


def settled_with(row: VisitRow, plan: Plan) -> object:
    """What one answer settles: a công văn that goes to several units (D1, D12), or this row alone."""
    if row.wait not in JOINT:
        return row.id
    return row.wait, row.year, row.month, row.opens_on, plan.unit(row.unit).restricted


def _joint(session: Session) -> int:
    """How many answers settle all that waits for a công văn; a plan is read only where one does."""
    query = select(VisitRow).where(VisitRow.state.in_(ASKS), VisitRow.wait.in_(JOINT), not_(_in_motion()))
    return len({settled_with(row, plans.read(session, row.year)[0]) for row in session.scalars(query)})


#: What a working group is waited for; that of another year is others.
_OF_THE_GROUP = frozenset(one.value for one in Wait if one.whom is Role.INSPECTOR)


def _is_of_group(session: Session, person: Person, year: int) -> bool:
    return sees_findings_of(person, plans.read(session, year)[1])


def _obligations(wanted: list[Wait]) -> Select[int, str, int]:
    """Year, what is waited for, how many."""
    by = (VisitRow.year, type_coerce(VisitRow.wait, String))
    query = select(*by, func.count()).where(VisitRow.state.in_(ASKS), VisitRow.wait.in_(wanted), not_(_in_motion()))
    return query.group_by(VisitRow.year, VisitRow.wait)


def _kinds_of_letters() -> Select[int, str, int]:
    """The same three for letters, each kind once."""
    kinds = select(literal(0), LetterRow.state, literal(1)).where(LetterRow.state.in_(LETTERS))
    return kinds.group_by(LetterRow.state)


def _messages() -> Select[int, str, int]:
    """The same three for messages that came in and wait for a person: one, whatever their number."""
    waiting = select(IncomingRow.id).where(IncomingRow.state == MailState.OPEN).limit(1).subquery()
    return select(literal(0), literal(MAIL), func.count()).select_from(waiting)


def _in_motion() -> ColumnElement[bool]:
    """As `VisitRow.in_motion` says it of a row."""
    called = or_(
        VisitRow.rerun_by.is_not(None),
        and_(VisitRow.wake_wanted > VisitRow.wake_seen, VisitRow.trouble.is_(None)),
    )
    return and_(VisitRow.state == VisitState.OPEN, or_(VisitRow.worker.is_not(None), called))
