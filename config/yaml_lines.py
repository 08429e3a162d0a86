"""Reads a YAML file into entries that still know their lines.

The library's own loading stops at the first duplicate key or impossible date. Its node tree does not, so the
tree is taken instead and every value is judged here or in `yaml_records`.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from config.faults import Faults
from domain.dates import parse_date
from domain.text import clean

Value = str | int | float | bool | None | list["Entry"] | dict[str, "Entry"]

_SAVE_AS_UTF8 = (
    "tệp có thể đang ở bảng mã TCVN3, VNI, Windows-1258 hoặc UTF-16; mở bằng trình soạn thảo, "
    "chuyển sang Unicode rồi lưu lại (Save As) với mã hóa UTF-8"
)


@dataclass(frozen=True)
class Entry:
    """One value of the file: under which name it stands, in which line, and what it is.

    Text is NFC, without invisible marks and on one line (P8, P12). Dates are text until a field asks for one.
    """

    name: str
    line: int
    value: Value

    @property
    def key(self) -> "Entry":
        """The entry's name as an entry of its own, for tables whose names are values."""
        return Entry(self.name, self.line, self.name)

    @property
    def day(self) -> date | None:
        """The value as a date, None if it is no date."""
        try:
            return parse_date(self.value) if isinstance(self.value, str) else None
        except ValueError:
            return None

    def get(self, *names: str) -> "Entry | None":
        """The entry reached by these names, or None where there is none."""
        entry: Entry | None = self
        for name in names:
            entry = entry.value.get(name) if entry and isinstance(entry.value, dict) else None
        return entry

    def items(self, *names: str) -> list["Entry"]:
        """The items of the list or the entries of the mapping there; empty if there is neither."""
        entry = self.get(*names)
        value = entry.value if entry else None
        if isinstance(value, dict):
            return list(value.values())
        return value if isinstance(value, list) else []

    def column(self, listed: str, field: str) -> list["Entry"]:
        """That text field of every record in that list, as far as the records have it."""
        cells = (record.get(field) for record in self.items(listed))
        return [cell for cell in cells if cell and isinstance(cell.value, str) and cell.value]


def read_yaml(path: Path, faults: Faults) -> Entry | None:
    """The file as one entry, or None with the reason among `faults`; never raises for what the file holds.

    An empty file is an entry without value.
    """
    text = _read_text(path, faults)
    if text is None:
        return None
    try:
        node = YAML(typ="safe", pure=True).compose(text)
        return Entry("", 1, None) if node is None else _Tree(faults).entry("", node, 1)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        faults.add(line, f"ký tự không đọc được (U+{ord(text[error.position]):04X})", _SAVE_AS_UTF8)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(mark.line + 1 if mark else 0, "không đúng cú pháp YAML", _syntax_remedy(error.problem or ""))
    except (YAMLError, RecursionError, ValueError):
        faults.add(0, "không đúng cú pháp YAML", "so với tệp mẫu của năm 2024")
    return None


def _read_text(path: Path, faults: Faults) -> str | None:
    try:
        raw = path.read_bytes()
        return raw.decode("utf-8-sig")
    except FileNotFoundError:
        faults.add(0, "không có tệp này", "kiểm tra lại đường dẫn")
    except OSError as error:
        faults.add(0, f"không mở được tệp ({error.strerror})", "kiểm tra đường dẫn và quyền đọc")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.add(line, f"byte {error.start + 1} (0x{raw[error.start]:02X}) không phải UTF-8", _SAVE_AS_UTF8)
    return None


def _syntax_remedy(problem: str) -> str:
    if "\\t" in problem:
        return "thay dấu Tab bằng dấu cách"
    if "mapping values" in problem:
        return "chữ có dấu hai chấm phải đặt trong ngoặc kép; kiểm tra cả thụt đầu dòng"
    if "another document" in problem:
        return "bỏ dòng “---” ở giữa tệp"
    return "kiểm tra thụt đầu dòng, dấu hai chấm, dấu ngoặc và dấu nháy ở dòng này và dòng trên"


class _Tree:
    """Turns nodes into entries, and notes what a file of the office must not hold."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._seen: set[int] = set()

    def entry(self, name: str, node: Node, line: int) -> Entry:
        # An alias is the same node again; one that contains itself would never end.
        if id(node) in self._seen:
            self._faults.add(line, f"“{name}” dùng lại một mục bằng dấu “*”", "ghi lại đầy đủ")
            return Entry(name, line, None)
        self._seen.add(id(node))
        if not str(node.tag).startswith("tag:yaml.org,2002:"):
            self._faults.add(line, f"“{name}” có thẻ “{node.tag}”", "bỏ thẻ bắt đầu bằng dấu “!”")
        if isinstance(node, MappingNode):
            return Entry(name, line, self._mapping(node))
        if isinstance(node, SequenceNode):
            items = [self.entry(name, item, item.start_mark.line + 1) for item in node.value]
            return Entry(name, line, items)
        return Entry(name, line, _scalar(node))

    def _mapping(self, node: MappingNode) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            name = clean(key.value) if isinstance(key, ScalarNode) else ""
            if not name:
                self._faults.add(line, "tên mục phải là chữ", "ghi “tên: giá trị”")
            elif name in entries:
                first = entries[name].line
                self._faults.add(line, f"mục “{name}” đã có ở dòng {first}", "giữ một, xóa mục kia")
            else:
                entries[name] = self.entry(name, value, line)
        return entries


def _scalar(node: Node) -> str | int | float | bool | None:
    text, kind = clean(node.value), str(node.tag).rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool" and text.casefold() in ("true", "false"):
        return text.casefold() == "true"
    if kind == "int" and re.fullmatch(r"[-+]?[0-9]{1,18}", text):
        return int(text)
    if kind == "float" and re.fullmatch(r"[-+]?[0-9]+\.[0-9]+", text):
        return float(text)
    return text
