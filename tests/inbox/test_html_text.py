"""HTML of a mail is its words, line by line."""

import pytest

from inbox.html_text import html_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Xin <b>gửi</b></p><p>danh sách</p>", "Xin gửi\n\ndanh sách"),
        ("a<br>b<BR/>c", "a\nb\nc"),
        ("T&ocirc;i &lt;an&gt; &amp; b", "Tôi <an> & b"),
        ("<style>p{}</style>a<script>alert('<b>')</script>b", "ab"),
        ("<head><title>x</title></head><body>a</body>", "a"),
        ("a<!-- <b>x</b> -->b", "ab"),
        ("<!--[if mso]>x<![endif]-->a", "a"),
        ("a<blockquote>b<p>c</p></blockquote>d", "a\n> b\n> c\n>\nd"),
        ('<img src="http://ke-gian.example/x.png" alt="x">a', "a"),
        ("a < b", "a"),
        ("<b", ""),
    ],
)
def test_it_is_what_a_reader_sees(source: str, text: str) -> None:
    assert html_text(source).strip() == text


@pytest.mark.parametrize("piece", ["<!--", "<", "<script", "&#", "<blockquote>", "<p"])
def test_a_broken_page_gives_no_more_than_it_holds(piece: str) -> None:
    assert len(html_text(piece * 50_000)) <= 12 * 50_000
