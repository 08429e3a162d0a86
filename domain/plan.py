"""The yearly plan as values: who hosts in which month, who reports, and by which rules (R1–R83, A25)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from domain.structure import UNNAMED, Structure
from domain.text import loose_key

UNIT_TYPES = (
    "city", "district", "commune", "ward", "armed_forces",
    "enterprise", "agency_bloc", "party_agencies", "government_bloc",
)  # fmt: skip
#: The section of the plan that says what is supervised; codes of the checklist begin with it.
_SECTION = "II."


@dataclass(frozen=True)
class Unit:
    """A party organisation directly under the province (R40–R48, R69). `name` is the full official name (A9).

    Units come and go (C8): the last fields say from when to when there is one, and what came after it.
    """

    code: str  #: `nhon_trach`
    name: str  #: `Đảng bộ huyện Nhơn Trạch`
    unit_type: str  #: one of `UNIT_TYPES`
    short_name: str  #: `Nhơn Trạch`: for lists and run names
    standing_board: str  #: `Ban Thường vụ Huyện ủy Nhơn Trạch`: whom a letter addresses
    committee: str  #: `Huyện ủy`: how the letter speaks of the committee itself
    restricted: bool = False  #: armed forces: no personal data by e-mail (A20, P3)
    valid_from: date | None = None  #: its first day; None: it has always been there
    valid_to: date | None = None  #: its last day; None: it goes on
    succeeded_by: tuple[str, ...] = ()  #: codes of the units that took its place
    aliases: tuple[str, ...] = ()  #: other and historic names by which people write it (A11)
    usual_meeting_days: tuple[int, ...] = ()  #: days of the month on which its cells meet; empty: the office's (C2)

    def exists_in(self, year: int) -> bool:
        """Whether there is such a unit on any day of that year (C8)."""
        begun = self.valid_from is None or self.valid_from.year <= year
        return begun and (self.valid_to is None or self.valid_to.year >= year)

    def exists_on(self, day: date) -> bool:
        """Whether there is such a unit on that day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class PlannedVisit:
    """One host in one month; a month may have none or several (R49, C10).

    Most plans name the month only. Where a day is foreseen, or a part of the working group is assigned, the check
    before the year starts looks at both.
    """

    month: int
    unit: str
    day: date | None = None  #: the day that is foreseen; the host's list decides
    inspectors: tuple[str, ...] = ()  #: names out of the working group; empty: the whole group (A19)
    before: str = ""  #: what was done before the service took it up, in words (`domain.taking_up_words`)

    def key(self, year: int) -> str:
        """`2024-02/nhon_trach`: how people name the visit."""
        return f"{year}-{self.month:02d}/{self.unit}"


@dataclass(frozen=True)
class Issuer:
    """The two-line issuer block and the names the letters use (R1–R4)."""

    parent: str  #: `TỈNH ỦY ĐỒNG NAI`
    name: str  #: `BAN TỔ CHỨC`
    full_name: str  #: `Ban Tổ chức Tỉnh ủy`
    place: str  #: `Đồng Nai`
    organ_code: str  #: `BTCTU`
    receiving_office: str  #: `Phòng Tổ chức đảng - Đảng viên` (R63)


@dataclass(frozen=True)
class Signer:
    """Who signs for the office (R83, F24)."""

    authority: str  #: `K/T TRƯỞNG BAN`, empty when the head signs
    title: str  #: `PHÓ TRƯỞNG BAN`
    name: str


#: What a document is, by the letters of its symbol. `QĐ` is not here: it may be a Quy định or a Quyết định (A18).
_KINDS = {
    "CT": "Chỉ thị", "CTr": "Chương trình", "ĐA": "Đề án", "HD": "Hướng dẫn", "KH": "Kế hoạch", "KL": "Kết luận",
    "NQ": "Nghị quyết", "QC": "Quy chế", "QĐi": "Quy định", "TB": "Thông báo", "TT": "Thông tri",
}  # fmt: skip
_UNKNOWN_KIND = "văn bản"


