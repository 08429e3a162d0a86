"""Prefect's tables are made by however many machines at once, by one after another."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import ROOT
from tests.deployments.several.stores import postgres, redis
from tests.deployments.several.test_servers import environment_of, settings_of

MACHINES = 3


@pytest.mark.prefect
def test_machines_that_make_the_tables_of_prefect_at_once_do_not_collide(tmp_path: Path) -> None:
    """On an empty database two of Prefect's own would both make `alembic_version`, and one of them end."""
    with postgres(tmp_path) as database, redis(tmp_path, "a-word-of-redis") as messages:
        database.make("prefect")
        homes = [
            settings_of(tmp_path / f"{number}", database.address("prefect"), messages.port)
            for number in range(MACHINES)
        ]
        making = [
            subprocess.Popen(
                [sys.executable, "-m", "deployments.prefect_tables"], cwd=ROOT, env=environment_of(of), text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )
            for of in homes
        ]  # fmt: skip
        said = [one.communicate(timeout=600)[0] for one in making]
    assert [one.returncode for one in making] == [0] * MACHINES, said
    assert all("bảng của Prefect đã sẵn sàng" in one for one in said)
