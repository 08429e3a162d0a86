"""What a letter of the office asks for, and so what an answer to it by mail is likely to bring (R62, D11, D13)."""

from enum import StrEnum

from domain.letters_and_documents import Purpose
from domain.obligation import FOLLOW_UP_WORD, Kind
from domain.wait import Wait


class Asked(StrEnum):
    """What is asked of somebody outside; the value is the word of links as well (`answers.links`)."""

    called: str  #: within a sentence
    form: str  #: how the address of its form ends, below the page of what it is about

    def __new__(cls, value: str, called: str, form: str) -> "Asked":
        """A value with its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.called, member.form = called, form
        return member

    NOMINATIONS = "nominations", "danh sách giới thiệu", "de-cu"
    FINDINGS = "findings", "kết quả giám sát", "ket-qua"
    SELF_REPORT = "self_report", "báo cáo tự dự, giám sát", "nhan"
    REMEDIES = "remedies", "kết quả thực hiện kiến nghị", f"{FOLLOW_UP_WORD}/tra-loi"


_BY_LETTER: dict[str, Asked] = {
    **dict.fromkeys(
        (
            Purpose.NOMINATION_REQUEST, Purpose.NOMINATION_REMINDER, Purpose.NOMINATION_INCOMPLETE,
            Purpose.LATE_DECISION,
        ),
        Asked.NOMINATIONS,
    ),
    **dict.fromkeys((Purpose.FINDINGS_REQUEST, Purpose.FINDINGS_REMINDER, Purpose.GROUP_NOTICE), Asked.FINDINGS),
    **dict.fromkeys(
        (Purpose.YEAR_END_REQUEST, Purpose.YEAR_END_REMINDER, Purpose.SELF_REPORT, Purpose.SELF_REPORT_RETURNED),
        Asked.SELF_REPORT,
    ),
    **dict.fromkeys((Purpose.RESULT_NOTICE, Purpose.REMEDY_REMINDER), Asked.REMEDIES),
}  # fmt: skip
_BY_KIND = {Kind.SELF_REPORT: Asked.SELF_REPORT, Kind.FOLLOW_UP: Asked.REMEDIES}
_BY_WAIT = {
    **dict.fromkeys(
        (Wait.NOMINATIONS, Wait.NOMINATIONS_OVERDUE, Wait.NOMINATIONS_AGAIN, Wait.NOMINATIONS_ON_PAPER),
        Asked.NOMINATIONS,
    ),
    **dict.fromkeys((Wait.FINDINGS, Wait.FINDINGS_AGAIN), Asked.FINDINGS),
}


def asked_by(purpose: str, kind: Kind, wait: Wait | None) -> Asked | None:
    """What an answer is for: to the letter of that purpose (empty: nobody knows which), about what is of that kind.

    Without a letter it follows from what is waited for; None where nothing is asked of anybody outside.
    """
    of_letter = _BY_LETTER.get(purpose)
    if of_letter is not None and (kind is Kind.VISIT or of_letter is _BY_KIND.get(kind)):
        return of_letter
    return _BY_KIND.get(kind) or (_BY_WAIT.get(wait) if wait else None)
