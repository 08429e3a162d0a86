"""Who is invited to one visit beside the bodies of the plan, and whose invitation is taken back (D6, R54–R56)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from answers.answering import Giver, refuse_if, taking
from answers.seen import INVITING, seen
from database import answers
from database.dossier import Dossier
from database.engine import again_if_undone
from domain.answer_kind import AnswerKind
from domain.decision import Guest, GuestList
from domain.problem import Problem, Refused
from domain.text import match_key
from letters.one_line import one_line

#: The form that the contacts file asks for as well, and the lengths that mail servers take (RFC 5321).
_EMAIL = re.compile(
    r"(?=.{1,254}\Z)(?=[^@]{1,64}@)"
    r"[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)


@again_if_undone
def invite(
    reference: str, name: str, email: str, giver: Giver, *, title: str = "", reason: str = "",
    looked_at: str | None = None,
) -> Guest:  # fmt: skip
    """Invite a person or a body to one visit; the visit then writes to nobody else.

    Refused before the choice, after the meeting, for an unusable address, and for whoever is invited already. Who
    was taken back and is invited again at the same address keeps the number, so the diary knows the entry again.
    `looked_at` is what the person had before his eyes (`answers.seen`).
    """
    with taking(reference, giver, "mời thêm", looked_at=seen(looked_at, INVITING)) as dossier:
        name, email, title = one_line(name), one_line(email), one_line(title)
        refuse_if([*_too_early_or_late(dossier), *_faults(name, email), *_invited_already(dossier, name, email)])
        guests = dossier.guests
        number, turns = len(guests) + 1, 1
        for one in guests:
            if one.email.casefold() == email.casefold():
                number, turns = one.number, one.turns + 1
        guest = Guest(number, name, email, title, turns, one_line(reason))
        _record(dossier, guest, giver)
    return guest


@again_if_undone
def uninvite(reference: str, email: str, giver: Giver, *, reason: str = "", looked_at: str | None = None) -> Guest:
    """Take back the invitation of the guest with that address; only he is told, with the reason.

    The bodies of the plan stay invited: the plan itself invites them (R54–R56).
    """
    with taking(reference, giver, "thôi mời", looked_at=seen(looked_at, INVITING)) as dossier:
        refuse_if(list(_too_early_or_late(dossier)))
        for one in dossier.guests:
            if one.invited and one.email.casefold() == one_line(email).casefold():
                guest = replace(one, turns=one.turns + 1, reason=one_line(reason))
                _record(dossier, guest, giver)
                return guest
        known = ", ".join(guest.email for guest in dossier.guests if guest.invited) or "chưa mời thêm ai"
        raise Refused(Problem("--email", f"không có ai được mời thêm với địa chỉ “{one_line(email)}”", known))


def _record(dossier: Dossier, guest: Guest, giver: Giver) -> None:
    before = dossier.answer(AnswerKind.GUEST)
    others = [one for one in dossier.guests if one.number != guest.number]
    answers.record(
        dossier.session, dossier.visit.id, AnswerKind.GUEST,
        GuestList(tuple(sorted([*others, guest], key=lambda one: one.number))),
        by=giver.name, source=giver.source, seen=before.version if before else 0, after=before,
    )  # fmt: skip


def _too_early_or_late(dossier: Dossier) -> Iterator[Problem]:
    if not dossier.chosen:
        yield Problem(dossier.visit.key, "chưa chọn nơi dự nên chưa mời được", "chạy trước: visits choose")
    elif all(meeting.starts_at <= dossier.now for meeting in dossier.chosen):
        yield Problem(dossier.visit.key, "buổi sinh hoạt đã diễn ra", "không mời, không thôi mời được nữa")


def _faults(name: str, email: str) -> Iterator[Problem]:
    if not name:
        yield Problem("--name", "chưa ghi mời ai", "ghi họ tên hoặc tên cơ quan")
    if not _EMAIL.fullmatch(email):
        yield Problem("--email", f"“{email}” không phải địa chỉ thư", "ghi như ten@co-quan.vn, không dấu")


def _invited_already(dossier: Dossier, name: str, email: str) -> Iterator[Problem]:
    """By address, or by a name that only case or the place of a tone mark tells apart (P15)."""
    for known, address in _invited(dossier):
        if address.casefold() == email.casefold():
            yield Problem("--email", f"“{email}” đã được mời ({known})", "mỗi địa chỉ nhận một giấy mời")
            return
        if match_key(known) == match_key(name):
            yield Problem("--name", f"“{known}” đã được mời, tại {address}", "ghi rõ hơn nếu là người khác")
            return


def _invited(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Names and addresses; a body is known by the plan's name for it and by that of the contacts."""
    for participant in dossier.plan.invited():
        contact = dossier.contacts.bodies[participant.contact]
        yield participant.name, contact.email
        yield contact.name, contact.email
    for guest in dossier.guests:
        if guest.invited:
            yield guest.name, guest.email
