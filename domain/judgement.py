"""What the annual report may say of a whole year: which word stands for which figures (D14, decision 0034)."""

from enum import StrEnum

from domain.item_lines import ItemLine
from domain.share import LEAST

_SOUND_FROM, _MOSTLY_FROM, _LIMITED_FROM = 90, 75, 50


class Level(StrEnum):
    """How the meetings of a year were found, by the share of items met among those considered."""

    SOUND = "sound"  #: at least 90 per cent, and nothing not met
    MOSTLY = "mostly_sound"  #: at least 75 per cent
    LIMITED = "limited"  #: at least half
    WEAK = "weak"  #: less than half

    @property
    def vietnamese(self) -> str:
        """As the report says it of `nền nếp, nội dung sinh hoạt`."""
        return {
            Level.SOUND: "được bảo đảm",
            Level.MOSTLY: "cơ bản được bảo đảm",
            Level.LIMITED: "còn hạn chế",
            Level.WEAK: "còn nhiều hạn chế",
        }[self]


def level_of(every: ItemLine) -> Level | None:
    """The level of all items added up; None where too little was considered to say anything."""
    share = every.met_share
    if share.whole < LEAST:
        return None
    if share.at_least(_SOUND_FROM) and not every.not_met:
        return Level.SOUND
    if share.at_least(_MOSTLY_FROM):
        return Level.MOSTLY
    return Level.LIMITED if share.at_least(_LIMITED_FROM) else Level.WEAK
