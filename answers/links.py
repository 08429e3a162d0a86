"""The links in letters by which people outside answer: signed, for one obligation, one purpose, one recipient."""

import calendar
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from itsdangerous import BadSignature, Signer

from answers.answering import Giver, taking
from answers.seen import LINKS, refuse_overtaken, seen
from config.secret import secret
from config.settings import settings
from database import audit, follow_ups, links, visits
from database.dossier import Dossier, open_dossier
from database.engine import again_if_undone, reading, writing
from database.links import LinkRow
from database.secrecy import mark_of
from domain.dates import at
from domain.obligation import Kind
from domain.problem import Problem, Refused

NOMINATIONS, FINDINGS, SCORES = "nominations", "findings", "scores"
SELF_REPORT, REMEDIES = "self_report", "remedies"

#: While what it asks about stands so, a link opens its form. A report that was accepted and a recommendation that is
#: done can still be looked at by those who answered.
_OPENS_IN: Mapping[str, tuple[str, ...]] = {SELF_REPORT: ("open", "closed"), REMEDIES: ("open", "closed")}

#: How an inspector who answered by a link is named in the record.
BY_LINK = " (qua liên kết)"


class NoSuchLink(Exception):  # noqa: N818 - an answer to a person, not a defect
    """Nobody was ever given this link: it is forged, or cut off by a mail program."""


class LinkIsOver(Exception):  # noqa: N818 - the same
    """The link was true once: it has expired, was taken back, or its visit is over."""


def address_for_letter(dossier: Dossier, purpose: str, recipient: str, name: str) -> str:
    """The link a letter carries: the recipient's own, made at its first letter; empty when letters carry none.

    A link that a person has taken back is not made anew by a reminder; only a person makes another. What is secret
    is answered on paper.
    """
    if not settings().links_from or mark_of(dossier.session, dossier.visit):
        return ""
    row = links.latest(dossier.session, dossier.visit.id, purpose, recipient)
    state = row.state_at(dossier.now) if row else ""
    if state == "revoked":
        return ""
    if row is None or state == "expired":
        if expiry(dossier, purpose) < dossier.now:
            return ""
        row = _make(dossier, purpose, recipient, name, audit.SYSTEM)
    return address(row)


def address(row: LinkRow) -> str:
    """What the recipient clicks."""
    return f"{settings().links_from or settings().desk_url}/tra-loi/{token(row)}"


def token(row: LinkRow) -> str:
    """The link's key with its signature."""
    return _signer().sign(row.key).decode()


def expiry(dossier: Dossier, purpose: str) -> datetime:
    """A list is of use until the month of the meetings is over; what comes later for some weeks after its date.

    A recommendation that stays open waits for its host as long as it takes, so its link is made anew by a reminder.
    """
    days = timedelta(days=settings().link_days)
    if purpose == SELF_REPORT:
        return at(dossier.plan.self_supervising.due + days, 23, 59)
    if purpose == REMEDIES:
        asked = follow_ups.followed(dossier.session, follow_ups.visit_of(dossier.session, dossier.visit))
        return at(max([dossier.today, *(one.asked.due for one in asked)]) + days, 23, 59)
    year, month = dossier.visit.year, dossier.visit.month
    last = date(year, month, calendar.monthrange(year, month)[1])
    if purpose in (FINDINGS, SCORES):
        meetings = [meeting.day for meeting in dossier.chosen]
        last = max([last, *meetings]) + days
    return at(last, 23, 59)


def open_link(presented: str) -> LinkRow:
    """The link of that token if it may be used now. Nothing is changed by looking (design trap 13).

    Raises `NoSuchLink` or `LinkIsOver`, which it is as well once what it is about is secret (A20, P3).
    """
    try:
        key = _signer().unsign(presented).decode()
    except (BadSignature, UnicodeError):
        raise NoSuchLink from None
    with reading(settings().database) as session:
        row = links.find(session, key)
        if row is None:
            raise NoSuchLink
        dossier = open_dossier(session, row.visit_id)
        opens_in = _OPENS_IN.get(row.purpose, ("open",))
        secret = bool(mark_of(session, dossier.visit))
        if row.state_at(dossier.now) != "live" or dossier.visit.state not in opens_in or secret:
            raise LinkIsOver
        session.expunge(row)
        return row


