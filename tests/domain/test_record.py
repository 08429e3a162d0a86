"""Values become plain JSON data, spelt in one way; `tests/database/test_converter.py` brings them back."""

from datetime import date
from decimal import Decimal

from domain.dates import at
from domain.decision import MeetingMove
from domain.nomination import Meeting, MeetingKind, OrgType
from domain.record import to_data
from domain.rubric_inputs import Inputs

CELL = Meeting(
    1, "Chi bộ ấp 1", OrgType.CELL_SUBORDINATE, "Đảng ủy xã Phú Hội", at(date(2024, 3, 5), 14, 30), "Trụ sở ấp 1",
    MeetingKind.THEMATIC, "Học tập và làm theo Bác", members=31,
)  # fmt: skip


def test_dates_moments_and_numbers_are_exact_text_and_a_set_has_one_order() -> None:
    inputs = Inputs("regular", {"members": Decimal("8.50")}, {"minutes": True}, frozenset({"b", "a"}))

    assert to_data(date(2024, 2, 29)) == "2024-02-29"
    assert to_data(CELL)["starts_at"] == "2024-03-05T14:30:00+07:00"
    assert to_data(CELL)["org_type"] == "cell_subordinate"
    assert to_data(inputs)["measures"] == {"members": "8.50"}
    assert (to_data(inputs)["marks"], to_data(inputs)["facts"]) == ({"minutes": True}, ["a", "b"])
    assert to_data(Decimal("1E+2")) == "100"


def test_a_field_whose_name_is_a_word_of_python_is_kept_without_its_underscore() -> None:
    move = MeetingMove(1, CELL.starts_at, at(date(2024, 3, 6), 8), "trùng lịch")

    assert list(to_data(move)) == ["meeting", "from", "to", "reason"]


def test_a_type_is_no_value_and_is_left_as_it_is() -> None:
    assert to_data(Meeting) is Meeting
    assert to_data(["chi bộ", 3, None, True]) == ["chi bộ", 3, None, True]
