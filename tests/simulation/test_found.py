"""Seeds that have found something, played again for ever: what was wrong then is told beside each."""

import pytest

from tests.simulation.year import play

#: Seed -> what it showed. What a seed draws changes with the simulator: each is told by what it was then.
FOUND = {
    7: "what was lacking was lacking at a meeting that was not chosen, and the inspector reported without end",
    25: "of the service: after a restore a new row got the run of the one that had its number, and ran without end",
}


@pytest.mark.parametrize("seed", FOUND)
def test_a_year_that_once_broke_a_promise_keeps_it(seed: int) -> None:
    outcome = play(seed)

    assert outcome.broken is None, f"{FOUND[seed]}\n{outcome.where}"
