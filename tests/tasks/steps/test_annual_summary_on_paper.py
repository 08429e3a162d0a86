"""The annual report of a year that was taken up in June: what was on paper counts, and says so (R68, R74, D14)."""

from datetime import date

import pytest

from answers.findings import report_findings
from answers.taking_up import take_up
from archive.year_tables import tables_of
from config.settings import Settings, settings
from database import visits
from database.dossier import open_dossier
from database.engine import reading
from domain.annual import AnnualSummary
from domain.taking_up import TakenUp, Way
from papers.annual import summarise
from papers.drafts import current_text
from tests.desk import Desk
from tests.may import INSPECTOR, LEADER, MAY, OFFICER
from tests.mid_year import APRIL, DONE, FEBRUARY, FROM_FIVE, MARCH, PLAN, SUMMARY, MidYear

BEFORE = "thực hiện trước khi dùng phần mềm"


@pytest.fixture
def at_the_end(mid_year: MidYear) -> MidYear:
    """February and March were done on paper, April is left out, May went on from its fifth step; June and July wait."""
    take_up(FEBRUARY, DONE, OFFICER)
    take_up(MARCH, TakenUp(Way.DONE), OFFICER)
    take_up(APRIL, TakenUp(Way.LEAVE_OUT, reason="Đơn vị đang kiện toàn cấp ủy"), LEADER)
    take_up(MAY, FROM_FIVE, LEADER)
    take_up(PLAN, TakenUp(Way.DONE), OFFICER)
    mid_year.open_what_is_due()
    mid_year.go_on(MAY)
    report_findings(MAY, Desk().findings(), INSPECTOR)
    mid_year.on(12, 17)
    return mid_year


def the_year() -> AnnualSummary:
    with reading(settings().database) as session:
        return summarise(session, 2024)


def the_report() -> str:
    with reading(settings().database) as session:
        return current_text(open_dossier(session, visits.find(session, SUMMARY).id), "annual_report")


def test_what_was_on_paper_counts_and_what_is_unknown_is_not_made_up(at_the_end: MidYear) -> None:
    year = the_year()
    assert at_the_end.row(FEBRUARY).state == "closed"
    assert [(one.month, one.held, one.before) for one in year.rounds[:4]] == [
        (2, True, BEFORE), (3, True, BEFORE), (4, False, ""), (5, True, f"bước 1–4 {BEFORE}"),
    ]  # fmt: skip
    counted = {figure.key: figure.value for figure in year.figures}
    assert (counted["rounds_planned"], counted["rounds_held"], counted["rounds_not_held"]) == (9, 3, 6)
    assert (counted["organisations"], counted["thematic_cells"], counted["without_thematic"]) == (3, 2, 0)
    assert (counted["notices"], counted["done_before"]) == (1, 3)
    assert year.without_thematic_cell == [], "of March nobody knows"


def test_the_report_says_what_was_done_before_the_service(at_the_end: MidYear) -> None:
    assert at_the_end.row(MARCH).state == "closed"
    said = the_report()
    held = "Đã tổ chức 03/09 đợt (33%), dự sinh hoạt của 03 tổ chức đảng"
    assert f"{held}, trong đó có 02 chi bộ sinh hoạt chuyên đề" in said
    assert (
        f"Đợt {BEFORE}, số liệu theo văn bản giấy: Đảng bộ huyện Nhơn Trạch; Đảng bộ Công an tỉnh; "
        f"Đảng bộ thành phố Biên Hòa (bước 1–4 {BEFORE})."
    ) in said
    assert f"Chi bộ Trường THPT Mẫu; Đảng ủy xã Mẫu ({BEFORE})" in said
    assert f"Đã dự, không ghi nơi ({BEFORE})" in said
    assert "99-TB/BTCTU" in said
    assert "Đảng bộ huyện Tân Phú (Đơn vị đang kiện toàn cấp ủy)" in said.split("Đợt không tổ chức: ")[1]


def test_the_tables_of_the_year_say_it_too(at_the_end: MidYear) -> None:
    assert at_the_end.row(MARCH).state == "closed"
    with reading(settings().database) as session:
        table = next(one for one in tables_of(session, 2024) if one.name == "chuyen")
    rows = {row[0]: dict(zip(table.headings, row, strict=True)) for row in table.rows}
    assert rows[FEBRUARY]["Làm trước"] == BEFORE
    assert rows[FEBRUARY]["Nơi dự"] == "Chi bộ Trường THPT Mẫu; Đảng ủy xã Mẫu"
    assert (rows[FEBRUARY]["Ngày dự"], rows[FEBRUARY]["Số thông báo kết quả"]) == (date(2024, 2, 20), "99-TB/BTCTU")
    assert (rows[MARCH]["Tình trạng"], rows[MARCH]["Nơi dự"]) == ("đã kết thúc", None)
    assert rows["2024-07/long_khanh"]["Tình trạng"] == "chờ quyết định"


def test_a_year_of_the_services_own_says_nothing_of_paper(office: Settings) -> None:
    assert office.mode == "rehearsal"
    assert "phần mềm" not in the_report()
    assert "done_before" not in {figure.key for figure in the_year().figures}
