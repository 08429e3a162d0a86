"""Loads, before any run, what every run would load: the tables' dialect, the holidays, the letters' templates."""

import gc
import importlib
from datetime import datetime

from config.office_calendar import working_calendar
from config.settings import settings
from database.engine import engine_for
from domain.dates import OFFICE_ZONE
from domain.letters_and_documents import Purpose
from letters.wording import environment


def warm_up() -> None:
    """Load it into this process, whose forks then have it; no thread is started and no connection opened."""
    of, year = settings(), datetime.now(OFFICE_ZONE).year
    importlib.import_module("anyio._backends._asyncio")
    engine_for(of.database)  # opens no connection: a fork must not share one
    working_calendar((year - 1, year, year + 1), of.office_calendar)
    for purpose in Purpose:
        for part in ("subject", "body"):
            environment(of.templates.resolve() if of.templates else None).get_template(f"{purpose}/{part}.txt")
    gc.freeze()  # what is there now is never garbage; the collector of a fork need not touch, and so copy, it
