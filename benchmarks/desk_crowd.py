"""A database as full as the largest office would ever have it: thousands of units, tens of thousands of visits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from database import audit, clock
from database.due_dates import DueDateRow
from database.models import (
    AnswerRow,
    AuditEndRow,
    AuditRow,
    Base,
    DocumentRow,
    LetterRow,
    NumberRow,
    PlanRow,
    RecipientRow,
    StepRow,
    VisitRow,
)
from database.sought import ORGANISATION, SoughtRow
from domain.dates import at
from domain.letters_and_documents import Purpose
from domain.plan import Contact, Contacts, Plan, PlannedVisit
from domain.record import to_data
from domain.step import Step
from domain.text import loose_key
from domain.wait import Wait

#: What an open visit of the crowd waits for, in turn.
_WAITS = (
    (Wait.NOMINATIONS, 1), (Wait.CHOICE, 2), (Wait.NOTICE_ISSUE, 3), (Wait.MEETING_DAY, 4), (Wait.RESULT_APPROVAL, 5),
)  # fmt: skip
_LETTERS, _LINES = 8, 12
_BATCH = 2000
#: The documents of a visit, with the step after which each is there.
_DOCUMENTS = ((Purpose.SELECTION_NOTICE, 4), (Purpose.GROUP_REPORT, 5), (Purpose.RESULT_NOTICE, 6))


def crowded(plan: Plan, contacts: Contacts, units: int) -> tuple[Plan, Contacts]:
    """The plan with so many fictional units, each a host once a year; a few supervise themselves."""
    codes = [f"don_vi_{number:04d}" for number in range(units)]
    named = tuple(replace(plan.units[0], code=code, name=f"Đảng bộ mẫu {code}", short_name=code) for code in codes)
    boards = {code: Contact(f"Ban Thường vụ {code}", f"{code}@mau.example") for code in codes}
    visits = tuple(PlannedVisit(1 + number % 12, code) for number, code in enumerate(codes))
    others = replace(plan.self_supervising, units=tuple(codes[: min(200, units)]))
    return (
        replace(plan, units=named, visits=visits, self_supervising=others),
        replace(contacts, standing_boards=boards, organisation_boards=boards),
    )


def fill(session: Session, plan: Plan, contacts: Contacts, years: range, now: datetime) -> int:
    """Write every year's plan and visits with all that happened to them; returns the number of visits."""
    clock.set_rehearsal(session, now)
    number = 0
    for year in years:
        session.add(_plan(replace(plan, year=year, issued=date(year, 1, 3)), contacts))
        rows: dict[type[Base], list[dict[str, Any]]] = {}
        for planned in plan.visits:
            number += 1
            for kind, row in _visit(number, year, planned, now):
                rows.setdefault(kind, []).append(row)
            if number % _BATCH == 0:
                _write(session, rows)
        _write(session, rows)
    session.scalars(select(AuditEndRow)).one().last = session.scalar(select(func.max(AuditRow.id))) or 0
    return number


def _plan(plan: Plan, contacts: Contacts) -> PlanRow:
    moment = at(plan.issued, 7)
    return PlanRow(
        year=plan.year, version=1, plan=to_data(plan), contacts=to_data(contacts), loaded_at=moment, loaded_by="đo"
    )


def _write(session: Session, rows: dict[type[Base], list[dict[str, Any]]]) -> None:
    for kind in (VisitRow, StepRow, AnswerRow, DocumentRow, NumberRow, LetterRow, RecipientRow, AuditRow, DueDateRow):
        if rows.get(kind):
            session.execute(insert(kind), rows[kind])
    rows.clear()


def _visit(number: int, year: int, planned: PlannedVisit, now: datetime) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """The rows of one visit: closed in earlier months, at work around now, planned later."""
    opened = at(date(year, planned.month, 1), 8) - timedelta(days=60)
    over, begun = opened + timedelta(days=90) < now, opened < now
    wait, done = _WAITS[number % len(_WAITS)]
    steps = 6 if over else done if begun else 0
    waiting = begun and not over
    yield VisitRow, {
        "id": number, "year": year, "month": planned.month, "unit": planned.unit, "opens_on": opened.date(),
        "state": "closed" if over else "open" if begun else "planned", "opened_at": opened if begun else None,
        "closed_at": opened + timedelta(days=90) if over else None, "generation": 1, "wake_wanted": 0, "wake_seen": 0,
        "wakeups": 9, "wait": wait if waiting else None, "waiting_for": wait.whom if waiting else None,
        "waiting_message": None, "waiting_since": opened + timedelta(days=12 * done) if waiting else None,
        "waiting_until": now + timedelta(days=3) if waiting else None,
    }  # fmt: skip
    if waiting and wait.whom != "date":
        yield DueDateRow, {
            "visit_id": number, "about": f"{wait.whom}:1", "rule": {},
            "due": (now + timedelta(days=number % 30 - 10)).date(), "next_on": None, "why": "",
            "calendar_version": 1, "provisional": False, "is_open": True, "noted_at": now,
        }  # fmt: skip
    for step in list(Step)[:steps]:
        done_at = opened + timedelta(days=14 * int(step))
        yield StepRow, {"visit_id": number, "step": int(step), "done_at": done_at, "note": f"xong {step.title}"}
    yield from _papers(number, opened, steps)
    yield from _names(number, steps)
    if begun:
        yield from _post(number, opened)


