"""`visits reports`: receive a unit's report with its file, accept it, send it back, and see who is missing."""

import json
from pathlib import Path

from openpyxl import load_workbook

from config.settings import ROOT, Settings, settings
from database import visits as rows
from database.engine import reading, writing
from database.self_reports import reported
from domain.state import VisitState
from tests.cli.conftest import Typed
from tests.obligations import Obliged

KEY = "2024/long_thanh"
BY = ("--by", "Nguyễn Văn Ví Dụ")


def opened(office: Settings) -> Obliged:
    assert office.mode == "rehearsal"
    unit = Obliged(KEY)
    unit.set_clock(2024, 11, 1)
    unit.open()
    return unit


def test_a_report_is_received_sent_back_and_accepted(visits: Typed, office: Settings, tmp_path: Path) -> None:
    unit = opened(office)
    file = tmp_path / "bao-cao.docx"
    file.write_bytes((ROOT / "docs" / "samples" / "2024-tinh-ba-cap" / "D13_BC-mau-tu-giam-sat.docx").read_bytes())
    figures = ("--committees", "3", "--cells", "9", "--thematic-cells", "4")

    taken = visits("reports", "receive", KEY, *BY, "--symbol", "88-BC/HU", "--file", str(file), *figures)
    returned = visits("reports", "return", KEY, *BY, "--reason", "thiếu phụ lục")
    visits("reports", "receive", KEY, *BY, "--strength", "Chuẩn bị tốt", *figures)
    accepted = visits("reports", "accept", KEY, *BY)

    assert taken.exit_code == returned.exit_code == accepted.exit_code == 0
    assert "Đã nhận báo cáo, bản 1, đúng hạn." in taken.stdout
    assert unit.audit() == [
        "thử: bắt đầu", "Nguyễn Văn Ví Dụ: nhận báo cáo tự dự, giám sát", "Nguyễn Văn Ví Dụ: trả lại báo cáo",
        "Nguyễn Văn Ví Dụ: nhận báo cáo tự dự, giám sát", "Nguyễn Văn Ví Dụ: tiếp nhận báo cáo",
    ]  # fmt: skip


def test_the_list_names_who_is_missing_and_says_how_a_host_s_report_counts(visits: Typed, office: Settings) -> None:
    """R69, A14."""
    opened(office)
    visits("reports", "receive", KEY, *BY)
    filed = visits("reports", "receive", "2024/nhon_trach", *BY)

    listed = visits("reports", "list", "--year", "2024")
    lines = json.loads(visits("reports", "list", "--year", "2024", "--json").stdout)

    assert "không tính vào số báo cáo phải có" in filed.stdout
    assert "Chưa báo cáo: Đảng bộ huyện Trảng Bom, Đảng bộ huyện Vĩnh Cửu" in listed.stdout
    by_key = {line["key"]: line for line in lines}
    assert len(by_key) == 8
    assert by_key[KEY]["timeliness"] == "đúng hạn"
    assert by_key["2024/nhon_trach"]["timeliness"] == "không tính"


def test_a_file_that_cannot_be_read_is_refused(visits: Typed, office: Settings) -> None:
    opened(office)
    refused = visits("reports", "receive", KEY, *BY, "--file", "khong-co.docx")

    assert refused.exit_code == 1
    assert "không đọc được" in refused.stderr


def test_a_unit_whose_year_ended_without_its_report_is_told_by_that(visits: Typed, office: Settings) -> None:
    opened(office)
    with writing(settings().database) as session:
        rows.find(session, KEY).state = VisitState.CLOSED

    lines = json.loads(visits("reports", "list", "--year", "2024", "--json").stdout)

    assert {line["key"]: line["state"] for line in lines}[KEY] == "không có báo cáo"


def test_the_items_of_the_checklist_come_in_by_the_form_s_file(visits: Typed, office: Settings, tmp_path: Path) -> None:
    """D13: as by the form at the desk."""
    unit = opened(office)
    file = tmp_path / "theo-muc.xlsx"
    written = visits("reports", "form", "2024", str(file))
    book = load_workbook(file)
    sheet = book.worksheets[0]
    sheet["C2"], sheet["D3"], sheet["F3"] = 12, 3, "ghi vắn tắt"
    book.save(file)

    taken = visits("reports", "receive", KEY, *BY, "--committees", "3", "--cells", "9", "--items", str(file))

    assert written.exit_code == taken.exit_code == 0
    with reading(settings().database) as session:
        report = reported(session, rows.find(session, KEY).id).report
    assert report is not None
    assert [(one.item, one.met, one.partly_met, one.remark) for one in report.items] == [
        ("R16", 12, 0, ""), ("R17", 0, 3, "ghi vắn tắt"),
    ]  # fmt: skip
    assert len(unit.audit()) == 2


def test_a_file_of_items_with_a_fault_is_named_at_its_cell_and_nothing_is_received(
    visits: Typed, office: Settings, tmp_path: Path
) -> None:
    unit = opened(office)
    file = tmp_path / "theo-muc.csv"
    file.write_text("Mã,Đạt,Đạt một phần,Chưa đạt\nII.9,1,,\n", encoding="utf-8")

    refused = visits("reports", "receive", KEY, *BY, "--items", str(file))

    assert refused.exit_code == 1
    assert "danh mục không có mã “II.9”" in refused.stderr
    assert len(unit.audit()) == 1
