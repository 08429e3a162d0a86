"""A mail says in HTML what it says in its text: read here by a parser that knows nothing of how it was made."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.letters_and_documents import Purpose
from letters.form.paper import Acts
from letters.mail_html import mail_html
from letters.wording import render
from tests.mail_page import ALLOWED, opened, said

Facts = dict[str, object]
ACTS = Acts("125-TB/BTCTU", date(2024, 2, 5))
LINK = "https://visits.example/tra-loi/eyJpZCI6MX0.Zk3vXg.q-2_0bW~7=="


@pytest.mark.parametrize("acts", [ACTS, None])
@pytest.mark.parametrize("purpose", Purpose)
def test_every_letter_says_the_same_in_both_forms(purpose: str, acts: Acts | None, facts: Facts) -> None:
    more = {
        "changes": ("Chuyển sang 14 giờ 00 < 15 giờ",),
        "reply_link": LINK,
        "score_link": LINK,
        "attached": "a.docx",
    }
    wording = render(purpose, facts | more, acts=acts)

    page = mail_html(wording.body, wording.subject)
    read = opened(page)

    assert said(read.lines) == said(wording.body.splitlines())
    assert unicodedata.is_normalized("NFC", page)
    assert set(read.links) == set(re.findall(r"(?m)^https?://\S+$", wording.body))


@pytest.mark.parametrize("purpose", Purpose)
def test_no_letter_loads_or_runs_anything_or_sets_a_colour(purpose: str, facts: Facts) -> None:
    """A mail program in the dark shows its own colours; nobody learns that a letter was opened."""
    wording = render(purpose, facts | {"reply_link": LINK}, acts=ACTS)
    page = mail_html(wording.body, wording.subject)
    read = opened(page)

    assert page.startswith('<!DOCTYPE html>\n<html lang="vi"')
    assert {tag for tag, _, _ in read.attributes} <= ALLOWED
    assert set(re.findall(r"<(\w+)", page)) <= ALLOWED
    assert {name for _, name, _ in read.attributes} <= {"lang", "style", "charset", "name", "content", "role", "href"}
    styles = " ".join(value or "" for _, name, value in read.attributes if name == "style")
    assert "url(" not in styles
    assert not re.search(r"(?<![\w-])(color|background[\w-]*) *:", styles)
    assert "width=device-width" in page


def test_a_list_of_meetings_is_a_list_with_lists_in_it(facts: Facts) -> None:
    page = mail_html(render("findings_request", facts).body, "x")

    assert re.search(r'<ul role="list"[^>]*>\n<li[^>]*>1\. Chi bộ Trường THPT Nhơn Trạch[^<]*\n<ul', page)
    assert re.search(r"\n<li[^>]*>Thời gian: \d\d giờ", page)


def test_rows_of_a_table_keep_the_number_that_the_text_gives_them(facts: Facts) -> None:
    """A list that counts by itself would write `1.` for `01.`, and go on counting where a number is left out."""
    page = mail_html(render("selection_notice", facts, acts=ACTS).body, "x")

    assert re.search(r"<li[^>]*>01\. Chi bộ Trường THPT Nhơn Trạch", page)
    assert re.search(r"<li[^>]*>II\.2\.b\. Sổ nghị quyết", page)
    assert "<ol" not in page


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("I- MỤC ĐÍCH", "<h2>I- MỤC ĐÍCH</h2>"),
        ("1. Mục đích", "<p>1. Mục đích</p>"),
        ("- một ý", "<ul>\n<li>một ý</li>\n</ul>"),
        ("- a;\n+ b;\n- c.", "<ul>\n<li>a;\n<ul>\n<li>b;</li>\n</ul>\n</li>\n<li>c.</li>\n</ul>"),
        ("Kính gửi:\n- A;\n- B.", "<p>Kính gửi:</p>\n<ul>\n<li>A;</li>\n<li>B.</li>\n</ul>"),
        ("2. Đảng ủy\n   Lý do: trùng lịch.", "<ul>\n<li>2. Đảng ủy<br>\nLý do: trùng lịch.</li>\n</ul>"),
        ("    visits choose 2024-02 2", "<p><code>visits choose 2024-02 2</code></p>"),
        (LINK, f'<p><a href="{LINK}">{LINK}</a></p>'),
        ("xem http://x.example <b>&", "<p>xem http://x.example &lt;b&gt;&amp;</p>"),
        ("- https://x.example/a", "<ul>\n<li>https://x.example/a</li>\n</ul>"),
        ("Nhận xét:\n- https://x.example/<b>;\n- rõ.",
         "<p>Nhận xét:</p>\n<ul>\n<li>https://x.example/&lt;b&gt;;</li>\n<li>rõ.</li>\n</ul>"),
        ("2. Đảng ủy\n   https://x.example/a", "<ul>\n<li>2. Đảng ủy<br>\nhttps://x.example/a</li>\n</ul>"),
        ('http://x.example/"onclick="a', '<p><a href="http://x.example/&#34;onclick=&#34;a">'
         "http://x.example/&#34;onclick=&#34;a</a></p>"),
        ("Trân trọng.\n\nBan Tổ chức\nPhòng", "<p>Trân trọng.</p>\n<p>Ban Tổ chức<br>\nPhòng</p>"),
    ],
)  # fmt: skip
def test_each_kind_of_line(text: str, drawn: str) -> None:
    page = mail_html(text, "x")
    body = re.search(r"<div[^>]*>\n(.*)\n</div>", page, re.DOTALL)
    assert body

    assert re.sub(r'( style="[^"]*"| role="list")', "", body[1]) == drawn


@given(text=st.text(alphabet=st.sampled_from("aăđ <>&\"'-+1.)\n/:|#*"), max_size=200), title=st.text(max_size=40))
@example(text="- a\n\n\n   b\n- - c\n+ d", title="</title><script>")
@example(text="    \n  - x", title="")
@settings(max_examples=200, deadline=None)
def test_no_text_is_lost_and_none_becomes_a_mark(text: str, title: str) -> None:
    read = opened(mail_html(text, title))

    assert {tag for tag, _, _ in read.attributes} <= ALLOWED
    assert "".join("".join(read.lines).split()) == "".join("".join(said_without_dashes(text)).split())


def said_without_dashes(text: str) -> list[str]:
    """A dash is a bullet only in front of words: what stands after the blank is the entry."""
    return [re.sub(r"^\s*[-+] +(?=\S)", "", line) for line in text.splitlines()]
