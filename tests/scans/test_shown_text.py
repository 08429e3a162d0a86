"""The text that a PDF shows is read within limits; pages that are pictures say nothing."""

import pytest
from pypdf.errors import LimitReachedError

from config.settings import ROOT
from scans.shown_text import TooMuchDrawn, shown_text
from tests.scans.pdfs import pdf, scan, stream


def test_every_page_is_read_without_its_number() -> None:
    shown = shown_text((ROOT / "docs" / "samples" / "2024-tinh-ba-cap" / "D10_TB-ket-qua.pdf").read_bytes())

    assert (shown.pages, shown.pictures) == (2, 0)
    assert "kết quả dự, giám sát sinh hoạt Đảng tháng 02/2024" in shown.text
    assert [line for line in shown.text.splitlines() if line.strip() == "2"] == []


@pytest.mark.parametrize("content", [scan(), scan(unseen="Thong bao")], ids=["scan", "recognised"])
def test_a_scanned_page_says_nothing(content: bytes) -> None:
    shown = shown_text(content)
    assert (shown.text, shown.pictures) == ("", 1)


def test_a_small_picture_such_as_a_seal_hides_no_text() -> None:
    seal = stream(bytes(100), "/Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8")
    content = b"BT /F1 12 Tf 72 700 Td (Thong bao) Tj ET q 60 0 0 60 9 9 cm /Im1 Do Q"
    shown = shown_text(pdf(objects=[seal], content=content))
    assert (shown.text, shown.pictures) == ("Thong bao", 0)


def test_a_page_that_draws_without_end_is_left() -> None:
    with pytest.raises((TooMuchDrawn, LimitReachedError)):
        shown_text(pdf(content=b"0 0 m " * 300_000))


def test_a_page_that_unpacks_without_end_is_left() -> None:
    with pytest.raises(LimitReachedError):
        shown_text(pdf(content=b"0 " * 15_000_000))


def test_forms_within_forms_are_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scans.shown_text._MOST_ORDERS", 500)
    inner = [
        stream(b"/A Do " * 9, f"/Subtype /Form /Resources << /XObject << /A {number} 0 R >> >>")
        for number in range(7, 12)
    ]
    last = stream(b"0 g " * 9, "/Subtype /Form /Resources << /Font << /F1 5 0 R >> >>")
    with pytest.raises(TooMuchDrawn):
        shown_text(pdf(objects=[*inner, last], content=b"/Im1 Do " * 9))
