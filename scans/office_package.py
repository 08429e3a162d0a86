"""Opens a Word or Excel file from outside as what it is, a ZIP of parts, within limits of number and size."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

_MOST_PARTS = 5000
_MOST_UNPACKED = 100 * 2**20
_MOST_ELEMENTS = 3_000_000


class NotAPackage(Exception):  # noqa: N818 - said as what it is
    """The file is broken, locked, too large, or hides what it says; the message says which, in Vietnamese."""


@dataclass(frozen=True)
class Link:
    """A relationship from one part to another, or to something outside."""

    kind: str  #: the last word of its type: `hyperlink`, `image`, `attachedTemplate`
    target: str
    outside: bool


class Package:
    """The parts of a file; every XML part is plain UTF-8 without a document type, so that nothing unfolds in it."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self.names = [one.filename for one in self._archive.infolist()]
            unpacked = sum(one.file_size for one in self._archive.infolist())
            if len(self.names) > _MOST_PARTS or unpacked > _MOST_UNPACKED:
                raise NotAPackage("tệp bung ra quá lớn")
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise NotAPackage("tệp bị hỏng, không đọc được") from None

    def text(self, name: str) -> bytes:
        """One part as it is written; empty where there is none."""
        if name not in self.names:
            return b""
        try:
            written = self._archive.read(name)
        except RuntimeError:  # what zipfile raises for a part with a password
            raise NotAPackage("tệp có mật khẩu, không mở được") from None
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
            raise NotAPackage("tệp bị hỏng, không đọc được") from None
        if b"<!DOCTYPE" in written or b"\0" in written:
            raise NotAPackage(f"phần “{name}” của tệp không đúng chuẩn")
        return written

    def tree(self, name: str) -> ElementTree.Element:
        """One part, read."""
        written = self.text(name)
        if written.count(b"<") > _MOST_ELEMENTS:
            raise NotAPackage("tệp có quá nhiều thành phần")
        try:
            return ElementTree.fromstring(written)
        except ElementTree.ParseError:
            raise NotAPackage(f"phần “{name}” của tệp không đọc được") from None

    def links(self) -> list[Link]:
        """Every relationship of every part."""
        return [
            Link(one.get("Type", "").rpartition("/")[2], one.get("Target", ""), one.get("TargetMode") == "External")
            for name in self.names if name.casefold().endswith(".rels")
            for one in self.tree(name)
        ]  # fmt: skip
