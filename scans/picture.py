"""Draws a photo from outside anew: upright, smaller, and with nothing in it of camera, place or owner (P3)."""

import tempfile
from pathlib import Path

from apart.running import apart
from apart.unread import Unread
from domain.problem import Problem, Refused

MOST_MB = 15
#: Pixels of the longer side: a page of A4 in it can be read.
LONGEST = 1280

#: By what a picture begins with; others are not even handed to whoever draws.
_KINDS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
_PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#context {{
  let own = measure(image("photo.{kind}"))
  image("photo.{kind}", width: own.width * calc.min(1, {longest}pt / calc.max(own.width, own.height)))
}}"""
_OTHERWISE = "chụp lại, hoặc lưu ảnh dạng JPEG rồi chọn lại"


def redrawn(content: bytes) -> bytes:
    """The photo as a PNG of at most `LONGEST` pixels a side, decoded and drawn in a process of its own.

    What the file said beside its pixels (EXIF, place, comments, a second file behind it) is not in what is drawn;
    the orientation that it told has been followed. `Refused` for what is no JPEG or PNG, or cannot be drawn.
    """
    kind = next((kind for begins, kind in _KINDS.items() if content.startswith(begins)), "")
    if not kind:
        raise Refused(Problem("ảnh", "không phải ảnh JPEG hoặc PNG", _OTHERWISE))
    if len(content) > MOST_MB * 2**20:
        raise Refused(Problem("ảnh", f"lớn hơn {MOST_MB} MB", "chọn cỡ ảnh nhỏ hơn trong máy ảnh rồi chụp lại"))
    # The process that draws may write no file: its folder is laid out here.
    with tempfile.TemporaryDirectory(prefix="anh-") as folder:
        Path(folder, f"photo.{kind}").write_bytes(content)
        Path(folder, "page.typ").write_text(_PAGE.format(kind=kind, longest=LONGEST), encoding="utf-8")
        try:
            drawn = apart(draw, folder)
        except Unread as unread:
            raise Refused(unread.problem("ảnh")) from None
    if not drawn:
        raise Refused(Problem("ảnh", "không đọc được", _OTHERWISE))
    return drawn


def draw(folder: str) -> bytes:
    """The page of that folder as a picture, drawn in this very process; empty where it cannot be."""
    # Typst takes a tenth of a second to load, which nobody shall wait for who sends no photo.
    import typst

    try:
        drawn = typst.compile(
            str(Path(folder, "page.typ")), root=folder, format="png", ppi=72, ignore_system_fonts=True
        )
    except RuntimeError:
        return b""
    return drawn if isinstance(drawn, bytes) else b""
