"""A unit's Word or Excel file is kept unless something in it runs, fetches, or brings another file (D13)."""

import io
import zipfile
from pathlib import Path

import pytest

from config.settings import ROOT
from scans.office_file import check_office_file, problems_of

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DECLARED = (
    '<Default Extension="png" ContentType="image/png"/><Default Extension="exe" ContentType="image/png"/>'
    f'<Default Extension="bin" ContentType="{_OFFICE}.spreadsheetml.printerSettings"/>'
)
_MAIN = f"{_OFFICE}.wordprocessingml.document.main+xml"
DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"
VBA = "application/vnd.ms-office.vbaProject"
LOCKED = b"\xd0\xcf\x11\xe0" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
TYPES = "[Content_Types].xml"
SAMPLE = ROOT / "docs" / "samples" / "2024-tinh-ba-cap" / "D13_BC-mau-tu-giam-sat.docx"
SHEET = ROOT / "docs" / "samples" / "2024-tinh-ba-cap" / "D1_CV-de-nghi-danh-sach.xlsx"


def faults(content: bytes, name: str = "bao-cao.docx") -> str:
    """Everything that is said against it."""
    return "; ".join(f"{one.fault} → {one.remedy}" for one in check_office_file(name, content))


def with_parts(parts: dict[str, str | bytes], of: Path = SAMPLE) -> bytes:
    """The sample with these parts more, or others of these names; pictures and settings of printers are declared."""
    out = io.BytesIO()
    with zipfile.ZipFile(of) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        kept = {one.filename: old.read(one.filename) for one in old.infolist()}
        kept[TYPES] = kept[TYPES].replace(b"<Default", f"{_DECLARED}<Default".encode(), 1)
        for name, content in (kept | parts).items():
            new.writestr(name, content)
    return out.getvalue()


def with_part(name: str, content: str | bytes, of: Path = SAMPLE) -> bytes:
    """The sample with one part more, or another one of that name."""
    return with_parts({name: content}, of)


def changed(name: str, old: str, new: str, parts: dict[str, str | bytes] | None = None) -> bytes:
    """The sample with something else where `old` stands in that part, and with these parts more."""
    with zipfile.ZipFile(SAMPLE) as archive:
        text = archive.read(name).decode()
    assert old in text
    return with_parts({name: text.replace(old, new)} | (parts or {}))


