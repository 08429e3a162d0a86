"""A call after an answer that reaches nobody: whoever runs visits asks the rows anyway; nothing is slept through."""

import os
import time

import pytest

from database import visits
from database.engine import writing
from tests.deployments.running import Running

MAY = "2024-05/bien_hoa"
#: By hand more of them: `VISITS_WAKES=200`. A process for each run needs 5 s for every one.
WAKES = {runner: int(os.environ.get("VISITS_WAKES", some)) for runner, some in {"warm": "12", "process": "4"}.items()}


@pytest.mark.parametrize("heard", [True, False], ids=["heard", "lost"])
def test_every_answer_is_looked_at_within_seconds_whether_the_call_is_heard_or_lost(
    running: Running, heard: bool
) -> None:
    """The note is committed, then somebody calls; `lost`: there is nothing left that could be called."""
    running.open(MAY)
    running.wait(lambda: running.parked(MAY))
    if not heard:
        for pipe in (running.service.settings.folder / "wake-pipes").glob("*"):  # processes of their own have none
            pipe.unlink()  # nobody can be called any more; the runner only looks by itself
    wakes = WAKES[running.service.settings.runner]
    delays = [wake_and_wait(running) for _ in range(wakes)]
    print(f"{wakes} wakes, call {'heard' if heard else 'lost'}: longest {max(delays):.2f} s")
    assert max(delays) < 30, "none was slept through"
    row = running.row(MAY)
    assert row.wake_seen == row.wake_wanted
    assert len(running.letters()) == 1


def wake_and_wait(running: Running) -> float:
    """Seconds from the committed note to the step that has looked at it and parked again."""
    from flows.engine.wake_pipe import ring

    before = running.row(MAY).wakeups
    with writing(running.url) as session:
        visits.ask_to_wake(session, running.row(MAY).id)
    begun = time.monotonic()
    ring()
    while True:
        row = running.row(MAY)
        if row.wakeups > before and row.worker is None:
            return time.monotonic() - begun
        assert time.monotonic() - begun < 60, row.waiting_state
        time.sleep(0.02)
