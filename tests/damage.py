"""Makes rubbish of a page of a database, as a dying disk does."""

import os
import sqlite3
from contextlib import closing

from config.settings import Settings
from database.engine import engine_for


def damage(of: Settings, table: str) -> None:
    """The first page of that table; whoever has the file open does not hear of it."""
    engine_for(of.database).dispose()
    file = of.folder / "visits.db"
    with closing(sqlite3.connect(file)) as database:
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as damaged:
        damaged.seek((page - 1) * size)
        damaged.write(os.urandom(size))
