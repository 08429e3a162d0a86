"""The notice of the chosen meetings: drafted, issued, sent, and sent again when a meeting moves (D4–D6)."""

from collections.abc import Iterator
from datetime import datetime

from config.settings import settings
from database.addressees import host
from database.dossier import Dossier
from database.models import DocumentRow
from domain.answer_kind import AnswerKind
from domain.dates import date_and_time, short_date
from domain.letters_and_documents import Purpose
from domain.nomination import Meeting
from domain.outcome import Waiting
from domain.role import Role
from domain.wait import Wait
from papers.drafts import draw_up
from papers.facts import changes_of, replaced_notice
from tasks.asking.issuing import first_asked
from tasks.asking.reminding import ask_staff
from tasks.letters.call_off import take_back
from tasks.letters.correspondence import meeting_calendar, write
from tasks.letters.invitees import Invitee, expects, in_subject, invitees, letter_key, revisions, was_told


def draft_notice(dossier: Dossier) -> DocumentRow:
    """The notice of what is chosen now: an issued one stays until a chosen meeting moves, then a new one follows (A23).

    A draft follows every change; only what was issued before makes it an adjustment.
    """
    return draw_up(dossier, Purpose.SELECTION_NOTICE)


def wait_for_issue(dossier: Dossier, notice: DocumentRow) -> Waiting:
    """Ask the clerk for number and date; only people issue (2.4)."""
    changed = notice.revision > 1 and bool(notice.changes)
    wait = Wait.CHANGE_ISSUE if changed else Wait.NOTICE_ISSUE
    first = first_asked(dossier, notice, _told(dossier, notice))
    following = ask_staff(
        dossier, wait, f"notice:{first}", settings().ladders.issue_within,
        task="Phát hành thông báo điều chỉnh" if changed else "Phát hành thông báo",
        detail="\n".join(_said(dossier, notice)),
        command=f'visits issue {dossier.visit.key} notice --number … --date … --by "…"',
    )  # fmt: skip
    return Waiting(wait, following, "văn thư lấy số và ngày")


def _told(dossier: Dossier, notice: DocumentRow) -> datetime:
    """When the choice or one of the meetings was told last."""
    told = (dossier.answer(AnswerKind.CHOICE), dossier.answer(AnswerKind.NOMINATIONS))
    return max((answer.given_at for answer in told if answer), default=notice.drafted_at)


def _said(dossier: Dossier, notice: DocumentRow) -> Iterator[str]:
    """Which document it is, by whose choice, about which meetings, and what of it is new."""
    choice = dossier.answer(AnswerKind.CHOICE)
    chosen = f", theo lựa chọn của {choice.by} ngày {short_date(choice.given_at.date())}" if choice else ""
    yield f"Thông báo danh sách dự, giám sát tại {dossier.unit.name}, bản {notice.revision}{chosen}."
    yield from (f"- {meeting.organisation}: {date_and_time(meeting.starts_at)}" for meeting in dossier.chosen)
    yield from (f"Điều chỉnh: {change}" for change in notice.changes or ())


def send_notice(dossier: Dossier, notice: DocumentRow) -> None:
    """Queue the issued notice to all on its list, and a letter about each meeting to whoever comes (D4–D6, R52).

    Only what was never queued: a guest who comes later is invited alone, one who is taken back is told alone, and of
    several meetings only the one that was moved is told anew.
    """
    write(
        dossier, Purpose.SELECTION_NOTICE, host(dossier),
        {"meetings": dossier.chosen, "changes": notice.changes, **replaced_notice(dossier, notice.changes)},
        revision=notice.revision, document=notice, must_arrive=True,
    )  # fmt: skip
    revision_of = revisions(dossier)
    for one in invitees(dossier):
        if not one.stands:
            take_back(dossier, one)
            continue
        for meeting in one.meetings:
            revision = revision_of[meeting.number] + one.turns
            if not was_told(dossier, one, meeting, revision):
                _tell(dossier, notice, one, meeting, revision)


def _tell(dossier: Dossier, notice: DocumentRow, one: Invitee, meeting: Meeting, revision: int) -> None:
    """What has changed is told only to who was told before: a guest's first invitation replaces none (A23)."""
    changes = changes_of(dossier, meeting, notice.changes or ()) if expects(dossier, one, meeting) else []
    facts: dict[str, object] = {
        "meetings": (meeting,), "changes": changes, "officer": dossier.contacts.staff[Role.OFFICER],
    }  # fmt: skip
    if one.of_group:
        group = [contact.name for contact in dossier.contacts.inspectors]
        facts |= {"inspector": one.name, "group": group, "notice": notice.symbol or ""}
    else:
        facts |= {"invitee": one.name, "organisation": in_subject(dossier, meeting)}
    write(
        dossier, one.told_by, one.to, facts, revision=revision, key=letter_key(dossier, one, meeting),
        calendar=meeting_calendar(dossier, meeting, one.to, revision, required=one.of_group),
        document=notice if one.of_group else None,
    )  # fmt: skip
