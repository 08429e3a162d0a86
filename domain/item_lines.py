"""How often the items of the checklist were found how in a year, item by item and by groups (R16–R38, D14)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.share import LEAST, Share

#: A group is good from so many per cent of what was considered on, where nothing was not met …
GOOD_FROM = 90
#: … and weak below so many, or where anything was not met.
WEAK_BELOW = 80


@dataclass(frozen=True)
class ItemLine:
    """One checklist item, or one group of them under its name, and how often it was found how."""

    code: str
    text: str
    met: int = 0
    partly_met: int = 0
    not_met: int = 0
    not_applicable: int = 0
    not_examined: int = 0
    considered_at: tuple[str, ...] = ()  #: the units where anybody looked at it, by their short names
    lacking_at: tuple[str, ...] = ()  #: those of them where something was lacking
    group: str = ""  #: what its group is called, where the plan says so at this item

    @property
    def lacking(self) -> int:
        """How often something was lacking."""
        return self.partly_met + self.not_met

    @property
    def met_share(self) -> Share:
        """How often it was met, of the times it was considered."""
        return Share(self.met, self.met + self.lacking)

    @property
    def flawless_at(self) -> Sequence[str]:
        """The units where it was considered and nothing was lacking."""
        return [unit for unit in self.considered_at if unit not in self.lacking_at]

    @property
    def is_good(self) -> bool:
        """Whether a report may call it good; of few times nothing is said."""
        share = self.met_share
        return share.whole >= LEAST and share.at_least(GOOD_FROM) and not self.not_met

    @property
    def is_weak(self) -> bool:
        """Whether a report has to name it as weak; of few times nothing is said."""
        share = self.met_share
        return share.whole >= LEAST and (bool(self.not_met) or not share.at_least(WEAK_BELOW))

    def has(self, item: "ItemLine") -> bool:
        """Whether that item belongs to this group; II.10 does not belong to II.1."""
        return item.code == self.code or item.code.startswith(f"{self.code}.")


def groups_of(items: Sequence[ItemLine]) -> Sequence[ItemLine]:
    """The items added up by their group `II.1` … `II.7`, in the order of the checklist."""
    codes = dict.fromkeys(".".join(item.code.split(".")[:2]) for item in items)
    return [added(code, (item for item in items if ItemLine(code, "").has(item))) for code in codes]


def added(code: str, items: Iterable[ItemLine]) -> ItemLine:
    """Several items as one line."""
    mine = list(items)
    return ItemLine(
        code, next((one.group for one in mine if one.group), ""),
        sum(one.met for one in mine), sum(one.partly_met for one in mine), sum(one.not_met for one in mine),
        sum(one.not_applicable for one in mine), sum(one.not_examined for one in mine),
        considered_at=tuple(dict.fromkeys(unit for one in mine for unit in one.considered_at)),
        lacking_at=tuple(dict.fromkeys(unit for one in mine for unit in one.lacking_at)),
    )  # fmt: skip
