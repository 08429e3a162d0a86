"""Lines of the record and of the news are told in the words of staff, papers by their names."""

import pytest

from domain.letters_and_documents import BY_NAME, document_title
from overview.said import title_of


def lower_first(title: str) -> str:
    """As within a sentence."""
    return title[:1].lower() + title[1:]


@pytest.mark.parametrize("paper", BY_NAME)
@pytest.mark.parametrize("act", ["Phát hành", "Đính chính"])
def test_every_paper_is_called_by_its_name(act: str, paper: str) -> None:
    assert title_of(f"{act.lower()} {paper}", {}) == f"{act} {lower_first(document_title(BY_NAME[paper]))}"


def test_what_stands_around_the_name_of_a_paper_stays() -> None:
    told = title_of("cho phép phát hành report-request dù chưa đạt kiểm tra", {})

    assert told == "Cho phép phát hành công văn đề nghị báo cáo năm dù chưa đạt kiểm tra"
