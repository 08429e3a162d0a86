"""What hosts and inspectors write is shown in Prefect as they wrote it, and does nothing there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from overview.markdown import plain

HOSTILE = (
    '<img src="http://evil.example/x.png" onerror="alert(1)">', "[xem](javascript:alert(1))", "![](http://evil.example)",
    "https://evil.example", "www.evil.example", "a@evil.example", "<script>alert(1)</script>",
    "`x` **đậm** _nghiêng_ ~bỏ~",
    "# Tiêu đề", "| ô | ô |", "&lt;b&gt;", "\\", "dòng một\n\n- dòng hai", "Chi bộ 1. Phòng Mẫu - Hai",
)  # fmt: skip


def shown(text: str) -> tuple[str, set[str]]:
    """The words and the elements that a reader of Markdown makes of a cell with that text."""
    reader = MarkdownIt("gfm-like", {"linkify": False}).enable("table")
    tokens = reader.parse(f"| Việc |\n|---|\n| {plain(text)} |\n")
    inner = [child for token in tokens for child in token.children or ()]
    words = "".join(child.content for child in inner if child.type in ("text", "text_special"))
    return words.removeprefix("Việc"), {child.type for child in inner}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(text: str) -> None:
    words, elements = shown(text)

    assert words == " ".join(text.split())
    assert elements <= {"text", "text_special"}


ANY = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cf"))


@given(st.text(alphabet=ANY, min_size=1, max_size=60))
def test_whatever_is_written_is_shown_letter_by_letter(text: str) -> None:
    words, elements = shown(text)

    assert words.strip() == " ".join(text.split()).strip()
    assert elements <= {"text", "text_special"}
