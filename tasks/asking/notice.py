"""The notice of the chosen meetings: drafted, issued, sent, and sent again when a meeting moves (D4–D6)."""

from collections.abc import Iterator

from config.settings import settings
from database import outbox
from database.dossier import Dossier
from database.models import DocumentRow
from domain.answer_kind import AnswerKind
from domain.dates import date_and_time, short_date
from domain.letters_and_documents import Purpose
from domain.outcome import Waiting
from domain.role import Role
from domain.wait import Wait
from papers.drafts import draw_up
from papers.facts import replaced_notice
from tasks.asking.reminding import ask_staff
from tasks.asking.requesting import numbered
from tasks.letters.call_off import take_back
from tasks.letters.correspondence import Invitee, holds_invitation, host, invitees, meeting_calendar, write


def draft_notice(dossier: Dossier) -> DocumentRow:
    """The notice of what is chosen now: an issued one stays until a chosen meeting moves, then a new one follows (A23).

    A draft follows every change; only what was issued before makes it an adjustment. The invitation is drawn up with
    it, so that the clerk may issue both at one sitting.
    """
    notice = draw_up(dossier, Purpose.SELECTION_NOTICE)
    if any(_is_to_be_invited(dossier, notice, one) for one in invitees(dossier)):
        draw_up(dossier, Purpose.INVITATION)
    return notice


def wait_for_issue(dossier: Dossier, notice: DocumentRow) -> Waiting:
    """Ask the clerk for number and date; only people issue (2.4)."""
    changed = notice.revision > 1 and bool(notice.changes)
    wait = Wait.CHANGE_ISSUE if changed else Wait.NOTICE_ISSUE
    following = ask_staff(
        dossier, wait, f"notice:{notice.revision}", settings().ladders.issue_within,
        task="Phát hành thông báo điều chỉnh" if changed else "Phát hành thông báo",
        detail="\n".join(_said(dossier, notice)),
        command=f'visits issue {dossier.visit.key} notice --number … --date … --by "…"',
    )  # fmt: skip
    return Waiting(wait, following, "văn thư lấy số và ngày")


def _said(dossier: Dossier, notice: DocumentRow) -> Iterator[str]:
    """Which document it is, by whose choice, about which meetings, and what of it is new."""
    choice = dossier.answer(AnswerKind.CHOICE)
    chosen = f", theo lựa chọn của {choice.by} ngày {short_date(choice.given_at.date())}" if choice else ""
    yield f"Thông báo danh sách dự, giám sát tại {dossier.unit.name}, bản {notice.revision}{chosen}."
    yield from (f"- {meeting.organisation}: {date_and_time(meeting.starts_at)}" for meeting in dossier.chosen)
    yield from (f"Điều chỉnh: {change}" for change in notice.changes or ())
    if any(_is_to_be_invited(dossier, notice, one) for one in invitees(dossier)):
        yield "Giấy mời đã soạn cùng lúc: lấy số liền thì thư mời đi ngay sau thông báo."


def send_notice(dossier: Dossier, notice: DocumentRow) -> Waiting | None:
    """Queue the issued notice to the host and an invitation with calendar to every invited body and guest (D4–D6).

    Only what was never queued: a guest who comes later is invited alone, one who is taken back is told alone. The
    notice does not wait for the number of the invitations: None once they are out too, else what they wait for.
    """
    meetings = dossier.chosen
    write(
        dossier, Purpose.SELECTION_NOTICE, host(dossier),
        {"meetings": meetings, "changes": notice.changes, **replaced_notice(dossier, notice.changes)},
        revision=notice.revision, document=notice, must_arrive=True,
    )  # fmt: skip
    for invitee in invitees(dossier):
        if not invitee.stands:
            take_back(dossier, invitee)
    pending = [one for one in invitees(dossier) if _is_to_be_invited(dossier, notice, one)]
    if not pending:
        return None
    number = numbered(dossier, Purpose.INVITATION, Wait.INVITATION_ISSUE, "\n".join(_said_of_invitation(dossier)))
    if isinstance(number, Waiting):
        return number
    for one in pending:
        _invite(dossier, notice, number, one)
    return None


def _is_to_be_invited(dossier: Dossier, notice: DocumentRow, one: Invitee) -> bool:
    """Whether an invitation to him is still to be written; nobody is invited to what is over."""
    if not one.stands or not one.meetings or max(meeting.day for meeting in one.meetings) < dossier.today:
        return False
    revision = notice.revision + one.turns
    return not outbox.has(dossier.session, dossier.visit.id, Purpose.INVITATION, one.to.key, revision)


def _said_of_invitation(dossier: Dossier) -> Iterator[str]:
    """To what, and whom: one number for all of them."""
    standing = [one.name for one in invitees(dossier) if one.stands]
    yield f"Giấy mời dự, giám sát tại {dossier.unit.name}, một số chung cho {len(standing):02d} nơi được mời:"
    yield from (f"- {name}" for name in standing)


def _invite(dossier: Dossier, notice: DocumentRow, number: DocumentRow, one: Invitee) -> None:
    """What has changed is told only to who was told before: a guest's first invitation replaces none (A23)."""
    revision = notice.revision + one.turns
    changes = notice.changes if notice.changes and holds_invitation(dossier, one.to) else []
    write(
        dossier, Purpose.INVITATION, one.to,
        {
            "invitee": one.name, "meetings": one.meetings, "changes": changes,
            "officer": dossier.contacts.staff[Role.OFFICER],
        },
        revision=revision, document=number,
        calendars=[meeting_calendar(dossier, meeting, one.to, revision) for meeting in one.meetings],
    )  # fmt: skip
