"""A copy as one ZIP file: written whole or not at all; read as something that a stranger may have made."""

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from database.record.key import Key
from deployments.copies import manifest as manifests
from deployments.copies.manifest import NAME, FileMark, Manifest
from domain.problem import Problem, Refused

_PIECE = 2**20
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # other ways of packing take memory as their maker likes
#: What reading a part of a broken ZIP ends in.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError)
_MOST_FILES = 500_000
_MOST_OF_MANIFEST = 128 * 2**20


def write(to: Path, about: Manifest, files: Iterable[tuple[str, Path]], key: Key | None) -> Manifest:
    """Pack these files, by name, and what the copy says of itself; it is on the disk when this returns."""
    marks: dict[str, FileMark] = {}
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for name, path in files:
                marks[name] = _pack(packed, name, path)
            whole = Manifest(**{**vars(about), "files": marks}).sealed(key)
            packed.writestr(NAME, whole.text())
        file.flush()
        os.fsync(file.fileno())
    return whole


def _pack(packed: zipfile.ZipFile, name: str, path: Path) -> FileMark:
    size, told = 0, hashlib.sha256()
    about = zipfile.ZipInfo(name)
    about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, (stat.S_IFREG | 0o600) << 16
    with path.open("rb") as source, packed.open(about, "w", force_zip64=True) as target:
        while piece := source.read(_PIECE):
            size += len(piece)
            told.update(piece)
            target.write(piece)
    return FileMark(size, told.hexdigest())


class Package:
    """A copy that was opened: what it says of itself agrees with what is in it, by name. Contents come by `lay_out`."""

    def __init__(self, path: Path, packed: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path, self.manifest, self._packed = path, manifest, packed

    def pieces(self, name: str) -> Iterator[bytes]:
        """The contents of a file, piece by piece; `Refused` at the end, or earlier, where it is not what was packed."""
        mark, size, told = self.manifest.files[name], 0, hashlib.sha256()
        try:
            with self._packed.open(name) as source:
                while piece := source.read(_PIECE):
                    size += len(piece)
                    if size > mark.size:
                        raise self._refused(f"{name} lớn hơn đã kê")
                    told.update(piece)
                    yield piece
        except _UNREADABLE as error:
            raise self._refused(f"{name} không đọc được ({error})") from None
        if (size, told.hexdigest()) != (mark.size, mark.sha256):
            raise self._refused(f"{name} không phải tệp đã sao (mã băm khác)")

    def contents(self, name: str) -> bytes:
        """A small file whole."""
        return b"".join(self.pieces(name))

    def lay_out(self, name: str, to: Path) -> None:
        """Write a file of the copy to a place where none is yet, for its owner alone."""
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in self.pieces(name):
                file.write(piece)

    def read_through(self) -> None:
        """Read every file; `Refused` at the first that is not what was packed."""
        for name in self.manifest.files:
            for _piece in self.pieces(name):
                pass

    def _refused(self, fault: str) -> Refused:
        return refused(self.path, fault)


def refused(path: Path, fault: str) -> Refused:
    """A copy that is not to be used."""
    return Refused(Problem(str(path), f"bản sao hỏng hoặc đã bị sửa: {fault}", "lấy một bản sao khác"))


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open a copy and hold its table of contents against its manifest; `Refused` for what is no copy, or a hostile one.

    Nothing is unpacked but the manifest.
    """
    try:
        file: IO[bytes] = path.open("rb")
    except OSError as error:
        remedy = "ghi đường dẫn của một tệp bản sao (visits-….zip)"
        raise Refused(Problem(str(path), f"không mở được: {error.strerror}", remedy)) from None
    with file:
        try:
            packed = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise refused(path, f"không phải tệp ZIP trọn vẹn ({error})") from None
        with packed:
            yield Package(path, packed, _manifest(path, packed))


def _manifest(path: Path, packed: zipfile.ZipFile) -> Manifest:
    found = _entries(path, packed.infolist())
    if NAME not in found:
        raise refused(path, f"thiếu tệp kê {NAME}")
    if found[NAME].file_size > _MOST_OF_MANIFEST:
        raise refused(path, "tệp kê quá lớn")
    try:
        with packed.open(NAME) as source:
            text = source.read(_MOST_OF_MANIFEST + 1)
    except _UNREADABLE as error:
        raise refused(path, f"tệp kê không đọc được ({error})") from None
    if len(text) > _MOST_OF_MANIFEST:
        raise refused(path, "tệp kê quá lớn")
    manifest = manifests.read(text, str(path))
    listed = {name: one.size for name, one in manifest.files.items()}
    if listed != {name: one.file_size for name, one in found.items() if name != NAME}:
        raise refused(path, "các tệp trong đó không phải các tệp đã kê")
    return manifest


def _entries(path: Path, entries: list[zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
    if len(entries) > _MOST_FILES:
        raise refused(path, f"có quá {_MOST_FILES} tệp")
    found: dict[str, zipfile.ZipInfo] = {}
    for one in entries:
        kind = stat.S_IFMT(one.external_attr >> 16)
        if kind not in (0, stat.S_IFREG) or one.is_dir():
            raise refused(path, f"{one.filename!r} không phải tệp thường")
        if one.filename in found or one.filename != one.orig_filename:
            raise refused(path, f"{one.filename!r} có hai lần hoặc có hai tên")
        if one.flag_bits & 1 or one.compress_type not in _PACKED:
            raise refused(path, f"{one.filename!r} có mật khẩu riêng hoặc nén kiểu lạ")
        found[one.filename] = one
    return found
