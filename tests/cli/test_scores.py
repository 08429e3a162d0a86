"""`visits score`: an empty sheet, a filled one, and what the sheets come to, for people and for programs (4.5)."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Typed
from tests.desk import Desk
from tests.may import MAY, OFFICER
from tests.workbooks import FRAME, MARKS, given, marked

MEETING = ("--meeting", "1", "--rubric", FRAME)
GROUP = ("--whose", "group", "--by", "Phạm Thị Thí Dụ")

Entered = Callable[..., Path]


@pytest.fixture
def sheet(desk: Desk, tmp_path: Path) -> Entered:
    """Writes a filled sheet: of the frame, complete unless said otherwise; the meeting was attended."""
    desk.until_met()

    def written(name: str = "phieu.yaml", **marks: str) -> Path:
        lines = [f"  {one}: {marks.get(one, points)}" for one, points in MARKS.items()]
        (tmp_path / name).write_text("\n".join(["marks:", *lines]), "utf-8")
        return tmp_path / name

    return written


def test_an_empty_sheet_is_written_once_and_never_over_a_filled_one(visits: Typed, desk: Desk, tmp_path: Path) -> None:
    desk.until_met()
    file = tmp_path / "phieu.yaml"

    first = visits("score", "form", MAY, *MEETING, "--to", str(file))
    again = visits("score", "form", MAY, *MEETING, "--to", str(file))
    nowhere = visits("score", "form", MAY, *MEETING, "--to", str(tmp_path / "khong-co" / "phieu.yaml"))

    assert (first.exit_code, again.exit_code, nowhere.exit_code) == (0, 1, 1)
    assert "Trình tự, nội dung, thảo luận, biên bản: từ 0 đến 40, lẻ nửa điểm" in file.read_text("utf-8")
    assert "đã có tệp này, có thể đã điền" in again.stderr


def test_a_filled_sheet_is_taken_with_its_total_and_grade(visits: Typed, desk: Desk, sheet: Entered) -> None:
    result = visits("score", "enter", MAY, *MEETING, *GROUP, "--file", str(sheet()))

    assert result.exit_code == 0
    assert "Đã ghi, 91,5 điểm, xếp loại Tốt." in result.stdout
    assert "Phiếu này là ví dụ" in result.stdout
    assert [row.by for row in desk.answers("score")] == ["Phạm Thị Thí Dụ"]


def test_an_incomplete_sheet_is_taken_and_names_what_is_missing(visits: Typed, sheet: Entered) -> None:
    result = visits("score", "enter", MAY, *MEETING, *GROUP, "--file", str(sheet(closed="")))

    assert result.exit_code == 0
    assert "cảnh báo · Kết luận, nghị quyết, cập nhật sổ tay (closed): chưa chấm" in result.stdout
    assert "86,5 điểm, chưa xếp loại" in result.stdout


def test_a_wrong_mark_is_refused_with_its_line_and_criterion(visits: Typed, desk: Desk, sheet: Entered) -> None:
    result = visits("score", "enter", MAY, *MEETING, *GROUP, "--file", str(sheet(closed="5.2")))

    assert result.exit_code == 1
    assert "phieu.yaml:8: Kết luận, nghị quyết, cập nhật sổ tay (closed): 5,2 không phải điểm" in result.stderr
    assert desk.answers("score") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--meeting", "7", "--rubric", FRAME), "số 7 không phải nơi được chọn"),
        (("--meeting", "1", "--rubric", "khong_co"), "không có phiếu “khong_co”"),
    ],
)
def test_what_cannot_be_scored_is_refused(visits: Typed, sheet: Entered, words: tuple[str, ...], said: str) -> None:
    result = visits("score", "enter", MAY, *words, *GROUP, "--file", str(sheet()))

    assert result.exit_code == 1
    assert said in result.stderr


def test_before_the_day_there_is_not_even_a_form(visits: Typed, desk: Desk, tmp_path: Path) -> None:
    desk.until_issued()

    result = visits("score", "form", MAY, *MEETING, "--to", str(tmp_path / "phieu.yaml"))

    assert result.exit_code == 1
    assert "chưa tới ngày sinh hoạt (14/5/2024)" in result.stderr


def test_both_scores_are_shown_side_by_side(visits: Typed, sheet: Entered) -> None:
    visits("score", "enter", MAY, *MEETING, *GROUP, "--file", str(sheet()))
    own = ("--whose", "own", "--by", "Nguyễn Văn Ví Dụ")
    visits("score", "enter", MAY, *MEETING, *own, "--file", str(sheet(conducted="40")))

    shown = visits("score", "show", MAY).stdout

    assert "1. Chi bộ Trường THPT Mẫu" in shown
    assert "Tổ công tác chấm, Phạm Thị Thí Dụ: 91,5 điểm, xếp loại Tốt, theo vi_du_42hd_khung bản 1" in shown
    assert "Đơn vị tự chấm 95,5 (Tốt), Tổ công tác chấm 91,5 (Tốt); lệch 1 tiêu chí" in shown
    assert any(
        [cell.strip() for cell in line.split("│")][1:5] == ["Trình tự, nội dung, thảo luận, biên bản", "40", "36", "4"]
        for line in shown.splitlines()
    )


def test_the_scores_as_json_can_be_computed_anew(visits: Typed, desk: Desk) -> None:
    desk.until_met()
    given()
    given(marked(closed="", conducted="10"), OFFICER)

    (meeting,) = json.loads(visits("score", "show", MAY, "--json").stdout)

    assert [(one["by"], one["counted"], one["reproduced"]) for one in meeting["sheets"]] == [
        ("Phạm Thị Thí Dụ", True, True), ("Nguyễn Văn Ví Dụ", False, True),
    ]  # fmt: skip
    assert meeting["group"]["value"] == "91.5"
    assert meeting["sheets"][0]["inputs"]["marks"]["attendance_share"] == "4.5"
    assert len(meeting["sheets"][0]["rubric"]["hash"]) == 64


def test_a_visit_without_scores_says_so(visits: Typed, desk: Desk) -> None:
    desk.until_listed()
    assert "Chưa chọn nơi dự." in visits("score", "show", MAY).stdout

    desk.choose(1)
    assert "Tổ công tác chưa chấm." in visits("score", "show", MAY).stdout
