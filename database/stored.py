"""The one place where the JSON of rows becomes values: which class each kind is, and how older forms are brought up.

A field that this code does not know is passed over in reading, and carried on where something is derived from what
was read. Who changes what a class holds: docs/decisions/0022-stored-json.md says when that takes an upgrade.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from database.converter import structure
from database.models import AnswerRow, PlanRow
from domain.answer_kind import AnswerKind
from domain.calendar_content import CalendarContent
from domain.choice_record import Advice
from domain.correction import PaperCorrection
from domain.decision import (
    Acceptance,
    Cancellation,
    Choice,
    FindingsGiven,
    GuestList,
    MeetingMove,
    Proposals,
    ReportReview,
)  # fmt: skip
from domain.due import DueRule
from domain.follow_up import Remedy
from domain.incoming import MailReading
from domain.nomination import Nominations
from domain.plan import Contacts, Plan
from domain.problem import Problem, Refused
from domain.record import to_data
from domain.score_sheet import ScoreSheet
from domain.self_report import SelfReport
from domain.taking_up import TakenUp

T = TypeVar("T")
#: Takes the data of one form, which it may change, to the next one.
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Stored(Generic[T]):
    """One kind of stored JSON: the class of its values, and what brings the form of before up to the next."""

    value: type[T]
    upgrades: tuple[Upgrade, ...] = ()

    @property
    def shape(self) -> int:
        """The number of the form that is written now, from 1."""
        return 1 + len(self.upgrades)

    def brought_up(self, data: dict[str, Any], shape: int) -> dict[str, Any]:
        """The data of a row of that form in the form of now; `Refused` if a newer version of the service wrote it."""
        if shape > self.shape:
            raise Refused(
                Problem(
                    f"dữ liệu {self.value.__name__} dạng {shape}",
                    "do phiên bản phần mềm mới hơn ghi, bản đang chạy không đọc được",
                    "cài phiên bản mới hơn đó rồi chạy lại",
                )
            )
        if shape < self.shape:
            data = deepcopy(data)  # the row keeps what it holds
            for upgrade in self.upgrades[shape - 1 :]:
                data = upgrade(data)
        return data

    def read(self, data: dict[str, Any], shape: int) -> T:
        """The value in the JSON of a row of that form."""
        return structure(self.brought_up(data, shape), self.value)

    def derived(self, value: T, data: dict[str, Any], shape: int) -> Any:
        """The JSON of a value that was made from what a row of that form says: what is unknown here is carried on."""
        before = self.brought_up(data, shape)
        return _carried(before, to_data(structure(before, self.value)), to_data(value))


@dataclass(frozen=True)
class PlanAndContacts:
    """What one version of a year's plan holds."""

    plan: Plan
    contacts: Contacts


def _given_before_faults_were_explained(data: dict[str, Any]) -> dict[str, Any]:
    """Findings of before decision 0028 are held against the rules of their time."""
    data["findings"] |= {"rules": 1, "meetings": [], "causes": []}
    for item in data["findings"]["items"]:
        item |= {"limitations": [], "no_limitation": ""}
    for asked in data["findings"]["recommendations"]:
        asked |= {"urgent": False, "followed_by": ""}
    return data


def _given_before_each_meeting_had_results(data: dict[str, Any]) -> dict[str, Any]:
    """Findings of before decision 0040 are of the visit as a whole."""
    data["findings"] |= {"strengths_at": [], "limitations_at": []}
    for item in data["findings"]["items"]:
        item |= {"meeting": 0}
    return data


