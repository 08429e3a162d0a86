"""What acts, hides or leads away in a PDF is found however it is written; what offices send passes (P4)."""

import io
import zipfile
from pathlib import Path

import pytest

from config.settings import ROOT
from scans.pdf_check import check_report_pdf, check_scan
from scans.pdf_look import look_into_pdf
from scans.worth import Fault
from tests.scans.pdfs import in_object_streams, pdf, scan, stream, with_password, with_second
from tests.scans.signing import signed

JS = "<< /S /JavaScript /JS (app.alert(1)) >>"


def faults(content: bytes) -> str:
    """Everything that is said against it."""
    return "; ".join(f"{one.fault} → {one.remedy}" for one in check_scan(content))


# What passes


@pytest.mark.parametrize(
    "file", sorted((ROOT / "docs" / "samples").rglob("*.pdf")), ids=lambda file: f"{file.parent.name}/{file.stem}"
)
def test_every_document_of_the_service_passes(file: Path) -> None:
    assert faults(file.read_bytes()) == ""


@pytest.mark.parametrize(
    "content",
    [
        scan(),
        scan(unseen="Thong bao"),
        pdf("/OpenAction [3 0 R /XYZ null null 0] /PageMode /UseOutlines /Lang (vi-VN) /MarkInfo << /Marked true >>"),
        pdf("/OpenAction << /S /GoTo /D [3 0 R /Fit] >> /Names << /Dests << /Names [] >> /EmbeddedFiles << >> >>"),
        pdf(page="/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] /A << /S /Named /N /NextPage >> >>]"),
        pdf(page="/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 1 1] >>]"),
        pdf("/XY_Own (of some program) /StructTreeRoot << /Type /StructTreeRoot /K << /S /P /A << /O /Layout >> >> >>"),
        pdf(objects=["<< /Font << /A 5 0 R /PA 5 0 R >> >>"]),
        pdf() + b"\r\n\0\0\0",
        in_object_streams(pdf()),
    ],
    ids=[
        "scan", "scan with OCR", "Word", "LibreOffice", "page turner", "stamp", "tagged", "a font called A", "padded",
        "object streams",
    ],
)  # fmt: skip
def test_what_scanners_and_word_processors_make_passes(content: bytes) -> None:
    assert faults(content) == ""


def test_a_file_with_digital_signatures_passes() -> None:
    assert faults(signed(signed(pdf()), field="ky2")) == ""


