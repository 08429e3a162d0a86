"""Nobody is asked twice because an update of the service mended the words of a draft that waits for him."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from answers.self_reports import receive
from answers.summary import propose
from config.settings import Settings, settings, use
from database import calendars, plans
from database.engine import reading, writing
from domain.calendar_content import DayOff
from domain.self_report import SelfReport
from letters.wording import TEMPLATES
from tests.desk import Desk
from tests.may import OFFICER
from tests.obligations import Obliged

Mend = Callable[[str], None]


@pytest.fixture
def mend(tmp_path: Path) -> Mend:
    """An update that says something in other words, and changes nothing of what it says."""

    def mended(kind: str) -> None:
        (tmp_path / kind).mkdir(exist_ok=True)
        body = (TEMPLATES / kind / "body.txt").read_text(encoding="utf-8")
        assert "{{ plan.issuer.full_name }}" in body
        mended_body = body.replace("{{ plan.issuer.full_name }}", "cơ quan {{ plan.issuer.full_name }}")
        (tmp_path / kind / "body.txt").write_text(mended_body, encoding="utf-8")
        use(settings().model_copy(update={"templates": tmp_path}))

    return mended


def tasks(of: Desk | Obliged) -> int:
    return sum(letter.purpose == "staff_task" for letter in of.letters())


def drafts(of: Desk | Obliged, kind: str) -> list[str]:
    rows = of.documents(kind) if isinstance(of, Desk) else of.documents()
    return [row.state for row in rows if row.kind == kind]


def test_of_the_notice_the_clerk(desk: Desk, mend: Mend) -> None:
    desk.until_chosen()
    desk.go_on()
    asked = tasks(desk)
    mend("selection_notice")
    desk.go_on()

    assert drafts(desk, "selection_notice") == ["superseded", "draft"]
    assert tasks(desk) == asked


def test_of_the_report_the_leader(desk: Desk, mend: Mend) -> None:
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()
    asked = tasks(desk)
    mend("group_report")
    desk.go_on()

    assert drafts(desk, "group_report") == ["superseded", "draft"]
    assert tasks(desk) == asked


def test_of_a_report_of_other_findings_he_is_asked_again(desk: Desk) -> None:
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()
    asked = tasks(desk)
    desk.set_clock(2024, 5, 19, 9)
    desk.report(desk.findings(strengths=("Chuẩn bị rất chu đáo",)))
    desk.go_on()

    assert tasks(desk) == asked + 1


def test_of_the_result_the_leader(desk: Desk, mend: Mend) -> None:
    desk.until_reported()
    desk.go_on()
    asked = tasks(desk)
    mend("result_notice")
    assert desk.waits().wait.shown == "Chờ duyệt kết quả"

    assert drafts(desk, "result_notice") == ["superseded", "draft"]
    assert tasks(desk) == asked


@pytest.fixture
def plan(office: Settings) -> Obliged:
    """The plan on the day it is signed, of which the clerk was told."""
    assert office.mode == "rehearsal"
    one = Obliged("2024/ke-hoach")
    one.open()
    one.go_on()
    return one


def test_of_the_plan_the_clerk(plan: Obliged, mend: Mend) -> None:
    mend("annual_plan")
    plan.go_on()

    assert drafts(plan, "annual_plan") == ["superseded", "draft"]
    assert tasks(plan) == 1


def test_of_another_plan_he_is_asked_again(plan: Obliged) -> None:
    plan.set_clock(2024, 1, 4)
    with reading(settings().database) as session:
        loaded, contacts = plans.read(session, 2024)
    with writing(settings().database) as session:
        plans.save(session, replace(loaded, signer=replace(loaded.signer, name="Người Ký Khác")), contacts, "thử")
    plan.go_on()

    assert drafts(plan, "annual_plan") == ["superseded", "draft"]
    assert tasks(plan) == 2


def test_of_other_days_he_is_asked_again(plan: Obliged) -> None:
    """C4: the days of the plan are counted by the calendar."""
    plan.set_clock(2024, 1, 4)
    with writing(settings().database) as session:
        content = calendars.in_force(session).content
        off = replace(content, days_off=(*content.days_off, DayOff(date(2024, 1, 10), "Nghỉ đột xuất")))
        calendars.add(session, off, "thử", "thử")
    plan.go_on()

    assert drafts(plan, "annual_plan") == ["superseded", "draft"]
    assert tasks(plan) == 2


@pytest.fixture
def summary(office: Settings) -> Obliged:
    """The year's report, which waits for its leader."""
    assert office.mode == "rehearsal"
    one = Obliged("2024/tong-hop")
    one.set_clock(2024, 12, 17)
    one.open()
    one.go_on()
    propose(one.key, ["Nâng cao chất lượng sinh hoạt chuyên đề"], OFFICER)
    assert one.waits().wait.shown == "Chờ duyệt báo cáo tổng hợp"
    return one


def test_of_the_annual_report_the_leader(summary: Obliged, mend: Mend) -> None:
    asked, made = tasks(summary), len(drafts(summary, "annual_report"))
    summary.set_clock(2024, 12, 17, 9)
    mend("annual_report")
    summary.go_on()

    assert len(drafts(summary, "annual_report")) == made + 1
    assert tasks(summary) == asked


def test_of_figures_that_changed_he_is_asked_again(summary: Obliged) -> None:
    asked = tasks(summary)
    summary.set_clock(2024, 12, 17, 9)
    receive("2024/long_thanh", SelfReport(date(2024, 12, 17), committees=3, cells=10, thematic_cells=4), OFFICER)
    summary.go_on()

    assert tasks(summary) == asked + 1