def _papers(number: int, opened: datetime, steps: int) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    meeting = opened + timedelta(days=65)
    listed = {
        "meetings": [
            {
                "number": place, "organisation": f"Chi bộ mẫu số {place}", "org_type": "cell_subordinate",
                "parent": "Đảng ủy mẫu", "starts_at": (meeting + timedelta(days=place)).isoformat(),
                "venue": "Hội trường", "kind": "thematic", "theme": "Học tập và làm theo", "members": 30,
                "contact": "", "first_set_for": None,
            }
            for place in (1, 2, 3)
        ],
        "received_on": (opened + timedelta(days=20)).date().isoformat(), "their_symbol": "12-CV/HU", "their_date": None,
        "changes": [],
    }  # fmt: skip
    reasons = [{"part": "thematic_cell", "text": "chi bộ sinh hoạt chuyên đề", "points": 50}] * 4
    ranking = [{"meeting": place, "points": 60, "reasons": reasons} for place in (1, 2, 3)]
    found = {
        "items": [{"item": f"R{place}", "result": "met", "remark": ""} for place in range(16, 39)],
        "strengths": ["Chuẩn bị chu đáo"], "limitations": [], "recommendations": [], "difficulties": [],
        "attended_on": None,
    }  # fmt: skip
    given: tuple[tuple[str, int, dict[str, Any]], ...] = (
        ("nominations", 2, listed), ("recommendation", 2, {"meetings": [1], "ranking": ranking}),
        ("choice", 3, {"meetings": [1], "consulted_with": "", "override": ""}), ("findings", 5, {"findings": found}),
    )  # fmt: skip
    for kind, step, content in given:
        if steps >= step:
            yield AnswerRow, {
                "visit_id": number, "kind": kind, "version": 1, "answers": 0, "content": content, "by": "Người mẫu",
                "source": "đo", "given_at": opened + timedelta(days=14 * step),
            }  # fmt: skip
    yield from _numbered(number, opened, steps)


def _numbered(number: int, opened: datetime, steps: int) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """The documents with their places in the register."""
    for place, (kind, step) in enumerate(_DOCUMENTS):
        if steps >= step:
            yield DocumentRow, {
                "id": number * 3 + place,
                "visit_id": number, "kind": kind, "revision": 1, "state": "approved", "content_hash": "0" * 64,
                "body": "Nội dung của văn bản mẫu.\n" * 60, "changes": [], "redrafted": [],
                "drafted_at": opened + timedelta(days=14 * step), "approved_by": "Người mẫu",
                "approved_at": opened + timedelta(days=14 * step), "organ_code": "BTCTU", "type_code": "TB",
                "term": "2020-2025",
            }  # fmt: skip
            yield NumberRow, {
                "organ_code": "BTCTU", "type_code": "TB", "term": "2020-2025", "number": number * 3 + place,
                "state": "used", "by": "Người mẫu", "at": opened + timedelta(days=14 * step), "reason": "",
                "document_id": number * 3 + place,
            }  # fmt: skip


def _names(number: int, steps: int) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """What its list is found by."""
    for place in (1, 2, 3) if steps >= 2 else ():
        name = f"Chi bộ mẫu số {place}"
        of_list = {"visit_id": number, "kind": "nominations", "sort": ORGANISATION}
        yield SoughtRow, {**of_list, "name": name, "key": loose_key(name)}


def _post(number: int, opened: datetime) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    for place in range(_LETTERS):
        moment = opened + timedelta(days=9 * place)
        yield LetterRow, {
            "id": number * _LETTERS + place, "visit_id": number, "purpose": Purpose.INVITATION,
            "recipient": f"body:{place}", "revision": 1,
            "state": "held" if number % 5000 == 0 else "sent", "message_id": f"<{number}.{place}@mau.example>",
            "sender": "van-phong@mau.example", "subject": "Giấy mời", "raw": b"Subject: mau\n\nGiay moi\n",
            "must_arrive": False, "queued_at": moment, "attempts": 1, "sent_at": moment,
        }  # fmt: skip
        yield RecipientRow, {
            "letter_id": number * _LETTERS + place, "place": 0, "address": f"noi-nhan-{place}@mau.example",
            "state": "held" if number % 5000 == 0 else "sent", "settled_at": moment,
        }  # fmt: skip
    for place in range(_LINES):
        yield AuditRow, {
            "at": opened + timedelta(days=6 * place), "who": audit.SYSTEM,
            "what": "nhắc", "visit_id": number, "details": {"about": "choice:1", "rung": place}, "previous": "0" * 64,
            "hash": "0" * 64,
        }  # fmt: skip