@dataclass(frozen=True)
class LegalBasis:
    """One document the plan rests on (R7)."""

    symbol: str  #: `12-HD/BTCTW`
    issued: date
    issuer: str
    title: str
    kind: str = ""  #: `Quy định`, where the letters of the symbol do not say it

    @property
    def called(self) -> str:
        """`Hướng dẫn`: what is cited stands under the name of its kind."""
        letters = self.symbol.partition("-")[2].partition("/")[0]
        return self.kind or _KINDS.get(letters, _UNKNOWN_KIND)

    @property
    def known(self) -> bool:
        """Whether the plan says, or its symbol, what it is."""
        return self.called != _UNKNOWN_KIND


@dataclass(frozen=True)
class ChecklistItem:
    """One thing the working group looks at (R16–R38)."""

    id: str  #: `R16`
    code: str  #: `II.1.a`
    text: str
    evidence: str  #: what the host has ready (R39)
    group: str = ""  #: `biên bản, sổ sách`: what its group is called in reports; said at one of its items


@dataclass(frozen=True)
class SupervisedGroup:
    """One numbered paragraph of section II, as other papers cite it: `II.1.a` is letter `a` of number `1`."""

    number: str
    lettered: tuple[tuple[str, ChecklistItem], ...]  #: the letter is empty where the paragraph has one item


@dataclass(frozen=True)
class Participant:
    """A body that attends or is invited (R54–R59). `contact` is set where it is invited by letter (D6)."""

    id: str  #: `R54`
    level: str  #: `province` or `host`
    name: str
    invited: bool
    contact: str = ""  #: key of the contact file
    listed: str = ""  #: `Mời đồng chí Thường trực Tỉnh ủy`: where a list of participants says more than the name

    @property
    def in_list(self) -> str:
        """Its line among those who attend."""
        return self.listed or self.name


@dataclass(frozen=True)
class Recipient:
    """One line of `Nơi nhận` of the plan itself (R77–R82)."""

    id: str
    text: str
    group: str  #: which contacts: `standing_boards`, `organisation_boards`, `board_leaders`, …


@dataclass(frozen=True)
class Rules:
    """The plan's rules as settings (R51, R62, R85, A4, A5–A7)."""

    nomination_days: int = 30  #: at least so many days between receipt and meeting
    day_kind: str = "calendar"  #: `calendar` or `working`
    inclusive: bool = True  #: a difference of exactly `nomination_days` is on time
    basis: str = "received"  #: which date counts: `received` or `sent`
    roll: str = "none"  #: `none`, or `previous` working day
    min_thematic_cells: int = 1
    min_selected: int = 1
    max_selected: int = 3
    request_months_ahead: int = 2  #: the request opens on the 1st of the month so many months earlier (R86)


