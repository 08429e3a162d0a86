"""What the service remembers is lost, or older than it should be."""

import shutil
from contextlib import suppress
from pathlib import Path

import psutil

from tests.chaos.copies import look_and_release, put_back
from tests.chaos.fault import ChaosFault, Struck
from tests.simulation.world import holds

FIRST_COPY, FIRST_PREFECT = "first.zip", "prefect-first"


def prefect_files(home: Path) -> list[Path]:
    """Prefect's database with its log."""
    return sorted((home / "prefect").glob("prefect.db*"))


def _prefect_lost(struck: Struck) -> None:
    """Under the service: the files go, and its server dies."""
    struck.pause(0, 4)
    servers = struck.office.parts("server")
    for path in prefect_files(struck.office.settings.folder):
        path.unlink()
    for server in servers:
        with suppress(psutil.NoSuchProcess):
            server.kill()


def _prefect_older(struck: Struck) -> None:
    """Everything is stopped, Prefect's database is that of weeks ago, and ours is of today."""
    office = struck.office
    office.kill_everything()
    for path in prefect_files(office.settings.folder):
        path.unlink()
    for path in (office.copies / FIRST_PREFECT).iterdir():
        shutil.copy(path, office.settings.folder / "prefect" / path.name)
    office.start()


def _ours_older(struck: Struck) -> None:
    """The copy of weeks ago comes back; what went since is in nobody's book but the recipients'."""
    put_back(struck, struck.office.copies / FIRST_COPY)


def _upgraded(struck: Struck) -> None:
    """`visits upgrade`, with visits waiting at whatever step they are."""
    office = struck.office
    office.stop()
    office.forget_connections()
    code, said = office.types("upgrade", f"{office.copies}", "--by", "Trần Thị Quản Trị")
    holds(code == 0, "an upgrade goes through", said)
    office.start()
    look_and_release(struck)


FAULTS = (
    ChaosFault("Prefect's database lost under the service", _prefect_lost, is_short=True),
    ChaosFault("Prefect's database that of weeks ago", _prefect_older, "started anew", at_rest=True),
    ChaosFault("our database that of weeks ago", _ours_older, "looks, lets held letters go", at_rest=True),
    ChaosFault("an upgrade in the middle", _upgraded, "looks, lets held letters go", at_rest=True),
)
