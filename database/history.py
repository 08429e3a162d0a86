"""What earlier and other visits know: who was attended and when, what is still open, where the group is expected."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from database import answers, stored, taking_up
from database.elsewhere import other_places
from database.follow_ups import followed
from database.models import AnswerRow, VisitRow
from domain.answer_kind import AnswerKind
from domain.choice import Candidate, Past
from domain.dates import last_day_of
from domain.decision import Choice
from domain.nomination import Meeting, Nominations
from domain.obligation import Kind
from domain.state import VisitState
from domain.text import match_key


def chosen_in(session: Session, visit_id: int) -> tuple[Meeting, ...]:
    """The meetings the office attends in a visit, with their newest dates; empty before the choice, or if on paper."""
    choice, listed = (
        answers.latest(session, visit_id, AnswerKind.CHOICE),
        answers.latest(session, visit_id, AnswerKind.NOMINATIONS),
    )
    if choice is None or listed is None:
        return ()
    return meetings_of(stored.value_of(choice, Choice), stored.value_of(listed, Nominations))


def meetings_of(choice: Choice, listed: Nominations) -> tuple[Meeting, ...]:
    """The meetings of a list that were chosen."""
    return tuple(listed.meeting(number) for number in choice.meetings)


def with_history(session: Session, visit: VisitRow, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates of a visit with what the database knows of them and of their days."""
    past = _past_of_unit(session, visit)
    busy = {day: other_places(session, visit, day) for day in {one.meeting.day for one in candidates}}
    return tuple(
        replace(candidate, past=_of(candidate.meeting, past), elsewhere=busy[candidate.meeting.day])
        for candidate in candidates
    )


def _of(meeting: Meeting, past: dict[tuple[str, str], Past]) -> Past:
    name, above = _key(meeting)
    return past.get((name, above)) or past.get((name, _ABOVE_UNKNOWN)) or Past()


#: Of what was attended on paper nobody wrote down the organisation above it.
_ABOVE_UNKNOWN = "?"


def _key(meeting: Meeting) -> tuple[str, str]:
    # Within one unit: two communes have a "Chi bộ ấp 1" each, so only with the one above it is a name whole.
    return match_key(meeting.organisation), match_key(meeting.parent)


def _past_of_unit(session: Session, visit: VisitRow) -> dict[tuple[str, str], Past]:
    """Every organisation of this unit that a closed visit attended, with its last day and open recommendations."""
    query = _visits().where(VisitRow.unit == visit.unit, VisitRow.state == VisitState.CLOSED, VisitRow.id != visit.id)
    found: dict[tuple[str, str], Past] = {}
    for row in session.scalars(query.order_by(VisitRow.year, VisitRow.month)):
        still_open = sum(one.open for one in followed(session, row))  # made to all places of the visit together (D11)
        for meeting in chosen_in(session, row.id):
            before = found.get(_key(meeting), Past())
            last = max(before.last_visit, meeting.day) if before.last_visit else meeting.day
            found[_key(meeting)] = Past(last, before.open_recommendations + still_open)
        for name, day in _attended_on_paper(session, row):
            before = found.get((name, _ABOVE_UNKNOWN), Past())
            found[name, _ABOVE_UNKNOWN] = Past(max(before.last_visit or day, day), before.open_recommendations)
    return found


def _attended_on_paper(session: Session, row: VisitRow) -> Iterator[tuple[str, date]]:
    """What was attended before the service was used; where the day is not known, the last of the month."""
    taken = taking_up.decision(session, row)
    for one in taken.attended if taken else ():
        yield match_key(one.organisation), one.day or last_day_of(row.year, row.month)


def host_years(session: Session) -> dict[str, list[int]]:
    """The years in which each unit was host: those of its visits that were closed."""
    query = select(VisitRow.unit, VisitRow.year).where(VisitRow.kind == Kind.VISIT, VisitRow.state == VisitState.CLOSED)
    found: dict[str, list[int]] = {}
    for unit, year in session.execute(query.order_by(VisitRow.year)):
        found.setdefault(unit, []).append(year)
    return found


def still_planned(session: Session, year: int) -> dict[str, int]:
    """The month in which each unit still is to be host that year: visits that were neither closed nor called off."""
    still = VisitRow.state.in_((VisitState.PLANNED, VisitState.UNDECIDED, VisitState.OPEN))
    query = select(VisitRow.unit, VisitRow.month).where(VisitRow.kind == Kind.VISIT, VisitRow.year == year, still)
    rows = session.execute(query.order_by(VisitRow.month.desc())).all()  # of several the earliest is the last
    return {row.unit: row.month for row in rows}


def _visits() -> Select[VisitRow]:
    return select(VisitRow).where(VisitRow.kind == Kind.VISIT)


def recommendations(session: Session) -> Sequence[AnswerRow]:
    """Every recommendation that was ever made, with the record that it can be replayed from."""
    return session.scalars(
        select(AnswerRow).where(AnswerRow.kind == AnswerKind.RECOMMENDATION).order_by(AnswerRow.id)
    ).all()
