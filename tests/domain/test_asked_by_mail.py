"""What an answer by mail is likely to bring follows from the letter it answers, else from what is waited for."""

import pytest

from domain.asked_by_mail import Asked, asked_by
from domain.letters_and_documents import Purpose
from domain.obligation import Kind
from domain.wait import Wait


@pytest.mark.parametrize(
    ("purpose", "asked"),
    [
        (Purpose.NOMINATION_REQUEST, Asked.NOMINATIONS),
        (Purpose.NOMINATION_REMINDER, Asked.NOMINATIONS),
        (Purpose.NOMINATION_INCOMPLETE, Asked.NOMINATIONS),
        (Purpose.LATE_DECISION, Asked.NOMINATIONS),
        (Purpose.FINDINGS_REQUEST, Asked.FINDINGS),
        (Purpose.FINDINGS_REMINDER, Asked.FINDINGS),
        (Purpose.GROUP_NOTICE, Asked.FINDINGS),
        (Purpose.RESULT_NOTICE, Asked.REMEDIES),
        (Purpose.REMEDY_REMINDER, Asked.REMEDIES),
    ],
)
def test_of_a_visit_the_letter_says_what_was_asked_whatever_is_waited_for_now(purpose: str, asked: Asked) -> None:
    assert asked_by(purpose, Kind.VISIT, None) is asked
    assert asked_by(purpose, Kind.VISIT, Wait.CHOICE) is asked


@pytest.mark.parametrize(
    "purpose",
    [Purpose.YEAR_END_REQUEST, Purpose.YEAR_END_REMINDER, Purpose.SELF_REPORT, Purpose.SELF_REPORT_RETURNED],
)
def test_a_letter_about_a_report_asks_for_the_report(purpose: str) -> None:
    assert asked_by(purpose, Kind.SELF_REPORT, None) is Asked.SELF_REPORT


@pytest.mark.parametrize(("kind", "asked"), [(Kind.SELF_REPORT, Asked.SELF_REPORT), (Kind.FOLLOW_UP, Asked.REMEDIES)])
def test_of_anything_else_its_own_kind_says_it_even_against_the_letter(kind: Kind, asked: Asked) -> None:
    assert asked_by(Purpose.NOMINATION_REQUEST, kind, Wait.NOMINATIONS) is asked
    assert asked_by("", kind, None) is asked


@pytest.mark.parametrize(
    ("wait", "asked"),
    [
        (Wait.NOMINATIONS, Asked.NOMINATIONS),
        (Wait.NOMINATIONS_OVERDUE, Asked.NOMINATIONS),
        (Wait.NOMINATIONS_AGAIN, Asked.NOMINATIONS),
        (Wait.NOMINATIONS_ON_PAPER, Asked.NOMINATIONS),
        (Wait.FINDINGS, Asked.FINDINGS),
        (Wait.FINDINGS_AGAIN, Asked.FINDINGS),
        (Wait.CHOICE, None),
        (None, None),
    ],
)
def test_without_a_letter_that_asks_it_is_what_the_visit_waits_for(wait: Wait | None, asked: Asked | None) -> None:
    assert asked_by("", Kind.VISIT, wait) is asked
    assert asked_by(Purpose.INVITATION, Kind.VISIT, wait) is asked


@pytest.mark.parametrize("kind", [Kind.PLAN, Kind.SUMMARY])
def test_of_the_plan_and_the_summary_nothing_is_asked_of_anybody_outside(kind: Kind) -> None:
    """Not even by a letter that would ask something about a visit."""
    assert asked_by(Purpose.NOMINATION_REQUEST, kind, None) is None


def test_its_words_and_the_end_of_its_address_go_with_it() -> None:
    assert [(one.value, one.form) for one in Asked] == [
        ("nominations", "de-cu"), ("findings", "ket-qua"), ("self_report", "nhan"), ("remedies", "kien-nghi/tra-loi"),
    ]  # fmt: skip
    assert Asked.NOMINATIONS.called == "danh sách giới thiệu"