def giver_of(row: LinkRow) -> Giver:
    """As whom the answer is recorded: the host as itself, an inspector by name, both as come by a link.

    A score sheet bears the bare name: by whichever way a member sends it, it takes the place of his own before.
    """
    return Giver(row.name + BY_LINK if row.purpose == FINDINGS else row.name, "link")


@again_if_undone
def note_use(row: LinkRow) -> None:
    """An answer came by this link."""
    with writing(settings().database) as session:
        links.note_use(session, row.id)


@again_if_undone
def revoke(reference: str, link_id: int, giver: Giver, *, looked_at: str | None = None) -> LinkRow:
    """An officer takes a link back: it was sent to the wrong place, or passed on."""
    with writing(settings().database) as session:
        visit = visits.find(session, reference)
        refuse_overtaken(open_dossier(session, visit.id, lock=True), seen(looked_at, LINKS))
        row = next((one for one in links.of_visit(session, visit.id) if one.id == link_id), None)
        if row is None:
            raise Refused(Problem("liên kết", "không có liên kết này", "tải lại trang"))
        if row.revoked_at is not None:
            raise Refused(Problem("liên kết", f"{row.revoked_by} đã thu hồi liên kết này", ""))
        links.revoke(session, link_id, giver.name)
        audit.note(
            session, giver.name, "thu hồi liên kết trả lời", visit.id, source=giver.source,
            purpose=row.purpose, recipient=row.recipient,
        )  # fmt: skip
        return row


@again_if_undone
def renew(reference: str, purpose: str, recipient: str, giver: Giver, *, looked_at: str | None = None) -> LinkRow:
    """An officer makes a new link for a recipient; the one he had is revoked by it."""
    with taking(reference, giver, "cấp liên kết trả lời mới", looked_at=seen(looked_at, LINKS)) as dossier:
        if mark := mark_of(dossier.session, dossier.visit):
            raise Refused(Problem("liên kết", f"thông tin của đợt có độ mật {mark}", "nhận trả lời bằng văn bản"))
        names = {(kind, key): name for kind, key, name in recipients(dossier)}
        if (purpose, recipient) not in names:
            raise Refused(Problem("liên kết", "không có nơi nhận này", "tải lại trang"))
        if expiry(dossier, purpose) < dossier.now:
            raise Refused(Problem("liên kết", "đã quá thời gian trả lời qua liên kết", "nhập thay trên trang của đợt"))
        return _make(dossier, purpose, recipient, names[purpose, recipient], giver.name)


def recipients(dossier: Dossier) -> list[tuple[str, str, str]]:
    """Who may have a link of this visit: purpose, key of the letters, name."""
    own = {Kind.SELF_REPORT: SELF_REPORT, Kind.FOLLOW_UP: REMEDIES}.get(dossier.visit.obligation.kind)
    if own:
        return [(own, "host", dossier.unit.standing_board)]
    if dossier.visit.obligation.kind is not Kind.VISIT:
        return []
    host = (NOMINATIONS, "host", dossier.unit.standing_board)
    group = [(f"inspector:{number}", one.name) for number, one in enumerate(dossier.contacts.inspectors, start=1)]
    return [
        host, *((FINDINGS, *one) for one in group), *((SCORES, *one) for one in group),
        (SCORES, "host", dossier.unit.standing_board),
    ]  # fmt: skip


def _make(dossier: Dossier, purpose: str, recipient: str, name: str, by: str) -> LinkRow:
    return links.make(
        dossier.session, dossier.visit.id, purpose, recipient, name, expires_at=expiry(dossier, purpose), by=by
    )


def _signer() -> Signer:
    return Signer(secret("links"), salt="tra-loi")
