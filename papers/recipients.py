"""Whom each document goes to: one list, by which `Nơi nhận` is printed and its letters are addressed (R77–R82, F20)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from config.contacts_file import STANDING_BOARD
from database import addressees
from database.addressees import Addressee
from database.dossier import Dossier
from database.models import LetterRow
from domain.letters_and_documents import Purpose
from domain.plan import Contact, Recipient
from domain.role import Role
from papers.requests import asked_alike

_STANDING_BODY = "provincial_standing_body"
_STANDING_BOARD = "Ban Thường vụ "


class How(Enum):
    """How those whom a line of the list stands for get the document."""

    LETTER = "letter"  #: each by a letter of his own
    COPY = "copy"  #: a copy of that letter
    BESIDE = "beside"  #: by another letter that brings it: the group's, with link and calendar entry


@dataclass(frozen=True)
class RecipientLine:
    """One line of a document's `Nơi nhận`, and everybody whom it stands for.

    Who has no address gets it on paper. The copy that is kept (`Lưu …`) stands for nobody.
    """

    printed: str  #: `Các ban đảng, VPTU`
    how: How = How.LETTER
    whom: tuple[Addressee, ...] = ()


def recipients_of(dossier: Dossier, purpose: str, to: Addressee | None = None) -> tuple[RecipientLine, ...]:
    """The list of that document, line by line as it is printed; empty for a letter that is no document of the office.

    `to` is whom one letter of it is for: an invitation names him alone. Reminders are plain mails, and have no list.
    """
    make = _LISTS.get(purpose)
    return tuple(make(dossier, to)) if make else ()


def printed(lines: Sequence[RecipientLine]) -> list[str]:
    """The lines as they stand under `Nơi nhận`."""
    return [line.printed for line in lines]


def with_copies(to: Addressee, lines: Sequence[RecipientLine]) -> Addressee:
    """The same addressee, with the copies that the list names; without a list he keeps those that he has.

    Copies go with the letter to whom the document is for. Whoever else gets a letter of his own gets it alone. Who has
    no address gets no copy by mail.
    """
    cc = tuple(one.contact for one in copies(to, lines)) if lines else to.cc
    return replace(to, cc=tuple(contact for contact in cc if contact.email))


def copies(to: Addressee, lines: Sequence[RecipientLine]) -> list[Addressee]:
    """Who gets a copy of the letter to that addressee."""
    mains = {one.key for line in lines if line.how is How.LETTER for one in line.whom}
    if to.key not in mains:
        return []
    return [one for line in lines if line.how is How.COPY for one in line.whom]


def addressed(dossier: Dossier, letter: LetterRow) -> tuple[Contact, ...]:
    """Whom that letter goes to by today's contacts, place by place; shorter or empty where no contact answers to it."""
    known = addressees.addressed(dossier, letter)
    if not known:
        return ()
    to = Addressee(addressees.addressee_key(letter.recipient), known[0], known[1:])
    return with_copies(to, recipients_of(dossier, letter.purpose, to)).everyone


def organisations(dossier: Dossier) -> tuple[Addressee, ...]:
    """The chosen party organisations, of which the plan has no address: they get theirs on paper."""
    return tuple(Addressee(f"organisation:{one.number}", Contact(one.organisation, "")) for one in dossier.chosen)


def party_boards(dossier: Dossier) -> tuple[Addressee, ...]:
    """The boards of the province and its party office (R80)."""
    keys = [key for key in dossier.contacts.bodies if key not in (_STANDING_BODY, STANDING_BOARD)]
    return tuple(addressees.body(dossier, key) for key in keys)


def standing_board(dossier: Dossier) -> Addressee:
    """The Standing Committee of the province, to which the year is reported (R68, R74)."""
    return _body(dossier, STANDING_BOARD, dossier.plan.structure.standing_board)


def _body(dossier: Dossier, key: str, name: str) -> Addressee:
    return Addressee(f"body:{key}", dossier.contacts.bodies.get(key) or Contact(name, ""))


def _or_on_paper(printed: str, how: How, whom: Sequence[Addressee]) -> RecipientLine:
    """A line of which the contacts name nobody is still printed: then the document goes there on paper."""
    nobody = (Addressee(f"printed:{printed}", Contact(printed, "")),)
    return RecipientLine(printed, how, tuple(whom) or nobody)


def _kept(dossier: Dossier) -> RecipientLine:
    return RecipientLine(f"Lưu {dossier.plan.issuer.organ_code}")


def _leaders(dossier: Dossier, how: How = How.COPY, printed: str = "LĐB") -> RecipientLine:
    return RecipientLine(printed, how, (addressees.staff(dossier, Role.LEADER),))


def _group(dossier: Dossier, how: How) -> RecipientLine:
    return _or_on_paper("Thành viên Tổ công tác", how, addressees.inspectors(dossier))


def _host(dossier: Dossier, printed: str) -> Iterator[RecipientLine]:
    """The host's standing board, and its organisation board for the work (R62, R78)."""
    yield RecipientLine(printed, How.LETTER, (addressees.host(dossier),))
    board = addressees.organisation_board(dossier, dossier.unit.code)
    yield RecipientLine(board.contact.name, How.COPY, (board,))