ANSWERS: dict[AnswerKind, Stored[Any]] = {
    AnswerKind.NOMINATIONS: Stored(Nominations),
    AnswerKind.ACCEPTANCE: Stored(Acceptance),
    AnswerKind.RECOMMENDATION: Stored(Advice),
    AnswerKind.CHOICE: Stored(Choice),
    AnswerKind.MOVE: Stored(MeetingMove),
    AnswerKind.GUEST: Stored(GuestList),
    AnswerKind.FINDINGS: Stored(
        FindingsGiven, (_given_before_faults_were_explained, _given_before_each_meeting_had_results)
    ),
    AnswerKind.CANCELLATION: Stored(Cancellation),
    AnswerKind.SELF_REPORT: Stored(SelfReport),
    AnswerKind.SELF_REPORT_REVIEW: Stored(ReportReview),
    AnswerKind.REMEDY: Stored(Remedy),
    AnswerKind.PROPOSALS: Stored(Proposals),
    AnswerKind.SCORE: Stored(ScoreSheet),
    AnswerKind.CORRECTION: Stored(PaperCorrection),
    AnswerKind.TAKEN_UP: Stored(TakenUp),
}
PLAN = Stored(PlanAndContacts)
CALENDAR = Stored(CalendarContent)
DUE_RULE = Stored(DueRule)
READING = Stored(MailReading)


def kind_of(value: type) -> AnswerKind:
    """The kind of answer whose values are of that class."""
    return next(kind for kind, one in ANSWERS.items() if one.value is value)


def value_of(row: AnswerRow, value: type[T]) -> T:
    """What an answer says, as a value of the class of its kind."""
    stored = ANSWERS[AnswerKind(row.kind)]
    if stored.value is not value:
        raise TypeError(f"an answer {row.kind} is no {value.__name__}")
    found: T = stored.read(row.content, row.shape)
    return found


def answer_of(row: AnswerRow) -> object:
    """The same, whatever its class; None for a kind that this version of the service does not know."""
    kind = next((one for one in ANSWERS if one == row.kind), None)
    return ANSWERS[kind].read(row.content, row.shape) if kind else None


def written(kind: str, value: object, after: AnswerRow | None = None) -> Any:
    """The JSON of a new answer; `after` is the one that it was made from."""
    stored = ANSWERS[AnswerKind(kind)]
    if not isinstance(value, stored.value):
        raise TypeError(f"an answer {kind} is a {stored.value.__name__}, not a {type(value).__name__}")
    return to_data(value) if after is None else stored.derived(value, after.content, after.shape)


def plan_of(row: PlanRow) -> tuple[Plan, Contacts]:
    """The plan and the contacts of one version."""
    both = PLAN.read({"plan": row.plan, "contacts": row.contacts}, row.shape)
    return both.plan, both.contacts


def plan_written(plan: Plan, contacts: Contacts, after: PlanRow | None = None) -> tuple[Any, Any]:
    """The JSON of a new version, of the plan and of the contacts; `after` is the version that it was made from."""
    both = PlanAndContacts(plan, contacts)
    before = {"plan": after.plan, "contacts": after.contacts} if after else {}
    data = PLAN.derived(both, before, after.shape) if after else to_data(both)
    return data["plan"], data["contacts"]


def _carried(before: Any, known: Any, new: Any) -> Any:
    """The new data with what `before` holds and `known`, the part of it that this code understands, does not.

    What is known and missing from the new data was left out on purpose. An item of a list is known again by its
    `number`; one without by being unchanged: at the same place there may be somebody else now.
    """
    if isinstance(before, dict) and isinstance(known, dict) and isinstance(new, dict):
        both = {
            name: _carried(before[name], known[name], new[name]) for name in new if name in before and name in known
        }
        return {**new, **both, **{name: value for name, value in before.items() if name not in known}}
    if isinstance(before, list) and isinstance(known, list) and isinstance(new, list):
        earlier = {_known_by(one): (old, one) for old, one in zip(before, known, strict=False)}
        return [_carried(*earlier[_known_by(one)], one) if _known_by(one) in earlier else one for one in new]
    return new


def _known_by(item: Any) -> str:
    number = item.get("number") if isinstance(item, dict) else None
    return f"{number}" if number is not None else json.dumps(item, sort_keys=True)
