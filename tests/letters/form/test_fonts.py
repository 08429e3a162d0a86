"""A PDF is set in a serif that has every Vietnamese letter, and in no other (F3, P22)."""

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import typst
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from letters.form import pdf_file as drawing
from letters.form.blocks import Heading, Paragraph, Span
from letters.form.fonts import EMBEDDED, families, missing_letters, vietnamese_letters, whole_families
from letters.form.paper import Paper

LOOKS = [("Regular", 400), ("Bold", 700), ("Italic", 400)]


def build(file: Path, family: str, look: str, weight: int, letters: frozenset[str]) -> None:
    """A font of squares, in the place of one that may not be shipped."""
    builder = FontBuilder(1000, isTTF=True)
    names = {ord(letter): f"u{ord(letter):04X}" for letter in sorted(letters)}
    pen = TTGlyphPen(None)
    for place, corner in enumerate(((0, 0), (0, 500), (500, 500), (500, 0))):
        (pen.lineTo if place else pen.moveTo)(corner)
    pen.closePath()
    square = pen.glyph()
    order = [".notdef", *names.values()]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(order, square))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": look, "psName": f"{family}-{look}".replace(" ", "")})
    selection, style = {"Regular": (0x40, 0), "Bold": (0x20, 1), "Italic": (0x01, 2)}[look]
    builder.updateHead(macStyle=style)
    builder.setupOS2(usWeightClass=weight, fsSelection=selection)
    builder.setupPost()
    builder.save(file)


def found_in(folder: Path) -> list[str]:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return whole_families(fonts.fonts())


def embedded_fonts(pdf: bytes) -> Iterator[tuple[str, int]]:
    """The fonts inside a PDF: each name without its tag, and how many letters are really drawn in it."""
    reader = PdfReader(io.BytesIO(pdf))
    seen = {}
    for page in reader.pages:
        resources = page["/Resources"]
        assert isinstance(resources, DictionaryObject)
        for font in resources["/Font"].values():  # type: ignore[attr-defined]  # pypdf's own types stop here
            (below,) = font.get_object()["/DescendantFonts"].get_object()
            descriptor = below.get_object()["/FontDescriptor"].get_object()
            seen[str(font.get_object()["/BaseFont"]).partition("+")[2]] = descriptor
    for name, descriptor in seen.items():
        if "/FontFile2" in descriptor:
            glyphs = TTFont(io.BytesIO(descriptor["/FontFile2"].get_object().get_data()))["glyf"]
            yield name, sum(glyphs[one].numberOfContours != 0 for one in glyphs.keys())  # noqa: SIM118 - not a dict
        else:
            whole = CFFFontSet()
            whole.decompile(io.BytesIO(descriptor["/FontFile3"].get_object().get_data()), None)
            drawn = whole[0].CharStrings
            yield name, sum(drawn[one].bytecode != drawn[".notdef"].bytecode for one in drawn.keys())  # noqa: SIM118


def test_the_alphabet_has_every_letter_with_every_tone_composed() -> None:
    letters = vietnamese_letters()

    assert len({letter for letter in letters if not letter.isascii()}) == 134  # P22
    assert all(len(letter) == 1 and unicodedata.is_normalized("NFC", letter) for letter in letters)
    assert {*"ĐđẰặẹỳỵƯừẾề"} <= letters


@pytest.mark.parametrize("own", [True, False], ids=["the best there is", "the one that is always there"])
def test_every_letter_is_drawn_in_the_font_that_is_embedded(
    own: bool, papers: dict[str, Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = families()[0] if own else EMBEDDED
    monkeypatch.setattr(drawing, "families", lambda: (chosen,))
    letters = "".join(sorted(vietnamese_letters()))
    styles = [Span(letters), Span(letters, bold=True), Span(letters, italic=True), Span(letters, True, True)]
    body = (*(Paragraph((one,)) for one in styles), *(Heading(level, (styles[2],)) for level in (1, 2, 3)))
    paper = replace(papers["invitation"], body=body)

    made = drawing.pdf_file(paper)

    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())
    assert text.count(letters) == 7
    fonts = dict(embedded_fonts(made))
    name = chosen.replace(" ", "")
    assert {font.partition("-")[0] for font in fonts} == {name}  # no letter was taken from another family
    assert len(fonts) == 3
    assert all(drawn >= len(letters) for drawn in fonts.values()), fonts


def test_times_new_roman_is_taken_where_it_is_whole(tmp_path: Path) -> None:
    for family in ("Liberation Serif", "Times New Roman", "Vera Serif"):
        for look, weight in LOOKS:
            build(tmp_path / f"{family} {look}.ttf", family, look, weight, vietnamese_letters())

    assert found_in(tmp_path) == ["Times New Roman", "Liberation Serif"]


def test_a_family_that_lacks_one_letter_in_one_face_is_never_taken(tmp_path: Path) -> None:
    for look, weight in LOOKS:
        lacking = {"ẵ"} if look == "Bold" else set()
        build(tmp_path / f"{look}.ttf", "Times New Roman", look, weight, vietnamese_letters() - lacking)

    assert list(missing_letters((str(tmp_path / "Bold.ttf"), 0))) == ["ẵ"]
    assert found_in(tmp_path) == []


def test_a_family_without_bold_letters_is_never_taken(tmp_path: Path) -> None:
    for look, weight in LOOKS:
        if look != "Bold":
            build(tmp_path / f"{look}.ttf", "Tinos", look, weight, vietnamese_letters())

    assert found_in(tmp_path) == []


def test_a_file_that_is_no_font_lacks_every_letter(tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(b"no font")

    assert set(missing_letters((str(tmp_path / "x.ttf"), 0))) == vietnamese_letters()
    assert set(missing_letters((str(tmp_path / "missing.ttf"), 0))) == vietnamese_letters()


def test_there_is_always_a_family() -> None:
    assert families()[-1] == EMBEDDED
