"""How often a wake-up asks Prefect, beside the fewest that the contract needs: every HTTP request, counted on its way.

Run: `python -m benchmarks.prefect_calls`. One visit plays its whole story on a real server, each wake-up from the
runner's look to the parked run. What each request is needed for stands in `NEEDED`.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from unittest.mock import patch

from benchmarks.figure import Figure, say
from benchmarks.full_month import key_of
from benchmarks.real_runs import real_runs
from benchmarks.story import STORY, begin

BOUND = 1.0
#: The requests of one wake-up of a parked run, by method and path, and why nothing can take their place.
NEEDED: dict[str, tuple[int, str]] = {
    "GET flow_runs/{id}": (2, "the runner must know its state before it starts it; Prefect's engine reads it anew"),
    "POST flow_runs/{id}/set_state": (4, "Scheduled (a paused run cannot be Pending), Pending (one runner has it),"
                                         " Running, Paused"),
    "POST deployments/get_scheduled_flow_runs": (1, "what Prefect's own pages have asked for comes the same way"),
    "PATCH flow_runs/{id}": (2, "the version of the flow, by the engine; name and tags, which say what waits for whom"),
    "POST artifacts": (1, "the story of the visit"),
    "PATCH artifacts/{id}": (1, "the table of the year"),
}  # fmt: skip


def measure(_quick: bool) -> Sequence[Figure]:
    """Count over the wake-ups of one visit but the first, which makes the run, and the last, which ends it."""
    counted: list[Counter[str]] = []
    with real_runs() as runs:
        import flows.engine.server

        real = flows.engine.server._Patient.handle_request

        def counting(self: object, request: object) -> object:
            counted[-1][_route(request)] += 1
            return real(self, request)

        with patch.object(flows.engine.server._Patient, "handle_request", counting):
            for before in STORY:
                begin(before, key_of(0))
                counted.append(Counter())
                runs.wake(0)
    between = counted[1:-1]
    fewest = sum(count for count, _why in NEEDED.values())
    each = sum(one.total() for one in between) / len(between)
    beyond = sum(between, Counter())
    told = "; ".join(f"{route} {count / len(between):.1f}" for route, count in sorted(beyond.items()))
    return [
        Figure("calls to Prefect per wake-up", "the fewest that the contract needs", f"{each:.1f}", f"{fewest}",
               each / fewest, BOUND, told=told)
    ]  # fmt: skip


def _route(request: object) -> str:
    parts = request.url.path.removeprefix("/api/").strip("/").split("/")  # type: ignore[attr-defined]  # of httpx
    named = ["{id}" if len(one) == 36 and one.count("-") == 4 else one for one in parts]
    return f"{request.method} {'/'.join(named)}"  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(say(measure))
