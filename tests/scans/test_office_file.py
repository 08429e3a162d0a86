"""A unit's Word or Excel file is kept unless something in it runs, fetches, or brings another file (D13)."""

import io
import zipfile
from pathlib import Path

import pytest

from config.settings import ROOT
from scans.office_file import check_office_file, problems_of

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SAMPLE = ROOT / "docs" / "samples" / "2024-tinh-ba-cap" / "D13_BC-mau-tu-giam-sat.docx"
SHEET = ROOT / "docs" / "samples" / "2024-tinh-ba-cap" / "D1_CV-de-nghi-danh-sach.xlsx"


def faults(content: bytes, name: str = "bao-cao.docx") -> str:
    """Everything that is said against it."""
    return "; ".join(f"{one.fault} → {one.remedy}" for one in check_office_file(name, content))


def with_part(name: str, content: str | bytes, of: Path = SAMPLE) -> bytes:
    """The sample with one part more, or another one of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(of) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one.filename))
        new.writestr(name, content)
    return out.getvalue()


def with_link(kind: str, target: str, *, outside: bool = True) -> bytes:
    """The sample with a relationship."""
    mode = ' TargetMode="External"' if outside else ""
    link = f'<Relationship Id="r1" Type="{_REL}/{kind}" Target="{target}"{mode}/>'
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return with_part("word/_rels/footnotes.xml.rels", f"{head}{link}</Relationships>")


def with_field(runs: str) -> bytes:
    """The sample with a header that holds these runs."""
    return with_part("word/header9.xml", f"<w:hdr {_W}><w:p>{runs}</w:p></w:hdr>")


def field(*pieces: str) -> str:
    """A field whose order is written in these pieces."""
    said = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{said}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.mark.parametrize(
    "file", sorted((ROOT / "docs" / "samples").rglob("*.docx")), ids=lambda file: f"{file.parent.name}/{file.stem}"
)
def test_every_word_file_of_the_service_is_kept(file: Path) -> None:
    assert faults(file.read_bytes()) == ""


def test_an_excel_file_of_the_service_is_kept() -> None:
    assert faults(SHEET.read_bytes(), "bao-cao.xlsx") == ""


@pytest.mark.parametrize(
    "content",
    [
        with_link("hyperlink", "https://dongnai.example/"),
        with_link("hyperlink", "mailto:vanphong@dongnai.example"),
        with_field(field(" PA", "GE ")),
        with_field('<w:fldSimple w:instr=" NUMPAGES "/>'),
        with_part("word/media/anh.png", b"\x89PNG"),
        with_part("xl/printerSettings/printerSettings1.bin", b"x"),
    ],
    ids=["link", "address", "page number", "number of pages", "picture", "printer"],
)
def test_what_word_writes_by_itself_is_kept(content: bytes) -> None:
    assert faults(content) == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_part("word/vbaProject.bin", b"x"), "macro"),
        (with_part("word/vbaData.xml", "<a/>"), "macro"),
        (with_part("[Content_Types].xml", "<T>application/vnd.ms-word.document.macroEnabled.main+xml</T>"), "macro"),
        (with_part("[Content_Types].xml", "<Types/>"), "không đúng loại"),
        (with_part("customUI/customUI.xml", "<a/>"), "macro"),
        (with_part("word/embeddings/oleObject1.bin", b"x"), "nhúng"),
        (with_part("word/embeddings/so-lieu.xlsx", b"x"), "nhúng"),
        (with_part("word/activeX/activeX1.xml", "<a/>"), "nhúng"),
        (with_part("word/tai-lieu.html", b"x"), "nhúng (word/tai-lieu.html)"),
        (with_part("word/chay.exe", b"x"), "nhúng"),
        (with_link("attachedTemplate", "http://a.vn/t.dotm"), "nơi khác (http://a.vn/t.dotm)"),
        (with_link("image", "http://a.vn/1.png"), "nơi khác"),
        (with_link("oleObject", "file:///c:/a.xls"), "nơi khác"),
        (with_link("hyperlink", "file://server/a.exe"), "liên kết tới tệp ngoài"),
        (with_link("hyperlink", "\\\\server\\a"), "liên kết tới tệp ngoài"),
        (with_link("aFChunk", "x.xml", outside=False), "nhúng"),
        (with_field(field(" DDEAUTO c:\\\\windows\\\\cmd.exe ")), "trường lệnh DDEAUTO"),
        (with_field(field(" D", "D", "E excel ")), "trường lệnh DDE"),
        (with_field(field(" PAGE ") + field(" INCLUDEPICTURE http://a.vn/1.png ")), "INCLUDEPICTURE"),
        (with_field(field("", field(" QUOTE 68 68 69 "))), "trường lệnh QUOTE"),
        (with_field('<w:fldSimple w:instr="INCLUDETEXT c:/a.docx"/>'), "INCLUDETEXT"),
        (with_field(field(" MACROBUTTON chay bam ")), "MACROBUTTON"),
        (with_part("word/header9.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "không đúng chuẩn"),
        (with_part("word/header9.xml", "<a>".encode("utf-16")), "không đúng chuẩn"),
        (with_part("word/header9.xml", "<a>"), "không đọc được"),
        (b"PK\x03\x04 nothing", "bị hỏng"),
        (SAMPLE.read_bytes()[:2000], "bị hỏng"),
    ],
    ids=[
        "macros", "data of macros", "docm named docx", "no document", "ribbon", "object", "workbook within", "control",
        "web page within", "program within", "template", "picture elsewhere", "object elsewhere", "link to a file",
        "link to a share", "chunk", "DDEAUTO", "DDE in pieces", "picture by a field", "order made by an order",
        "text by a field", "macro button", "entities", "UTF-16", "torn part", "no archive", "cut off",
    ],
)  # fmt: skip
def test_what_runs_fetches_or_brings_another_file_is_refused(content: bytes, said: str) -> None:
    assert said in faults(content)
    assert " → " in faults(content)


@pytest.mark.parametrize("part", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/q.xml"])
def test_a_workbook_that_fetches_is_refused(part: str) -> None:
    assert "lấy nội dung từ nơi khác" in faults(with_part(part, "<a/>", SHEET), "bao-cao.xlsx")


@pytest.mark.parametrize(
    "name", ["bao-cao.docm", "bao-cao.dotm", "bao-cao.xlsm", "bao-cao.rtf", "bao-cao", "bao-cao.html"]
)
def test_other_kinds_of_files_are_refused(name: str) -> None:
    assert "không phải tệp Word, Excel hoặc PDF" in faults(SAMPLE.read_bytes(), name)


def test_a_workbook_named_as_a_document_is_refused() -> None:
    assert "tên tệp không đúng loại tệp" in faults(SHEET.read_bytes(), "bao-cao.docx")


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("_VBA_PROJECT".encode("utf-16-le"), "macro"),
        ("ObjectPool".encode("utf-16-le"), "nhúng"),
        ("EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"\x13 DDEAUTO c:\\cmd", "DDE"),
        ("\x13 DDE excel".encode("utf-16-le"), "DDE"),
        (b"mot van ban cu", ""),
    ],
    ids=["macros", "objects", "locked", "DDE", "DDE in wide letters", "plain"],
)
def test_an_old_word_file_is_looked_through(inside: bytes, said: str) -> None:
    found = faults(b"\xd0\xcf\x11\xe0" + bytes(500) + inside + bytes(500), "bao-cao.doc")
    assert said in found if said else found == ""


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scans.office_package._MOST_UNPACKED", 10_000)
    assert "quá lớn" in str(problems_of("bao-cao.docx", with_part("word/header9.xml", "<a/>" + " " * 20_000)))
