"""A chart is numbers: bars in the PDF, a picture with words in the Word file, a list in plain text (D14)."""

import io

from docx import Document
from docx.oxml.ns import qn

from letters.form.blocks import Bar, Chart, Span, Table, plain
from letters.form.markup import read_markup, shield
from letters.form.paper import Paper
from letters.form.pdf_file import chart_picture, page_pictures
from letters.form.plain_text import chart_lines, plain_text
from letters.form.profile import PROFILES
from letters.form.word_file import word_file

TEXT = """
[biểu đồ] Kết quả theo nhóm
| Nhóm | Đạt | Chưa đạt |
|---|---|---|
| Mục II.1 | 20 | 1 |
| Mục II.2 | 0 | chưa có |
| Mục | Nội dung |
|---|---|
| II.1 | Biên bản |
"""
CHART = Chart(
    (Span("Kết quả theo nhóm"),), ("Đạt", "Chưa đạt"), (Bar("Mục II.1", (20, 1)), Bar("Mục II.2", (0, 0)))
)  # fmt: skip


def test_a_titled_table_is_a_chart_and_the_next_one_a_table() -> None:
    chart, table = read_markup(TEXT)

    assert chart == CHART
    assert isinstance(table, Table)
    assert len(table.rows) == 1


def test_a_title_without_a_table_is_an_ordinary_line() -> None:
    (line,) = read_markup("[biểu đồ] Kết quả")
    assert not isinstance(line, Chart)


def test_a_fact_makes_no_chart() -> None:
    blocks = read_markup(f"{shield('[biểu đồ] Kết quả')}\n| Nhóm | Đạt |\n|---|---|\n| II.1 | 2 |")
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Table"]


def test_in_words_it_is_a_list_of_shares_and_nothing_is_said_to_be_nothing() -> None:
    assert chart_lines(CHART) == [
        "Kết quả theo nhóm",
        "- Mục II.1: Đạt 20 (95%), Chưa đạt 1 (5%); n = 21",
        "- Mục II.2: chưa có",
    ]


def test_of_a_small_whole_the_numbers_are_told_without_per_cent() -> None:
    few = Chart(CHART.title, CHART.series, (Bar("Tháng 2", (2, 1)),))
    assert chart_lines(few)[1] == "- Tháng 2: Đạt 2, Chưa đạt 1; n = 3"


def test_its_picture_is_the_same_for_the_same_numbers_and_another_for_others() -> None:
    profile = PROFILES["hd36_2018"]
    first = chart_picture(CHART, profile)
    other = Chart(CHART.title, CHART.series, (Bar("Mục II.1", (20, 2)), CHART.bars[1]))

    assert first.startswith(b"\x89PNG")
    assert first == chart_picture(CHART, profile)
    assert first != chart_picture(other, profile)


def test_a_chart_without_bars_or_numbers_is_drawn_all_the_same() -> None:
    profile = PROFILES["hd05_2026"]
    assert chart_picture(Chart(CHART.title, CHART.series, ()), profile)
    assert chart_picture(Chart(CHART.title, CHART.series, (Bar("II.1", (0, 0)),)), profile)


def test_the_word_file_shows_it_as_a_picture_that_says_its_numbers(papers: dict[str, Paper]) -> None:
    paper = papers["annual_report"]
    charts = [block for block in paper.body if isinstance(block, Chart)]
    word = Document(io.BytesIO(word_file(paper)))
    pictures = word.element.body.findall(f".//{qn('wp:docPr')}")

    assert len(charts) == len(pictures) == 2
    assert [one.get("descr") for one in pictures] == ["; ".join(chart_lines(chart)) for chart in charts]
    assert word_file(paper) == word_file(paper), "the same bytes for the same document"


def test_the_pdf_draws_it_and_the_text_says_it(papers: dict[str, Paper]) -> None:
    paper = papers["annual_report"]
    for chart in (block for block in paper.body if isinstance(block, Chart)):
        assert plain(chart.title) in plain_text(paper)
    assert len(page_pictures(paper)) >= 2
