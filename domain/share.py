"""A part of a whole as a report says it: in figures, per cent and words, by rules and never by taste (D14, 0034)."""

from dataclasses import dataclass

#: Of fewer than so many neither per cent nor a word is said: two of three are no majority worth the name.
LEAST = 5
#: The least share in per cent at which each word may stand, from above; below the last one it is `số ít`.
_WORDS = ((90, "hầu hết"), (70, "phần lớn"))
_ALL, _MOST, _HALF, _LESS, _FEW, _NONE = "tất cả", "đa số", "một nửa", "chưa đến một nửa", "số ít", "không có"
#: Below so many per cent it is `số ít`.
_FEW_BELOW = 30


@dataclass(frozen=True)
class Share:
    """So many of so many; both are sums of records."""

    part: int
    whole: int

    @property
    def of(self) -> str:
        """`07/09`."""
        return f"{self.part:02d}/{self.whole:02d}"

    @property
    def per_cent(self) -> str:
        """`78%`, rounded to the nearest whole; empty of fewer than `LEAST`. Only all is `100%`, only none is `0%`."""
        if self.whole < LEAST:
            return ""
        nearest = (200 * self.part + self.whole) // (2 * self.whole)
        within = min(99, max(1, nearest)) if 0 < self.part < self.whole else nearest
        return f"{within}%"

    @property
    def word(self) -> str:
        """`hầu hết`: the word that the figures bear; empty of fewer than `LEAST`."""
        if self.whole < LEAST:
            return ""
        if self.part in (0, self.whole):
            return _ALL if self.part else _NONE
        for least, word in _WORDS:
            if self.at_least(least):
                return word
        return self._about_half()

    def _about_half(self) -> str:
        if 2 * self.part == self.whole:
            return _HALF
        if 2 * self.part > self.whole:
            return _MOST
        return _LESS if self.at_least(_FEW_BELOW) else _FEW

    def at_least(self, per_cent: int) -> bool:
        """Whether it is so many per cent or more, by the figures and not as rounded; nothing of nothing is not."""
        return self.whole > 0 and 100 * self.part >= per_cent * self.whole
