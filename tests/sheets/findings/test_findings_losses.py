"""Nothing that the working group wrote is passed over: what has no place is a problem with its own (R9, R15, 4.5)."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.findings import Findings
from domain.plan import Plan
from domain.problem import Problem
from sheets.findings.findings_file import read_findings
from sheets.findings.findings_form import findings_form


def filled(path: Path, plan: Plan, cells: dict[str, str | None], *remarks: tuple[object, ...]) -> Path:
    path.write_bytes(findings_form(plan))
    book = load_workbook(path)
    for place, value in cells.items():
        book["Danh mục"][place] = value
    for row, remark in enumerate(remarks, start=2):
        for column, value in enumerate(remark, start=1):
            book["Nhận xét"].cell(row, column).value = value
    book.save(path)
    return path


def places(read: tuple[Findings | None, list[Problem]]) -> list[str]:
    findings, problems = read
    assert findings is None
    return [problem.place for problem in problems if not problem.warning]


@pytest.mark.parametrize(
    ("cells", "remark", "place"),
    [
        ({"D2": "sổ thiếu"}, ("Ưu điểm", "Tốt"), "Danh mục!C2"),
        ({"A2": None, "C2": "Đạt"}, ("Ưu điểm", "Tốt"), "Danh mục!A2"),
        ({"A3": "R16", "C2": "Đạt", "C3": "Chưa đạt"}, ("Ưu điểm", "Tốt"), "Danh mục!A3"),
        ({}, ("Ưu điểm", "Tốt", None, None, "05/4/2024"), "Nhận xét!E2"),
        ({}, ("Kiến nghị", "Ghi sổ", 1, "Chi ủy", "14:00"), "Nhận xét!E2"),
        ({}, ("Kiến nghị", "Ghi sổ", None, "Chi ủy", "05/4/2024"), "Nhận xét!C2"),
        ({}, ("Hạn chế", "Biên bản vắn tắt", 2), "Nhận xét!C2"),
        ({}, (None, "Không rõ là gì"), "Nhận xét!A2"),
        ({"E2": "đã sửa"}, ("Ưu điểm", "Tốt"), "Danh mục!C2"),
        ({}, ("Hạn chế", "Thiếu sổ", None, None, None, "II.9"), "Nhận xét!F2"),
        ({}, ("Hạn chế", "Thiếu sổ", None, None, None, "II.2.b"), "Nhận xét!F2"),
        ({}, ("Hạn chế", "Thiếu sổ", None, None, None, None, "Ban Tổ chức"), "Nhận xét!G2"),
        ({}, ("Kiến nghị", "Ghi sổ", 1, "Chi ủy", "05/4/2024", None, None, "gấp"), "Nhận xét!H2"),
        ({"C2": "Đạt"}, ("Ưu điểm", "Tốt", None, None, None, "II.1.a"), "Nhận xét!F2"),
    ],
)
def test_what_stands_in_a_sheet_without_its_counterpart_is_named(
    tmp_path: Path, plan: Plan, cells: dict[str, str | None], remark: tuple[object, ...], place: str
) -> None:
    assert places(read_findings(filled(tmp_path / "a.xlsx", plan, cells, remark), plan)) == [place]


def test_a_kind_counts_however_it_is_spelled(tmp_path: Path, plan: Plan) -> None:
    """P11: case and tone placement do not count; the short name of difficulties is theirs as well."""
    path = filled(tmp_path / "a.xlsx", plan, {}, ("ưu điểm", "Tốt"), ("Khó khăn", "Mạng chậm"), ("HẠN CHẾ", "Muộn", 1))
    findings, problems = read_findings(path, plan)
    assert findings is not None, problems
    assert (findings.strengths, findings.difficulties, findings.limitations) == (("Tốt",), ("Mạng chậm",), ("Muộn",))


def test_a_form_that_nobody_filled_in_is_refused_and_stored_by_nobody(tmp_path: Path, plan: Plan) -> None:
    findings, problems = read_findings(filled(tmp_path / "a.xlsx", plan, {}), plan)
    assert findings is None
    assert [str(problem) for problem in problems] == ["a.xlsx: chưa ghi kết quả nào → ghi kết quả rồi nhập lại"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("items: {R16: met}\nstrengths: Tốt\n", 2),
        ("items: [R16]\n", 1),
        ("items: {R16: met}\nrecommendations: Ghi sổ\n", 2),
        ("items:\n  R16: {result: met, remrak: x}\n", 2),
        ("items:\n  R16: {remark: x}\n", 2),
        ("limitations: [a]\nrecommendations:\n  - {limitation: 1, text: a, owner: b, due: 2024-05-01, note: c}\n", 3),
        ("limitations: [a]\nrecommendations:\n  - {limitation: 1, text: a, owner: b}\n", 3),
        ("items: {R16: met}\nlimitations:\n  - {text: a, items: [R99]}\n", 3),
        ("items: {R16: met}\nlimitations:\n  - {text: a, items: [R17]}\n", 3),
        ("items: {R16: met}\nlimitations:\n  - {items: [R16]}\n", 3),
        ("strengths:\n  - Tốt\n  - Kết quả: cao\n", 3),
        ("limitations: [a]\nrecommendations:\n  - {limitation: 1, text: a, due: 2024-05-01, urgent: gấp}\n", 3),
        ("Tốt\n", 1),
        ("", 1),
    ],
)
def test_what_stands_in_yaml_in_a_wrong_shape_is_named_by_its_line(
    tmp_path: Path, plan: Plan, text: str, line: int
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    assert places(read_findings(path, plan)) == [f"{path}:{line}"]


def test_another_kind_of_file_is_refused(tmp_path: Path, plan: Plan) -> None:
    (tmp_path / "a.docx").write_bytes(b"x")
    assert places(read_findings(tmp_path / "a.docx", plan)) == ["a.docx"]
