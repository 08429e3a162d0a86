"""The notice of the chosen meetings: drafted, issued, sent, and sent again when a meeting moves (D4–D6)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from tasks.asking.requesting import numbered
from tasks.letters.call_off import take_back
from tasks.letters.correspondence import meeting_calendar, write
from tasks.letters.invitees import Invitee, expects, in_subject, invitees, letter_key, revisions, was_told


def draft_notice(dossier: Dossier) -> DocumentRow:
    """The notice of what is chosen now: an issued one stays until a chosen meeting moves, then a new one follows (A23).

    A draft follows every change; only what was issued before makes it an adjustment. The invitation is drawn up with
    it, so that the clerk may issue both at one sitting.
    """
    notice = draw_up(dossier, Purpose.SELECTION_NOTICE)
    if _to_be_invited(dossier, notice):
        draw_up(dossier, Purpose.INVITATION)
    return notice


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
    if _to_be_invited(dossier, notice):
        yield "Giấy mời đã soạn cùng lúc: lấy số liền thì thư mời đi ngay sau thông báo."


def send_notice(dossier: Dossier, notice: DocumentRow) -> Waiting | None:
    """Queue the issued notice to all on its list, and a letter about each meeting to whoever comes (D4–D6, R52).

    Only what was never queued: a guest who comes later is invited alone, one who is taken back is told alone, and of
    several meetings only the one that was moved is told anew. The notice and the group do not wait for the number of
    the invitations: None once they are out too, else what they wait for.
    """
    write(
        dossier, Purpose.SELECTION_NOTICE, host(dossier),
        {"meetings": dossier.chosen, "changes": notice.changes, **replaced_notice(dossier, notice.changes)},
        revision=notice.revision, document=notice, must_arrive=True,
    )  # fmt: skip
    for one in invitees(dossier):
        if not one.stands:
            take_back(dossier, one)
    untold = _untold(dossier, notice)
    for letter in untold:
        if letter.to.of_group:
            _tell(dossier, notice, letter, notice)
    invited = [letter for letter in untold if not letter.to.of_group]
    if not invited:
        return None
    number = numbered(
        dossier, Purpose.INVITATION, Wait.INVITATION_ISSUE, lambda: "\n".join(_said_of_invitation(dossier)),
        _told(dossier, notice),
    )  # fmt: skip
    if isinstance(number, Waiting):
        return _while_ahead(number, invited)
    for letter in invited:
        _tell(dossier, notice, letter, number)
    return None


@dataclass(frozen=True)
class _Untold:
    """A letter that has still to tell somebody of one meeting, once its notice is issued."""

    to: Invitee
    meeting: Meeting
    revision: int


def _untold(dossier: Dossier, notice: DocumentRow) -> list[_Untold]:
    """Of meetings that are ahead; nobody is told of what is over."""
    revision_of = revisions(dossier, notice)
    letters = [
        _Untold(one, meeting, revision_of[meeting.number] + one.turns)
        for one in invitees(dossier) if one.stands for meeting in one.meetings
    ]  # fmt: skip
    return [one for one in letters if not was_told(dossier, one.to, one.meeting, one.revision)]


def _while_ahead(waiting: Waiting, invited: list[_Untold]) -> Waiting:
    """Once the last of these meetings has begun nobody is invited any more, so the visit goes on without the number."""
    over = max(letter.meeting.starts_at for letter in invited)
    reminded_before = waiting.until is not None and waiting.until.toordinal() <= over.toordinal()
    return waiting if reminded_before else replace(waiting, until=over)


def _to_be_invited(dossier: Dossier, notice: DocumentRow) -> bool:
    """Whether that notice has invitations to follow, which need a number of their own."""
    return any(not letter.to.of_group for letter in _untold(dossier, notice))


def _said_of_invitation(dossier: Dossier) -> Iterator[str]:
    """To what, and whom: one number for all of them."""
    standing = [one.name for one in invitees(dossier) if one.stands and not one.of_group]
    yield f"Giấy mời dự, giám sát tại {dossier.unit.name}, một số chung cho {len(standing):02d} nơi được mời:"
    yield from (f"- {name}" for name in standing)


def _tell(dossier: Dossier, notice: DocumentRow, letter: _Untold, document: DocumentRow) -> None:
    """What has changed is told only to who was told before: a guest's first invitation replaces none (A23).

    The group gets the notice itself, an invitee the invitation under its number.
    """
    one, meeting, revision = letter.to, letter.meeting, letter.revision
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
        calendar=meeting_calendar(dossier, meeting, one.to, revision, required=one.of_group), document=document,
    )  # fmt: skip
