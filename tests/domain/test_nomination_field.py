"""What a host is asked of each meeting: one table that forms, readers and pages go by (A22)."""

import dataclasses
from datetime import date

from domain.dates import at
from domain.nomination import Meeting, OrgType
from domain.nomination_field import BY_NAME, FIELDS, Value, asked_of, told_beside

MEETING = Meeting(1, "Chi bộ Mẫu", OrgType.CELL_GRASSROOTS, "", at(date(2024, 5, 14), 14), "Phòng họp A")


def test_every_field_of_text_or_a_number_is_a_field_of_a_meeting() -> None:
    of_a_meeting = {field.name for field in dataclasses.fields(Meeting)}
    plain = {one.name for one in FIELDS if one.value in (Value.TEXT, Value.NUMBER)}

    assert plain < of_a_meeting
    assert of_a_meeting - {one.name for one in FIELDS} == {"number", "starts_at", "first_set_for"}


def test_an_armed_forces_host_is_asked_nothing_about_people() -> None:
    """A20, P3."""
    assert [one.name for one in asked_of(restricted=False)] == list(BY_NAME)
    assert set(asked_of(restricted=False)) - set(asked_of(restricted=True)) == {BY_NAME["contact"]}


def test_what_is_told_beside_the_main_facts_is_told_only_where_it_is_known() -> None:
    known = dataclasses.replace(MEETING, members=31, contact="Đồng chí Mẫu")

    assert told_beside(MEETING) == []
    assert [one.told.format(value) for one, value in told_beside(known)] == ["31 đảng viên", "liên hệ Đồng chí Mẫu"]


def test_what_must_be_written_is_what_the_plan_asks_for() -> None:
    """R63: name, time, place; the type decides about R51."""
    needed = [one.name for one in FIELDS if one.is_needed]

    assert needed == ["organisation", "org_type", "day", "time", "venue", "kind"]


def test_no_name_of_a_column_stands_for_two_fields() -> None:
    names = [name for one in FIELDS for name in (one.title, *one.also)]

    assert len(set(names)) == len(names)


def test_at_the_desk_what_belongs_together_stands_on_one_line() -> None:
    lines: dict[int, list[str]] = {}
    for one in FIELDS:
        lines.setdefault(one.row, []).append(one.name)

    assert lines == {
        1: ["organisation"], 2: ["org_type", "parent"], 3: ["day", "time", "venue"], 4: ["kind", "theme"],
        5: ["members", "contact"],
    }  # fmt: skip


def test_the_columns_fill_an_a4_page_across() -> None:
    """With the column of numbers, which is 5 wide, at a size that can be read; none lives at another's cost."""
    assert [one.width for one in FIELDS] == [27, 12, 20, 12, 9, 22, 13, 27, 8, 18]
