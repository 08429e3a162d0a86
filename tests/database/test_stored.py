"""Stored JSON becomes values in one place: older forms are brought up, newer ones refused, unknown fields kept."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answers.changes import move
from answers.contacts import change_contacts
from answers.guests import invite, uninvite
from config import settings as config
from database import answers, calendars, plans, stored
from database.calendars import CalendarRow
from database.engine import reading, writing
from database.models import AnswerRow, PlanRow
from database.stored import Stored
from domain.answer_kind import AnswerKind
from domain.dates import at
from domain.decision import Acceptance, Choice
from domain.nomination import Nominations
from domain.plan import Contacts, Plan
from domain.problem import Refused
from domain.record import to_data
from tests.desk import Desk
from tests.may import LEADER, OFFICER

ROOT = Path(__file__).parents[2]
LATER = at(date(2024, 5, 21), 8)

#: What Hypothesis itself would make of these is more than any value of the domain holds.
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, places=2))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(Mapping, lambda of: st.dictionaries(*map(st.from_type, get_args(of))))
EVERY = [*stored.ANSWERS.values(), stored.PLAN, stored.CALENDAR, stored.DUE_RULE]


def alter(kind: str, change: Callable[[dict[str, Any]], object], shape: int | None = None) -> None:
    """Rewrite the newest answer of a kind behind everybody's back, as another version of the service would write it."""
    with writing(config.settings().database) as session:
        row = session.query(AnswerRow).filter_by(kind=kind).order_by(AnswerRow.version.desc()).first()
        assert row is not None
        row.content = json.loads(json.dumps(row.content))
        change(row.content)
        row.shape = shape or row.shape


def test_every_kind_of_answer_has_a_class_of_its_own() -> None:
    assert set(stored.ANSWERS) == set(AnswerKind)
    assert len({one.value for one in stored.ANSWERS.values()}) == len(AnswerKind)
    assert all(stored.kind_of(one.value) is kind for kind, one in stored.ANSWERS.items())


@pytest.mark.parametrize("kept", EVERY, ids=lambda one: one.value.__name__)
@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_whatever_is_said_comes_back_from_json(kept: Stored[Any], data: st.DataObject) -> None:
    value = data.draw(st.from_type(kept.value))

    assert kept.read(json.loads(json.dumps(to_data(value))), kept.shape) == value


def test_a_field_of_a_newer_version_is_passed_over_and_stays_when_a_meeting_is_moved(desk: Desk) -> None:
    """The host's list was written by a newer version; this one moves a meeting, and the newer one finds its fields."""
    desk.until_listed()

    def as_newer(content: dict[str, Any]) -> None:
        content["sent_by"] = "cổng dịch vụ"
        for meeting in content["meetings"]:
            meeting["room"] = {"floor": meeting["number"]}

    alter("nominations", as_newer)

    move(desk.key, 2, LATER, OFFICER, venue="Phòng họp B", reason="trùng lịch")

    first, second = desk.answers("nominations")
    assert second.content["sent_by"] == "cổng dịch vụ"
    assert [one["room"] for one in second.content["meetings"]] == [{"floor": number} for number in (1, 2, 3)]
    moved = second.content["meetings"][1]
    assert (moved["venue"], moved["starts_at"]) == ("Phòng họp B", "2024-05-21T08:00:00+07:00")
    assert second.content["meetings"][2] == first.content["meetings"][2]
    assert stored.value_of(second, Nominations).changes


def test_an_acceptance_and_a_guest_keep_such_fields_too(desk: Desk) -> None:
    desk.open()
    desk.set_clock(2024, 4, 24)
    desk.nominate()
    desk.accept()
    desk.choose(1)
    invite(desk.key, "Nguyễn Văn Khách", "khach@mau.example", OFFICER)
    alter("acceptance", lambda content: content.update(seal="đỏ"))
    alter("guest", lambda content: content["guests"][0].update(phone="0251"))

    invite(desk.key, "Trần Văn Khách", "khach2@mau.example", OFFICER)
    uninvite(desk.key, "khach@mau.example", OFFICER, reason="bận")
    move(desk.key, 1, LATER, OFFICER)

    (guest, other) = desk.answers("guest")[-1].content["guests"]
    assert (guest["phone"], guest["turns"], guest["reason"]) == ("0251", 2, "bận")
    assert "phone" not in other
    accepted = desk.answers("acceptance")[-1]
    assert (accepted.by, accepted.content["seal"], accepted.content["late"]) == (LEADER.name, "đỏ", [1, 2, 3])


def test_what_was_left_out_on_purpose_does_not_come_back(office: object, shipped: tuple[Plan, Contacts]) -> None:
    """A body taken out of the contacts is known; a field of one that stays, and of the plan, is not."""
    assert office
    plan, contacts = shipped
    gone, *others = [name for name in contacts.bodies if name not in {one.contact for one in plan.invited()}]
    with writing(config.settings().database) as session:
        row = session.query(PlanRow).one()
        row.contacts = {**row.contacts, "office": {**row.contacts["office"], "fax": "0251"}}
        row.plan = {**row.plan, "approved_by": "Thường trực"}
    plans._built.clear()

    fewer = replace(contacts, bodies={name: one for name, one in contacts.bodies.items() if name != gone})
    change_contacts(2024, fewer, OFFICER, seen=1)

    with reading(config.settings().database) as session:
        newest = plans.current(session, 2024)
        assert newest is not None
        assert (newest.version, newest.contacts["office"]["fax"]) == (2, "0251")
        assert newest.plan["approved_by"] == "Thường trực"
        assert gone not in newest.contacts["bodies"]
        assert others == [name for name in others if name in newest.contacts["bodies"]]
        assert plans.read(session, 2024) == (plan, fewer)


