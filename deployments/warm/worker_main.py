"""What a worker's process does: runs one run after another, with one connection to the server for all of them."""

import gc
from contextlib import suppress
from multiprocessing.connection import Connection
from uuid import UUID

from prefect import Flow
from prefect.client.schemas.objects import FlowRun
from prefect.engine import handle_engine_signals
from prefect.events.worker import EventsWorker
from prefect.flow_engine import run_flow
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows.engine.claim import is_named_anywhere
from flows.engine.server import one_connection

Flows = dict[UUID, Flow[..., object]]


def work(flows: Flows, pipe: Connection) -> None:
    """Run what comes through the pipe until it is closed.

    What costs CPU is done once for all runs instead of once for each: the connection (its TLS context alone takes
    20 ms), and the change of settings (60 ms). Heartbeats are off: a dead run is known by its process (0003), and
    each heartbeat's thread holds up the end of its run by up to a second.
    """
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}), one_connection():
        while run := _next(pipe):
            _execute(flows, run)
            if is_named_anywhere():
                # The run has ended without giving back its visit or a letter. Whoever looks after those asks
                # whether this process is alive; its end is the truth about the run.
                break
            with suppress(OSError):  # the runner has died; the next look at the pipe tells
                pipe.send_bytes(run.id.bytes)
            gc.collect(1)  # while nobody waits; `gc.freeze` in the runner keeps this short
        _flush()


def _next(pipe: Connection) -> FlowRun | None:
    try:
        return FlowRun.model_validate_json(pipe.recv_bytes())
    except (EOFError, OSError):
        return None


def _execute(flows: Flows, run: FlowRun) -> None:
    """Run one run to its end or its parking; whatever comes of it is told to the server by Prefect's engine.

    For a run of a deployment, the engine starts a thread with an event loop and a websocket, which only watches for
    `Suspend` and costs more than the run itself; nobody suspends a run that takes a second, and a parked one needs no
    watching. It goes by the run it is given, and reads the real one anew before it begins.
    """
    assert run.deployment_id
    unwatched = run.model_copy(update={"deployment_id": None})
    with suppress(SystemExit), handle_engine_signals(run.id):
        run_flow(flows[run.deployment_id], flow_run=unwatched, parameters=run.parameters, return_type="state")


def _flush() -> None:
    """Let log lines and events reach the server before the process is gone."""
    APILogWorker.drain_all(timeout=5)
    EventsWorker.drain_all(timeout=5)