def _request(dossier: Dossier, kind: Purpose) -> Iterator[RecipientLine]:
    """A công văn, which names its addressees at its head (2.6): `Như trên`.

    Where several units get it under one number, each has a letter of its own with a copy to its organisation board:
    the lines stand for this unit's, and read the same for all.
    """
    host, board = _host(dossier, "Như trên")
    yield host
    asked = [row.unit for row in asked_alike(dossier, kind)]
    if len(asked) > 1:
        units, boards = dossier.plan.unit, dossier.contacts.organisation_boards
        board = replace(board, printed=boards_called([(boards[one].name, units(one).standing_board) for one in asked]))
    yield board
    yield _leaders(dossier)
    yield _kept(dossier)


def boards_called(boards: Sequence[tuple[str, str]]) -> str:
    """What several units' organisation boards are called on one line; each with its unit's standing board.

    A commune has a Ban Xây dựng Đảng where a district had a Ban Tổ chức: what is left of the name without the
    committee's, each of them once.
    """
    kinds = dict.fromkeys(
        name.removesuffix(standing.removeprefix(_STANDING_BOARD)).strip() for name, standing in boards
    )
    return f"{', '.join(kinds)} các cấp ủy nêu trên"


def _nomination_request(dossier: Dossier, _to: Addressee | None) -> Iterator[RecipientLine]:
    """D1, R62, R78."""
    yield from _request(dossier, Purpose.NOMINATION_REQUEST)


def _year_end_request(dossier: Dossier, _to: Addressee | None) -> Iterator[RecipientLine]:
    """D12, R67, R78."""
    yield from _request(dossier, Purpose.YEAR_END_REQUEST)


def _selection_notice(dossier: Dossier, _to: Addressee | None) -> Iterator[RecipientLine]:
    """R52, R71, R72: the bodies of the province get the notice beside their invitations."""
    yield from _host(dossier, dossier.unit.standing_board)
    yield _or_on_paper("Các tổ chức đảng có tên tại mục I", How.COPY, organisations(dossier))
    yield _leaders(dossier)
    yield _or_on_paper("Các ban đảng, VPTU", How.COPY, party_boards(dossier))
    yield _group(dossier, How.BESIDE)
    yield _kept(dossier)


def _result_notice(dossier: Dossier, _to: Addressee | None) -> Iterator[RecipientLine]:
    """R53, R75."""
    yield from _host(dossier, dossier.unit.standing_board)
    yield _or_on_paper("Các tổ chức đảng được dự, giám sát", How.COPY, organisations(dossier))
    yield _leaders(dossier)
    yield _group(dossier, How.COPY)
    yield _kept(dossier)


def _group_report(dossier: Dossier, _to: Addressee | None) -> Iterator[RecipientLine]:
    """R73."""
    yield _leaders(dossier, How.LETTER, "LĐB (để b/c)")
    yield _group(dossier, How.COPY)
    yield _kept(dossier)


def _invitation(dossier: Dossier, to: Addressee | None) -> Iterator[RecipientLine]:
    """One paper for each invited, under one number; the office's own copy names all (D6).

    The leaders have the notice, which says who is invited.
    """
    for one in [to] if to else _invited(dossier):
        yield RecipientLine(one.contact.name, How.LETTER, (one,))
    yield _kept(dossier)


def _invited(dossier: Dossier) -> Iterator[Addressee]:
    """The bodies of the plan, and the guests who are still expected."""
    yield from (addressees.body(dossier, one.contact) for one in dossier.plan.invited())
    for guest in dossier.guests:
        if guest.invited:
            yield Addressee(f"guest:{guest.number}", Contact(guest.name, guest.email))


def _annual_report(dossier: Dossier, _to: Addressee | None) -> Iterator[RecipientLine]:
    """R68, R74."""
    yield RecipientLine(f"{dossier.plan.structure.standing_board} (để b/c)", How.LETTER, (standing_board(dossier),))
    yield _leaders(dossier)
    yield _kept(dossier)


def _annual_plan(dossier: Dossier, _to: Addressee | None) -> Iterator[RecipientLine]:
    """The plan's own list, each by a letter of his own; the copy that is kept stands last (R77–R82)."""
    lines = dossier.plan.recipients
    for line in (*(one for one in lines if one.group != "archive"), *(one for one in lines if one.group == "archive")):
        yield _line_of_plan(dossier, line)


def _line_of_plan(dossier: Dossier, line: Recipient) -> RecipientLine:
    units = [unit.code for unit in dossier.plan.units]
    match line.group:
        case "archive":
            return RecipientLine(line.text)
        case "standing_boards":
            whom = tuple(addressees.board(dossier, code) for code in units)
        case "organisation_boards":
            whom = tuple(addressees.organisation_board(dossier, code) for code in units)
        case "board_leaders":
            whom = _leaders(dossier).whom
        case "party_boards":
            whom = party_boards(dossier)
        case "provincial_standing_body":
            whom = (_body(dossier, _STANDING_BODY, dossier.plan.structure.standing_body),)
        case _:
            whom = ()
    return _or_on_paper(line.text, How.LETTER, whom)


_LISTS: Mapping[str, Callable[[Dossier, Addressee | None], Iterator[RecipientLine]]] = {
    Purpose.NOMINATION_REQUEST: _nomination_request,
    Purpose.SELECTION_NOTICE: _selection_notice,
    Purpose.INVITATION: _invitation,
    Purpose.GROUP_REPORT: _group_report,
    Purpose.RESULT_NOTICE: _result_notice,
    Purpose.YEAR_END_REQUEST: _year_end_request,
    Purpose.ANNUAL_PLAN: _annual_plan,
    Purpose.ANNUAL_REPORT: _annual_report,
}
