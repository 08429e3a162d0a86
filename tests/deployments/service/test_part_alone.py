"""One part of the service alone on its machine: what of it is watched, and on which database."""

import pytest

from config.settings import Settings
from database import service_notes
from database.engine import reading, writing
from database.health import STARTED
from deployments.service.embedded import Service
from deployments.service.sameness import check_secrets
from domain.problem import Refused
from tests.deployments.conftest import free_port
from tests.open_log import deleted_and_brought_home, says, words_in


def alone(of: Settings, part: str) -> Service:
    """That part, of which nothing is started yet."""
    ports = {f"{name}_port": free_port() for name in ("prefect", "mailbox", "desk")}
    return Service(of.model_copy(update=ports), wait=False, alone=part)


@pytest.mark.parametrize(("part", "watched"), [("server", True), ("mailbox", False)])
def test_a_server_of_prefect_that_runs_alone_is_watched_where_there_is_a_database(
    office: Settings, part: str, watched: bool
) -> None:
    """Its trouble is kept for doctor and desk; a mailbox asks no database."""
    with alone(office, part):
        pass  # leaving it waits for what it had to say

    with reading(office.database) as session:
        assert (STARTED in service_notes.read(session)) is watched


@pytest.mark.only_sqlite("a database on a server is there before")
def test_a_server_of_prefect_alone_makes_no_database_in_a_home_that_has_none(home: Settings) -> None:
    with alone(home, "server"):
        assert not (home.folder / "visits.db").exists()


@pytest.mark.only_sqlite("deletes a file")
def test_a_part_alone_goes_on_after_a_deleted_log_was_brought_home(office: Settings) -> None:
    deleted_and_brought_home(office)

    with alone(office, "server"):
        says(office, "hai")

    assert {"một", "hai"} <= words_in(office.folder / "visits.db")


def test_a_server_of_prefect_with_other_secrets_than_the_rest_is_refused(office: Settings) -> None:
    """Its string would open it to nobody else."""
    live = office.model_copy(update={"mode": "live"})
    with writing(live.database) as session:
        check_secrets(session, live)
    keys = live.folder / "keys"
    keys.write_text(f"prefect=visits:{'x' * 30}\n", encoding="ascii")
    other = alone(live.model_copy(update={"secret_file": keys}), "server")
    if live.database.startswith("sqlite"):
        with other:  # a file has one machine, whose secrets may be made anew at any time
            return
    with pytest.raises(Refused, match="khóa “prefect” của máy này khác khóa"), other:
        pass
