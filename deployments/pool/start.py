"""Starts a worker of the work pool as Prefect's own command does, in the environment of this installation.

`python -m deployments.pool.start visits-warm`, or `process` for Prefect's type; what else is typed goes on to
`prefect worker start`, such as `--name` and `--with-healthcheck`. It works in a checkout as well, which has no entry
points by which Prefect would find our type.
"""

import os
import sys

from config.log_form import FOR_PREFECT
from config.settings import settings
from deployments.service.environment import enter
from domain.problem import Refused


def main() -> None:
    """Be `prefect worker start` until it is told to stop; exit 2 with the way out where the type is missing."""
    if len(sys.argv) < 2:
        print("ghi loại worker: visits-warm hoặc process", file=sys.stderr)
        raise SystemExit(2)
    kind, *more = sys.argv[1:]
    of = settings()
    try:
        enter(of)
    except Refused as refusal:
        sys.exit(f"{refusal}")
    # This process is the worker: its log is what one reads, in the form that the office has set.
    os.environ |= {"PREFECT_LOGGING_LEVEL": "INFO"} | (FOR_PREFECT if of.log_format == "json" else {})
    from prefect.cli import app

    from deployments.pool import worker

    assert worker.TYPE
    started = ["worker", "start", "--pool", of.work_pool, "--type", kind, "--limit", f"{of.parallel_runs}"]
    sys.argv = ["prefect", "--no-prompt", *started, *more]
    app()


if __name__ == "__main__":
    main()
