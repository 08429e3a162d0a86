"""Who comes to the meetings of a visit, as far as they have answered: desk, command line and letters read it (0052)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from answers.incoming import invited
from answers.incoming.invited import Answered, Entry
from database.dossier import Dossier
from database.models import LetterRow
from domain.incoming import Attending
from domain.nomination import Meeting
from letters.one_line import one_line


@dataclass(frozen=True)
class Comes:
    """One invited person or body at one meeting."""

    meeting: Meeting
    name: str
    address: str
    of_group: bool  #: sent by the office, and not invited
    attending: Attending | None  #: None where there is no answer yet
    outdated: bool = False  #: the answer is to the entry as it was before the meeting was changed
    instead: str = ""  #: whom they send, by address
    instead_attending: Attending | None = None  #: what that one has answered
    by: str = ""  #: who answered, where it was not the invited address itself
    comment: str = ""
    at: datetime | None = None
    letter: str = ""  #: what became of the letter that invites, where it has not arrived

    @property
    def told(self) -> str:
        """The answer in words, for a letter and a table: `dự`, `cử người khác dự: … (dự)`, `chưa trả lời`."""
        if self.attending is None:
            return f"chưa trả lời (thư {self.letter})" if self.letter else "chưa trả lời"
        parts = [
            f": {self.beside[0]}" if self.instead else "",
            *(f"; {one}" for one in self.beside[bool(self.instead) :]),
        ]
        return self.attending.called + "".join(parts)

    @property
    def beside(self) -> tuple[str, ...]:
        """What there is to say beside the bare answer: whom they send, who answered for them, their words, its age."""
        answered = f" ({self.instead_attending.called})" if self.instead_attending else ""
        said = (
            f"{self.instead}{answered}" if self.instead else "",
            f"do {self.by} trả lời" if self.by else "",
            f"“{self.comment}”" if self.comment else "",
            "trả lời trước khi đổi lịch" if self.outdated else "",
            f"thư {self.letter}" if self.letter and self.attending is None else "",
        )
        return tuple(one for one in said if one)


def who_comes(
    dossier: Dossier, letters: Sequence[LetterRow] | None = None, *, words: bool = False
) -> tuple[Comes, ...]:
    """Everybody who was invited, then who was sent, meeting by meeting; empty where nobody was told of one yet.

    What they wrote beside the bare answer may speak of their health or of others: `words` is whether the reader may
    see the words of messages (0053). `letters` are all of the visit, for whoever has read them already.
    """
    asked = invited.of_visit(dossier.session, dossier.visit, letters)
    if not asked.entries:
        return ()
    return tuple(
        one if words else replace(one, comment="")
        for meeting in dossier.chosen
        for entry in sorted(asked.entries, key=_is_of_group)
        if entry.meeting in (0, meeting.number)
        for one in (_comes(dossier, meeting, entry, asked.answers),)
    )


def is_answered(found: Sequence[Comes]) -> bool:
    """Whether anybody has answered at all."""
    return any(one.attending is not None for one in found)


def _comes(dossier: Dossier, meeting: Meeting, entry: Entry, answers: Sequence[Answered]) -> Comes:
    unanswered = Comes(
        meeting, _name(dossier, entry), entry.letter.addressee.address, _is_of_group(entry), None,
        letter=_not_there(entry),
    )  # fmt: skip
    said = _newest(answers, meeting, entry.addresses)
    if said is None:
        return unanswered
    answer, instead = said.answer, said.answer.delegate if said.answer.attending is Attending.DELEGATED else ""
    other = _newest(answers, meeting, frozenset({instead.casefold()})) if instead else None
    return replace(
        unanswered, attending=answer.attending, outdated=answer.sequence < entry.sequence, instead=instead,
        instead_attending=other.answer.attending if other else None,
        by="" if said.sender.casefold() == answer.attendee.casefold() else said.sender,
        comment=one_line(answer.comment), at=said.at,
    )  # fmt: skip


def _is_of_group(entry: Entry) -> bool:
    return entry.key.startswith("inspector:")


def _newest(answers: Sequence[Answered], meeting: Meeting, addresses: frozenset[str]) -> Answered | None:
    """The last word of those addresses: about the newest form of the entry first, then by the time it came."""
    own = [one for one in answers if one.meeting == meeting.number and one.answer.attendee.casefold() in addresses]
    return max(own, key=lambda one: (one.answer.sequence, one.at), default=None)


def _not_there(entry: Entry) -> str:
    there = entry.letter.addressee
    return there.called if there.state == "refused" else ""


def _name(dossier: Dossier, entry: Entry) -> str:
    """By today's contacts; a place that they do not have any more is called by its address."""
    role, _, name = entry.key.partition(":")
    contacts = dossier.contacts
    if role == "guest":
        return next((one.name for one in dossier.guests if f"{one.number}" == name), entry.letter.addressee.address)
    if role == "inspector" and name.isdecimal() and int(name) <= len(contacts.inspectors):
        return contacts.inspectors[int(name) - 1].name
    if role == "body" and name in contacts.bodies:
        return contacts.bodies[name].name
    return entry.letter.addressee.address
