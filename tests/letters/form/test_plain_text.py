"""The plain text of a document is complete, readable and in order."""

import re
import unicodedata
from collections.abc import Callable

from domain.letters_and_documents import DOCUMENTS
from letters.form.blocks import Item, Paragraph, Span, Table
from letters.form.paper import Paper
from letters.form.plain_text import head_text, plain_text, said_text


def test_the_whole_document_is_said(papers: dict[str, Paper], texts: Callable[[Paper], list[str]]) -> None:
    for purpose, paper in papers.items():
        text = re.sub(r"\s", "", plain_text(paper))
        blocks = (*paper.body, *(paper.appendix.blocks if paper.appendix else ()))
        tables = [block for block in blocks if isinstance(block, Table)]
        heads = {head for table in tables for words in table.heads for head in [re.sub(r"\s", "", words[0].text)]}
        for one in texts(paper):
            shown = re.sub(r"\s", "", one)
            assert shown in text or shown in heads | {"Mục", "Nộidunggiámsát"}, (purpose, one)


def test_it_is_composed_and_has_no_empty_ends(papers: dict[str, Paper]) -> None:
    for paper in papers.values():
        text = plain_text(paper)
        assert unicodedata.is_normalized("NFC", text)
        assert "\n\n\n" not in text
        assert text.endswith("\n")
        assert not re.search(r"[\ue000-\uf8ff]", text)


def test_a_letter_s_abstract_stands_under_its_number_and_a_notice_s_under_its_type(papers: dict[str, Paper]) -> None:
    letter, notice = papers["nomination_request"], papers["result_notice"]

    assert "Số 125-TB/BTCTU\nvề việc đề nghị thông báo danh sách" in head_text(letter)
    assert said_text(letter).startswith("Kính gửi: Ban Thường vụ Huyện ủy Nhơn Trạch\n\n")
    assert "về việc" not in head_text(notice)
    assert said_text(notice).startswith("THÔNG BÁO\nkết quả dự, giám sát sinh hoạt Đảng tháng 02/2024 tại")


def test_items_stand_together_and_a_table_is_a_list(papers: dict[str, Paper]) -> None:
    table = Table(
        heads=((Span("TT"),), (Span("Tên"),), (Span("Nơi"),), (Span("Ngày"),)),
        shares=(1, 1, 1, 1),
        aligns=("left",) * 4,
        rows=(((Span("01"),), (Span("một"),), (), (Span("05/3"),)),),
    )
    body = (Paragraph((Span("Gồm:"),)), Item("-", (Span("a;"),)), Item("-", (Span("b."),)), table)
    paper = Paper(**{**papers["invitation"].__dict__, "body": body})

    assert said_text(paper).endswith("\n\nGồm:\n\n- a;\n- b.\n\n01. một\n   - Ngày: 05/3")


def test_every_kind_has_a_text_of_its_own(papers: dict[str, Paper]) -> None:
    assert len({plain_text(paper) for paper in papers.values()}) == len(DOCUMENTS)
