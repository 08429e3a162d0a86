"""While letters are held nobody outside knows of anything: the visit waits for the office, and no time runs (P3)."""

import pytest

from answers.letters import release
from config.settings import settings, use
from tests.flows.office import Office
from tests.may import MAY, OFFICER

pytestmark = pytest.mark.prefect


def test_a_visit_waits_for_the_office_until_its_letter_may_go_and_only_then_for_its_host(office: Office) -> None:
    office.plan_only(MAY)
    use(settings().model_copy(update={"mode": "live"}))
    assert settings().safe

    office.on(2024, 3, 1, 8)
    assert office.waits()[:2] == ("officer", "Chờ cho gửi thư")
    assert office.state().name == "Chờ cho gửi thư"
    office.on(2024, 3, 25, 8)
    assert [(row.purpose, row.state) for row in office.outbox()] == [("nomination_request", "held")], "no reminders"

    use(settings().model_copy(update={"mode": "rehearsal"}))  # as if a mail server had been set
    release(office.outbox()[0].id, OFFICER)
    office.on(2024, 3, 25, 9)

    assert office.waits()[:2] == ("host", "Chờ danh sách")
    assert office.outbox("sent")[0].purpose == "nomination_request"
