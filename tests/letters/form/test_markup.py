"""The wording's few marks make blocks; facts make none."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letters.form.blocks import Block, Heading, Item, Paragraph, Span, Table, plain
from letters.form.markup import read_markup, read_words, shield, unshield
from letters.one_line import one_line


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("I- TÊN MỤC", Heading(1, (Span("I- TÊN MỤC"),))),
        ("IV- TÊN MỤC", Heading(1, (Span("IV- TÊN MỤC"),))),
        ("# Tên mục", Heading(1, (Span("Tên mục"),))),
        ("## 1. Tên mục", Heading(2, (Span("1. Tên mục"),))),
        ("### a) Tên mục", Heading(3, (Span("a) Tên mục"),))),
        ("#1 là một đoạn", Paragraph((Span("#1 là một đoạn"),))),
        ("- một ý", Item("-", (Span("một ý"),))),
        ("+ một ý", Item("+", (Span("một ý"),))),
        ("12. một ý", Item("12.", (Span("một ý"),))),
        ("đ) một ý", Item("đ)", (Span("một ý"),))),
        ("-không phải ý", Paragraph((Span("-không phải ý"),))),
        ("2024. Năm", Paragraph((Span("2024. Năm"),))),
        ("\\- không phải ý", Paragraph((Span("- không phải ý"),))),
        ("\\I- không phải mục", Paragraph((Span("I- không phải mục"),))),
        ("| không | phải bảng |", Paragraph((Span("| không | phải bảng |"),))),
    ],
)
def test_each_line_is_one_block_and_its_beginning_says_which(line: str, block: Block) -> None:
    assert read_markup(line) == (block,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a **đậm** b", (Span("a "), Span("đậm", bold=True), Span(" b"))),
        ("*nghiêng*", (Span("nghiêng", italic=True),)),
        ("2 * 3 = 6", (Span("2 * 3 = 6"),)),
        (r"\*sao\* và \\", (Span("*sao* và \\"),)),
        ("**chưa đóng", (Span("**chưa đóng"),)),
        ("", ()),
    ],
)
def test_stars_make_bold_and_italic_words(text: str, words: tuple[Span, ...]) -> None:
    assert read_words(text) == words


def test_a_table_has_a_head_shares_alignments_and_rows_of_equal_length() -> None:
    (table,) = read_markup("| TT | Tên | Số |\n|:--:|----|-:|\n| 01 | một |\n| 02 | hai | 3 | 4 |\n")

    assert isinstance(table, Table)
    assert [plain(head) for head in table.heads] == ["TT", "Tên", "Số"]
    assert table.shares == (2, 4, 1)
    assert table.aligns == ("center", "left", "right")
    assert [[plain(cell) for cell in row] for row in table.rows] == [["01", "một", ""], ["02", "hai", "3 | 4"]]


def test_a_table_ends_where_its_lines_end_and_may_have_no_row() -> None:
    first, second, after = read_markup("| A |\n|---|\n\n| B |\n|---|\n| 1 |\nchữ")

    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert (len(first.rows), len(second.rows)) == (0, 1)
    assert after == Paragraph((Span("chữ"),))


@given(fact=st.text())
@example(fact="| a | b |")
@example(fact="**x** _y_ `z`")
@example(fact="\ue000\ue001")
@example(fact="\\")
@example(fact="I- MỤC")
def test_a_fact_makes_no_mark_wherever_it_stands(fact: str) -> None:
    fact = one_line(fact)
    said = "".join(letter for letter in fact if not "\ue000" <= letter <= "\ue009")
    filled = shield(fact)

    assert unshield(filled) == said
    blocks = read_markup(f"Về {filled}\n- {filled}.\n| A | B |\n|---|---|\n| x{filled} | **{filled}y** |")
    paragraph, item, table = blocks
    assert paragraph == Paragraph((Span(f"Về {said}".strip()),))
    assert item == Item("-", (Span(f"{said}.".strip()),))
    assert isinstance(table, Table)
    assert table.rows == (((Span(f"x{said}".strip()),), (Span(f"{said}y", bold=True),)),)
