"""Data comes back as the value it was, whatever it is made of, and nothing in it is guessed or turned into text."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from database.converter import structure
from domain.dates import at
from domain.decision import MeetingMove
from domain.nomination import Meeting, MeetingKind, Nominations, OrgType
from domain.record import to_data

CELL = Meeting(
    1, "Chi bộ ấp 1", OrgType.CELL_SUBORDINATE, "Đảng ủy xã Phú Hội", at(date(2024, 3, 5), 14, 30), "Trụ sở ấp 1",
    MeetingKind.THEMATIC, "Học tập và làm theo Bác", members=31,
)  # fmt: skip
LISTED = Nominations((CELL,), date(2024, 2, 6), "12-CV/HU", date(2024, 2, 5))


@dataclass(frozen=True)
class Mixed:
    """One field of every type that a value of the domain has."""

    day: date
    moment: datetime
    exact: Decimal
    either: Decimal | bool
    named: dict[str, Decimal] = field(default_factory=dict)
    several: list[date] = field(default_factory=list)
    some: frozenset[str] = frozenset()
    nested: tuple[Nominations, ...] = ()
    maybe: date | None = None


MIXED = Mixed(
    date(2024, 2, 29), at(date(2024, 2, 29), 23, 59), Decimal("8.50"), Decimal("2.5"), {"Biên bản": Decimal("0.5")},
    [date(2024, 3, 1)], frozenset({"b", "a"}), (LISTED,), date(2024, 12, 16),
)  # fmt: skip
MOVE = MeetingMove(1, CELL.starts_at, at(date(2024, 3, 6), 8), "trùng lịch")


@pytest.mark.parametrize("value", [CELL, LISTED, MIXED, MOVE], ids=lambda one: type(one).__name__)
def test_a_value_comes_back_from_json_as_it_was(value: Any) -> None:
    assert structure(json.loads(json.dumps(to_data(value))), type(value)) == value


def test_a_name_out_of_a_list_of_names_is_more_than_the_text_it_equals() -> None:
    assert structure(to_data(CELL), Meeting).org_type is OrgType.CELL_SUBORDINATE


def test_what_may_be_a_number_or_a_truth_value_stays_what_it_is() -> None:
    data = {**to_data(MIXED), "either": True}
    assert structure(data, Mixed).either is True


def test_what_an_older_record_lacks_takes_its_default_and_none_stays_none() -> None:
    data = to_data(LISTED)
    del data["their_symbol"]
    assert structure({**data, "their_date": None}, Nominations) == Nominations((CELL,), date(2024, 2, 6))


def test_what_a_class_does_not_know_is_passed_over_at_every_depth() -> None:
    data = to_data(LISTED)
    data["meetings"][0]["livestream"] = {"url": "x"}
    assert structure({**data, "sent_by": "máy"}, Nominations) == LISTED


def test_text_that_is_none_by_mistake_is_not_turned_into_a_word() -> None:
    assert structure({**to_data(LISTED), "their_symbol": None}, Nominations).their_symbol is None
