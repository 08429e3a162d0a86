"""A filled sheet is kept whole: through JSON and back, scored again it gives the same; a changed one shows (4.5)."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from config.rubric_file import find_rubrics
from database.converter import structure
from domain.dates import at
from domain.nomination import Meeting, MeetingKind, OrgType
from domain.problem import Problem, Refused
from domain.record import to_data
from domain.rubric import Rubric
from domain.rubric_bands import number_of, plain, shown
from domain.rubric_inputs import Inputs
from domain.score_sheet import ScoreSheet, Whose, check_sheet, fill, fingerprint, named

D = Decimal
SHIPPED = list(find_rubrics().values())
DETAILED = next(one for one in SHIPPED if one.id == "vi_du_42hd_chi_tiet")
INPUTS = Inputs(
    "thematic", {"members": D(31), "present": D(0), "expected": D(0)},
    {"content_prepared": D("2.5"), "uploaded": True},
    frozenset({"secretary_only", "absent_without_reason"}), {"praise": "chi bộ mới"}, {"steps": "biên bản trang 3"},
)  # fmt: skip

REGULAR = Meeting(1, "Chi bộ Mẫu", OrgType.CELL_GRASSROOTS, "", at(date(2024, 5, 14), 14), "Phòng họp A")


def kept(sheet: ScoreSheet) -> ScoreSheet:
    """The sheet as the database gives it back."""
    return structure(json.loads(json.dumps(to_data(sheet))), ScoreSheet)


def test_a_sheet_comes_back_from_the_database_as_it_was() -> None:
    sheet = fill(1, Whose.GROUP, DETAILED, INPUTS)

    assert kept(sheet) == sheet
    assert kept(sheet).is_reproduced
    assert type(kept(sheet).inputs.marks["uploaded"]) is bool


@pytest.mark.parametrize("rubric", SHIPPED, ids=lambda one: str(one.id))
def test_every_shipped_rubric_comes_back_with_the_same_fingerprint(rubric: Rubric) -> None:
    assert fingerprint(structure(json.loads(json.dumps(to_data(rubric))), type(rubric))) == fingerprint(rubric)


def test_numbers_are_kept_as_text_so_that_no_half_point_is_lost() -> None:
    data = to_data(fill(1, Whose.OWN, DETAILED, INPUTS))

    assert data["inputs"]["marks"]["content_prepared"] == "2.5"
    assert data["whose"] == "own"
    assert data["inputs"]["facts"] == ["absent_without_reason", "secretary_only"]


def test_a_sheet_whose_total_or_rubric_was_changed_is_not_reproduced() -> None:
    sheet = fill(1, Whose.GROUP, DETAILED, INPUTS)

    assert not replace(sheet, score=replace(sheet.score, value=D(100))).is_reproduced
    assert not replace(sheet, rubric=replace(DETAILED, total=D(99))).is_reproduced
    assert not replace(sheet, inputs=replace(INPUTS, marks={"nothing": D(1)})).is_reproduced


def test_what_cannot_be_is_not_filled_in() -> None:
    with pytest.raises(Refused):
        fill(1, Whose.GROUP, DETAILED, replace(INPUTS, marks={"steps": D("5.2")}))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("8.5", "8,5"),
        ("90", "90"),
        ("89.999", "89,99"),
        ("8.333333", "8,33"),
        ("-0.666666", "-0,66"),
        ("Infinity", "∞"),
    ],
)
def test_a_long_number_is_cut_and_never_rounded_up(value: str, said: str) -> None:
    assert shown(D(value)) == said


@pytest.mark.parametrize(("text", "value"), [("8,5", "8.5"), (" 27 ", "27"), ("4.5", "4.5"), ("0", "0")])
def test_a_number_is_read_as_people_write_it(text: str, value: str) -> None:
    assert number_of(text) == D(value)
    assert plain(D(value)) == text.strip().replace(".", ",")


@pytest.mark.parametrize("text", ["", "-1", "1e5", "NaN", "8,5,5", "٣", "²", "9" * 10, "một"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_of(text) is None


def test_the_fingerprint_of_a_rubric_is_the_same_in_every_version_of_the_service() -> None:
    """Sheets kept in the database are held against it for years."""
    rubric = Rubric("thu", 1, "Phiếu thử", "thử", ("regular",), D(10), (), ())

    assert fingerprint(rubric) == "e44828cbfb47838e6acdd6e40dd77dfc54792bff79ac6a4f184d890ade8877be"


def test_a_sheet_of_the_other_kind_of_meeting_is_named_and_a_fitting_one_is_not() -> None:
    found = check_sheet(DETAILED, REGULAR, INPUTS)

    assert [one.place for one in found] == ["kind"]
    assert "sinh hoạt thường kỳ" in found[0].fault
    assert check_sheet(DETAILED, replace(REGULAR, kind=MeetingKind.THEMATIC), INPUTS) == []


def test_what_does_not_apply_needs_its_reason() -> None:
    thematic = replace(REGULAR, kind=MeetingKind.THEMATIC)
    criterion = next(DETAILED.criteria).id
    told = replace(INPUTS, not_applicable={criterion: "không có"})
    silent = replace(INPUTS, not_applicable={criterion: " "})

    reasonless = [one.place for one in check_sheet(DETAILED, thematic, silent) if "vì sao" in one.fault]
    assert reasonless == [criterion]
    assert not [one for one in check_sheet(DETAILED, thematic, told) if "vì sao" in one.fault]


def test_a_problem_is_named_in_words_where_there_are_words_for_it() -> None:
    criterion = next(DETAILED.criteria)
    known, unknown = Problem(criterion.id, "sai", ""), Problem("kind", "sai", "")

    first, second = named(DETAILED, [known, unknown])
    assert first.place == f"{DETAILED.named(criterion.id)} ({criterion.id})"
    assert second == unknown
