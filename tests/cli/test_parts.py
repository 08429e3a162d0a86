"""`visits migrate` before parts that run alone: what it does after somebody deleted the write-ahead log."""

import pytest

from config.settings import Settings
from tests.cli.conftest import Typed
from tests.open_log import a_stranger_writes, deleted_and_brought_home, says, words_in

pytestmark = pytest.mark.only_sqlite("deletes a file")


def test_it_goes_on_where_everything_is_in_the_database(office: Settings, visits: Typed) -> None:
    deleted_and_brought_home(office)

    assert visits("migrate").exit_code == 0

    says(office, "hai")
    assert {"một", "hai"} <= words_in(office.folder / "visits.db")


def test_where_a_stranger_has_begun_another_log_since_it_names_the_copy(office: Settings, visits: Typed) -> None:
    deleted_and_brought_home(office)
    a_stranger_writes(office.folder / "visits.db")

    said = visits("migrate")

    assert said.exit_code == 1
    assert "visits restore" in said.output