# What acts


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf(f"/OpenAction {JS}"), "mã chạy"),
        (pdf("/OpenAction << /S /J#61vaScript /J#53 (x) >>"), "mã chạy"),
        (pdf("/OpenAction 6 0 R", objects=["<< /S /JavaScript /JS 7 0 R >>", stream(b"app.alert(1)")]), "mã chạy"),
        (pdf("/Names << /JavaScript << /Names [(a) 6 0 R] >> >>", objects=[JS]), "mã chạy"),
        (pdf("/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next 6 0 R >>", objects=[JS]), "mã chạy"),
        (pdf("/OpenAction << /S /GoTo /D [3 0 R] /Next [<< /S /Unheard >>] >>"), "lệnh không rõ loại"),
        (pdf(f"/AA << /WC {JS} >>"), "mã chạy"),
        (pdf(page="/AA << /O << /S /GoTo /D [3 0 R /Fit] >> >>"), "lệnh tự chạy"),
        (pdf("/OpenAction << /S /Launch /F (cmd.exe) >>"), "mở chương trình khác"),
        (pdf("/OpenAction << /S /SubmitForm /F (http://a.vn) >>"), "gửi dữ liệu đi"),
        (pdf("/OpenAction << /S /ImportData /F (a.fdf) >>"), "nạp dữ liệu"),
        (pdf("/OpenAction << /S /GoToR /F (\\\\\\\\server\\\\a.pdf) /D [0 /Fit] >>"), "dẫn tới tệp khác"),
        (pdf("/OpenAction << /S /GoToE /T << /R /C /N (a) >> >>"), "dẫn tới tệp khác"),
        (pdf("/OpenAction << /S /Named /N /Print >>"), "điều khiển chương trình đọc"),
        (pdf("/OpenAction << /S /Rendition /OP 0 >>"), "âm thanh, phim"),
        (pdf("/Outlines << /First << /Title (a) /A << /S /Launch /F (a.exe) >> >> >>"), "mở chương trình khác"),
        (pdf(page="/Annots [<< /Subtype /Link /Rect [0 0 1 1] /A << /S /Launch /F (a) >> >>]"), "mở chương trình"),
        (pdf(page="/Annots [<< /Type /Annot /Subtype /RichMedia /Rect [0 0 1 1] >>]"), "âm thanh, phim"),
        (pdf(page="/Annots [<< /Subtype /Screen /Rect [0 0 1 1] >>]"), "âm thanh, phim"),
        (pdf(page="/Annots [<< /Subtype /3D /Rect [0 0 1 1] >>]"), "hình 3D"),
        (pdf(page="/Annots [<< /Subtype /Unheard /Rect [0 0 1 1] >>]"), "phần lạ trên trang"),
        (pdf(objects=[JS]), "mã chạy"),
    ],
    ids=[
        "opening", "names in figures", "script in a stream", "list of scripts", "after a jump", "unknown after a jump",
        "on closing", "on turning a page", "a program", "sending", "importing", "another file", "an embedded file",
        "printing", "rendition", "outline", "link to a program", "rich media", "screen", "3D", "unknown note",
        "nothing leads to it",
    ],
)  # fmt: skip
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_what_acts_is_refused(content: bytes, said: str, packed: bool) -> None:
    assert said in faults(in_object_streams(content) if packed else content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf("/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>", objects=["<< /F (a) >>"]), "tệp nhúng"),
        (pdf(page="/Annots [<< /Subtype /FileAttachment >>]"), "tệp nhúng"),
        (pdf(objects=["<< /EF << /F 7 0 R >> >>", stream(b"MZ")]), "tệp nhúng"),
        (pdf("/AF [6 0 R]", objects=["<< /Type /Filespec /UF (a) >>"]), "tệp nhúng"),
        (pdf("/Collection << /View /D >>"), "tệp nhúng"),
        (pdf("/AcroForm << /Fields [<< /FT /Tx /T (a) >>] >>"), "biểu mẫu điền được"),
        (pdf("/AcroForm << /Fields [<< /T (a) /Kids [<< /FT /Btn >>] >>] >>"), "biểu mẫu điền được"),
        (pdf("/AcroForm << /Fields [] /XFA (x) >>"), "XFA"),
        (pdf("/Requirements [<< /S /EnableJavaScripts >>]"), "không rõ loại (/Requirements)"),
        (pdf("/Names << /Unheard << /Names [(a) (b)] >> >>"), "danh mục không rõ loại"),
        (pdf(objects=["<< /Length 0 /F (http://a.vn/x) >>\nstream\n\nendstream"]), "dẫn tới tệp khác"),
        (pdf(objects=["<< /Length 1 /Filter /Unheard >>\nstream\nx\nendstream"]), "không rõ loại (/Unheard)"),
        (pdf(objects=["<< /Type /XObject /Subtype /PS /Length 1 >>\nstream\nx\nendstream"]), "PostScript"),
    ],
    ids=[
        "list of files", "attached to a page", "with its content", "associated", "collection", "form", "form below",
        "XFA", "requirements", "unknown list", "content elsewhere", "unknown filter", "PostScript",
    ],
)  # fmt: skip
def test_what_is_brought_along_is_refused(content: bytes, said: str) -> None:
    assert said in faults(content)


@pytest.mark.parametrize("first", ["6 0 R 6 1 R", "6 1 R 6 0 R", "6 0 R"])
def test_two_objects_of_one_number_are_both_looked_at(first: str) -> None:
    """One of them is a stamp, the other one of another generation."""
    stamped = pdf(page=f"/Annots [{first}]", objects=["<< /Subtype /Stamp /Rect [0 0 1 1] >>"])
    assert faults(stamped) == ""
    launching = "<< /Subtype /Link /Rect [0 0 1 1] /A << /S /Launch /F (cmd.exe) >> >>"
    assert "mở chương trình khác" in faults(with_second(stamped, 6, launching))


# What is not one whole PDF


