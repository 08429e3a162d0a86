"""Hours as people write them get a reading, and a doubt where something had to be understood (P18)."""

from datetime import date

import pytest

from sheets.moments.meeting_moment import read_when


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("14:00", (14, 0)),
        ("8 giờ 30 sáng", (8, 30)),
        ("chiều 14h", (14, 0)),
        ("12h trưa", (12, 0)),
        ("5/3/2024-14h", (14, 0)),
        ("05-03-2024 14:00", (14, 0)),
    ],
)
def test_an_hour_that_is_clear_is_not_doubted(written: str, hour: tuple[int, int]) -> None:
    when = read_when(written, 2024)
    assert when.time == hour
    assert when.doubt == ""


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2:00 PM", (14, 0)),
        ("2PM", (14, 0)),
        ("2.30 p.m.", (14, 30)),
        ("12:30 AM", (0, 30)),
        ("14:00 PM", (14, 0)),
        ("2:00:00 CH", (14, 0)),
        ("8:00 SA", (8, 0)),
        ("2 giờ chiều", (14, 0)),
        ("8h tối", (20, 0)),
        ("1 giờ rưỡi trưa", (13, 30)),
        ("14h00 - 16h00", (14, 0)),
        ("14h00–16h30", (14, 0)),
        ("7h30-9h", (7, 30)),
        ("từ 8 giờ đến 10 giờ sáng", (8, 0)),
        ("14-16h", (14, 0)),
        ("sáng 7-9h", (7, 0)),
        ("2h-4h chiều", (14, 0)),
        ("2:00 - 4:00 PM", (14, 0)),
        ("8:00 - 4:00 PM", (8, 0)),
        ("8:00 AM - 4:00 PM", (8, 0)),
    ],
)
def test_an_hour_that_had_to_be_understood_is_doubted(written: str, hour: tuple[int, int]) -> None:
    when = read_when(written, 2024)
    assert when.time == hour
    assert f"“{written}” được hiểu là" in when.doubt
    assert f"{hour[0]} giờ {hour[1]:02d}" in when.doubt


@pytest.mark.parametrize(
    ("written", "day", "hour"),
    [
        ("14h00 - 16h00 ngày 5/3/2024", date(2024, 3, 5), (14, 0)),
        ("13h30 đến 15h00 ngày 14 tháng 5 năm 2024", date(2024, 5, 14), (13, 30)),
        ("05/3/2024 2:00:00 CH", date(2024, 3, 5), (14, 0)),
        ("5-3 14h", date(2024, 3, 5), (14, 0)),
    ],
)
def test_a_day_beside_such_hours_is_no_part_of_them(written: str, day: date, hour: tuple[int, int]) -> None:
    when = read_when(written, 2024)
    assert (when.day, when.time) == (day, hour)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("14:00 AM", "không phải giờ trong ngày"),
        ("14 giờ sáng", "không phải buổi sáng"),
        ("14h-25h", "giờ từ 24:00 trở lên"),
        ("16h - 14h", "không sau giờ bắt đầu"),
        ("14:00 " * 100, "dài quá"),
    ],
)
def test_an_hour_that_contradicts_itself_is_refused(written: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_when(written, 2024)


def test_a_number_of_unknown_form_is_a_date_and_doubted() -> None:
    when = read_when(45426.5833333, 2024, unformatted=True)
    assert (when.day, when.time) == (date(2024, 5, 14), (14, 0))
    assert "được hiểu là ngày 14/5/2024" in when.doubt
    with pytest.raises(ValueError, match="là số, không phải ngày giờ"):
        read_when(45426, 2024)
