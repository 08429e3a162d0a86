"""A claim holds a visit when it stands in the database, and not before."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from config.settings import Settings
from flows.engine.claim import claim_visit
from tasks.worker import holds, lay_down
from tests.databases import databases
from tests.desk import Desk


@pytest.fixture
def office(home: Settings, prepared_database: Any) -> Settings:
    """The office without a Prefect: nobody asks for it as long as no run has the visit."""
    databases().put_back(prepared_database, home.database)
    return home


def test_a_claim_that_could_not_be_committed_is_laid_down(desk: Desk) -> None:
    """The process would renew its lease for a visit that it does not have, until it ends."""
    key, number = desk.visit.key, desk.visit.id

    def the_disk_is_full(_session: Session) -> None:
        assert holds(number), "it is in hand by then"
        raise OSError("No space left on device")

    event.listen(Session, "before_commit", the_disk_is_full)
    try:
        with pytest.raises(OSError, match="No space left"):
            claim_visit(uuid4(), key)
    finally:
        event.remove(Session, "before_commit", the_disk_is_full)
    assert not holds(number)
    assert desk.visit.worker is None

    claim_visit(uuid4(), key)
    assert holds(number)
    lay_down(number)
