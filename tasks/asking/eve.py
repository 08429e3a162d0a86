"""Tells the working group on the day before a meeting who of the invited comes (D6, 0052)."""

from datetime import date, timedelta

from config.settings import settings
from database.addressees import about_meeting, inspectors
from database.dossier import Dossier
from domain.letters_and_documents import Purpose
from overview.attending import Comes, is_answered, who_comes
from tasks.letters.correspondence import write
from tasks.letters.invitees import in_subject


def tell_who_comes(dossier: Dossier, revision: int) -> None:
    """Queue the letter about each meeting that is tomorrow, or later today, once for each revision of the notice.

    Only where somebody has answered: without an inbox, or before the first answer, it would say nothing.
    """
    ahead = [one for one in dossier.chosen if _eve(one.day) <= dossier.today and one.starts_at > dossier.now]
    if not ahead:
        return
    everybody = who_comes(dossier)
    for meeting in ahead:
        coming = [one for one in everybody if one.meeting.number == meeting.number and not one.of_group]
        if not is_answered(coming):
            continue
        facts = {
            "meetings": (meeting,), "organisation": in_subject(dossier, meeting), "coming": [*map(_said, coming)],
        }  # fmt: skip
        for to in inspectors(dossier):
            key = about_meeting(to, meeting.number) if len(dossier.chosen) > 1 else to.key
            write(
                dossier, Purpose.WHO_COMES, to, {**facts, "inspector": to.contact.name}, revision=revision, key=key,
            )  # fmt: skip


def next_eve(dossier: Dossier) -> date | None:
    """The next day before a meeting that is still ahead; None where no answers can come by mail."""
    if not settings().inbox.host:
        return None
    return min((eve for one in dossier.chosen if (eve := _eve(one.day)) > dossier.today), default=None)


def _eve(day: date) -> date:
    return day - timedelta(days=1)


def _said(one: Comes) -> str:
    return f"{one.name}: {one.told}"
