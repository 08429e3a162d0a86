"""A figure and the records behind it: a number that nobody can look behind is no number (6.7 no. 11)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Record:
    """One row of the database that a figure counts, or adds up."""

    table: str  #: `visit`, `answer`, `document`
    id: int
    about: str  #: the key of the visit or obligation it belongs to
    count: int = 1  #: how much of the figure is in it


@dataclass(frozen=True)
class Figure:
    """One number of the annual report; it is what its records come to, and cannot be anything else."""

    key: str  #: `reports_late`
    name: str  #: `Báo cáo trễ hạn`
    records: tuple[Record, ...] = ()

    @property
    def value(self) -> int:
        """What its records come to."""
        return sum(record.count for record in self.records)
