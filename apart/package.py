"""Opens what Word and Excel write, a ZIP of parts, within limits that hold before anything is parsed.

A part is what it holds, whatever it is called. It is read in pieces, and no further than a limit.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum, auto

#: Unpacked size of a file that is still read, and how many times its packed size a large part may be.
MAX_UNPACKED, MAX_RATIO, _LARGE = 100 * 2**20, 200, 2**20
MAX_PARTS = 2_000
#: Beginnings and ends of elements in all parts together; deeper than any part of such a file is nested.
MAX_TAGS, MAX_DEPTH = 3_000_000, 100

_PIECE, _OVERLAP, _STEP = 256 * 1024, 512, 4096
_LOCKED_PARTS = 0x1 | 0x40 | 0x2000  # bits of a part's flags: a password, a stronger one, a hidden table of contents
_PACKED_BY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what Word and Excel know
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError)
#: UTF-16, wider letters and EBCDIC, which libraries recognise without a word in the part.
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<", b"\x00\x00\x00<", b"\x4c\x6f\xa7\x94")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
#: Encodings in which a `<` is the byte that it is in ASCII.
_PLAIN = re.compile(rb"(?i)utf-?8|(us-)?ascii|iso-?8859-\d+|latin-?1|windows-125\d")
#: The older container of Office, and what stands in it where a newer file was put into it to be locked.
_COMPOUND, _LOCKED_FILE = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")


class Why(StrEnum):
    """Why a package is not parsed."""

    BROKEN = auto()  #: no whole ZIP
    LOCKED = auto()  #: a part has a password
    UNPACKED = auto()  #: it unpacks to too much, or to too many times its size
    TWICE = auto()  #: two parts of one name: programs differ in which they read
    FORM = auto()  #: an XML part in another encoding, with a document type, or with zeros
    TAGS = auto()
    DEPTH = auto()


class Unsafe(Exception):  # noqa: N818 - it is an answer, not a defect
    """The package must not be parsed; `where` is the part, if it is one."""

    def __init__(self, why: Why, where: str = "") -> None:
        self.why, self.where = why, where
        super().__init__(why)


def is_compound(content: bytes) -> bool:
    """Whether it is the older container of Office, in which a newer file stands only to be locked."""
    return content.startswith(_COMPOUND)


def is_locked(content: bytes) -> bool:
    """Whether it is a newer file that was put into the older container to be locked."""
    return is_compound(content) and _LOCKED_FILE in content


def is_xml(begins: bytes, where: str) -> bool:
    """Whether a part that begins so is XML; `Unsafe` if it hides what it says from whoever looks for plain letters."""
    if begins.startswith(_WIDE):
        raise Unsafe(Why.FORM, where)
    begins = begins.removeprefix(b"\xef\xbb\xbf").lstrip()
    if begins.startswith(b"<?xml"):
        declared = _DECLARED.match(begins)
        encoding = _ENCODING.search(declared[0]) if declared else None
        if not declared or (encoding and not _PLAIN.fullmatch(encoding[1])):
            raise Unsafe(Why.FORM, where)
    return begins.startswith(b"<")


class Package:
    """The parts of such a file; `Unsafe` in opening and in reading, and nothing else."""

    def __init__(self, content: bytes) -> None:
        with _reading():
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        every = self._archive.infolist()
        _refuse(every)
        self.parts = [part for part in every if not part.is_dir()]
        self._unpacked = self._tags = 0

    def begins(self, part: zipfile.ZipInfo) -> bytes:
        """The first bytes of a part."""
        with _reading(), self._archive.open(part) as opened:
            return opened.read(_STEP)

    def xml(self, part: zipfile.ZipInfo) -> bytes:
        """A whole part that is XML, in plain letters and without a document type; empty if it is something else."""
        return b"".join(piece[seen:] for piece, seen in self.xml_pieces(part))

    def xml_pieces(self, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
        """The same in pieces, each beginning with the end of the one before; so many bytes have been seen."""
        depth = 0
        for number, (piece, seen) in enumerate(self._pieces(part)):
            if number == 0 and not is_xml(piece, part.filename):
                return  # a picture, a printer's settings: nothing here parses them
            self._count(piece, seen, part.filename)
            for start in range(seen, len(piece), _STEP):
                depth += _deeper(piece, start, start + _STEP)
                if depth > MAX_DEPTH:
                    raise Unsafe(Why.DEPTH, part.filename)
            yield piece, seen

    def _count(self, piece: bytes, seen: int, where: str) -> None:
        self._unpacked += len(piece) - seen
        self._tags += piece.count(b"<", seen)
        if self._unpacked > MAX_UNPACKED:
            raise Unsafe(Why.UNPACKED, where)
        if self._tags > MAX_TAGS:
            raise Unsafe(Why.TAGS, where)
        if b"\x00" in piece or b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise Unsafe(Why.FORM, where)

    def _pieces(self, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
        with _reading(), self._archive.open(part) as opened:
            before = b""
            while more := opened.read(_PIECE):
                yield before + more, len(before)
                before = (before + more)[-_OVERLAP:]


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except _BROKEN:  # whatever zipfile raises; of methods and versions that it does not know `NotImplementedError`
        raise Unsafe(Why.BROKEN) from None


def _refuse(parts: list[zipfile.ZipInfo]) -> None:
    """`Unsafe` for what the table of contents alone tells."""
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unsafe(Why.UNPACKED)
    names = set[str]()
    for part in parts:
        name = part.filename.replace("\\", "/").lstrip("/").casefold()
        if part.flag_bits & _LOCKED_PARTS:
            raise Unsafe(Why.LOCKED, part.filename)
        if name in names:
            raise Unsafe(Why.TWICE, part.filename)
        if part.compress_type not in _PACKED_BY or "\0" in part.orig_filename:
            raise Unsafe(Why.BROKEN, part.filename)
        if part.file_size > max(_LARGE, MAX_RATIO * part.compress_size):
            raise Unsafe(Why.UNPACKED, part.filename)
        names.add(name)


def _deeper(piece: bytes, start: int, end: int) -> int:
    """How many elements more are open at `end` than at `start`; a mark of two bytes belongs to where it ends."""
    before = max(start - 1, 0)
    marks = (piece.count(mark, before, end) for mark in (b"<!", b"<?", b"/>"))
    return piece.count(b"<", start, end) - 2 * piece.count(b"</", before, end) - sum(marks)
