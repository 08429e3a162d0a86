"""How the meetings went, written in the form or in YAML, and read back (R15, R52)."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.dates import at
from domain.meeting_finding import MeetingFinding, Resolution
from domain.nomination import Meeting, OrgType
from domain.plan import Plan
from sheets.findings.findings_file import read_findings
from sheets.findings.findings_form import findings_form
from tests.may import FIRST_DAY

MEETINGS = tuple(
    Meeting(number, f"Chi bộ {number}", OrgType.CELL_SUBORDINATE, "", at(FIRST_DAY, 14), "Hội trường", members=members)
    for number, members in ((1, 20), (4, None))
)
WENT = MeetingFinding(1, "Bí thư", "Thư ký", 20, 18, "02 ốm", "", "14:00", "15:40", Resolution.PASSED)


def filled(path: Path, plan: Plan, cells: dict[str, object]) -> Path:
    path.write_bytes(findings_form(plan, MEETINGS))
    book = load_workbook(path)
    book["Danh mục 1"]["C2"] = "Đạt"
    for place, value in cells.items():
        book["Buổi sinh hoạt"][place] = value
    book.save(path)
    return path


def test_each_meeting_has_a_line_with_what_is_known_and_comes_back(tmp_path: Path, plan: Plan) -> None:
    line = {"C2": "Bí thư", "D2": "Thư ký", "F2": 18, "G2": "02 ốm", "I2": "14h00", "J2": "15:40",
            "K2": "Đã thông qua nghị quyết"}  # fmt: skip
    findings, problems = read_findings(filled(tmp_path / "a.xlsx", plan, dict(line)), plan)
    assert findings is not None, problems
    assert findings.meetings == (WENT,)
    assert findings.items[0].item == "R16"


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"F2": "mười"}, "Buổi sinh hoạt!F2"),
        ({"C2": "Bí thư", "I2": "25:00"}, "Buổi sinh hoạt!I2"),
        ({"K2": "Rồi"}, "Buổi sinh hoạt!K2"),
        ({"A3": None, "C3": "Bí thư"}, "Buổi sinh hoạt!A3"),
        ({"A3": 1, "C2": "Bí thư", "C3": "Bí thư"}, "Buổi sinh hoạt!A3"),
    ],
)
def test_what_cannot_be_read_of_a_meeting_is_named_by_its_cell(
    tmp_path: Path, plan: Plan, cells: dict[str, object], place: str
) -> None:
    findings, problems = read_findings(filled(tmp_path / "a.xlsx", plan, cells), plan)
    assert findings is None
    assert [problem.place for problem in problems if not problem.warning] == [place]


def test_yaml_tells_the_same(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "a.yaml"
    line = (
        "{meeting: 1, chaired_by: Bí thư, minutes_by: Thư ký, members: 20, present: 18, absences: 02 ốm, "
        'began: "14:00", ended: 15h40, resolution: passed}'
    )
    path.write_text(f"items: {{R16: met}}\nmeetings:\n  - {line}\n", encoding="utf-8")
    findings, problems = read_findings(path, plan)
    assert findings is not None, problems
    assert findings.meetings == (WENT,)


@pytest.mark.parametrize(
    "line",
    ["{chaired_by: A}", "{meeting: 1, chair: A}", "{meeting: 1, present: nhiều}", "{meeting: 1, resolution: rồi}",
     '{meeting: 1, began: "26:00"}', "A"],
)  # fmt: skip
def test_yaml_names_the_line_of_what_it_does_not_understand(tmp_path: Path, plan: Plan, line: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"items: {{R16: met}}\nmeetings:\n  - {line}\n", encoding="utf-8")
    findings, problems = read_findings(path, plan)
    assert findings is None
    assert {problem.place for problem in problems} == {f"{path}:3"}
