"""What was recorded since somebody was here, day by day, as far as he may know of it (P7, A20)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from config.addresses import page_of
from database import audit, clock, plans
from database.accounts import AccountRow
from database.models import AuditRow, VisitRow
from domain.dates import at
from domain.obligation import Kind
from domain.plan import Contacts, Plan
from domain.role import Role
from overview.said import detail_of, title_of
from web.desk.access import SEES_EVERY_YEAR, Person, sees_findings_of
from web.desk.paging import Paging
from web.standing.covered import hidden_of_all_years


@dataclass(frozen=True)
class News:
    """One thing that happened."""

    row: AuditRow
    title: str
    detail: str
    by_service: bool
    own: bool  #: the reader's own doing
    about: str  #: what it happened to, as people call it; empty where it is of no visit
    url: str


@dataclass(frozen=True)
class NewsDay:
    """What happened on one day, newest first."""

    day: date
    news: tuple[News, ...]


@dataclass(frozen=True)
class NewsView:
    """A page of what happened, newest first."""

    days: tuple[NewsDay, ...]
    paging: Paging
    since: str  #: `lan-truoc`, `hom-nay`, `7-ngay`
    person_here: bool  #: whether the reader was ever here before


#: By what one may look back, in the order in which it is offered.
SINCE = {"lan-truoc": "từ lần trước", "hom-nay": "hôm nay", "7-ngay": "7 ngày qua"}


def read_news(session: Session, person: Person, since: str, page: int) -> NewsView:
    """The same few queries, however much has happened; what bears a mark is not there, and not counted, for others."""
    account = session.get_one(AccountRow, person.id)
    conditions = [_since(session, account, since), *_may_know(session, person)]
    counted = select(func.count()).select_from(AuditRow).outerjoin(VisitRow, VisitRow.id == AuditRow.visit_id)
    paging = Paging(page, session.scalar(counted.where(*conditions)) or 0)
    query = select(AuditRow, VisitRow).outerjoin(VisitRow, VisitRow.id == AuditRow.visit_id).where(*conditions)
    newest = query.order_by(AuditRow.id.desc()).offset(paging.skipped).limit(paging.per_page)
    rows = [(row, about) for row, about in session.execute(newest)]
    known = {year: plans.read(session, year) for year in {about.year for _row, about in rows if about}}
    told = [_news(row, about, person, known) for row, about in rows]
    days = tuple(NewsDay(day, tuple(of_day)) for day, of_day in groupby(told, key=lambda one: one.row.at.date()))
    return NewsView(days, paging, since, bool(account.news_from))


def _since(session: Session, account: AccountRow, since: str) -> ColumnElement[bool]:
    today = clock.now(session).date()
    if since not in _DAYS:
        return AuditRow.id > account.news_from
    begins = at(today - timedelta(days=_DAYS[since] - 1))
    # The record is in order: looked for from its end, so that the length of what came before does not count.
    before = select(AuditRow.id).where(AuditRow.at < begins).order_by(AuditRow.id.desc()).limit(1).scalar_subquery()
    return AuditRow.id > func.coalesce(before, 0)


#: So many days, today among them.
_DAYS = {"hom-nay": 1, "7-ngay": 7}


def _may_know(session: Session, person: Person) -> list[ColumnElement[bool]]:
    """Which lines a person may read: the office all, as in the record; others those of visits that they may open."""
    sealed = AuditRow.what != "niêm bản ghi"  # says nothing to a reader
    if person.may(*SEES_EVERY_YEAR):
        return [sealed]
    hidden = hidden_of_all_years(person, session)
    seen = [sealed, AuditRow.visit_id.is_(None) | AuditRow.visit_id.not_in(hidden)] if hidden else [sealed]
    if person.may(Role.ADMIN):
        return seen
    return [*seen, AuditRow.visit_id.is_not(None), VisitRow.kind != Kind.SUMMARY]


def _news(
    row: AuditRow, about: VisitRow | None, person: Person, known: Mapping[int, tuple[Plan, Contacts]]
) -> News:  # fmt: skip
    full, named, url = person.may(*SEES_EVERY_YEAR), "", ""
    if about is not None:
        plan, contacts = known[about.year]
        full = sees_findings_of(person, contacts)
        named = about.obligation.named(plan.unit(about.unit).short_name if about.unit else "")
        url = page_of(about.obligation)
    own = row.who == person.name or row.who.startswith(f"{person.name} (thay ")
    return News(
        row, title_of(row.what, row.details), detail_of(row.details, in_full=full), row.who == audit.SYSTEM, own,
        named, url,
    )  # fmt: skip
