"""`visits plan import` and `form`: what people write is understood, every bad cell is named, the plan is accepted."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from config.settings import ROOT
from domain.plan import Plan
from planning.plan_file import read_plan
from sheets.plan.plan_columns import COLUMNS, months_of
from sheets.plan.plan_sheet import PlanSheet, read_plan_sheet
from tests.cli.conftest import Typed

SHIPPED = ROOT / "config" / "plans" / "2024.yaml"
HEADER = ("TT", "Tháng", "Tự giám sát", "Tên đơn vị", "Loại", "Ngày dự kiến", "Mã")
Write = Callable[..., Path]


@pytest.fixture(scope="module")
def plan() -> Plan:
    shipped, _ = read_plan(SHIPPED)
    assert shipped
    return shipped


@pytest.fixture
def sheet(tmp_path: Path) -> Write:
    """Writes rows under the usual header into a workbook."""

    def _write(*rows: Sequence[Any], header: Sequence[str] = HEADER, merged: Sequence[str] = ()) -> Path:
        book = Workbook()
        page = book.worksheets[0]
        page.title = "KH"
        for row in (header, *rows):
            page.append(list(row))
        for span in merged:
            page.merge_cells(span)
        path = tmp_path / "ke-hoach.xlsx"
        book.save(path)
        return path

    return _write


def told(read: PlanSheet) -> dict[str, list[str]]:
    """What is said of each place."""
    found: dict[str, list[str]] = {}
    for problem in read.every_problem:
        found.setdefault(problem.place, []).append(str(problem))
    return found


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2", [2]), ("02", [2]), ("Tháng 2", [2]), ("tháng 02", [2]), ("T2", [2]), ("T.2", [2]), ("2/2026", [2]),
        ("Tháng 2 năm 2026", [2]), ("2, 8", [2, 8]), ("8 và 2", [2, 8]), ("T2; T8", [2, 8]),
        ("tháng 2 và tháng 8", [2, 8]),
        ("tháng Giêng", [1]), ("Tháng tư", [4]), ("mười hai", [12]), ("Chạp", [12]), ("2 + 2", [2]),
    ],
)  # fmt: skip
def test_months_are_understood_as_people_write_them(text: str, months: list[int]) -> None:
    assert months_of(text, 2026) == months


@pytest.mark.parametrize("text", ["13", "0", "quý I", "2/2025", "2-4", "đầu năm", "", "2.5", "tháng"])
def test_what_is_no_month_is_refused_and_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="không phải tháng của năm 2026"):
        months_of(text, 2026)


def test_known_units_are_known_by_code_name_and_another_place_of_the_tone_mark(sheet: Write, plan: Plan) -> None:
    """P11: `Biên Hoà` is `Biên Hòa`."""
    path = sheet(
        (1, 2, None, "Đảng bộ huyện Nhơn Trạch"), (2, "Tháng 5", None, "thành phố Biên Hoà"),
        (3, None, "x", None, None, None, "tan_phu"), (4, "T3", None, "Long Khánh"),
    )  # fmt: skip
    read = read_plan_sheet(path, 2025, plan.units)
    assert read.acceptable, told(read)
    assert [(one.month, one.unit) for one in read.visits] == [(2, "nhon_trach"), (3, "long_khanh"), (5, "bien_hoa")]
    assert read.by_themselves == ("tan_phu",)


def test_a_new_unit_gets_its_names_put_together_for_a_person_to_confirm(sheet: Write, plan: Plan) -> None:
    """A9: nothing is composed without a word."""
    read = read_plan_sheet(sheet((1, 4, None, "Xã Mẫu 01")), 2026, plan.units)
    (unit,) = read.units
    assert (unit.code, unit.name, unit.unit_type) == ("xa_mau_01", "Đảng bộ xã Mẫu 01", "commune")
    assert (unit.short_name, unit.standing_board) == ("Xã Mẫu 01", "Ban Thường vụ Đảng ủy xã Mẫu 01")
    assert "tên được ghép" in told(read)["KH!D2"][0]
    assert read.acceptable


def test_several_hosts_a_month_and_several_months_of_a_host_are_understood(sheet: Write, plan: Plan) -> None:
    """C10, also where the month is merged over its hosts."""
    rows = ((1, 4, None, "Xã Một"), (2, None, None, "Phường Hai"), (3, "4 và 9", None, "Xã Ba"))
    read = read_plan_sheet(sheet(*rows, merged=("B2:B3",)), 2026, plan.units)
    assert [(one.month, one.unit) for one in read.visits] == [
        (4, "xa_mot"),
        (4, "phuong_hai"),
        (4, "xa_ba"),
        (9, "xa_ba"),
    ]
    assert read.acceptable


FAULTS: dict[str, tuple[tuple[Any, ...], str, str]] = {
    "no_such_month": ((1, "13", None, "Xã Một"), "KH!B2", "không phải tháng"),
    "month_became_a_day": ((1, datetime(2026, 5, 2), None, "Xã Một"), "KH!B2", "Excel đã đổi tháng thành ngày"),  # noqa: DTZ001
    "months_became_a_fraction": ((1, 2.5, None, "Xã Một"), "KH!B2", "số lẻ"),
    "neither_month_nor_itself": ((1, None, None, "Xã Một"), "KH!B2", "cũng không ghi tự giám sát"),
    "both_month_and_itself": ((1, 3, "x", "Xã Một"), "KH!B2", "vừa có tháng"),
    "mark_not_understood": ((1, None, "chắc có", "Xã Một"), "KH!C2", "không hiểu “chắc có”"),
    "kind_unknown": ((1, 3, None, "Chi cục Một"), "KH!D2", "không rõ"),
    "kind_misspelt": ((1, 3, None, "Xã Một", "Xa"), "KH!E2", "có phải là “Xã”?"),
    "name_missing": ((1, 3, None, None, "Xã"), "KH!D2", "chưa ghi tên đơn vị"),
    "day_outside_its_month": ((1, 3, None, "Xã Một", None, "04/5/2026"), "KH!F2", "không thuộc tháng được dự"),
    "day_turned_round": ((1, 3, None, "Xã Một", None, datetime(2026, 4, 3)), "KH!F2", "đảo ngày và tháng"),  # noqa: DTZ001
    "day_is_no_day": ((1, 3, None, "Xã Một", None, "đầu tháng"), "KH!F2", "không phải ngày"),
    "code_odd": ((1, 3, None, "Xã Một", None, None, "Xã-1"), "KH!G2", "a–z"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "place", "said"), FAULTS.values(), ids=FAULTS)
def test_a_bad_cell_is_named(sheet: Write, plan: Plan, row: tuple[Any, ...], place: str, said: str) -> None:
    read = read_plan_sheet(sheet(row, (2, 5, None, "Xã Hai")), 2026, plan.units)
    assert not read.acceptable
    assert any(said in one for one in told(read).get(place, [])), told(read)


def test_a_sheet_as_offices_keep_it_loses_no_unit(sheet: Write, plan: Plan) -> None:
    """Titles, group headings, remarks, sums and a signature: a remark “ghi chú” once ended the list unseen."""
    header = ("STT", "Đơn vị", "Loại hình", "Tháng được dự, giám sát", "Tự triển khai", "Ghi chú")
    path = sheet(
        ("DANH SÁCH ĐƠN VỊ NĂM 2026",), (), header, ("I", "Các xã"), (1, "Xã Tân Phú", "xã", 3),
        (2, "Đảng bộ xã Phú Riềng", None, "Tháng 4"), (3, "xã Bom Bo", None, None, "X", "ghi chú: địa bàn xa"),
        ("II", "Các phường"), (4, "Phường Trấn Biên", "Phường", "T5,6"), (5, "Đảng ủy UBND tỉnh", "UBND", "7"),
        (6, "Đảng ủy Công an tỉnh", None, 8), ("", "Tổng cộng", 6), ("", "", "", "Người lập biểu"),
        header=("TỈNH ỦY …",),
    )  # fmt: skip
    read = read_plan_sheet(path, 2026, plan.units)
    assert read.acceptable, told(read)
    assert [(unit.code, unit.name) for unit in read.units] == [
        ("xa_tan_phu", "Đảng bộ xã Tân Phú"),
        ("xa_phu_rieng", "Đảng bộ xã Phú Riềng"),
        ("xa_bom_bo", "Đảng bộ xã Bom Bo"),
        ("phuong_tran_bien", "Đảng bộ phường Trấn Biên"),
        ("ubnd_tinh", "Đảng bộ UBND tỉnh"),
        ("cong_an_tinh", "Đảng bộ Công an tỉnh"),
    ]
    assert len(read.visits) == 6
    assert read.by_themselves == ("xa_bom_bo",)


def test_rows_that_contradict_one_another_are_named(sheet: Write, plan: Plan) -> None:
    read = read_plan_sheet(
        sheet(
            (1, 3, None, "Xã Một"), (2, 3, None, "Đảng bộ xã Một"), (3, None, "x", "Xã Hai"), (4, 5, None, "Xã Hai"),
            (5, 6, None, "Xã Ba", None, None, "xa_hai"),
        ),
        2026, plan.units,
    )  # fmt: skip
    assert not read.acceptable
    said = told(read)
    assert "đã ghi như vậy ở KH!dòng 2" in "".join(said["KH!dòng 3"])
    assert "đã là tự giám sát ở KH!dòng 4" in "".join(said["KH!dòng 5"])
    assert "mã “xa_hai” đã là của đơn vị khác" in "".join(said["KH!dòng 6"])


def test_a_known_unit_with_another_name_is_renamed_and_keeps_the_old_one(sheet: Write, plan: Plan) -> None:
    """C8: told at the cell, never unseen."""
    read = read_plan_sheet(
        sheet((1, 3, None, "Đảng bộ thành phố Long Khánh Mới", None, None, "long_khanh")), 2025, plan.units
    )
    (unit,) = read.units
    assert (unit.name, unit.aliases) == ("Đảng bộ thành phố Long Khánh Mới", ("Đảng bộ thành phố Long Khánh",))
    assert unit.standing_board == "Ban Thường vụ Thành ủy Long Khánh"
    assert "khác kế hoạch trước" in "".join(told(read)["KH!D2"])


def test_a_name_that_is_only_nearly_known_is_told_and_not_taken(sheet: Write, plan: Plan) -> None:
    """A11: `Khôi` and `Khối`."""
    read = read_plan_sheet(sheet((1, 3, None, "Đảng bộ Khôi Doanh nghiệp tỉnh", "Khối")), 2025, plan.units)
    assert read.units[0].code != "khoi_doanh_nghiep_tinh" or read.units[0].name == "Đảng bộ Khôi Doanh nghiệp tỉnh"
    assert "gần giống “Đảng bộ Khối Doanh nghiệp tỉnh”" in "".join(told(read)["KH!D2"])


def test_a_sheet_without_a_header_or_rows_is_refused(sheet: Write, plan: Plan, tmp_path: Path) -> None:
    assert not read_plan_sheet(sheet(), 2026, plan.units).acceptable
    assert not read_plan_sheet(sheet((1, 2), header=("a", "b")), 2026, plan.units).acceptable
    assert not read_plan_sheet(tmp_path / "none.xlsx", 2026, plan.units).acceptable


def test_import_writes_a_plan_that_the_check_accepts(visits: Typed, sheet: Write, tmp_path: Path) -> None:
    path = sheet((1, 3, None, "Xã Một"), (2, 3, None, "Phường Hai"), (3, None, "x", "Đảng bộ Công an tỉnh"))
    out = tmp_path / "plans" / "2026.yaml"

    result = visits("plan", "import", str(path), "--year", "2026", "--out", str(out))
    checked = visits("plan", "check", str(out))

    assert result.exit_code == 0, result.output
    assert "Hiểu 3 đơn vị, 2 đợt trong 3 dòng; 0 lỗi, 2 cảnh báo." in result.stdout
    assert "Còn phải quyết định:" in result.stdout
    assert checked.exit_code == 0
    assert "năm 2026: 2 đợt, 3 đơn vị — dùng được." in checked.stdout
    read, _ = read_plan(out)
    assert read
    assert read.unit("cong_an_tinh").restricted
    assert "CẦN QUYẾT ĐỊNH" in out.read_text(encoding="utf-8")


def test_a_bad_sheet_writes_nothing_and_exits_1(visits: Typed, sheet: Write, tmp_path: Path) -> None:
    out = tmp_path / "plans" / "2026.yaml"

    result = visits("plan", "import", str(sheet((1, 13, None, "Xã Một"))), "--year", "2026", "--out", str(out))

    assert result.exit_code == 1
    assert "lỗi · KH!B2: “13” không phải tháng của năm 2026" in result.stdout
    assert not out.exists()


def test_a_plan_that_is_there_is_never_written_over(visits: Typed, sheet: Write, tmp_path: Path) -> None:
    out = tmp_path / "2026.yaml"
    out.write_text("của tôi", encoding="utf-8")

    result = visits("plan", "import", str(sheet((1, 3, None, "Xã Một"))), "--year", "2026", "--out", str(out))

    assert result.exit_code == 1
    assert "đã có tệp này" in result.stderr
    assert out.read_text(encoding="utf-8") == "của tôi"


def test_the_form_can_be_filled_in_and_taken_back(visits: Typed, plan: Plan, tmp_path: Path) -> None:
    """The form's own columns, with the units of 2024 in it: every unit is the same when it comes back."""
    path = tmp_path / "mau.xlsx"
    result = visits("plan", "form", str(path), "--year", "2025", "--from", "2024")
    assert result.exit_code == 0, result.output
    book = load_workbook(path)
    page = book.worksheets[0]
    header = {str(cell.value).rstrip(" *"): cell.column for cell in page[4] if cell.value}
    assert set(header) == {"TT", *(COLUMNS.title(field) for field in COLUMNS.names)}
    for number, unit in enumerate(plan.units, start=5):
        host = unit.code in {visit.unit for visit in plan.visits}
        page.cell(number, header["Tháng" if host else "Tự giám sát"]).value = "2" if host else "x"
    book.save(path)

    read = read_plan_sheet(path, 2025, plan.units)

    assert read.acceptable, told(read)
    assert read.units == plan.units
    assert len(read.visits) == 9
    assert read.by_themselves == plan.self_supervising.units


def test_an_empty_form_is_no_plan(visits: Typed, plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    visits("plan", "form", str(path), "--year", "2025")
    assert not read_plan_sheet(path, 2025, plan.units).acceptable
