"""The story of one unit's report: one run from the request over a return to its receipt (R66–R69)."""

from datetime import date

import pytest
from prefect.client.schemas.objects import StateType

from answers.self_reports import accept, receive, send_back
from domain.self_report import SelfReport
from tests.flows.office import Office
from tests.may import OFFICER

pytestmark = pytest.mark.prefect

UNIT = "2024/long_thanh"


def test_one_report_from_the_request_over_a_return_to_its_receipt(office: Office) -> None:
    """Every letter once, one run, and at every moment it is plain what waits for whom."""
    office.plan_only(UNIT)

    # The last day of October: nothing. The first of November, 45 days ahead: it is asked for (D12).
    office.on(2024, 10, 31, 8)
    assert office.visit(UNIT).state == "planned"
    office.on(2024, 11, 1, 8)
    assert office.new_letters() == ["year_end_request → host"]
    assert office.waits(UNIT) == ("host", "Chờ báo cáo", date(2024, 11, 15))
    the_run = office.run(UNIT)
    assert (the_run.name, set(the_run.tags)) == (
        "2024 · Long Thành · báo cáo · chờ đơn vị, hạn 16/12/2024",
        {"báo cáo", "2024", "long_thanh", "đang mở", "chờ: đơn vị"},
    )

    # No report: one reminder on its day.
    office.on(2024, 11, 15)
    assert office.new_letters() == ["year_end_reminder → host"]

    # The report comes on the last day; it lacks something and goes back; the run waits for the unit again.
    office.on(2024, 12, 16, 23)
    receive(UNIT, SelfReport(date(2024, 12, 16), "88-BC/HU"), OFFICER)
    office.go_on(UNIT)
    assert office.waits(UNIT)[:2] == ("officer", "Chờ xem xét báo cáo")
    send_back(UNIT, "chưa có số liệu", OFFICER)
    office.go_on(UNIT)
    assert office.waits(UNIT)[:2] == ("host", "Chờ gửi lại báo cáo")
    assert "self_report_returned → host" in office.new_letters()

    # It comes again, and is accepted: the run is over, and was one run all the time.
    office.on(2024, 12, 18, 9)
    receive(UNIT, SelfReport(date(2024, 12, 18), "90-BC/HU", None, 3, 9, 4), OFFICER)
    office.go_on(UNIT)
    accept(UNIT, OFFICER)
    office.go_on(UNIT)
    assert office.visit(UNIT).state == "closed"
    assert [one.id for one in office.client.read_flow_runs()] == [the_run.id]
    assert office.state(UNIT).type is StateType.COMPLETED
    assert len(set(office.message_ids())) == len(office.message_ids()), "no letter twice"
