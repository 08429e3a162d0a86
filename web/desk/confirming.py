"""The one skeleton of all forms that are looked at before they count: typed, seen as understood, confirmed, taken once.

A feature's `steps` give what is its own: how a form is read, what the preview shows, which answer it becomes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Protocol

from fastapi import HTTPException, Query, Request, Response
from starlette.datastructures import FormData

from answers.answering import Giver
from config.settings import settings
from database import drafts, stored
from database.engine import writing
from domain.answer_kind import AnswerKind
from domain.problem import Overtaken, Refused
from web.desk.access import Person
from web.desk.obligation_form import looking_at
from web.desk.posted_form import Form
from web.desk.render import page


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

    @property
    def is_new(self) -> bool:
        """Whether an answer was taken now, and not found from an earlier press of the same button."""
        return self.view == "done" and not self.facts.get("again")


def sender_of(person: Person) -> Sender:
    """A person at the desk as the one who sends."""
    return Sender(person.giver, f"person:{person.id}")


class Steps(Protocol):
    """The way of one kind of answer from the form to the answer: the `steps` of a feature."""

    def begin(self, reference: str, sender: Sender, mail: int = 0) -> Shown:
        """The form, with the answer that is there; `mail` is the message of the inbox beside which it is opened."""

    def go_on(self, reference: str, sender: Sender, form: Form, posted: FormData) -> Shown:
        """What the pressed button says."""


#: Of which message of the inbox an address speaks.
MailNumber = Annotated[int, Query(ge=0, le=2**31 - 1)]


def opened_form(steps: Steps, reference: str, sender: Sender, typed: Form, mail: int = 0) -> Shown:
    """The form as it is opened: as it was typed when a session had ended, else with the answer that is there."""
    if not typed.values:
        return steps.begin(reference, sender, mail)
    typed.values["do"] = "edit"
    return steps.go_on(reference, sender, typed, FormData())


def take_once(
    form: Form, facts: Mapping[str, Any], give: Callable[[], dict[str, Any]], is_there: Callable[[], bool],
    newest: Callable[[], Mapping[str, str]], *, back_to: str = "form",
) -> Shown:  # fmt: skip
    """Give the answer. Sent twice it is one version: the second finds the first, and says the same.

    `give` gives it and returns what the last page says of it; `is_there` looks whether the newest answer is this one,
    from this sender. Refused, everything that was written stands in `back_to`, with what is wrong beside it; where
    somebody else was first, the next look is at what is the `newest` now.
    """
    said: dict[str, Any] = {}
    again = False
    try:
        said = give()
    except Refused as refused:
        if not is_there():
            form.refused(refused.problems)
            renewed = newest() if isinstance(refused, Overtaken) else {}
            form.values |= renewed
            carried = {**facts.get("carried", {}), **renewed}
            return Shown(back_to, 422, {**facts, "form": form, "carried": carried, "good": False})
        again = True
    if form.get("upload"):
        with writing(settings().database) as session:
            drafts.drop_upload(session, form.get("upload"))
    return Shown("done", 200, {**facts, **said, "again": again})


def newest_is(reference: str, kind: AnswerKind, value: object, sender: Sender) -> bool:
    """Whether the newest answer of that kind is this value, from this sender."""
    with looking_at(reference) as dossier:
        row = dossier.answer(kind)
        return row is not None and row.by == sender.giver.name and stored.value_of(row, type(value)) == value


def newest_version(reference: str, kind: AnswerKind) -> dict[str, str]:
    """The version of that answer that is the newest now, as forms carry what they have seen."""
    with looking_at(reference) as dossier:
        row = dossier.answer(kind)
        return {"seen": f"{row.version if row else 0}"}


def shown_page(
    request: Request, person: Person | None, shown: Shown, templates: Mapping[str, str], back: str, **more: Any
) -> Response:
    """The page of the view that is next; 404 where there is nothing to answer."""
    if shown.view == "missing":
        raise HTTPException(404)
    facts = {**shown.facts, **more, "action": request.url.path, "back": back}
    return page(request, person, templates[shown.view], status=shown.status, **facts)
