"""Whether a database that lies in another folder holds: its file, its record by the key that belongs to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from pydantic import SecretStr

from config.settings import Settings, settings, use
from database.engine import engine_for, reading
from database.record.check import faults
from database.schema import MIGRATIONS
from deployments.copies import sqlite_file
from deployments.copies.contents import OURS
from domain.problem import Problem


def faults_of_record(of: Settings, folder: Path) -> list[Problem]:
    """What is wrong with the record of the database in that folder, by the key that this process goes by; no warnings.

    Of tables that this version of the program does not know yet, or no more, nothing is asked.
    """
    if sqlite_file.revision_of(folder / OURS) != newest_revision():
        return []
    return faults_there(of.model_copy(update={"home": folder, "database_url": SecretStr("")}))


def faults_there(there: Settings) -> list[Problem]:
    """The same of the database of those settings, which is of this version."""
    try:
        with reading(there.database) as session:
            return [one for one in faults(session, there) if not one.warning]
    finally:
        engine_for(there.database).dispose()


@contextmanager
def at_hand(chosen: Settings) -> Iterator[None]:
    """Let this process go by other settings for a while, and close their database at the end."""
    before = settings()
    use(chosen)
    try:
        yield
    finally:
        engine_for(chosen.database).dispose()
        use(before)


def newest_revision() -> str:
    """The migration to which this program brings a database."""
    return str(_migrations().get_current_head())


def is_known(revision: str) -> bool:
    """Whether this program knows that migration: a newer program's database is not opened by an older one."""
    return revision in {one.revision for one in _migrations().walk_revisions()}


def _migrations() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)