@dataclass(frozen=True)
class SelfSupervision:
    """The units that are not visited, and their date, inclusive (R66–R69)."""

    due: date
    units: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """One year's plan, whole. Nothing of it stands in code (A25)."""

    year: int
    number: int
    type_code: str
    title: str
    issued: date
    term: str  #: `2020-2025`: document numbers are unique within it (F22)
    format_profile: str  #: `hd36_2018` or `hd05_2026`
    issuer: Issuer
    signer: Signer
    legal_bases: tuple[LegalBasis, ...]
    units: tuple[Unit, ...]
    visits: tuple[PlannedVisit, ...]
    self_supervising: SelfSupervision
    rules: Rules
    checklist: tuple[ChecklistItem, ...]
    participants: tuple[Participant, ...]
    recipients: tuple[Recipient, ...]
    asked_of_meetings: tuple[str, ...] = ()  #: what findings must say of each meeting: names of `MEETING_FACTS`
    group_decision: LegalBasis | None = None  #: the decision that set up the working group (A19)
    purposes: tuple[str, ...] = ()  #: section I.1, a paragraph each (R9–R11); empty: what holds in any year
    requirements: tuple[str, ...] = ()  #: section I.2, likewise (R12–R15)
    structure: Structure = UNNAMED  #: the levels and how they are called; a plan's file names the profile (C11)

    @property
    def symbol(self) -> str:
        """`73-KH/BTCTU`."""
        return f"{self.number:02d}-{self.type_code}/{self.issuer.organ_code}"

    def unit(self, code: str) -> Unit:
        """The unit with that code; `KeyError` if the plan has none."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Unit]:
        """A province has thousands of units, and a page asks for a hundred of them."""
        return {unit.code: unit for unit in reversed(self.units)}

    @cached_property
    def unit_keys(self) -> tuple[tuple[str, str], ...]:
        """Code and all names of each unit without marks and case: by which somebody looks for it."""
        return tuple((one.code, loose_key(" ".join((one.name, one.short_name, *one.aliases)))) for one in self.units)

    @property
    def host_level(self) -> str:
        """`Cấp huyện và tương đương`: the heading over those of the host's level who attend (R57, C11)."""
        districts = any(unit.unit_type in ("district", "city") for unit in self.units)
        return self.structure.host_level or f"Cấp {'huyện' if districts else 'xã'} và tương đương"

    def place_of(self, unit: Unit) -> str:
        """The place that a unit's own papers name (F10): its own where it is one, or else the office's.

        A place that is called by a number keeps the word for what it is: `Phường 1`.
        """
        word = self.structure.form_of(unit.unit_type).place_word
        if not word:
            return self.issuer.place
        bare = unit.short_name.removeprefix(f"{word} ")
        return f"{word} {bare}" if bare[:1].isdigit() else bare

    def organ_code_of(self, unit: Unit) -> str:
        """`HU`: what a unit's own documents have behind the stroke of their symbol."""
        return self.structure.form_of(unit.unit_type).organ_code

    def opens_on(self, month: int) -> date:
        """The day the request of that month's visit is due to go out: never before the plan is signed (R86, A5)."""
        months = self.year * 12 + (month - 1) - self.rules.request_months_ahead
        return max(date(months // 12, months % 12 + 1, 1), self.issued)

    @property
    def supervised(self) -> Sequence[SupervisedGroup]:
        """Section II: the items of the checklist that it has, by their numbers and letters (R16–R38).

        Where codes name sections, an item of another section is not among them.
        """
        inside = [item for item in self.checklist if item.code.startswith(_SECTION)] or self.checklist
        groups: dict[str, list[tuple[str, ChecklistItem]]] = {}
        for item in inside:
            number, _, letter = item.code.removeprefix(_SECTION).partition(".")
            groups.setdefault(number, []).append((letter, item))
        return [SupervisedGroup(number, tuple(lettered)) for number, lettered in groups.items()]

    def invited(self) -> Iterator[Participant]:
        """The bodies that get an invitation of their own (D6)."""
        return (participant for participant in self.participants if participant.invited)


@dataclass(frozen=True)
class Contact:
    """Where letters to one body go."""

    name: str
    email: str
    phone: str = ""  #: of the office's own people: an invitation says whom to ask (D6)


@dataclass(frozen=True)
class Contacts:
    """The addresses that belong to a plan, kept in a file of their own.

    `office` is the sender; `staff` the people of the office by role (`officer`, `leader`, `clerk`);
    `inspectors` the working group, its head first (A19); `bodies` the provincial bodies by key;
    `standing_boards` and `organisation_boards` the two addresses of every unit, by its code.
    """

    office: Contact
    staff: dict[str, Contact]
    inspectors: tuple[Contact, ...]
    bodies: dict[str, Contact]
    standing_boards: dict[str, Contact]
    organisation_boards: dict[str, Contact]
