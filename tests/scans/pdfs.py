"""Makes PDFs by hand: harmless ones of one page, and the same with something in it that should not be there."""

import re
import zlib
from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter

_TEXT = b"BT /F1 12 Tf 72 700 Td (Thong bao) Tj ET"


def pdf(catalog: str = "", page: str = "", objects: Sequence[str | bytes] = (), *, content: bytes = _TEXT) -> bytes:
    """One page of text; `catalog` and `page` are written into those two, `objects` follow, numbered from 6."""
    parts: list[bytes] = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            f"/Resources << /Font << /F1 5 0 R >> /XObject << /Im1 6 0 R >> >> {page} >>"
        ).encode(),
        stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *(one.encode() if isinstance(one, str) else one for one in objects),
    ]
    return written(parts)


def written(parts: Sequence[bytes]) -> bytes:
    """The objects, numbered from 1, with their table and end."""
    out, places = b"%PDF-1.7\n", list[int]()
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))
    return out + head + table + end


def with_second(content: bytes, number: int, part: str) -> bytes:
    """The same file with another object of that number, of generation 1; as the last one before the table."""
    before, table, trailer = re.split(rb"(?=\nxref\n)|(?=trailer\n)", content)
    second = b"\n%d 1 obj\n%s\nendobj" % (number, part.encode())
    row = b"%d 1\n%010d 00001 n \n" % (number, len(before) + 1)
    end = re.sub(rb"startxref\n\d+", b"startxref\n%d" % (len(before + second) + 1), trailer)
    return before + second + table + row + end


def stream(content: bytes, more: str = "") -> bytes:
    """A stream, packed."""
    packed = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), more.encode(), packed)


def scan(*, unseen: str = "") -> bytes:
    """A page that is a picture, as a scanner makes it; `unseen` is what recognition has put under it."""
    picture = stream(
        bytes(100 * 140),
        "/Type /XObject /Subtype /Image /Width 100 /Height 140 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    under = f"BT 3 Tr /F1 12 Tf 72 700 Td ({unseen}) Tj ET " if unseen else ""
    return pdf(objects=[picture], content=f"{under}q 595 0 0 842 0 0 cm /Im1 Do Q".encode())


def in_object_streams(content: bytes) -> bytes:
    """The same file with its objects packed away, where a search in the bytes finds nothing; streams stay outside."""
    every = {number: _between(content, number) for number in PdfReader(BytesIO(content)).xref[0] if number}
    packed = sorted(number for number, text in every.items() if not text.endswith(b"endstream"))
    places, place = [], 0
    for number in packed:
        places.append(f"{number} {place}")
        place += len(every[number]) + 1
    head = " ".join(places).encode() + b" "
    texts = b" ".join(every[number] for number in packed)
    outside = {number: text for number, text in every.items() if number not in packed}
    holder, table_number = max(every) + 1, max(every) + 2
    outside[holder] = stream(head + texts, f"/Type /ObjStm /N {len(packed)} /First {len(head)}")
    out, starts = b"%PDF-1.7\n", dict[int, int]()
    for number, part in outside.items():
        starts[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    starts[table_number] = len(out)
    rows = [b"\0\0\0\0\0\xff"]
    for number in range(1, table_number + 1):
        own = number in starts
        kind, at, index = (1, starts[number], 0) if own else (2, holder, packed.index(number))
        rows.append(bytes([kind]) + at.to_bytes(4, "big") + bytes([index]))
    table = stream(b"".join(rows), f"/Type /XRef /Size {table_number + 1} /W [1 4 1] /Root 1 0 R")
    return out + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table_number, table, starts[table_number])


def _between(content: bytes, number: int) -> bytes:
    return content.split(b"\n%d 0 obj\n" % number)[1].split(b"\nendobj")[0]


def with_password(content: bytes) -> bytes:
    """The same file behind a password."""
    writer, out = PdfWriter(clone_from=BytesIO(content)), BytesIO()
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()
