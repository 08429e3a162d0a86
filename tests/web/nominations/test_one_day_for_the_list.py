"""One list, one day: whatever a host or the office reads about a list says the same day, and one that is possible."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from answers.papers import Sheet, issue
from cli.year import print_schedule
from config.office_calendar import working_calendar
from config.settings import ROOT, Settings, settings
from database import calendars, visits
from database.dossier import open_dossier
from database.engine import reading, writing
from database.list_due import list_rule
from database.models import DocumentRow
from domain.calendar_content import DayOff
from domain.dates import last_day_of, parse_date
from domain.deadline import nomination_deadline
from domain.due import nominations_due
from domain.letters_and_documents import Purpose
from domain.list_due import list_due
from domain.schedule import planned_rounds
from domain.working_days import WorkingCalendar
from papers.facts import facts_for
from planning.plan_file import read_plan
from tests.desk import Desk
from tests.may import CLERK
from tests.obligations import Obliged
from tests.opened_mail import mail, words
from tests.web.conftest import AsRole, Visitor
from tests.web.letters_links import link_in

Stranger = Callable[[], Visitor]

HOSTS = (
    "2024-02/nhon_trach", "2024-03/cong_an_tinh", "2024-04/tan_phu", "2024-05/bien_hoa", "2024-06/cao_su_dong_nai",
    "2024-07/long_khanh", "2024-08/thong_nhat", "2024-09/cam_my", "2024-10/quan_su_tinh",
)  # fmt: skip
#: Days after the plan's own day of the request: early, normal, and as late as it still opens by itself.
EARLY, NORMAL, LATE = -20, 0, 14

_LONG = r"ngày (\d\d) tháng (\d\d?) năm (\d{4})"
_SHORT = r"(\d\d/\d\d?/\d{4})"


def said_in_letter(text: str) -> Iterator[date]:
    """Every day that a letter calls the day of the list."""
    for sign in ("chậm nhất là ", "Thời hạn gửi danh sách là ", "Hôm nay, "):
        for day, month, year in re.findall(re.escape(sign) + _LONG, text):
            yield date(int(year), int(month), int(day))


def said_in_form(content: bytes) -> Iterator[date]:
    """The same of the Excel form that goes with it, both pages."""
    book = load_workbook(io.BytesIO(content))
    text = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    for found in re.findall(r"(?:chậm nhất ngày |HẠN GỬI: [^,]+, ngày )" + _SHORT, text):
        yield parse_date(found)


def said_on_page(text: str) -> Iterator[date]:
    """The same of a page at the desk or behind a link."""
    for found in re.findall("[Hh]ạn gửi danh sách(?: là|:) " + _SHORT, re.sub("<[^>]+>", "", text)):
        yield parse_date(found)


def ask(desk: Desk, start: int) -> date:
    """Open the visit so many days after its own day, and ask; the day on which that was."""
    on = max(desk.visit.opens_on + timedelta(days=start), date(2024, 1, 3))
    desk.set_clock(on.year, on.month, on.day)
    with writing(settings().database) as session:
        row = visits.find(session, desk.key)
        row.opens_on = min(row.opens_on, on)  # as of a plan that asks earlier
    desk.ask()
    desk.go_on()
    desk.postman_calls()
    return on


def told_to_host(desk: Desk) -> set[date]:
    """What every letter to the host said so far, with what was in it."""
    told: set[date] = set()
    for letter in desk.letters("", "host"):
        told |= set(said_in_letter(words(letter)))
        for part in mail(letter).iter_attachments():
            if str(part.get_filename()).endswith(".xlsx"):
                told |= set(said_in_form(bytes(part.get_payload(decode=True))))
    return told


def told_at_desk(desk: Desk, officer: Visitor, host: Visitor) -> dict[str, set[date]]:
    """What the pages say of that list."""
    with reading(settings().database) as session:
        message = visits.find(session, desk.key).waiting_message or ""
    flags = re.findall("Hạn danh sách: " + _SHORT, officer.get("/nam/2024").text)
    return {
        "page": set(said_on_page(officer.get(f"/chuyen/{desk.key}").text)),
        "form": set(said_on_page(officer.get(f"/chuyen/{desk.key}/de-cu").text)),
        "empty list": set(said_in_form(officer.get(f"/chuyen/{desk.key}/de-cu/mau.xlsx").content)),
        "link": set(said_on_page(host.get(link_in(desk, "nomination_request", "host")).text)),
        "status": {parse_date(found) for found in re.findall("hạn " + _SHORT, message)},
        "year": {parse_date(flags[HOSTS.index(desk.key)])},
    }


@pytest.mark.parametrize("start", [EARLY, NORMAL, LATE])
@pytest.mark.parametrize("key", HOSTS)
def test_every_letter_and_page_says_one_day_that_is_still_to_come(
    desk: Desk, as_role: AsRole, stranger: Stranger, key: str, start: int
) -> None:
    desk.key = key
    on = ask(desk, start)

    (day,) = told_to_host(desk)
    assert on < day < last_day_of(2024, desk.visit.month)
    officer, host = as_role("officer"), stranger()
    assert {name: days for name, days in told_at_desk(desk, officer, host).items() if days != {day}} == {}
    for later in (day - timedelta(days=2), day, day + timedelta(days=6)):
        desk.set_clock(later.year, later.month, later.day)
        desk.go_on()
    assert desk.letters("nomination_reminder"), "the host was reminded"
    assert told_to_host(desk) == {day}
    assert {name: days for name, days in told_at_desk(desk, officer, host).items() if days != {day}} == {}


@pytest.mark.parametrize("start", [EARLY, NORMAL])
def test_the_plan_itself_and_its_table_on_the_command_line_say_the_same_day(
    desk: Desk, capsys: pytest.CaptureFixture[str], start: int
) -> None:
    """The appendix of the plan, and `visits plan show`, before anybody was asked."""
    desk.key = "2024-02/nhon_trach"
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, "2024/ke-hoach").id)
        rounds = facts_for(dossier, Purpose.ANNUAL_PLAN)["rounds"]
        print_schedule(dossier.plan, dossier.calendar)
    printed = capsys.readouterr().out
    ask(desk, start)

    assert told_to_host(desk) == {rounds[0].list_due}  # type: ignore[index]
    assert "03/01/2024" in printed
    assert "17/01/2024" in printed
    assert "02/01/2024" not in printed


def test_a_request_later_than_the_issued_plan_names_the_day_that_it_replaces(desk: Desk) -> None:
    issued_plan(desk)
    ask(desk, LATE - 7)

    assert "ngày 24 tháng 01 năm 2024 (thay cho ngày 17/01/2024 ghi trong lịch" in words(desk.letters()[0])


def test_a_request_names_the_day_that_stands_in_the_issued_plan_although_the_calendar_changed_since(desk: Desk) -> None:
    """C4: by the calendar of today the plan would say 18/01/2024, which nobody has on paper."""
    issued_plan(desk)
    take_off(date(2024, 1, 10))
    ask(desk, LATE - 7)

    assert "(thay cho ngày 17/01/2024 ghi trong lịch" in words(desk.letters()[0])


def test_a_plan_that_names_no_such_day_is_not_cited(desk: Desk) -> None:
    """An office may have a wording of its own, or a plan that was issued on paper."""
    issued_plan(desk)
    with writing(settings().database) as session:
        (row,) = session.query(DocumentRow).all()
        row.body = row.body.replace("Hạn gửi danh sách", "Ngày nhận danh sách")
    ask(desk, LATE - 7)

    assert "ghi trong lịch" not in words(desk.letters()[0])


def issued_plan(desk: Desk) -> None:
    plan = Obliged("2024/ke-hoach")
    plan.open()
    plan.go_on()
    issue(plan.key, "plan", Sheet(73, date(2024, 1, 3)), CLERK)
    desk.key = "2024-02/nhon_trach"


def take_off(day: date) -> None:
    with writing(settings().database) as session:
        now = calendars.in_force(session).content
        calendars.add(session, replace(now, days_off=(*now.days_off, DayOff(day, "Nghỉ đột xuất"))), "thử", "thử")


def test_a_day_that_was_told_stays_although_the_calendar_changes(desk: Desk) -> None:
    """C4: a day off in January moves what is counted in working days, not what stands in a letter."""
    desk.key = "2024-02/nhon_trach"
    ask(desk, NORMAL)
    with writing(settings().database) as session:
        dossier = open_dossier(session, desk.visit.id)
        rule = list_rule(dossier)
    with_a_day_off = WorkingCalendar({date(2024, 1, 10): "Nghỉ đột xuất"})

    assert rule.day(with_a_day_off) == date(2024, 1, 17)


def test_a_visit_begun_in_its_own_month_is_asked_for_by_a_day_of_that_month(desk: Desk) -> None:
    """A person lets it begin although no meeting can be announced in time; the letter says what is asked instead."""
    desk.key = "2024-03/cong_an_tinh"
    ask(desk, 60 + 19)  # 22/3/2024

    assert told_to_host(desk) == {date(2024, 3, 29)}
    assert "không còn buổi sinh hoạt nào được báo trước đủ 30 ngày" in words(desk.letters()[0])


@pytest.mark.parametrize("start", [EARLY, NORMAL, LATE])
def test_every_visit_of_2026_has_one_day_after_its_request_and_before_its_last_meeting(start: int) -> None:
    """The example with 33 visits; the plan's appendix says the day of a request in time."""
    plan, problems = read_plan(ROOT / "config" / "plans" / "2026-vi-du.yaml")
    assert plan is not None, problems
    calendar = working_calendar((2025, 2026, 2027), Settings().office_calendar)
    told = [one.list_due for one in planned_rounds(plan, calendar, 10)]
    for visit, planned in zip(plan.visits, told, strict=True):
        on = max(plan.opens_on(visit.month) + timedelta(days=start), plan.issued)
        rule = nominations_due(2026, visit.month, on, plan.rules, 10, ())
        due = list_due(rule, 2026, visit.month, plan.rules, calendar)

        assert on < due.day < last_day_of(2026, visit.month)
        assert rule.fixed(calendar).day(calendar) == due.day
        assert due.day >= planned if start > 0 else due.day == planned
        first = nomination_deadline(date(2026, visit.month, 1), plan.rules, calendar).last_day
        assert due.tight == (first < due.day)
