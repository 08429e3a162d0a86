"""Who gets a document once it is issued, and by which way: shown before anybody presses *Phát hành* (R52, R77–R82)."""

from dataclasses import dataclass

from database.addressees import Addressee, host
from database.dossier import Dossier
from database.models import DocumentRow
from database.secrecy import mark_of
from domain.letters_and_documents import Purpose
from domain.state import VisitState
from papers.recipients import How, recipients_of
from tasks.letters.invitees import invitees

_WAYS = {
    How.LETTER: "thư riêng, kèm văn bản", How.COPY: "bản đồng gửi của thư ấy",
    How.BESIDE: "thư báo buổi dự, kèm văn bản và lịch",
}  # fmt: skip


@dataclass(frozen=True)
class Receiver:
    """One who gets it, and how."""

    name: str
    way: str


@dataclass(frozen=True)
class ReceiverLine:
    """One line of the printed list, or the letters that go beside the document."""

    printed: str
    receivers: tuple[Receiver, ...]


def receivers_of(dossier: Dossier, row: DocumentRow) -> list[ReceiverLine]:
    """Line by line as it is printed under `Nơi nhận`, then the invitations; the copy that is kept names nobody."""
    by_hand = bool(mark_of(dossier.session, dossier.visit))
    to = host(dossier) if dossier.visit.unit else None
    lines = [
        ReceiverLine(line.printed, tuple(_receiver(one, _WAYS[line.how], by_hand) for one in line.whom))
        for line in recipients_of(dossier, row.kind, to)
        if line.whom
    ]
    if row.kind == Purpose.SELECTION_NOTICE and dossier.visit.state == VisitState.OPEN:
        lines += _invitations(dossier, by_hand)
    return lines


def _receiver(one: Addressee, way: str, by_hand: bool) -> Receiver:
    if by_hand:
        return Receiver(one.contact.name, "chuyển trực tiếp (có độ mật)")
    if not one.contact.email:
        return Receiver(one.contact.name, "trao bản giấy: không có địa chỉ thư điện tử")
    return Receiver(one.contact.name, f"{way}: {one.contact.email}")


def _invitations(dossier: Dossier, by_hand: bool) -> list[ReceiverLine]:
    invited = [one for one in invitees(dossier) if one.stands and not one.of_group and one.meetings]
    found = tuple(_receiver(one.to, f"giấy mời, {len(one.meetings):02d} buổi", by_hand) for one in invited)
    return [ReceiverLine("Giấy mời gửi kèm đợt này", found)] if found else []
