"""The Word file has every word of its document, is put together as Word wants it, and is the same each time."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph

from letters.form.blocks import Table
from letters.form.columns import column_widths
from letters.form.paper import Paper
from letters.form.word_file import word_file


def paragraphs(word: WordDocument) -> Iterator[Paragraph]:
    """All paragraphs in their order, those in tables as well."""
    return (Paragraph(one, word) for one in word.element.body.iter(qn("w:p")))


def millimetres(length: Length | None) -> float:
    assert length is not None
    return round(length.mm, 1)


def test_the_signature_stays_with_the_last_paragraph(pair: tuple[Paper, WordDocument]) -> None:
    _, word = pair
    foot = next(table for table in word.tables if table.cell(0, 0).text.startswith("Nơi nhận:"))
    bridge = Paragraph(foot._tbl.getprevious(), word)
    last = Paragraph(bridge._p.getprevious(), word)

    for one in (bridge, last):
        assert one.style is not None
        assert one.style.paragraph_format.keep_with_next
    assert foot._tbl.find(f".//{qn('w:cantSplit')}") is not None


def test_tables_repeat_their_heads_keep_their_rows_whole_and_fill_the_width(pair: tuple[Paper, WordDocument]) -> None:
    paper, word = pair
    blocks = [*paper.body, *(paper.appendix.blocks if paper.appendix else ())]
    tables = [block for block in blocks if isinstance(block, Table)]
    drawn = [table for table in word.tables if table.style is not None and table.style.name == "Table Grid"]

    assert len(drawn) == len(tables)
    for table, found in zip(tables, drawn, strict=True):
        widths = [millimetres(column.width) for column in found.columns]
        assert abs(sum(widths) - paper.profile.text_width) < 0.5
        wanted = column_widths(table, paper.profile)
        assert all(abs(one - other) < 0.2 for one, other in zip(widths, wanted, strict=True))
        head, *rows = found.rows
        assert head._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
        assert len(rows) == len(table.rows)
        styles = [one.style for cell in head.cells for one in cell.paragraphs]
        assert {style.font.size for style in styles if style is not None} == {Pt(paper.profile.table_size)}


def test_every_word_of_the_document_is_in_the_file(
    pair: tuple[Paper, WordDocument], texts: Callable[[Paper], list[str]]
) -> None:
    paper, word = pair
    found = [one.text.replace("\u00a0", " ") for one in paragraphs(word)]

    for text in texts(paper):
        assert text.replace("\u00a0", " ") in found
    assert not re.search(r"[\ue000-\uf8ff]|\{\{|\*\*", "\n".join(found))


def test_the_hyphen_of_a_symbol_is_one_that_no_line_ends_at(papers: dict[str, Paper]) -> None:
    """Word and LibreOffice end a line after an ordinary hyphen: “10-/CT/TW”."""
    word = Document(io.BytesIO(word_file(papers["selection_notice"])))
    cited = [one for one in paragraphs(word) if "73-KH/BTCTU" in one.text]

    assert cited
    for one in cited:
        assert "73-KH" not in "".join(text.text or "" for text in one._p.iter(qn("w:t")))
        assert one._p.find(f".//{qn('w:noBreakHyphen')}") is not None


def test_the_font_is_set_for_every_script_and_no_theme_overrides_it(papers: dict[str, Paper]) -> None:
    styles = Document(io.BytesIO(word_file(papers["invitation"]))).styles.element
    fonts = [styles.find(path) for path in (f"{qn('w:docDefaults')}//{qn('w:rFonts')}",)]
    fonts.append(styles.find(f"{qn('w:style')}[@{qn('w:styleId')}='Normal']//{qn('w:rFonts')}"))

    for one in fonts:
        named = {key.rpartition("}")[2]: value for key, value in one.items()}
        assert named == dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), "Times New Roman")
    assert 'w:lang w:val="vi-VN"' in styles.xml


def test_the_same_document_has_the_same_bytes_and_tells_no_time(papers: dict[str, Paper]) -> None:
    made = word_file(papers["selection_notice"])

    assert made == word_file(papers["selection_notice"])
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}
        core = file.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"1980-01-01T"}
    assert "python-docx" not in core


#: Word repairs or refuses a file whose elements stand in another order than its schema's.
ORDERS = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing "
    "jc outlineLvl rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs u vertAlign lang",
    "w:tblPr": "tblStyle tblStyleRowBandSize tblStyleColBandSize tblW jc tblInd tblBorders shd tblLayout tblCellMar "
    "tblLook",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "w:sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
}


def test_the_parts_of_a_file_stand_in_the_order_word_insists_on(pair: tuple[Paper, WordDocument]) -> None:
    _, word = pair

    for parent, order in ORDERS.items():
        known = order.split()
        for part in (word.element, word.styles.element):
            for one in part.iter(qn(parent)):
                names = [child.tag.rpartition("}")[2] for child in one]
                assert names == sorted(names, key=known.index), (parent, names)


def test_every_cell_ends_with_a_paragraph_and_no_two_tables_touch(pair: tuple[Paper, WordDocument]) -> None:
    _, word = pair
    tags = [child.tag for child in word.element.body]

    assert all(cell[-1].tag == qn("w:p") for cell in word.element.body.iter(qn("w:tc")))
    assert (qn("w:tbl"), qn("w:tbl")) not in pairwise(tags)
    assert tags[-2:] == [qn("w:p"), qn("w:sectPr")]
