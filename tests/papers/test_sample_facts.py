"""Every letter can be looked at with facts of this year, on the first day of the year and at its end."""

import pytest

from config.settings import settings
from database.engine import reading
from domain.letters_and_documents import Purpose
from papers.sample_facts import SampleFacts, sample_facts
from papers.wording_preview import preview
from tests.desk import Desk


def sample(purpose: Purpose, *, with_findings: bool = True) -> SampleFacts | None:
    """The facts for somebody who may see everything that has no mark."""
    with reading(settings().database) as session:
        return sample_facts(session, purpose, 2024, lambda _row: True, with_findings=with_findings)


@pytest.mark.parametrize("chapter", ["", "until_year_end"])
def test_every_letter_reads_with_them(desk: Desk, chapter: str) -> None:
    if chapter:
        getattr(desk, chapter)()
    for purpose in Purpose:
        found = sample(purpose)
        assert found, purpose
        shown = preview(purpose, found.facts, None)
        assert shown.problems == (), purpose
        assert shown.wording
        assert purpose.facts <= found.facts.keys(), purpose


def test_what_is_not_there_yet_is_said_to_be_invented(desk: Desk) -> None:
    result = sample(Purpose.RESULT_NOTICE)

    assert desk.visit.state == "planned"
    assert result
    assert result.invented == ("buổi sinh hoạt", "kết quả giám sát")
    shown = preview(Purpose.RESULT_NOTICE, result.facts, None)
    assert shown.wording
    assert "Hạn chế ví dụ" in shown.wording.body


def test_what_was_found_is_read_for_those_whom_it_concerns_alone(desk: Desk) -> None:
    desk.until_year_end()
    theirs, others = (sample(Purpose.RESULT_NOTICE, with_findings=one) for one in (True, False))

    assert theirs
    assert others
    assert theirs.invented == ()
    assert others.invented == ("kết quả giám sát",)
    assert sample(Purpose.ANNUAL_REPORT, with_findings=False) is None
