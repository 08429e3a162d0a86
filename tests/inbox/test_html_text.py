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
        ("<html><head><meta charset=utf-8><title>x</title><body><p>Xin gửi</p>", "Xin gửi"),
        ("<head><style>p{}</style><p>Xin gửi</p>", "Xin gửi"),
        ("<head><body>Xin gửi<br>head</head>", "Xin gửi\nhead"),
        ("<p>a</p><!-- <p>Xin gửi</p>", "a\n\nXin gửi"),
        ("<!--[if mso]><p>Xin gửi", "Xin gửi"),
        ("a<!-- b --><!-- <p>c", "a\nc"),
        ("<title>Xin gửi", "Xin gửi"),
        ("<header>Xin</header> gửi", "Xin gửi"),
    ],
)
def test_it_is_what_a_reader_sees(source: str, text: str) -> None:
    assert html_text(source).strip() == text


@pytest.mark.parametrize("piece", ["<!--", "<", "<script", "&#", "<blockquote>", "<p"])
def test_a_broken_page_gives_no_more_than_it_holds(piece: str) -> None:
    assert len(html_text(piece * 50_000)) <= 12 * 50_000
