"""The flow over the inbox on the real server of Prefect and a real IMAP server: a round, its tries, what it leaves."""

from collections.abc import Iterator

import pytest

from config.settings import settings, use
from database import service_notes
from database.engine import reading
from database.health import INBOX_FAULT
from database.incoming import IncomingRow
from domain.incoming import MailState
from flows.engine.wake import READING, run_now
from tests.flows.office import Office
from tests.imap_server import PASSWORD, ImapServer, imap_server
from tests.incoming_mail import by_a_program, mail

pytestmark = pytest.mark.prefect


@pytest.fixture
def server(parked: Office) -> Iterator[ImapServer]:
    """An empty inbox, which this office reads, with quick tries."""
    assert parked
    with imap_server() as running:
        quick = settings().delivery.model_copy(update={"retries": 1, "retry_seconds": 0})
        use(settings().model_copy(update={"inbox": running.settings(), "delivery": quick}))
        yield running


def round_of(office: Office) -> tuple[str | None, str | None]:
    """How one round ends in Prefect."""
    run_now(READING)
    (state,) = office.run_due()
    return state.name, state.message


def test_a_round_keeps_and_deals_with_what_came_and_quiet_ones_are_taken_away(
    parked: Office, server: ImapServer
) -> None:
    server.deliver(mail(number=1), by_a_program(2))

    assert round_of(parked) == ("Đã đọc", "2 thư mới, xử lý 1, chờ người xem 1")
    assert round_of(parked) == ("Không có thư mới", "không có thư mới")
    assert round_of(parked) == ("Không có thư mới", "không có thư mới")

    assert sorted(_rounds(parked)) == ["Không có thư mới", "Đã đọc"]
    with reading(settings().database) as session:
        assert [row.state for row in session.query(IncomingRow)] == [MailState.OPEN, MailState.DONE]


def test_an_inbox_that_cannot_be_read_fails_no_run_and_is_told_without_its_password(
    parked: Office, server: ImapServer
) -> None:
    """A failed run every five minutes would call people at night; the doctor tells it once it lasts."""
    server.process.kill()
    server.process.wait()

    name, message = round_of(parked)

    assert name == "Chưa đọc được"
    assert "hộp thư đến: " in (message or "")
    assert PASSWORD not in (message or "")
    with reading(settings().database) as session:
        assert service_notes.read(session)[INBOX_FAULT].text == message


def test_where_no_inbox_is_set_a_round_says_so(parked: Office) -> None:
    assert round_of(parked)[0] == "Chưa đặt hộp thư"


def _rounds(office: Office) -> list[str]:
    return [run.state_name or "" for run in office.client.read_flow_runs() if run.name == "Đọc hộp thư đến"]
