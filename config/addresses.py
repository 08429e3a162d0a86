"""Where the desk has its page about an obligation, and its form for what is waited for: for desk, letters, Prefect."""

import re

from domain.obligation import FOLLOW_UP_WORD, PLAN_WORD, SUMMARY_WORD, Kind, Obligation, parse_reference
from domain.wait import Wait

REPORT_WORD = "bao-cao"

_VISIT = re.compile(rf"/chuyen/([^/]+/[^/]+)(/{FOLLOW_UP_WORD}(?=/|$))?")
_YEAR = re.compile(rf"/nam/(\d{{4}})/(?:{REPORT_WORD}/([^/]+)|({PLAN_WORD}|{SUMMARY_WORD}))(?=/|$)")


def page_of(one: Obligation) -> str:
    """`/chuyen/2024-02/nhon_trach`, `/nam/2024/bao-cao/long_thanh`, `/nam/2024/ke-hoach`, …"""
    if one.kind is Kind.SELF_REPORT:
        return f"/nam/{one.year}/{REPORT_WORD}/{one.unit}"
    if one.kind in (Kind.PLAN, Kind.SUMMARY):
        return f"/nam/{one.key}"
    return f"/chuyen/{one.key}"


#: Below the page of what waits: the form that answers.
_FORMS: dict[Wait, str] = {
    Wait.NOMINATIONS: "de-cu", Wait.NOMINATIONS_OVERDUE: "de-cu", Wait.NOMINATIONS_AGAIN: "de-cu",
    Wait.NOMINATIONS_ON_PAPER: "de-cu", Wait.ACCEPTANCE: "chap-nhan", Wait.CHOICE: "chon",
    Wait.REQUEST_ISSUE: "phat-hanh/request", Wait.INVITATION_ISSUE: "phat-hanh/invitation",
    Wait.SELF_REPORT_ISSUE: "phat-hanh/report-request",
    Wait.NOTICE_ISSUE: "phat-hanh/notice", Wait.CHANGE_ISSUE: "phat-hanh/notice",
    Wait.FINDINGS: "ket-qua", Wait.FINDINGS_AGAIN: "ket-qua",
    Wait.REPORT_APPROVAL: "duyet/report", Wait.RESULT_APPROVAL: "duyet/result", Wait.RESULT_ISSUE: "phat-hanh/result",
    Wait.DECISION: "tiep-nhan", Wait.PLAN_ISSUE: "phat-hanh/plan",
    Wait.SELF_REPORT: "nhan", Wait.SELF_REPORT_OVERDUE: "nhan", Wait.SELF_REPORT_AGAIN: "nhan",
    Wait.SELF_REPORT_REVIEW: "xem-xet", Wait.REMEDIES: "tra-loi", Wait.REMEDIES_OVERDUE: "tra-loi",
    Wait.PROPOSALS: "nhiem-vu", Wait.SUMMARY_APPROVAL: "duyet/summary", Wait.SUMMARY_ISSUE: "phat-hanh/summary",
}  # fmt: skip


def form_below(wait: Wait) -> str:
    """`chon`, `phat-hanh/notice`; empty where no form of its own answers: a button on the page does, or time."""
    return _FORMS.get(wait, "")


def form_of(one: Obligation, wait: Wait) -> str:
    """`/chuyen/2024-02/nhon_trach/chon`: where whoever must act answers; the page if its button does."""
    if wait is Wait.LETTER_RESOLUTION:
        return f"/thu?trang_thai=uncertain&chuyen={one.key}"
    if wait is Wait.LETTERS_HELD:
        return f"/thu/dang-giu?chuyen={one.key}"
    below = form_below(wait)
    return f"{page_of(one)}/{below}" if below else page_of(one)


def page_of_key(key: str) -> str:
    """The same for a key; `Refused` when it is none."""
    return page_of(parse_reference(key))


def key_at(address: str) -> str:
    """The key of what an address of the desk is about, the other way round; empty where it is about none."""
    if found := _VISIT.match(address):
        return found[1] + (found[2] or "")
    if found := _YEAR.match(address):
        return f"{found[1]}/{found[2] or found[3]}"
    return ""
