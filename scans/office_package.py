"""Reads a Word or Excel file from outside as what it is: parts, of what type each is, and what leads to what."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from apart.package import Package, Unsafe, Why, is_xml
from domain.text import printable

_TYPES_PART, _FIRST_LINKS = "[content_types].xml", "_rels/.rels"
#: An address, or the name of a share, whatever the relationship says of itself.
_ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|\\\\|//)", re.IGNORECASE)
_SAYS = {
    Why.BROKEN: "tệp bị hỏng, không đọc được",
    Why.LOCKED: "tệp có mật khẩu, không mở được",
    Why.UNPACKED: "tệp bung ra quá lớn",
    Why.TWICE: "tệp có hai phần cùng tên “{where}”",
    Why.TAGS: "tệp có quá nhiều thành phần",
    Why.FORM: "phần “{where}” của tệp không đúng chuẩn",
    Why.DEPTH: "phần “{where}” của tệp không đúng chuẩn",
}


class NotAPackage(Exception):  # noqa: N818 - said as what it is
    """The file is broken, locked, too large, or hides what it says; the message says which, in Vietnamese."""


@dataclass(frozen=True)
class Link:
    """A relationship from one part to another, or to something outside."""

    kind: str  #: the last word of its type: `hyperlink`, `image`, `attachedTemplate`
    target: str
    outside: bool


@dataclass(frozen=True)
class Part:
    """One part: its name, its content type (`""` if none is stated), its first bytes, and whether it is XML."""

    name: str
    kind: str
    begins: bytes
    xml: bool


class OfficePackage:
    """The parts of a file; `NotAPackage` in opening and in reading."""

    def __init__(self, content: bytes) -> None:
        try:
            self._package = Package(content)
        except Unsafe as unsafe:
            raise _said(unsafe) from None
        self._at = {_key(part.filename): part for part in self._package.parts}
        self.defaults, self.overrides = self._types()

    def parts(self) -> Iterator[Part]:
        """Every part but the list of types."""
        for key, part in self._at.items():
            if key == _TYPES_PART:
                continue
            try:
                begins = self._package.begins(part)
                xml = is_xml(begins, part.filename)
            except Unsafe as unsafe:
                raise _said(unsafe) from None
            yield Part(part.filename, self.type_of(key), begins, xml)

    def type_of(self, key: str) -> str:
        """The content type of the part, in small letters; `""` if none is stated."""
        return self.overrides.get(key) or self.defaults.get(key.rpartition("/")[2].rpartition(".")[2], "")

    def main_type(self) -> str:
        """The content type of the part to which the package leads first; `""` unless it leads to one that is there."""
        links = self._links_in(_FIRST_LINKS) if _FIRST_LINKS in self._at else []
        found = [one for one in links if one.kind.casefold() == "officedocument"]
        if len(found) != 1 or found[0].outside:
            return ""
        key = _key(posixpath.normpath(found[0].target.replace("\\", "/").lstrip("/")))
        return self.type_of(key) if key in self._at else ""

    def links(self) -> Iterator[Link]:
        """Every relationship of every part."""
        for key in self._at:
            if key.endswith(".rels"):
                yield from self._links_in(key)

    def read(self, name: str) -> bytes:
        """One part that is XML, whole; empty if it is something else."""
        try:
            return self._package.xml(self._at[_key(name)])
        except Unsafe as unsafe:
            raise _said(unsafe) from None

    def tree(self, name: str) -> ElementTree.Element:
        """One part that is XML, read."""
        try:
            return ElementTree.fromstring(self.read(name))
        except (ElementTree.ParseError, ValueError, LookupError):  # the last two: an encoding that nobody knows
            raise NotAPackage(f"phần “{printable(name)}” của tệp không đọc được") from None

    def _types(self) -> tuple[dict[str, str], dict[str, str]]:
        """What is stated of endings, and of single parts by their names."""
        defaults, overrides = dict[str, str](), dict[str, str]()
        for element in self.tree(_TYPES_PART).iter() if _TYPES_PART in self._at else ():
            kind = element.get("ContentType", "").partition(";")[0].strip().casefold()
            if local_name(element.tag) == "Default":
                defaults[element.get("Extension", "").casefold()] = kind
            elif local_name(element.tag) == "Override":
                overrides[_key(element.get("PartName", ""))] = kind
        return defaults, overrides

    def _links_in(self, key: str) -> list[Link]:
        return [
            Link(one.get("Type", "").rpartition("/")[2], target := one.get("Target", ""), _leads_away(one, target))
            for one in self.tree(key).iter()
            if local_name(one.tag) == "Relationship"
        ]


def local_name(name: str) -> str:
    """A name without its namespace: the strict form of the format has another one."""
    return name.rpartition("}")[2]


def _leads_away(relation: ElementTree.Element, target: str) -> bool:
    within = relation.get("TargetMode", "Internal").strip().casefold() == "internal"
    return not within or bool(_ADDRESS.match(target))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _said(unsafe: Unsafe) -> NotAPackage:
    return NotAPackage(_SAYS[unsafe.why].format(where=printable(unsafe.where)[-60:]))
