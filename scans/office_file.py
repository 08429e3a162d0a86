"""Looks into a Word or Excel file from outside: macros, embedded things, ties to places outside, orders in fields."""

import re
from collections.abc import Iterator

from apart.package import is_compound, is_locked
from apart.running import apart
from apart.unread import Unread
from domain.problem import Problem
from domain.text import printable
from scans.office_fields import fault_of_link, faults_of_fields
from scans.office_kinds import (
    EMBEDDED,
    MACROS,
    MAIN_TYPES,
    OUTSIDE,
    PICTURE_TYPES,
    XML_TYPES,
    fault_of_macros,
    fault_of_relation,
    fault_of_type,
    is_another_file,
    is_picture,
)
from scans.office_package import NotAPackage, OfficePackage, Part

#: What a file of words, figures and pictures is made of; the rest is code, or another file.
_PARTS = re.compile(
    r"(?:\.(?:xml|rels|vml|png|jpe?g|gif|bmp|tiff?|emf|wmf|wdp|svg|odttf|sigs)|/printerSettings\d*\.bin)$",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"\.(?:xml|rels|vml|svg)$", re.IGNORECASE)
_FOLDERS = {
    "embeddings": EMBEDDED, "activex": EMBEDDED, "externallinks": OUTSIDE, "querytables": OUTSIDE,
    "macrosheets": MACROS, "dialogsheets": MACROS, "webextensions": EMBEDDED, "customui": MACROS,
}  # fmt: skip
_UNLOCK = "bỏ mật khẩu rồi gửi lại"


def check_office_file(name: str, content: bytes) -> Iterator[Problem]:
    """Whether a unit's Word or Excel file may be kept and opened by staff; each fault with the way out."""
    try:
        yield from apart(problems_of, name, content)
    except Unread as unread:
        yield unread.problem(name)


def problems_of(name: str, content: bytes) -> list[Problem]:
    """The same, looked for in this very process."""
    ending = name.rpartition(".")[2].casefold()
    if fault := _other_kind(name, ending, content):
        return [fault]
    try:
        found = dict.fromkeys(_faults_of(OfficePackage(content), ending))
    except NotAPackage as broken:
        return [Problem(name, str(broken), "mở bằng Word hoặc Excel, lưu lại rồi gửi lại")]
    return [Problem(name, fault, "lưu lại dạng PDF, hoặc chép nội dung sang tệp mới rồi gửi lại") for fault in found]


def _other_kind(name: str, ending: str, content: bytes) -> Problem | None:
    """What the file is if it is none that can be looked through, as all newer ones can."""
    if is_locked(content):
        return Problem(name, "tệp có mật khẩu, không mở được", _UNLOCK)
    if ending == "doc" or (ending in MAIN_TYPES and is_compound(content)):
        fault = "là tệp Word, Excel đời cũ, không kiểm tra được hết bên trong"
        return Problem(name, fault, "mở bằng Word hoặc Excel, lưu lại (Save As) dạng .docx, .xlsx hoặc PDF rồi gửi lại")
    if ending not in MAIN_TYPES or not content.startswith(b"PK\x03\x04"):
        return Problem(name, "không phải tệp Word, Excel hoặc PDF", "gửi lại tệp .docx, .pdf hoặc .xlsx")
    return None


def _faults_of(package: OfficePackage, ending: str) -> Iterator[str]:
    for kind in package.defaults.values():
        if fault := fault_of_macros(kind):
            yield fault
    for kind in package.overrides.values():
        if fault := fault_of_type(kind):
            yield fault
    if package.main_type() != MAIN_TYPES[ending]:
        yield "tên tệp không đúng loại tệp"
    yield from _faults_of_links(package)
    for part in package.parts():
        yield from _faults_of_part(part)
        if part.xml and ending == "docx":
            yield from faults_of_fields(package.tree(part.name))
        elif part.xml:
            package.read(part.name)


def _faults_of_part(part: Part) -> Iterator[str]:
    if fault := _fault_of_name(part.name) or fault_of_type(part.kind):
        yield fault
    elif part.kind in PICTURE_TYPES:
        if not is_picture(part.begins):
            yield f"có ảnh không phải là ảnh ({_short(part.name)})"
    elif (part.kind in XML_TYPES or _WRITTEN.search(part.name)) and not part.xml:
        raise NotAPackage(f"phần “{_short(part.name)}” của tệp không đúng chuẩn")
    elif is_another_file(part.begins):
        yield f"{EMBEDDED} ({_short(part.name)})"


def _fault_of_name(name: str) -> str | None:
    known = name.replace("\\", "/").casefold()
    if "vba" in known:
        return MACROS
    if folders := [one for one in known.split("/") if one in _FOLDERS]:
        return _FOLDERS[folders[0]]
    if known.endswith("xl/connections.xml"):
        return OUTSIDE
    return None if _PARTS.search(name) else f"{EMBEDDED} ({_short(name)})"


def _faults_of_links(package: OfficePackage) -> Iterator[str]:
    for link in package.links():
        if link.kind == "hyperlink" and link.outside:
            fault = fault_of_link(link.target)
        elif link.outside:
            fault = f"{OUTSIDE} ({printable(link.target)[:60]})"
        else:
            fault = fault_of_relation(printable(link.kind))
        if fault:
            yield fault


def _short(name: str) -> str:
    return printable(name)[-60:]
