"""What a process that died has left in the middle is called again, and nobody takes the visit for one that rests."""

from config.settings import settings
from database import visits
from database.engine import reading, writing
from flows.engine.taking_over import _freed
from tasks.worker import is_alive
from tests.at_work import a_dead_worker
from tests.flows.office import Office
from tests.may import MAY


def test_an_answer_that_only_the_dead_process_had_seen_is_still_to_be_seen(parked: Office) -> None:
    """Killed right after its claim: the wait shown is the old one, and acting on it again would be refused."""
    assert parked.run()
    dead = a_dead_worker()
    with writing(settings().database) as session:
        row = visits.find(session, MAY)
        row.worker, row.wake_seen = dead, row.wake_wanted

    assert _freed(row)

    with reading(settings().database) as session:
        assert MAY in visits.at_work(session)
        assert [one.key for one in visits.in_hand(session) if not is_alive(session, one.worker)] == [MAY]
