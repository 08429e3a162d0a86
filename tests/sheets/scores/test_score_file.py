"""The file of a score sheet: empty it asks for everything, filled in it is read back, each fault has its line (4.5)."""

from decimal import Decimal
from pathlib import Path

import pytest

from config.rubric_file import find_rubrics
from domain.rubric_score import score
from sheets.scores.score_file import read_score, score_form
from tests.may import THEMATIC_CELL
from tests.workbooks import DETAILED, FRAME

RUBRICS = {one.id: one for one in find_rubrics().values()}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The empty form of the detailed sheet."""
    path = tmp_path / "phieu.yaml"
    path.write_text(score_form(RUBRICS[DETAILED], THEMATIC_CELL), "utf-8")
    return path


def fill_in(file: Path, **values: str) -> None:
    """Write a value behind its name, before the remark."""
    lines = file.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        name = line.strip().partition(":")[0]
        if name in values:
            lines[number] = line.replace(f"{name}:", f"{name}: {values.pop(name)}", 1)
    assert not values
    file.write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize("rubric", [FRAME, DETAILED])
def test_an_empty_form_is_a_sheet_on_which_everything_is_missing(tmp_path: Path, rubric: str) -> None:
    path = tmp_path / "phieu.yaml"
    path.write_text(score_form(RUBRICS[rubric], THEMATIC_CELL), "utf-8")

    inputs, problems = read_score(path, RUBRICS[rubric], THEMATIC_CELL)

    assert problems == []
    assert inputs
    assert inputs.kind == "thematic"
    assert len(score(RUBRICS[rubric], inputs).missing) == len(list(RUBRICS[rubric].criteria))


def test_the_form_names_every_criterion_and_says_how_it_gets_its_points(file: Path) -> None:
    text = file.read_text("utf-8")

    assert all(one.label in text for one in RUBRICS[DETAILED].criteria)
    assert "  content_prepared: # Chuẩn bị nội dung: từ 0 đến 3, lẻ nửa điểm" in text
    assert "  uploaded: # Đưa nghị quyết lên sổ tay điện tử trong 2 ngày: đạt hoặc không đạt" in text
    assert "  # Tỷ lệ đảng viên dự sinh hoạt: tính từ present, expected" in text


def test_a_filled_form_is_read_as_it_is_written(file: Path) -> None:
    """P20: a comma or a point; words as people say them."""
    fill_in(
        file, present="27", expected="30", content_prepared='"2,5"', steps="4.5", uploaded="đạt",
        minutes_written="không đạt", absent_without_reason="có", secretary_only="không",
        not_applicable="\n  praise: chi bộ mới thành lập", notes="\n  steps: biên bản trang 3",
    )  # fmt: skip

    inputs, problems = read_score(file, RUBRICS[DETAILED], THEMATIC_CELL)

    assert problems == []
    assert inputs
    assert inputs.measures == {"present": 27, "expected": 30}
    assert inputs.marks == {
        "content_prepared": Decimal("2.5"), "steps": Decimal("4.5"), "uploaded": True, "minutes_written": False,
    }  # fmt: skip
    assert inputs.facts == {"absent_without_reason"}
    assert (inputs.not_applicable, inputs.notes) == ({"praise": "chi bộ mới thành lập"}, {"steps": "biên bản trang 3"})


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"content_prepared": "3.5"}, "Chuẩn bị nội dung (content_prepared): 3,5 không phải điểm từ 0 đến 3"),
        ({"content_prepared": "tốt"}, "“content_prepared” không phải số"),
        ({"uploaded": "4"}, "“uploaded” phải là đạt hoặc không đạt"),
        ({"present": "-3"}, "“present” không phải số"),
        ({"present": "2.5"}, "Số đảng viên có mặt (present): “2,5” không phải số đếm được"),
        ({"secretary_only": "[1]"}, "“secretary_only” phải là đạt hoặc không đạt, có hoặc không"),
        ({"notes": "\n  steps: [a]"}, "“steps” phải là chữ"),
        ({"notes": "\n  step: a"}, "step: phiếu không có mục này"),
        ({"facts": "[a]"}, "không đúng cú pháp YAML"),
    ],
)
def test_a_fault_is_told_at_its_line(file: Path, written: dict[str, str], said: str) -> None:
    fill_in(file, **written)
    (name,) = written
    number = next(at for at, line in enumerate(file.read_text("utf-8").splitlines(), 1) if f"{name}:" in line)

    inputs, problems = read_score(file, RUBRICS[DETAILED], THEMATIC_CELL)

    assert inputs is None
    assert any(said in one.fault for one in problems), problems
    assert any(one.place in (f"{file}:{at}" for at in (number, number + 1)) for one in problems), problems


def test_more_present_than_expected_is_told(file: Path) -> None:
    fill_in(file, present="31", expected="30")

    _, problems = read_score(file, RUBRICS[DETAILED], THEMATIC_CELL)

    assert "Tỷ lệ đảng viên dự sinh hoạt (attendance_share): 31 trên 30 là hơn 100%" in str(problems[0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n", "tệp không phải phiếu chấm điểm"),
        ("mark:\n", "không có mục “mark”"),
        ("marks: 4\n", "“marks” phải là các dòng “mã: giá trị”"),
        ("kind: regular\n", "buổi này là sinh hoạt chuyên đề, phiếu ghi “regular”"),
        ("kind: [a]\n", "phiếu này không dùng cho"),
    ],
)
def test_a_file_that_is_no_sheet_says_why(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "khac.yaml"
    path.write_text(text, "utf-8")

    inputs, problems = read_score(path, RUBRICS[FRAME], THEMATIC_CELL)

    assert inputs is None
    assert any(said in str(one) for one in problems), problems


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    inputs, problems = read_score(tmp_path / "khong-co.yaml", RUBRICS[FRAME], THEMATIC_CELL)

    assert inputs is None
    assert "không có tệp này" in str(problems[0])
