"""Values become plain JSON data and come back exactly, whatever they are made of."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.dates import at
from domain.nomination import Meeting, MeetingKind, Nominations, OrgType
from domain.record import from_data, to_data

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


@pytest.mark.parametrize("value", [CELL, LISTED, MIXED], ids=lambda one: type(one).__name__)
def test_a_value_comes_back_from_json_as_it_was(value: Any) -> None:
    assert from_data(type(value), json.loads(json.dumps(to_data(value)))) == value


def test_dates_moments_and_numbers_are_exact_text_and_a_set_has_one_order() -> None:
    data = to_data(MIXED)
    assert (data["day"], data["moment"]) == ("2024-02-29", "2024-02-29T23:59:00+07:00")
    assert (data["exact"], data["named"]) == ("8.50", {"Biên bản": "0.5"})
    assert (data["some"], data["several"]) == (["a", "b"], ["2024-03-01"])
    assert data["nested"][0]["meetings"][0]["org_type"] == "cell_subordinate"
    assert to_data(Decimal("1E+2")) == "100"


def test_what_may_be_a_number_or_a_truth_value_stays_what_it_is() -> None:
    data = {**to_data(MIXED), "either": True}
    assert from_data(Mixed, data).either is True


def test_what_an_older_record_lacks_takes_its_default_and_none_stays_none() -> None:
    data = to_data(LISTED)
    del data["their_symbol"]
    assert from_data(Nominations, {**data, "their_date": None}) == Nominations((CELL,), date(2024, 2, 6))


def test_a_type_is_no_value_and_is_left_as_it_is() -> None:
    assert to_data(Mixed) is Mixed
    assert to_data(["chi bộ", 3, None, True]) == ["chi bộ", 3, None, True]
