"""The levels of the Party's organisation as a plan's year has them, and how each is called (5.4, C8–C11, R57, A9).

Since 1 July 2025 there are no districts, and a province may become a city under central rule: so no level, committee or
place stands in code or wording. A plan names a profile, and keeps what it said on the day the plan was loaded.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class UnitForm:
    """How units of one kind are called in documents."""

    unit_type: str  #: one of `domain.plan.UNIT_TYPES`
    committee: str = "Đảng ủy"  #: `Huyện ủy`: how its committee is called
    organ_code: str = "ĐU"  #: `HU`: what its own documents have behind the stroke of their symbol
    place_word: str = ""  #: `Xã`: its papers come from its own place, named without this word; empty: from the office's


#: What plans mean that name no profile: a province with districts.
_THREE_LEVELS = (
    UnitForm("district", "Huyện ủy", "HU", "Huyện"), UnitForm("city", "Thành ủy", "ThU", "Thành phố"),
)  # fmt: skip


@dataclass(frozen=True)
class Structure:
    """One profile. The fields have what was in force when plans named none, but for the level of the hosts."""

    name: str = ""  #: `tinh-hai-cap`: its file; empty where a plan names none
    title: str = ""  #: `Tỉnh, chính quyền địa phương hai cấp`
    valid_from: date | None = None  #: its first day
    valid_to: date | None = None  #: its last day
    succeeded_by: str = ""  #: the profile that came after it
    upper: str = "tỉnh"  #: the office's own level inside a sentence: `Tổ công tác của tỉnh`
    upper_level: str = "Cấp tỉnh"  #: … and as a heading
    committee: str = "Tỉnh ủy"  #: `Ban Thường vụ Tỉnh ủy`
    organisation: str = "Đảng bộ tỉnh"  #: what stands above a unit's own papers, before the office's place
    host_level: str = ""  #: `Cấp xã và tương đương`; empty: by the kinds of the plan's units
    units: tuple[UnitForm, ...] = _THREE_LEVELS
    sources: tuple[str, ...] = ()  #: the documents that say so

    @property
    def standing_board(self) -> str:
        """`Ban Thường vụ Tỉnh ủy`: to whom the office reports (R68)."""
        return f"Ban Thường vụ {self.committee}"

    @property
    def standing_body(self) -> str:
        """`Thường trực Tỉnh ủy`: who has the plan for information (R82)."""
        return f"Thường trực {self.committee}"

    def form_of(self, unit_type: str) -> UnitForm:
        """How units of that kind are called; one that the profile does not name has a `Đảng ủy`."""
        return next((one for one in self.units if one.unit_type == unit_type), UnitForm(unit_type))

    def knows(self, unit_type: str) -> bool:
        """Whether there are units of that kind; a plan without a profile may have any."""
        return not self.name or any(one.unit_type == unit_type for one in self.units)

    def covers(self, year: int) -> bool:
        """Whether it is in force on any day of that year."""
        begun = self.valid_from is None or self.valid_from.year <= year
        return begun and (self.valid_to is None or self.valid_to.year >= year)


#: What a plan has that names no profile.
UNNAMED = Structure()
