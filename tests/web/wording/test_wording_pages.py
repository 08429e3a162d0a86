"""The words of letters at the desk: read with facts of this year, and held against the words that are shipped."""

from pathlib import Path

import pytest

from config.settings import settings, use
from domain.letters_and_documents import Purpose
from letters.wording import TEMPLATES
from tests.desk import Desk
from tests.web.conftest import AsRole


@pytest.fixture
def own(desk: Desk, tmp_path: Path) -> Path:
    """The office says one sentence of the invitation in its own way."""
    assert desk.visit.state == "planned"
    desk.until_issued()
    text = (TEMPLATES / "invitation" / "body.txt").read_text("utf-8").replace("trân trọng kính mời", "kính mời")
    (tmp_path / "invitation").mkdir()
    (tmp_path / "invitation" / "body.txt").write_text(text, encoding="utf-8")
    use(settings().model_copy(update={"templates": tmp_path}))
    return tmp_path


def test_every_letter_is_listed_and_opens(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()
    officer = as_role("officer")

    listed = officer.get("/mau-loi-van").text

    for purpose in Purpose:
        assert f"/mau-loi-van/{purpose}" in listed
        shown = officer.get(f"/mau-loi-van/{purpose}")
        assert shown.status_code == 200, purpose
        assert "Thư đọc như sau" in shown.text, purpose


@pytest.mark.usefixtures("own")
def test_own_words_are_read_with_the_facts_of_this_year_and_say_what_they_change(as_role: AsRole) -> None:
    shown = as_role("leader").get("/mau-loi-van/invitation").text

    assert "Chi bộ Trường THPT Mẫu" in shown
    assert "2 dòng khác" in shown
    assert '<li class="went">− ' in shown
    assert '<li class="came">+ ' in shown
    assert "của cơ quan" in as_role("leader").get("/mau-loi-van").text


def test_own_words_that_are_wrong_are_named_with_file_and_line(own: Path, as_role: AsRole) -> None:
    (own / "invitation" / "body.txt").write_text("Kính gửi: {{ invitee }}\n{{ noi_dung }}\n", encoding="utf-8")
    admin = as_role("admin")

    assert "body.txt:2" in admin.get("/mau-loi-van/invitation").text
    assert "không có dữ kiện “noi_dung”" in admin.get("/mau-loi-van").text


def test_without_own_words_nothing_is_compared(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"

    shown = as_role("clerk").get("/mau-loi-van/result_notice").text

    assert "Khác mẫu gốc" not in shown
    assert "Chưa có nên đặt ví dụ:" in shown


def test_an_admin_reads_no_findings_in_a_preview(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()
    admin, leader = as_role("admin"), as_role("leader")

    assert "Hạn chế ví dụ" in admin.get("/mau-loi-van/result_notice").text
    assert "Hạn chế ví dụ" not in leader.get("/mau-loi-van/result_notice").text
    assert "người của cơ quan mới xem được" in admin.get("/mau-loi-van/annual_report").text
    assert admin.get("/mau-loi-van/annual_report/xem-thu.pdf").status_code == 404


def test_a_document_is_drawn_and_a_letter_without_one_is_not(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"
    officer = as_role("officer")

    assert officer.get("/mau-loi-van/invitation/xem-thu.pdf").content.startswith(b"%PDF")
    assert officer.get("/mau-loi-van/staff_task/xem-thu.pdf").status_code == 404
    assert officer.get("/mau-loi-van/khong_co").status_code == 404
