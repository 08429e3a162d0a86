"""Runs visits with Prefect's own runner, one fresh Python process for each run; the warm runner's plain alternative."""

import asyncio
import threading
import time
from dataclasses import dataclass
from uuid import UUID

from prefect.runner import Runner

from config.settings import settings
from deployments.alert import set_up_alert
from deployments.lookout import MINUTE, Lookout, say_that_somebody_runs
from deployments.registry import FLOWS, aregister
from deployments.saved_lists import save_lists
from flows.engine.due_runs import call_due
from flows.engine.server import one_connection


@dataclass
class _Registered:
    """A deployment that already stands in the server; the runner asks for no more of it than this."""

    id: UUID
    name: str
    storage: None = None

    async def aapply(self) -> UUID:
        """Nothing is written: Prefect's own `apply` would undo what a person changed (0014)."""
        return self.id


async def serve() -> None:
    """Register the deployments and run what is due until the process is told to stop."""
    runner = Runner(
        name=f"visits-{settings().mode}",
        query_seconds=settings().poll_seconds,
        # A run picked up ahead of its time could still be in its last execution (design trap 15).
        prefetch_seconds=0,
        limit=settings().parallel_runs,
        pause_on_shutdown=False,
    )
    for name, deployment_id in (await aregister()).items():
        known = _Registered(deployment_id, name)
        await runner.aadd_deployment(known)  # type: ignore[arg-type]  # a deployment as far as a runner looks at it
    threading.Thread(target=_call, daemon=True).start()
    await runner.start()


def _call() -> None:
    """Ask the rows what is due, beside Prefect's runner, which only knows what is scheduled."""
    lookout, said = Lookout(), -MINUTE
    while True:
        try:
            with one_connection() as client:
                ours = [client.read_deployment_by_name(name).id for name in FLOWS]
                while True:
                    call_due(client, ours, limit=settings().parallel_runs)
                    lookout.look(client, ours)
                    if time.monotonic() - said > MINUTE:
                        say_that_somebody_runs()
                        said = time.monotonic()
                    time.sleep(settings().poll_seconds)
        except Exception as error:
            # The thread must outlive whatever happens to the server or the database; the runner's log has the reason.
            print(f"chưa hỏi được việc đến hạn: {error!r}", flush=True)
            time.sleep(1)


if __name__ == "__main__":
    save_lists()
    set_up_alert()
    asyncio.run(serve())
