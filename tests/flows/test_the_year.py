"""The frame of a year: the plan goes out on its day, the summary at the end, a missing unit is let go (R66–R82)."""

from datetime import date

import pytest
from prefect.client.schemas.objects import StateType

from answers.summary import propose
from tests.flows.office import Office
from tests.may import OFFICER

pytestmark = pytest.mark.prefect

PLAN, UNIT, SUMMARY = "2024/ke-hoach", "2024/long_thanh", "2024/tong-hop"


def test_the_plan_goes_out_and_the_summary_ends_the_year(office: Office) -> None:
    office.plan_only(PLAN, UNIT, SUMMARY)

    # The day of the plan: the clerk is asked; then 39 letters, and the run is over (R77–R82).
    office.on(2024, 1, 3, 8)
    assert office.new_letters() == ["staff_task → staff:clerk"]
    assert office.waits(PLAN)[:2] == ("clerk", "Chờ phát hành kế hoạch")
    office.clerk_issues_on("plan", 73, date(2024, 1, 3), key=PLAN)
    assert len(office.new_letters()) == 39
    assert office.state(PLAN).type is StateType.COMPLETED

    # The reports are due on 16/12; one unit sends none, and the summary opens on the 17th.
    office.on(2024, 11, 1, 8)
    office.on(2024, 12, 17, 8)
    assert office.waits(UNIT)[:2] == ("host", "Quá hạn báo cáo")
    assert office.waits(SUMMARY)[:2] == ("officer", "Chờ nhiệm vụ năm sau")
    propose(SUMMARY, ["Nâng cao chất lượng sinh hoạt"], OFFICER)
    office.go_on(SUMMARY)
    office.leader_approves("summary", key=SUMMARY)
    office.new_letters()
    office.clerk_issues("summary", 41, key=SUMMARY)

    # It reaches the Standing Committee; the unit that is named in it is waited for no longer.
    assert "annual_report → body:provincial_standing_board" in office.new_letters()
    assert office.state(SUMMARY).type is StateType.COMPLETED
    assert office.visit(UNIT).state == "closed"
    assert office.state(UNIT).type is StateType.COMPLETED
    assert len(set(office.message_ids())) == len(office.message_ids()), "no letter twice"
