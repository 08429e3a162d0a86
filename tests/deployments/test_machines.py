"""Server, desk and two runners on machines of their own play the year on PostgreSQL; one loses power in mid-letter."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from database import leases
from database.engine import reading
from database.models import LetterRow, VisitRow
from database.schema import prepare
from domain.wait import Wait
from rehearsal.outside import count_duplicates, message_ids
from rehearsal.play import Progress
from rehearsal.run import files_of, load
from tasks.worker import RUNNER
from tests.databases import Server, end_server, started_server
from tests.deployments.machines import Machine, can_be_apart, until
from tests.deployments.office_of_machines import AtTheirDesks, Office

pytestmark = [
    pytest.mark.year,
    pytest.mark.skipif(not can_be_apart(), reason="needs unshare with names and processes of its own (Linux)"),
]

#: A lost machine's lease ends after 40 s; what was in its hands is found within five more, and begun again at once.
A_MINUTE = 60.0
#: What the year of 2024 sends, on one machine or on several.
LETTERS = 352


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of PostgreSQL, which all machines share."""
    yield Server(started_server())
    end_server()


def test_a_year_on_several_machines_outlives_the_loss_of_one_in_mid_letter(server: Server, tmp_path: Path) -> None:
    """9 of 9, and every letter once."""
    url, shown = server.fresh(tmp_path), list[Progress]()
    office = Office(tmp_path / "first", url)
    prepare(url)
    plan, contacts, script = files_of("2024")
    load(office.settings, plan, contacts, script)
    play = AtTheirDesks(script, shown.append)
    with office.at_work():
        lose_one_in_mid_letter(office, play)
        whole = play.play_out()
    print(whole)
    assert (whole["visits"], whole["completed"], whole["stuck"]) == (9, 9, [])
    assert whole["letters"] == {"sent": LETTERS, "refused": 0, "uncertain": 0, "held": 0}
    assert count_duplicates(office.mail.folder) == 0
    assert set(message_ids(office.mail.folder)) >= {one.message_id for one in letters(url) if one.state == "sent"}


def lose_one_in_mid_letter(office: Office, play: AtTheirDesks) -> None:
    """The power of one runner's machine goes while the mail server has its letter; the other takes its visit over."""
    url = office.settings.database
    play.play_until(lambda: len(runners_that_worked(office)) == 2 and sent(url) >= 10)
    assert httpx.get(f"http://127.0.0.1:{office.ports['desk']}/suc-khoe", timeout=30).is_success

    office.mail.takes_its_time = True
    play.play_until(office.mail.has_one.is_set)
    letter = in_mid_letter(url)
    assert letter is not None
    lost = machine_of(office, letter)
    lost.is_cut_off()
    office.mail.takes_its_time = False
    office.mail.goes_on.set()

    print(f"lost in mid-letter: {lost.folder.name}, {letter.purpose}, {sent(url)} letters sent before", flush=True)
    took = until(lambda: wait_of(url, letter.visit_id) is Wait.LETTER_RESOLUTION, 5 * A_MINUTE, office.said)
    print(f"taken over after {took:.1f} s", flush=True)
    assert took < A_MINUTE


def runners_that_worked(office: Office) -> set[str]:
    """Every process that was ever at work for a visit, by its runner's machine."""
    with reading(office.settings.database) as session:
        return {one.machine for one in leases.running(session) if one.part == "run"}


def machine_of(office: Office, letter: LetterRow) -> Machine:
    with reading(office.settings.database) as session:
        sender = leases.of(session, letter.sending_by or "")
        assert sender is not None
        runner = next(one for one in leases.running(session) if (one.part, one.machine) == (RUNNER, sender.machine))
    runners = [one for one in office.machines if one.part == "runner"]
    return next(one for one in runners if runner.machine.endswith(f"/{numbers_of(one)}"))


def numbers_of(machine: Machine) -> int:
    """By which its space of process numbers is known."""
    return Path(f"/proc/{machine.processes()[0].pid}/ns/pid").stat().st_ino


def in_mid_letter(url: str) -> LetterRow | None:
    with reading(url) as session:
        return session.scalars(select(LetterRow).where(LetterRow.state == "sending")).first()


def letters(url: str) -> list[LetterRow]:
    with reading(url) as session:
        return list(session.scalars(select(LetterRow)))


def states(url: str) -> list[str]:
    return [one.state for one in letters(url)]


def sent(url: str) -> int:
    return states(url).count("sent")


def wait_of(url: str, visit_id: int) -> Wait | None:
    with reading(url) as session:
        return session.get_one(VisitRow, visit_id).wait
