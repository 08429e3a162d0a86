"""What a copy says of itself: when, of which version, each file with its hash; sealed with the key of the record."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from database.record.key import Key
from deployments.copies.contents import OURS, may_stand_in_a_copy
from domain.problem import Problem, Refused

NAME = "MANIFEST.json"
FORM = 1
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class FileMark:
    """One file: bytes and SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """A copy as it was taken."""

    taken: datetime
    mode: str  #: `live` or `rehearsal`
    version: str  #: of the program that took it
    revision: str  #: the migration at which our database stands
    lines: int  #: of the record
    last_hash: str
    files: Mapping[str, FileMark] = field(default_factory=dict)
    key_mark: str = ""  #: of the key of the record that sealed this, and …
    mac: str = ""  #: … its seal; both empty where there was no key

    @property
    def size(self) -> int:
        """Bytes of all that is in it."""
        return sum(one.size for one in self.files.values())

    def sealed(self, key: Key | None) -> "Manifest":
        """The same with the seal of the key of the record, as far as there is one."""
        return replace(self, key_mark=key.mark, mac=key.mac(self._said())) if key else self

    def is_forged(self, key: Key | None) -> bool:
        """Whether that key should have sealed this, and has not; another key's seal says nothing either way."""
        return key is not None and self.key_mark == key.mark and not key.made(self.mac, self._said())

    def is_vouched_for(self, key: Key | None) -> bool:
        """Whether that key has sealed just this."""
        return key is not None and self.key_mark == key.mark and not self.is_forged(key)

    def text(self) -> bytes:
        """As the file in the copy."""
        return json.dumps(self._plain() | {"key_mark": self.key_mark, "mac": self.mac}, indent=1).encode()

    def _said(self) -> str:
        return "copy " + json.dumps(self._plain(), sort_keys=True)

    def _plain(self) -> dict[str, object]:
        files = {name: asdict(one) for name, one in self.files.items()}
        return {
            "form": FORM, "taken": self.taken.isoformat(), "mode": self.mode, "version": self.version,
            "revision": self.revision, "lines": self.lines, "last_hash": self.last_hash, "files": files,
        }  # fmt: skip


def read(text: bytes, place: str) -> Manifest:
    """A manifest from its file; `Refused` for one that is none, or that names what no copy may hold."""
    try:
        told = json.loads(text)
        if told["form"] != FORM:
            raise Refused(Problem(place, f"dạng bản sao {told['form']} chưa biết", "dùng bản phần mềm đã tạo ra nó"))
        files = {str(name): _file(str(name), one, place) for name, one in told["files"].items()}
        manifest = Manifest(
            datetime.fromisoformat(told["taken"]), str(told["mode"]), str(told["version"]), str(told["revision"]),
            int(told["lines"]), str(told["last_hash"]), files, str(told["key_mark"]), str(told["mac"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refused(Problem(place, f"tệp kê {NAME} không đọc được", "lấy một bản sao khác")) from None
    if OURS not in files or manifest.taken.tzinfo is None:
        raise Refused(Problem(place, "bản sao thiếu cơ sở dữ liệu hoặc giờ sao", "lấy một bản sao khác"))
    return manifest


def _file(name: str, told: Mapping[str, object], place: str) -> FileMark:
    if not may_stand_in_a_copy(name):
        raise Refused(Problem(place, f"có tệp không thuộc bản sao: {name!r}", "không dùng bản sao này"))
    size, sha256 = told["size"], told["sha256"]
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise ValueError(size)
    if not isinstance(sha256, str) or not _HASH.fullmatch(sha256):
        raise ValueError(sha256)
    return FileMark(size, sha256)
