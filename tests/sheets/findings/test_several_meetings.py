"""Of several meetings each has a sheet, or an entry in YAML, of its own (R15, R16–R38, decision 0040)."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from domain.dates import at
from domain.findings import Findings, ItemFinding, ItemResult
from domain.findings_check import check_findings
from domain.nomination import Meeting, OrgType
from domain.plan import Plan
from sheets.findings.findings_file import read_findings
from sheets.findings.findings_form import findings_form
from tests.may import FIRST_DAY

MEETINGS = tuple(
    Meeting(number, f"Chi bộ {number}", OrgType.CELL_SUBORDINATE, "", at(FIRST_DAY, 14), "Hội trường")
    for number in (1, 4)
)
REMARKS = (
    ("Ưu điểm", "Nội dung thiết thực"),
    ("Ưu điểm", "Đúng giờ", None, None, None, None, None, None, 4),
    ("Hạn chế", "Chậm lập sổ", None, None, None, "II.2.b", None, None, 4),
    ("Kiến nghị", "Lập sổ", 1, "Chi ủy", "05/7/2024"),
)


def filled(path: Path, plan: Plan, cells: dict[str, dict[str, object]]) -> Path:
    """Every item is met in both; `cells` are written over that, sheet by sheet."""
    path.write_bytes(findings_form(plan, MEETINGS))
    book = load_workbook(path)
    for number in (1, 4):
        for row in range(2, 2 + len(plan.checklist)):
            book[f"Danh mục {number}"].cell(row, 3).value = "Đạt"
    for row, remark in enumerate(REMARKS, start=2):
        for column, value in enumerate(remark, start=1):
            book["Nhận xét"].cell(row, column).value = value
    _write(book, cells)
    book.save(path)
    return path


def _write(book: Workbook, cells: dict[str, dict[str, object]]) -> None:
    for sheet, told in cells.items():
        for place, value in told.items():
            book[sheet][place] = value


def row_of(plan: Plan, item: str) -> int:
    return 2 + [one.id for one in plan.checklist].index(item)


def result_of(findings: Findings, item: str) -> dict[int, ItemFinding]:
    return {one.meeting: one for one in findings.items if one.item == item}


def test_each_meeting_comes_back_with_its_own_results(tmp_path: Path, plan: Plan) -> None:
    row = row_of(plan, "R20")
    lacking = {"Danh mục 4": {f"C{row}": "Chưa đạt", f"D{row}": "chưa lập"}}

    findings, problems = read_findings(filled(tmp_path / "a.xlsx", plan, lacking), plan)

    assert findings is not None, problems
    found = result_of(findings, "R20")
    assert (found[1].result, found[4].result) == (ItemResult.MET, ItemResult.NOT_MET)
    assert (found[1].limitations, found[4].limitations) == ((), (1,))
    assert (findings.strengths_at, findings.limitations_at) == ((0, 4), (4,))
    assert check_findings(findings, plan.checklist, FIRST_DAY, MEETINGS) == []


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"Danh mục 4": {"F2": None}}, "Danh mục 4!F2"),
        ({"Danh mục 4": {"F2": 1}}, "Danh mục 4!A2"),
        ({"Nhận xét": {"I5": 4}}, "Nhận xét!I5"),
    ],
)
def test_what_is_of_no_meeting_or_of_two_is_named_by_its_cell(
    tmp_path: Path, plan: Plan, cells: dict[str, dict[str, object]], place: str
) -> None:
    told = {"Danh mục 4": {f"C{row_of(plan, 'R20')}": "Chưa đạt", f"D{row_of(plan, 'R20')}": "chưa lập"}}
    every = {sheet: told.get(sheet, {}) | cells.get(sheet, {}) for sheet in (*told, *cells)}
    findings, problems = read_findings(filled(tmp_path / "a.xlsx", plan, every), plan)
    assert findings is None
    assert [problem.place for problem in problems if not problem.warning] == [place]


def test_yaml_says_it_beside_how_the_meeting_went(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "meetings:\n"
        "  - meeting: 1\n    items: {R16: met}\n"
        "  - meeting: 4\n    chaired_by: Bí thư\n    items:\n      R16: {result: not_met, remark: chưa có}\n"
        "strengths:\n  - Đúng giờ\n"
        "limitations:\n  - {text: Thiếu chương trình, meeting: 4, items: [R16]}\n",
        encoding="utf-8",
    )
    findings, problems = read_findings(path, plan)
    assert findings is not None, problems
    assert findings.items == (
        ItemFinding("R16", ItemResult.MET, meeting=1),
        ItemFinding("R16", ItemResult.NOT_MET, "chưa có", limitations=(1,), meeting=4),
    )
    assert findings.limitations_at == (4,)
