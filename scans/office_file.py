"""Looks into a Word or Excel file from outside: macros, embedded things, ties to places outside, orders in fields."""

import re
from collections.abc import Iterator

from apart.running import apart
from apart.unread import Unread
from domain.problem import Problem
from domain.text import printable
from scans.office_package import NotAPackage, Package

#: How the files begin: newer ones are ZIP archives, old Word has its own mark.
_BEGINNINGS = {"docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "doc": b"\xd0\xcf\x11\xe0"}
_MAIN = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_MACROS = "có macro"
_EMBEDDED = "có tệp hoặc đối tượng nhúng"
_OUTSIDE = "lấy nội dung từ nơi khác"
_ORDERS = "có trường lệnh"
#: What a file of words, figures and pictures is made of; the rest is code, or another file.
_PARTS = re.compile(
    r"(?:\.(?:xml|rels|vml|png|jpe?g|gif|bmp|tiff?|emf|wmf|wdp|svg|odttf)|/printerSettings\d*\.bin|/)$", re.IGNORECASE
)
_FOLDERS = {
    "embeddings": _EMBEDDED, "activex": _EMBEDDED, "externallinks": _OUTSIDE, "querytables": _OUTSIDE,
    "macrosheets": _MACROS, "dialogsheets": _MACROS, "webextensions": _EMBEDDED, "customui": _MACROS,
}  # fmt: skip
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
#: Fields that count, date or refer within the document; others fetch or start something.
_FIELDS = (
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TOC",
    "TC", "TA", "XE", "INDEX", "HYPERLINK", "REF", "PAGEREF", "NOTEREF", "STYLEREF", "SEQ", "FORMTEXT",
    "FORMCHECKBOX", "FORMDROPDOWN", "MERGEFIELD", "FILENAME", "AUTHOR", "TITLE", "SUBJECT", "SYMBOL", "EQ",
    "IF", "LASTSAVEDBY", "NUMWORDS", "NUMCHARS", "DOCPROPERTY", "CITATION", "BIBLIOGRAPHY", "ADVANCE", "LISTNUM",
)  # fmt: skip
_OLD_MACROS, _OLD_OBJECTS, _LOCKED = ("_VBA_PROJECT", "ObjectPool", "EncryptedPackage")
_OLD_ORDER = re.compile(rb"\x13\s*D\0?D\0?E|\x13\0\s?\0?D\0D\0E", re.IGNORECASE)


def check_office_file(name: str, content: bytes) -> Iterator[Problem]:
    """Whether a unit's Word or Excel file may be kept and opened by staff; each fault with the way out."""
    try:
        yield from apart(problems_of, name, content)
    except Unread as unread:
        yield unread.problem(name)


def problems_of(name: str, content: bytes) -> list[Problem]:
    """The same, looked for in this very process."""
    return list(_every_problem(name, content))


def _every_problem(name: str, content: bytes) -> Iterator[Problem]:
    ending = name.rpartition(".")[2].casefold()
    if ending not in _BEGINNINGS or not content.startswith(_BEGINNINGS[ending]):
        yield Problem(name, "không phải tệp Word, Excel hoặc PDF", "gửi lại tệp .docx, .pdf hoặc .xlsx")
        return
    try:
        found = _faults_of_old(content) if ending == "doc" else _faults_of(Package(content), ending)
        for fault in dict.fromkeys(found):
            yield Problem(name, fault, "lưu lại dạng PDF, hoặc chép nội dung sang tệp Word mới rồi gửi lại")
    except NotAPackage as broken:
        yield Problem(name, str(broken), "mở bằng Word hoặc Excel, lưu lại rồi gửi lại")


def _faults_of(package: Package, ending: str) -> Iterator[str]:
    kinds = package.text("[Content_Types].xml")
    if b"macroEnabled" in kinds or b"vbaProject" in kinds or b"vbaData" in kinds:
        yield _MACROS
    if _MAIN[ending] not in kinds:
        yield "tên tệp không đúng loại tệp"
    yield from _faults_of_parts(package)
    yield from _faults_of_links(package)
    if ending == "docx":
        yield from _faults_of_fields(package)


def _faults_of_parts(package: Package) -> Iterator[str]:
    for name in package.names:
        folders = [one for one in name.casefold().split("/") if one in _FOLDERS]
        if "vba" in name.casefold():
            yield _MACROS
        elif folders:
            yield _FOLDERS[folders[0]]
        elif name.casefold().endswith("xl/connections.xml"):
            yield _OUTSIDE
        elif not _PARTS.search(name):
            yield f"{_EMBEDDED} ({printable(name)[-60:]})"


def _faults_of_links(package: Package) -> Iterator[str]:
    for link in package.links():
        target = printable(link.target)[:60]
        if link.outside and link.kind == "hyperlink":
            if not _SAFE_LINK.match(link.target):
                yield f"có liên kết tới tệp ngoài ({target})"
        elif link.outside:
            yield f"{_OUTSIDE} ({target})"
        elif link.kind.casefold() in ("oleobject", "package", "afchunk", "subdocument", "control", "frame"):
            yield _EMBEDDED


def _faults_of_fields(package: Package) -> Iterator[str]:
    for name in package.names:
        if name.startswith("word/") and name.endswith(".xml"):
            for order in _orders(package, name):
                first = order.split()[0].upper() if order.split() else ""
                if not (first in _FIELDS or first.startswith("=")):
                    yield f"{_ORDERS} {printable(first)[:30] or 'rỗng'}"


def _orders(package: Package, name: str) -> list[str]:
    """What each field of a part says; an order may be cut into pieces, and a field may stand within another."""
    open_fields, orders = list[list[str]](), list[str]()
    for element in package.tree(name).iter():
        tag, said = _local(element.tag), {_local(key): value for key, value in element.attrib.items()}
        kind = said.get("fldCharType") if tag == "fldChar" else None
        if kind == "begin":
            open_fields.append([])
        elif kind == "end" and open_fields:
            orders.append("".join(open_fields.pop()))
        elif tag == "instrText":
            (open_fields or [[]])[-1].append(element.text or "")
        elif tag == "fldSimple":
            orders.append(said.get("instr", ""))
    return orders + ["".join(one) for one in open_fields]


def _local(name: str) -> str:
    """A name without its namespace: the strict form of the format has another one."""
    return name.rpartition("}")[2]


def _faults_of_old(content: bytes) -> Iterator[str]:
    """Of an old Word file the names of what it stores; they stand whole in its table of contents."""
    if _LOCKED.encode("utf-16-le") in content:
        yield "tệp có mật khẩu, không mở được"
    if _OLD_MACROS.encode("utf-16-le") in content:
        yield _MACROS
    if _OLD_OBJECTS.encode("utf-16-le") in content:
        yield _EMBEDDED
    if _OLD_ORDER.search(content):
        yield f"{_ORDERS} DDE"
