"""Looks into a Word file before its tables are read: is it one, is it locked, does it act, would it fill the memory?

A list is read, and nothing in the file is run or followed. What acts or leads to another file is refused all the same:
whoever of the office opens the file afterwards does so in Word.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

from apart.package import MAX_RATIO, MAX_UNPACKED, Package, Unsafe, Why, is_compound, is_locked
from domain.problem import Problem
from domain.text import printable

SAVE_AS_DOCX = "mở bằng Word, lưu lại (Save As) dạng .docx rồi gửi lại"
_COPY_TABLE = "chép riêng bảng danh sách sang một tệp Word mới rồi gửi lại"
_NO_MACRO = "mở bằng Word, lưu lại (Save As) dạng .docx, không kèm macro, rồi gửi lại"
_NOT_WORD = "phần “{where}” của tệp không đúng chuẩn Word, chưa đọc được"
_UNSAFE = {
    Why.BROKEN: ("chưa đọc được tệp Word này, có thể tệp bị hỏng hoặc tải về chưa đủ", SAVE_AS_DOCX),
    Why.LOCKED: ("tệp có mật khẩu, không mở được", "bỏ mật khẩu rồi gửi lại"),
    Why.UNPACKED: (f"tệp bung ra quá lớn (hơn {MAX_UNPACKED // 2**20} MB, hoặc quá {MAX_RATIO} lần)", _COPY_TABLE),
    Why.TWICE: ("tệp có hai phần cùng tên “{where}”, chưa đọc được", SAVE_AS_DOCX),
    Why.TAGS: ("tệp có quá nhiều thành phần", _COPY_TABLE),
    Why.FORM: (_NOT_WORD, SAVE_AS_DOCX),
    Why.DEPTH: (_NOT_WORD, SAVE_AS_DOCX),
}
#: Relations to parts that run, or whose content stands in the document although its own text does not have it.
_ACTS = {
    "vbaproject": ("tệp có macro", _NO_MACRO),
    "oleobject": ("tệp có đối tượng nhúng", _COPY_TABLE),
    "package": ("tệp có đối tượng nhúng", _COPY_TABLE),
    "control": ("tệp có điều khiển ActiveX", _COPY_TABLE),
    "afchunk": ("tệp có đoạn chèn từ tệp khác, chưa đọc được", _COPY_TABLE),
}
#: What may lead out of the file: a link in its text, which nobody follows here.
_LEADS_OUT = frozenset({"hyperlink"})


def look_inside_document(name: str, raw: bytes) -> Problem | None:
    """Why the tables of the Word file are not read, or None if they may be. Never raises."""
    if problem := _other_kind(name, raw):
        return problem
    try:
        package = Package(raw)
        for part in package.parts:
            for _piece in package.xml_pieces(part):
                pass  # counted: parts, letters, elements and their depth
        return next(_faults(name, package), None)
    except Unsafe as unsafe:
        fault, remedy = _UNSAFE[unsafe.why]
        return Problem(name, fault.format(where=printable(unsafe.where)), remedy)
    except (ElementTree.ParseError, ValueError, LookupError):  # the last two: an encoding that nobody knows
        return Problem(name, *_UNSAFE[Why.BROKEN])


def _other_kind(name: str, raw: bytes) -> Problem | None:
    if not raw:
        return Problem(name, "tệp rỗng", "kiểm tra lại tệp rồi gửi lại")
    if is_locked(raw):
        return Problem(name, *_UNSAFE[Why.LOCKED])
    if is_compound(raw):
        return Problem(name, "là tệp Word đời cũ (.doc), không phải .docx", SAVE_AS_DOCX)
    if not raw.startswith(b"PK"):
        return Problem(name, "tên là .docx nhưng không phải tệp Word", SAVE_AS_DOCX)
    return None


def _faults(name: str, package: Package) -> Iterator[Problem]:
    names = {part.filename.replace("\\", "/").lstrip("/").casefold() for part in package.parts}
    if "word/document.xml" not in names:
        yield Problem(name, "tên là .docx nhưng không phải tệp Word", SAVE_AS_DOCX)
    if any(one.endswith("vbaproject.bin") for one in names):
        yield Problem(name, *_ACTS["vbaproject"])
    for part in package.parts:
        part_name = part.filename.casefold()
        if part_name == "[content_types].xml" and b"macroenabled" in package.xml(part).lower():
            yield Problem(name, *_ACTS["vbaproject"])
        if part_name.endswith(".rels"):
            yield from _faults_of_links(name, package.xml(part))


def _faults_of_links(name: str, content: bytes) -> Iterator[Problem]:
    for one in ElementTree.fromstring(content).iter() if content else ():
        kind = one.get("Type", "").rpartition("/")[2].casefold()
        if kind in _ACTS:
            yield Problem(name, *_ACTS[kind])
        elif one.get("TargetMode", "").strip().casefold() == "external" and kind not in _LEADS_OUT:
            yield Problem(name, "tệp lấy mẫu hoặc hình ảnh từ nơi khác", _COPY_TABLE)
