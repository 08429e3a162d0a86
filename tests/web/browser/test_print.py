"""What a page is on paper: its matter, on A4, without what is pressed or typed into."""

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.desk import Desk
from tests.web.browser.conftest import Opened
from tests.web.browser.pages import VISIT

#: Width of A4 in points, upright and on its side.
UPRIGHT, SIDEWAYS = 595, 842
#: What is of no use on paper.
PRESSED = ("Đăng xuất", "Trợ giúp", "Lọc", "Tải cả năm", "Mở PDF", "Nhật ký", "Tải hồ sơ")


def printed(page: Page, path: str) -> tuple[str, set[int], int]:
    """Text of the page as the browser prints it, the widths of its sheets in points, how many there are."""
    page.goto(path)
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)
    return text, {round(float(sheet.mediabox.width)) for sheet in reader.pages}, len(reader.pages)


@pytest.mark.parametrize(
    ("path", "width", "most", "said"),
    [
        ("/nam/2024", SIDEWAYS, 3, ("Bảng năm 2024", "Biên Hòa", "Cẩm Mỹ", "Long Thành", "Nguyễn Văn Ví Dụ")),
        (
            VISIT,
            UPRIGHT,
            8,
            ("Biên Hòa", "Cách đếm", "Trường THPT Mẫu", "80-TB", "Diễn biến", "Nguyễn Văn Ví Dụ"),
        ),
        ("/nhat-ky", UPRIGHT, 12, ("Nhật ký", "Nhận danh sách giới thiệu")),
        ("/thu", UPRIGHT, 12, ("Sổ thư", "Giấy mời")),
    ],
)
def test_a_page_on_paper_keeps_what_is_read_and_leaves_out_what_is_pressed(
    desk: Desk, opened: Opened, path: str, width: int, most: int, said: tuple[str, ...]
) -> None:
    desk.until_year_end()

    text, widths, sheets = printed(opened("officer"), path)

    assert widths == {width}
    assert sheets <= most
    assert [word for word in said if word not in text] == []
    assert [word for word in PRESSED if word in text and word not in said] == []


def test_what_is_typed_into_a_form_is_on_paper_as_well(desk: Desk, opened: Opened) -> None:
    """Some look at their findings on paper before they send them."""
    desk.until_met()

    text, widths, _sheets = printed(opened("inspector"), f"{VISIT}/ket-qua")

    assert widths == {UPRIGHT}
    assert "Ưu điểm" in text
    assert "Lưu" not in text.split()