def stated(name: str, kind: str, content: str | bytes = "<a/>") -> bytes:
    """The sample with a part of that content type."""
    return changed(TYPES, "</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>', {name: content})


def elsewhere(body: str) -> bytes:
    """A document whose first part is called otherwise, and which says this."""
    moved = {"_rels/.rels": "", TYPES: ""}
    with zipfile.ZipFile(SAMPLE) as archive:
        for name in moved:
            moved[name] = archive.read(name).decode().replace("word/document.xml", "van-ban/x.xml")
    document = f"<w:document {_W}><w:body><w:p>{body}</w:p></w:body></w:document>"
    return with_parts({**moved, "van-ban/x.xml": document})


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
        with_field(field(' HYPERLINK \\l "_Toc1" ')),
        with_field(field(' HYPERLINK "https://dongnai.example/" \\o "Trang tin" ')),
        elsewhere(field(" PAGE ")),
        with_part("customXml/item1.xml", "<?xml version='1.0' encoding='windows-1258'?><a/>"),
    ],
    ids=[
        "link",
        "address",
        "page number",
        "number of pages",
        "picture",
        "printer",
        "link within",
        "link by a field",
        "document elsewhere",
        "older encoding",
    ],
)
def test_what_word_writes_by_itself_is_kept(content: bytes) -> None:
    assert faults(content) == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_part("word/vbaProject.bin", b"x"), "macro"),
        (with_part("word/vbaData.xml", "<a/>"), "macro"),
        (changed(TYPES, _MAIN, DOCM), "macro"),
        (changed(TYPES, _MAIN, DOCM.replace("macroE", "macro&#69;")), "macro"),
        (stated("word/x.xml", VBA), "macro"),
        (changed(TYPES, "<Default", f'<Default Extension="b" ContentType="{VBA}"/><Default'), "macro"),
        (changed(TYPES, "/word/document.xml", "/word/document2.xml"), "không đúng loại"),
        (changed("_rels/.rels", "word/document.xml", "word/khong-co.xml"), "không đúng loại"),
        (changed("_rels/.rels", "word/document.xml", "word/styles.xml"), "không đúng loại"),
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
        (with_link("image", "http://a.vn/1.png", outside=False), "nơi khác"),
        (with_link("image", "\\\\server\\1.png", outside=False), "nơi khác"),
        (with_link("aFChunk", "x.xml", outside=False), "nhúng"),
        (with_link("vbaProject", "media/i.png", outside=False), "macro"),
        (with_link("keyMapCustomizations", "x.xml", outside=False), "macro"),
        (with_link("externalLink", "x.xml", outside=False), "nơi khác"),
        (with_link("unheardOf", "x.xml", outside=False), "quan hệ không rõ loại (unheardOf)"),
        (stated("xl/x.xml", f"{_OFFICE}.spreadsheetml.externalLink+xml"), "nơi khác"),
        (stated("xl/x.xml", f"{_OFFICE}.oleObject"), "nhúng"),
        (stated("word/x.xml", "application/x-unheard"), "không rõ loại (application/x-unheard)"),
        (with_part("word/media/anh.gif", b"GIF89a"), "không rõ loại (không ghi)"),
        (with_part("word/media/anh.png", b"MZ\x90\0"), "ảnh không phải là ảnh (word/media/anh.png)"),
        (with_part("word/media/anh.png", b"<svg/>"), "ảnh không phải là ảnh"),
        (with_part("xl/printerSettings/printerSettings1.bin", b"MZ\x90\0"), "nhúng"),
        (with_part("word/a.xml", b"\x89PNG"), "không đúng chuẩn"),
        (elsewhere(field(" DDEAUTO c:\\\\windows\\\\cmd.exe ")), "trường lệnh DDEAUTO"),
        (with_part("word/media/ghi-chu.bin", f"<w:hdr {_W}>{field(' DDEAUTO x ')}</w:hdr>"), "DDEAUTO"),
        (with_field(field(' HYPERLINK "file://server/a.exe" ')), "liên kết tới tệp ngoài (file://server/a.exe)"),
        (with_field(field(' HYPERLINK \\o "xem" "c:/a.exe" ')), "liên kết tới tệp ngoài (c:/a.exe)"),
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
        (with_part("WORD/Document.xml", "<a/>"), "hai phần cùng tên"),
        (with_part("word/header9.xml", '<?xml version="1.0" encoding="UTF-7"?><a/>'), "không đúng chuẩn"),
        (with_part("word/header9.xml", "<a>" * 5000 + "</a>" * 5000), "không đúng chuẩn"),
        (with_part("word/media/anh.png", b"\x89PNG" + bytes(4 * 2**20)), "bung ra quá lớn"),
        (LOCKED, "mật khẩu, không mở được → bỏ mật khẩu"),
    ],
    ids=[
        "macros", "data of macros", "docm named docx", "docm in figures", "macros by type", "macros announced",
        "document of no type", "document that is not there", "another part first", "no document", "ribbon",
        "object", "workbook within", "control",
        "web page within", "program within", "template", "picture elsewhere", "object elsewhere", "link to a file",
        "link to a share", "picture elsewhere, unsaid", "picture of a share, unsaid", "chunk", "macros as a picture",
        "keys", "workbook elsewhere", "unknown relationship", "workbook elsewhere by type", "object by type",
        "unknown type", "no type", "program named picture", "text named picture", "program for the printer",
        "picture named text", "DDEAUTO elsewhere", "DDEAUTO in no text", "link by a field", "link behind a hint",
        "DDEAUTO", "DDE in pieces", "picture by a field", "order made by an order", "text by a field", "macro button",
        "entities", "UTF-16", "torn part", "no archive", "cut off", "two documents", "UTF-7", "nested", "bomb",
        "locked",
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


@pytest.mark.parametrize("name", ["bao-cao.doc", "bao-cao.docx", "bao-cao.xlsx"])
def test_an_old_file_cannot_be_looked_through_and_is_asked_for_anew(name: str) -> None:
    told = faults(b"\xd0\xcf\x11\xe0" + bytes(500) + "WordDocument".encode("utf-16-le"), name)
    assert "đời cũ, không kiểm tra được hết bên trong → mở bằng Word hoặc Excel, lưu lại (Save As) dạng .docx" in told


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apart.package.MAX_UNPACKED", 10_000)
    assert "quá lớn" in str(problems_of("bao-cao.docx", with_part("word/header9.xml", "<a/>" + " " * 20_000)))
