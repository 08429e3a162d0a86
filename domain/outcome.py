"""What a step answers: that it is done, or what it waits for (design §3)."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.wait import Wait


@dataclass(frozen=True)
class Done:
    """The step is finished and recorded; it will not be called again."""

    note: str = ""


@dataclass(frozen=True)
class Waiting:
    """The step cannot go on yet.

    `until` is the day or moment at which the step wants to look again by itself, None if only an answer can move it.
    """

    wait: Wait
    until: date | datetime | None = None
    message: str = ""

    @property
    def for_whom(self) -> str:
        """The role that must act."""
        return self.wait.whom


Outcome = Done | Waiting
