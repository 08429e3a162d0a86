"""Where the desk has its page about a visit or another obligation; one rule for the desk, letters and Prefect."""

import re

from domain.obligation import FOLLOW_UP_WORD, PLAN_WORD, SUMMARY_WORD, Kind, Obligation, parse_reference

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
