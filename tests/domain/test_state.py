"""States are told in words, each in its own, and by nothing but their table."""

from enum import StrEnum

import pytest

from domain import words
from domain.state import DocumentState, LetterState, NumberState, VisitState


@pytest.mark.parametrize("kind", [VisitState, DocumentState, LetterState, NumberState])
def test_each_state_has_words_of_its_own(kind: type[StrEnum]) -> None:
    called = [getattr(one, "called") for one in kind]  # noqa: B009 - not a field of every enum

    assert all(called)
    assert len(set(called)) == len(called)


def test_the_words_for_templates_are_those_of_the_tables() -> None:
    assert words.VISITS["cancelled"] == "đã hủy"
    assert words.LETTERS["partly"] == "đã gửi, bản đồng gửi bị từ chối"
    assert words.DOCUMENTS["issued"] == "đã phát hành"
    assert words.NUMBERS["gap"] == "bỏ trống"
    assert [len(one) for one in (words.VISITS, words.DOCUMENTS, words.LETTERS, words.NUMBERS)] == [7, 5, 11, 6]
