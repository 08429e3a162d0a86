"""Lists of meetings as hosts write them in Word, made with the library that Word files are written with."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from docx import Document

HEADER = ("TT", "Tên tổ chức đảng", "Loại hình", "Ngày", "Giờ", "Địa điểm", "Loại sinh hoạt", "Chuyên đề")
#: Two meetings of May 2024 that are good.
MEETINGS = (
    ("1", "Chi bộ Trường THPT Mẫu", "Chi bộ cơ sở", "14/5/2024", "14:00", "Phòng họp A", "Chuyên đề", "Nêu gương"),
    ("2", "Chi bộ Phòng Tư pháp", "Chi bộ cơ sở", "16/5/2024", "08:00", "Phòng họp B", "Thường kỳ", ""),
)


def document(
    rows: Sequence[Sequence[str]] = (HEADER, *MEETINGS), *, above: Sequence[str] = (), below: Sequence[str] = (),
    change: Callable[[Any], None] | None = None,
) -> bytes:  # fmt: skip
    """A Word file with one table; `change` may do to the document what it likes before it is saved."""
    made = Document()
    for text in above:
        made.add_paragraph(text)
    table = made.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=False):
            cell.text = text
    for text in below:
        made.add_paragraph(text)
    if change:
        change(made)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def with_parts(
    content: bytes, parts: dict[str, bytes], *, replaced: dict[str, tuple[bytes, bytes]] | None = None
) -> bytes:
    """The file with further parts, and with bytes of a part put into the place of others."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            old, new = (replaced or {}).get(part.filename, (b"", b""))
            held = source.read(part)
            target.writestr(part.filename, held.replace(old, new, 1) if old else held)
        for name, held in parts.items():
            target.writestr(name, held)
    return kept.getvalue()
