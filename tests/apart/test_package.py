"""What Word and Excel write is opened within limits, whatever its parts are called and however they are written."""

import io
import warnings
import zipfile

import pytest

from apart import package
from apart.package import Package, Unsafe, Why, is_compound, is_locked

LOCKED = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")


def zipped(*parts: tuple[str, bytes], by: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts, in this order, two of one name as well."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", by) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def read(content: bytes) -> list[bytes]:
    """Every part of it that is XML."""
    opened = Package(content)
    return [xml for part in opened.parts if (xml := opened.xml(part))]


def why(content: bytes) -> Why:
    """Why it is not parsed."""
    with pytest.raises(Unsafe) as unsafe:
        read(content)
    return unsafe.value.why


def test_a_part_is_xml_by_what_it_holds_and_not_by_its_name() -> None:
    assert read(zipped(("a.dat", b"\xef\xbb\xbf <a/>"), ("b.xml", b"\x89PNG"), ("c/", b""))) == [b"\xef\xbb\xbf <a/>"]


def test_a_long_part_comes_whole() -> None:
    long = b"<a>" + b"".join(b"<b>%d</b>" % number for number in range(100_000)) + b"</a>"
    assert read(zipped(("a", long))) == [long]


@pytest.mark.parametrize("encoding", ["UTF-8", "us-ascii", "windows-1258", "ISO-8859-1"])
def test_encodings_in_which_marks_are_plain_are_read(encoding: str) -> None:
    assert read(zipped(("a", f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode())))


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE x><a/>",
        b'<?xml version="1.0"?>' + b" " * 600_000 + b'<!ENTITY a "b"><a/>',
        b'<?xml version="1.0" encoding="UTF-7"?><a/>',
        b'<?xml version="1.0"' + b" " * 300 + b'encoding="UTF-7"?><a/>',
        "<a/>".encode("utf-16"),
        "<a/>".encode("utf-16-be"),
        "<a/>".encode("utf-32-be"),
        '<?xml version="1.0" encoding="cp037"?><a/>'.encode("cp037"),
        b"<a>\x00</a>",
    ],
    ids=["document type", "entity", "UTF-7", "UTF-7 far off", "UTF-16", "UTF-16 unsaid", "UTF-32", "EBCDIC", "zeros"],
)
def test_xml_that_hides_what_it_says_is_not_parsed(content: bytes) -> None:
    assert why(zipped(("a.bin", content))) is Why.FORM


@pytest.mark.parametrize("second", ["word/a.xml", "WORD/A.XML", "word\\a.xml", "/word/a.xml"])
def test_two_parts_of_one_name_are_refused(second: str) -> None:
    """Programs differ in which of them they read."""
    assert why(zipped(("word/a.xml", b"<a/>"), (second, b"<b/>"))) is Why.TWICE


def test_a_part_with_a_password_is_known_by_its_mark() -> None:
    locked = bytearray(zipped(("a", b"<a/>")))
    for entry, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(entry) + flags] |= 1
    assert why(bytes(locked)) is Why.LOCKED


@pytest.mark.parametrize("by", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_is_packed_as_no_office_does_is_refused(by: int) -> None:
    assert why(zipped(("a", b"<a/>"), by=by)) is Why.BROKEN


def test_what_is_no_whole_archive_is_refused() -> None:
    whole = zipped(("a", b"<a/>" * 1000))
    assert why(b"PK\x03\x04 nothing") is Why.BROKEN
    assert why(whole[: len(whole) // 2]) is Why.BROKEN
    torn = bytearray(whole)
    torn[40:44] = b"\xff\xff\xff\xff"
    assert why(bytes(torn)) is Why.BROKEN


def test_what_unpacks_to_hundreds_of_times_its_size_is_not_unpacked() -> None:
    bomb = zipped(("a.png", b" " * (4 * 2**20)))
    assert len(bomb) < 100_000
    assert why(bomb) is Why.UNPACKED


def test_more_parts_than_any_file_has_are_not_opened() -> None:
    assert why(zipped(*((f"{number}", b"") for number in range(package.MAX_PARTS + 1)))) is Why.UNPACKED


def test_a_part_that_is_larger_than_its_entry_says_is_cut_off_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 3_000)
    opened = Package(zipped(("a", b"<a>" + bytes(range(32, 60)) * 90 + b"</a>")))
    for part in opened.parts:
        part.file_size = 10
    with pytest.raises(Unsafe):
        opened.xml(opened.parts[0])


def test_all_parts_together_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_TAGS", 5)
    two = (("a", b"<a><b/></a>"), ("b", b"<a><b/></a>"))
    assert len(read(zipped(two[0]))) == 1
    assert why(zipped(*two)) is Why.TAGS


def test_what_is_nested_without_end_is_not_parsed() -> None:
    assert why(zipped(("a", b"<a>" * 5000 + b"</a>" * 5000))) is Why.DEPTH


def test_a_locked_file_is_known_by_its_container() -> None:
    assert is_locked(LOCKED)
    assert is_compound(b"\xd0\xcf\x11\xe0 an old document")
    assert not is_locked(b"\xd0\xcf\x11\xe0 an old document")
    assert not is_locked(LOCKED[4:])