def zipped() -> bytes:
    """An archive with one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.js", "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "không phải tệp PDF"),
        (b"MZ" + pdf(), "dữ liệu lạ ở đầu"),
        (b"\xef\xbb\xbf" + pdf(), "dữ liệu lạ ở đầu"),
        (pdf()[:300], "cắt cụt"),
        (pdf()[: pdf().index(b"startxref")] + b"%%EOF\n", "cắt cụt"),
        (pdf().replace(b"xref\n0", b"xxxx\n0"), "bị hỏng"),
        (pdf() + zipped(), "ở cuối tệp"),
        (pdf() + b"\0" * 20_000, "ở cuối tệp"),
        (pdf() + b"<html><script>alert(1)</script>", "ở cuối tệp"),
        (pdf().replace(b"(Thong", b"(T").replace(b"%PDF-1.7\n", b"%PDF-1.7\n%<html>\n"), "bị hỏng"),
        (pdf("/Lang (<script>x</script>)"), "trang web"),
        (pdf("/Lang (%PDF-1.4)"), "một tệp PDF khác"),
        (with_password(pdf()), "mật khẩu"),
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n", "bị hỏng"),
        (b"%PDF-1.7\n%%EOF\n", "bị hỏng"),
        (pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "bị hỏng"),
    ],
    ids=[
        "empty", "program before", "mark before", "cut off", "no table", "table moved", "archive behind",
        "long tail", "web page behind", "web page before", "web page within", "PDF within", "password", "one object",
        "nothing", "circle",
    ],
)  # fmt: skip
def test_what_is_no_whole_pdf_alone_is_refused(content: bytes, said: str) -> None:
    assert said in faults(content)


def test_an_archive_that_ends_like_a_pdf_is_refused() -> None:
    """The end of an archive has room for a comment, which may be the end of a PDF."""
    whole, archive = pdf(), zipped()
    tail = whole[whole.index(b"startxref") :]
    hidden = archive[:-2] + len(tail).to_bytes(2, "little") + tail
    assert "tệp nén" in faults(whole[: -len(tail)] + hidden)


def test_a_file_with_more_pages_than_any_document_has_is_refused() -> None:
    many = ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1 1] >>"] * 501
    assert "hơn 500 trang" in faults(pdf(objects=many))


def test_what_never_ends_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scans.pdf_objects.MOST_OBJECTS", 50)
    assert look_into_pdf(pdf(objects=["<< /A 1 >>"] * 60)).faults == (Fault("tệp có quá nhiều thành phần"),)


def test_what_is_nested_without_end_is_a_broken_file() -> None:
    assert "bị hỏng" in faults(pdf("/PieceInfo " + "[" * 20_000 + "]" * 20_000))


def test_a_file_that_is_too_large_is_not_opened() -> None:
    assert "lớn hơn 20 MB → quét ở độ phân giải thấp hơn" in faults(pdf() + bytes(20 * 2**20))


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (pdf(page="/Annots [<< /Subtype /RAMB /Rect [0 0 1 1] >>]"), "in lại ra PDF (Print to PDF)"),
        (pdf("/RAMB << /A 1 >>"), "in lại ra PDF (Print to PDF)"),
        (with_password(pdf()), "bỏ mật khẩu, bỏ mã hóa rồi gửi lại"),
        (pdf() + bytes(20 * 2**20), "quét ở độ phân giải thấp hơn"),
    ],
    ids=["part whose name has MB in it", "list whose name has MB in it", "password", "size"],
)
def test_the_way_out_belongs_to_the_fault_and_not_to_a_word_of_the_file(content: bytes, remedy: str) -> None:
    assert [one.remedy[: len(remedy)] for one in check_scan(content)] == [remedy]


# Links

LINKED = pdf(page="/Annots [<< /Subtype /Link /Rect [0 0 1 1] /A << /S /URI /URI (http://a.vn/x) >> >>]")


def test_a_link_in_a_signed_sheet_is_refused_with_its_address() -> None:
    """It would be mailed under the office's name."""
    assert "có liên kết ra ngoài: http://a.vn/x → bỏ liên kết" in faults(LINKED)


def test_a_link_in_a_unit_s_report_is_named_and_kept() -> None:
    (problem,) = check_report_pdf("bao-cao.pdf", LINKED)
    assert problem.warning
    assert "http://a.vn/x" in problem.fault


def test_a_report_that_acts_is_refused_like_a_signed_sheet() -> None:
    (problem,) = check_report_pdf("bao-cao.pdf", pdf(f"/OpenAction {JS}"))
    assert not problem.warning
