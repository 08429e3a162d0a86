"""Findings as the working group writes them down, in Excel or YAML (R14–R38, 4.5)."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from domain.findings import ItemFinding, ItemResult, Recommendation
from domain.plan import Plan
from sheets.findings.findings_file import read_findings
from sheets.findings.findings_form import findings_form


def test_the_filled_form_comes_back_whole(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "ket-qua.xlsx"
    path.write_bytes(findings_form(plan))
    book = load_workbook(path)
    items, remarks = book["Danh mục"], book["Nhận xét"]
    for row in range(2, 2 + len(plan.checklist)):
        items.cell(row, 3, "Đạt")
    for column, value in ((3, "Chưa đạt"), (4, "chưa có quy chế")):
        items.cell(4, column, value)
    for column, value in ((3, "Đạt một phần"), (4, "mới lập"), (5, "bổ sung ngay tại chỗ")):
        items.cell(5, column, value)
    for number, line in enumerate(
        (
            ("Ưu điểm", "Nội dung thiết thực"),
            ("Hạn chế", "Biên bản vắn tắt", None, None, None, "II.1.c"),
            ("Nguyên nhân", "Thư ký mới nhận việc"),
            ("Kiến nghị", "Ghi đủ biên bản", 1, "Chi ủy", "05/4/2024", None, "Ban Tổ chức Huyện ủy", "Có"),
            ("Khó khăn, vướng mắc", "Phần mềm chậm"),
        ),
        start=2,
    ):
        for column, value in enumerate(line, start=1):
            remarks.cell(number, column).value = value
    book.save(path)
    findings, problems = read_findings(path, plan)
    assert findings is not None, problems
    assert len(findings.items) == 24
    not_met, excused = findings.items[2:4]
    assert (not_met.result, not_met.remark, not_met.limitations) == (ItemResult.NOT_MET, "chưa có quy chế", (1,))
    assert (excused.no_limitation, excused.limitations) == ("bổ sung ngay tại chỗ", ())
    assert (findings.strengths, findings.difficulties) == (("Nội dung thiết thực",), ("Phần mềm chậm",))
    assert findings.recommendations == (
        Recommendation(1, "Ghi đủ biên bản", "Chi ủy", date(2024, 4, 5), True, "Ban Tổ chức Huyện ủy"),
    )
    assert findings.causes == ("Thư ký mới nhận việc",)


def test_a_result_that_is_none_of_the_five_is_named_by_its_cell(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "ket-qua.xlsx"
    path.write_bytes(findings_form(plan))
    book = load_workbook(path)
    book["Danh mục"].cell(5, 3, "Tạm được")
    book["Nhận xét"]["A2"], book["Nhận xét"]["B2"] = "Ưu điểm", "Tốt"
    book.save(path)
    findings, problems = read_findings(path, plan)
    assert findings is None
    assert [problem.place for problem in problems if not problem.warning] == ["Danh mục!C5"]


def test_yaml_takes_short_and_long_forms_and_names_the_line_of_a_fault(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "ket-qua.yaml"
    text = "items:\n  R16: met\n  R17: {result: Đạt một phần, remark: chậm}\nstrengths: [Tốt]\nlimitations: []\n"
    path.write_text(text, encoding="utf-8")
    findings, problems = read_findings(path, plan)
    assert findings is not None, problems
    assert [(one.item, one.result, one.remark) for one in findings.items] == [
        ("R16", ItemResult.MET, ""),
        ("R17", ItemResult.PARTLY_MET, "chậm"),
    ]
    linked = text.replace("remark: chậm", "remark: chậm, no_limitation: đã xong")
    linked += (
        "causes: [Thư ký mới]\nrecommendations:\n"
        "  - {limitation: 1, text: Đúng giờ, owner: Chi ủy, due: 2024-05-01, urgent: true, followed_by: Ban Tổ chức}\n"
    )
    linked = linked.replace("[]", "[Muộn, {text: Sổ vắn tắt, items: [II.1.b]}]")
    path.write_text(linked, encoding="utf-8")
    findings, problems = read_findings(path, plan)
    assert findings is not None, problems
    assert findings.limitations == ("Muộn", "Sổ vắn tắt")
    assert (findings.causes, findings.recommendations[0].urgent) == (("Thư ký mới",), True)
    assert findings.recommendations[0].followed_by == "Ban Tổ chức"
    assert findings.items[1] == ItemFinding("R17", ItemResult.PARTLY_MET, "chậm", (2,), "đã xong")
    path.write_text(text.replace("R17", "R99"), encoding="utf-8")
    findings, problems = read_findings(path, plan)
    assert findings is None
    assert problems[0].place.endswith("ket-qua.yaml:3")


def test_each_kind_of_remark_can_be_chosen_in_the_form_also_the_one_with_a_comma(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "ket-qua.xlsx"
    path.write_bytes(findings_form(plan))
    book = load_workbook(path)
    (rule,) = [one for one in book["Nhận xét"].data_validations.dataValidation if one.type == "list"]
    sheet, _, cells = rule.formula1.partition("!")
    offered = [cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]]
    assert offered == ["Ưu điểm", "Hạn chế", "Nguyên nhân", "Kiến nghị", "Khó khăn, vướng mắc"]


def test_a_form_of_before_the_column_of_items_is_still_read(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "ket-qua.xlsx"
    path.write_bytes(findings_form(plan))
    book = load_workbook(path)
    book["Danh mục"].delete_cols(5)
    book["Nhận xét"].delete_cols(6)
    book["Danh mục"]["C2"] = "Đạt"
    book["Nhận xét"]["A2"], book["Nhận xét"]["B2"] = "Hạn chế", "Biên bản vắn tắt"
    book.save(path)
    findings, problems = read_findings(path, plan)
    assert findings is not None, problems
    assert findings.limitations == ("Biên bản vắn tắt",)


def test_the_form_is_the_same_bytes_for_the_same_plan(plan: Plan) -> None:
    assert findings_form(plan) == findings_form(plan)