def test_a_person_on_a_list_without_numbers_keeps_them_and_the_one_in_his_place_does_not_get_them(
    shipped: tuple[Plan, Contacts],
) -> None:
    plan, contacts = shipped
    head, *members = contacts.inspectors
    data = to_data(contacts)
    for number, one in enumerate(data["inspectors"]):
        one["fax"] = f"{number}"
    row = PlanRow(plan=to_data(plan), contacts=data, shape=1)

    _plan, written = stored.plan_written(plan, replace(contacts, inspectors=(replace(head, name="X"), *members)), row)

    assert [one.get("fax") for one in written["inspectors"]] == [None, *(f"{one + 1}" for one in range(len(members)))]


def test_loading_a_plan_that_says_the_same_in_a_newer_form_is_nothing_new(
    office: object, shipped: tuple[Plan, Contacts]
) -> None:
    assert office
    with writing(config.settings().database) as session:
        row = session.query(PlanRow).one()
        row.plan = {**row.plan, "approved_by": "Thường trực"}
    with writing(config.settings().database) as session:
        assert plans.save(session, *shipped, "thử").changed is False


def test_going_back_to_an_older_calendar_keeps_what_it_says_whole(office: object) -> None:
    assert office
    with writing(config.settings().database) as session:
        first = session.query(CalendarRow).one()
        first.content = {**first.content, "notices": ["5/2024"]}
        content = calendars.content_of(first)
        calendars.add(session, replace(content, official_through=2023), "lịch.yaml", "thử")
        back = calendars.put_back(session, "thử")
        assert back.content == first.content
        assert back.hash != first.hash, "a version that knows the field must not take one for the other"
        assert calendars.in_force(session).content == content


def _sum_up(content: dict[str, Any]) -> dict[str, Any]:
    """The first form had the numbers of the meetings under another name …"""
    return {"meetings": content.pop("numbers"), **content}


def _name(content: dict[str, Any]) -> dict[str, Any]:
    """… and the second had no field for whom one had talked to."""
    content["consulted_with"] = content.get("consulted_with") or "chưa ghi"
    return content


@pytest.mark.parametrize(
    ("shape", "content", "talked_to"),
    [
        (1, {"numbers": [2, 1], "override": ""}, "chưa ghi"),
        (2, {"meetings": [2, 1], "override": ""}, "chưa ghi"),
        (3, {"meetings": [2, 1], "consulted_with": "", "override": ""}, ""),
    ],
)
def test_a_row_goes_through_every_upgrade_from_its_own_form_on(
    monkeypatch: pytest.MonkeyPatch, shape: int, content: dict[str, Any], talked_to: str
) -> None:
    monkeypatch.setitem(stored.ANSWERS, AnswerKind.CHOICE, Stored(Choice, (_sum_up, _name)))
    kept = json.dumps(content)
    row = AnswerRow(kind="choice", content=content, shape=shape)

    assert stored.value_of(row, Choice) == Choice((2, 1), talked_to)
    assert json.dumps(row.content) == kept, "the row keeps what it holds"


def test_what_is_written_has_the_newest_form_and_carries_on_what_an_older_one_held(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.until_listed()
    assert [row.shape for row in desk.answers("nominations")] == [1]
    alter("nominations", lambda content: content.update(letter=content.pop("their_symbol"), sent_by="máy"))
    renamed = Stored(Nominations, (lambda content: {"their_symbol": content.pop("letter"), **content},))
    monkeypatch.setitem(stored.ANSWERS, AnswerKind.NOMINATIONS, renamed)

    move(desk.key, 1, LATER, OFFICER)

    old, new = desk.answers("nominations")
    assert (old.shape, old.content["letter"]) == (1, "63-CV/ThU")
    assert (new.shape, new.content["their_symbol"], new.content["sent_by"]) == (2, "63-CV/ThU", "máy")
    assert "letter" not in new.content


def test_a_form_of_a_newer_version_is_refused_and_told_what_to_do(desk: Desk) -> None:
    desk.until_listed()
    alter("nominations", lambda content: content, shape=2)

    with pytest.raises(Refused, match=r"phiên bản phần mềm mới hơn ghi.*cài phiên bản mới hơn"):
        _ = desk.dossier().nominations


def test_an_answer_is_read_and_written_by_the_class_of_its_kind_only(desk: Desk) -> None:
    desk.until_listed()
    (row,) = desk.answers("nominations")

    with pytest.raises(TypeError):
        stored.value_of(row, Choice)
    with writing(config.settings().database) as session, pytest.raises(TypeError):
        answers.record(session, desk.visit.id, AnswerKind.CHOICE, Acceptance("x"), by="thử", source="cli")
    assert stored.answer_of(AnswerRow(kind="of_a_newer_version", content={}, shape=1)) is None


#: Where the JSON of a row is taken as it is, on purpose: to show or hand out all of it, or for speed.
_AS_IT_IS = {
    "database/stored.py", "database/calendars.py", "cli/seeing.py", "archive/folder.py", "web/standing/lines.py",
    "web/year/beside.py",
}  # fmt: skip


def test_nobody_else_looks_into_the_json_of_a_row() -> None:
    looks = re.compile(r"\.content(\[|\.get\(|\.reason)|AnswerRow\.content|\b(answer|row|one)\.content\b.*content\"")
    files = [file for ending in ("py", "html") for file in ROOT.rglob(f"*.{ending}")]
    code = {str(file.relative_to(ROOT)): file for file in files}
    found = {
        name
        for name, file in code.items()
        if not name.startswith(("tests/", "build/", "var/", ".")) and looks.search(file.read_text(encoding="utf-8"))
    }
    assert found <= _AS_IT_IS
