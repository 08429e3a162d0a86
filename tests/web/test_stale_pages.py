"""A page that was opened before somebody else decided never wins: it is told what is new, and keeps what was typed."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from answers.incoming.acting import act
from answers.papers import approve
from answers.working_calendar import load_content
from config.settings import settings
from database import calendars, plan_drafts
from database.calendars import CalendarRow
from database.engine import reading
from database.incoming import IncomingRow
from database.links import LinkRow
from database.models import AnswerRow, DocumentRow, NumberRow, PlanRow, VisitRow
from tests.desk import Desk
from tests.incoming import came
from tests.may import LEADER, OFFICER
from tests.obligations import Obliged
from tests.web.conftest import PEOPLE, AsRole
from tests.web.deciding import VISIT
from tests.web.deciding_twice import FORMS, NO_DECISION, Twice
from tests.web.drafted import begin_draft
from tests.web.letters_links import link_in
from tests.web.lists import GOOD
from web.app import routes_of

#: Where decisions are kept.
_KEPT = (AnswerRow, PlanRow, LinkRow, NumberRow, CalendarRow)


def told(desk: Desk, chapter: str) -> None:
    """Tell the story so far; some forms are open at points of it that no other test needs."""
    further: dict[str, Callable[[], None]] = {
        "late": lambda: _late(desk), "approving": lambda: _approving(desk), "summed up": lambda: _summed_up(desk),
        "changed": lambda: _changed(),
        "drafted": begin_draft, "written to": lambda: _written_to(desk),
        "asking": lambda: _asking(desk), "asking for reports": _asking_for_reports,
    }  # fmt: skip
    if chapter:
        further.get(chapter, getattr(desk, chapter, lambda: None))()


def _written_to(desk: Desk) -> None:
    """Somebody has written, and nobody knows about what."""
    desk.until_listed()
    act(came(visit=""))


def _asking(desk: Desk) -> None:
    desk.set_clock(2024, 3, 1)
    desk.open()
    desk.go_on()


def _asking_for_reports() -> None:
    unit = Obliged("2024/long_thanh")
    unit.set_clock(2024, 11, 1)
    unit.open()
    unit.step()


def _late(desk: Desk) -> None:
    desk.until_asked()
    desk.postman_calls()
    desk.set_clock(2024, 4, 20, 9)
    desk.nominate()
    desk.go_on()


def _approving(desk: Desk) -> None:
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()


def _summed_up(desk: Desk) -> None:
    desk.until_year_end()
    approve("2024/tong-hop", "summary", LEADER)


def _changed() -> None:
    """The calendar has a second version, from which one may go back."""
    with reading(settings().database) as session:
        content = calendars.in_force(session).content
    load_content(content.with_year(2024, {date(2024, 9, 2): "Quốc khánh"}, (), 2026), "thử", OFFICER)


def decided() -> list[object]:
    """Everything that a decision could have changed."""
    with reading(settings().database) as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in _KEPT]
        drafts = [one.version for one in plan_drafts.every(session)]
        papers = [tuple(one) for one in session.execute(select(DocumentRow.id, DocumentRow.state, DocumentRow.number))]
        states = [tuple(one) for one in session.execute(select(VisitRow.id, VisitRow.state))]
        mail = [tuple(one) for one in session.execute(select(IncomingRow.id, IncomingRow.state, IncomingRow.visit_id))]
        return [counts, drafts, papers, states, mail]


def test_every_form_is_in_one_of_the_two_lists(site: FastAPI) -> None:
    """A new form that decides must be opened twice here, or say why it need not be."""
    posted = {route.path for route in routes_of(site) if "POST" in (route.methods or ())}

    assert posted == {one.route for one in FORMS} | set(NO_DECISION)
    assert all(NO_DECISION.values())


@pytest.mark.parametrize("one", FORMS, ids=lambda one: one.named)
def test_of_two_who_have_a_form_open_the_second_never_wins(desk: Desk, as_role: AsRole, one: Twice) -> None:
    told(desk, one.chapter)
    first, second = as_role(one.role), as_role(one.role, "khac", name="Bùi Thị Khác", email="")
    mine, older = first.shown_at(one.path), second.shown_at(one.path)
    if "approve" in (one.first.get("do"), one.second.get("do")):
        seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', first.get(one.path).text)[0]
        mine, older = {**mine, "seen": seen}, {**older, "seen": seen}

    won = first.post(one.path, {**mine, **one.first})
    assert won.status_code in (200, 303), won.text
    before = decided()
    lost = second.post(one.path, {**older, **one.second})

    assert lost.status_code == 422, lost.headers
    assert decided() == before
    assert PEOPLE[one.role][0] in lost.text
    assert re.search(r"\d\d:\d\d \d\d/\d\d?/2024|ngày \d\d/\d\d?/2024", lost.text)
    assert one.kept in lost.text


@pytest.mark.parametrize("do", ["return", "approve"])
def test_a_page_that_says_not_what_it_showed_decides_nothing(desk: Desk, as_role: AsRole, do: str) -> None:
    _approving(desk)
    before = decided()

    answer = as_role("leader").post(f"{VISIT}/duyet/report", {"do": do, "shown": "", "reason": "Chưa rõ"})

    assert answer.status_code == 422
    assert "hông rõ đã xem" in answer.text
    assert decided() == before


def test_after_a_second_look_the_one_who_was_overtaken_may_decide(chosen: Desk, as_role: AsRole) -> None:
    first, second = as_role("officer"), as_role("officer", "khac", name="Bùi Thị Khác", email="")
    older = second.shown_at(f"{VISIT}/doi/1")
    first.post(f"{VISIT}/doi/1", {"day": "21/5/2024", "time": "14:30", "reason": "Thi học kỳ"})
    typed = {"day": "22/5/2024", "time": "8:00", "reason": "Trùng hội nghị"}
    refused = second.post(f"{VISIT}/doi/1", {**older, **typed})
    assert "chuyển sang 14 giờ 30" in refused.text
    shown = dict(re.findall(r'name="(seen)" value="([^"]*)"', refused.text))

    assert second.post(f"{VISIT}/doi/1", {**shown, **typed}).status_code == 303
    assert [row.by for row in chosen.answers("move")] == [PEOPLE["officer"][0], "Bùi Thị Khác"]


def test_another_fault_on_a_stale_page_does_not_make_it_a_fresh_one(chosen: Desk, as_role: AsRole) -> None:
    """Corrected, it is still refused: nobody has told yet what is new."""
    first, second = as_role("officer"), as_role("officer", "khac", name="Bùi Thị Khác", email="")
    older = second.shown_at(f"{VISIT}/doi/1")
    first.post(f"{VISIT}/doi/1", {"day": "21/5/2024", "time": "14:30", "reason": "Thi học kỳ"})
    typed = {"day": "22/5/2024", "time": "8:00", "reason": "Trùng hội nghị"}

    unfounded = second.post(f"{VISIT}/doi/1", {**older, **typed, "reason": ""})
    shown = dict(re.findall(r'name="(seen)" value="([^"]*)"', unfounded.text))

    assert shown == {"seen": older["seen"]}
    assert second.post(f"{VISIT}/doi/1", {**shown, **typed}).status_code == 422
    assert len(chosen.answers("move")) == 1


def test_what_a_form_does_not_show_makes_no_page_stale(chosen: Desk, as_role: AsRole) -> None:
    """A guest more is no reason to look again at a move."""
    officer = as_role("officer")
    older = officer.shown_at(f"{VISIT}/doi/1")
    officer.post(f"{VISIT}/khach-moi", {"name": "Đồng chí A", "email": "a@co-quan.example"})

    moved = officer.post(f"{VISIT}/doi/1", {**older, "day": "21/5/2024", "time": "14:30", "reason": "Thi học kỳ"})

    assert moved.status_code == 303
    assert len(chosen.answers("guest")) == 1


def test_two_browsers_with_one_link_make_one_list(desk: Desk, stranger: Callable[[], object]) -> None:
    desk.until_asked()
    desk.set_clock(2024, 3, 20, 9)
    link = link_in(desk, "nomination_request", "host")
    first, second = stranger(), stranger()

    typed = GOOD | {"do": "confirm", "seen": "0"}
    assert first.post(link, typed).status_code == 303  # type: ignore[attr-defined]
    lost = second.post(link, typed | {"venue-1": "Phòng họp B"})  # type: ignore[attr-defined]

    assert lost.status_code == 422
    assert "đã trả lời lúc 09:00 20/03/2024" in lost.text
    assert "Phòng họp B" in lost.text
    assert len(desk.answers("nominations")) == 1
