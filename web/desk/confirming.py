"""What forms have in common that are looked at before they count: who sends, and what is shown next."""

from dataclasses import dataclass, field
from typing import Any

from answers.answering import Giver
from web.desk.access import Person


@dataclass(frozen=True)
class Sender:
    """Who sends it: somebody of the office, or the unit or inspector it asks, by a link."""

    giver: Giver
    owner: str  #: whose kept file or draft it is: `person:3`, `link:12`
    outside: bool = False  #: by a link: what is sent now arrives now


@dataclass
class Shown:
    """What to show next: `form`, `preview` or `review`, `done`; `missing` where there is nothing to answer."""

    view: str
    status: int = 200
    facts: dict[str, Any] = field(default_factory=dict)
    message: str = ""  #: said above the form


def sender_of(person: Person) -> Sender:
    """A person at the desk as the one who sends."""
    return Sender(person.giver, f"person:{person.id}")
