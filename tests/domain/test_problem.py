"""A refusal says where, what is wrong and what to do."""

from domain.problem import Problem, Refused


def test_a_fault_is_told_with_its_place_and_with_a_remedy_where_there_is_one() -> None:
    assert str(Problem("ô C7", "thiếu địa điểm")) == "ô C7: thiếu địa điểm"
    assert str(Problem("ô C7", "thiếu địa điểm", "ghi nơi sinh hoạt")) == "ô C7: thiếu địa điểm → ghi nơi sinh hoạt"


def test_a_fault_stops_unless_it_is_said_to_be_a_warning() -> None:
    assert not Problem("ô C7", "thiếu địa điểm").warning


def test_a_refusal_names_every_fault() -> None:
    place, day = Problem("ô C7", "thiếu địa điểm"), Problem("ô D7", "không phải ngày")
    assert Refused(place, day).problems == (place, day)
    assert str(Refused(place, day)) == "ô C7: thiếu địa điểm; ô D7: không phải ngày"
