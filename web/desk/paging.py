"""Which rows of a long list are on a page, and the addresses of the pages beside it."""

from dataclasses import dataclass

PER_PAGE = 100


@dataclass(frozen=True)
class Paging:
    """One page of a long list."""

    page: int
    total: int  #: rows of the whole list
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first(self) -> int:
        """The place of the first row of this page, from 1; 0 if there is none."""
        return min((self.page - 1) * self.per_page + 1, self.total)

    @property
    def last(self) -> int:
        """The place of its last row."""
        return min(self.page * self.per_page, self.total)

    @property
    def skipped(self) -> int:
        """How many rows come before."""
        return (self.page - 1) * self.per_page

    @property
    def told(self) -> str:
        """`1–100 trong 3.300`."""
        if self.total == 0:
            return "0"
        shown = f"{self.first}–{self.last}" if self.last > self.first else f"{self.first}"
        return f"{shown} trong {_thousands(self.total)}"


def _thousands(number: int) -> str:
    """`3.300`: Vietnamese puts a point between thousands."""
    return f"{number:,}".replace(",", ".")
