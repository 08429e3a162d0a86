"""A copy taken in the middle of a year, from a running service, is put back elsewhere and the year ends the same."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from answers.answering import Giver
from answers.letters import release_many, trust_restored
from config.settings import ROOT, settings
from database.engine import reading
from database.models import AuditRow, LetterRow
from database.record.check import faults
from deployments.copies.laying_out import LETTERS_SINCE
from flows.reconcile_visits import reconcile
from rehearsal.outside import message_ids
from rehearsal.play import Play, Progress
from rehearsal.run import files_of, load
from tests.databases import Server, end_server, started_server
from tests.deployments.conftest import free_port, service_with
from tests.holding import held_because
from tools.compare_years import letters

OFFICER = Giver("Nguyễn Văn Ví Dụ", "rehearsal")
MID_YEAR = date(2024, 6, 20)


@dataclass(frozen=True)
class Place:
    """A machine of the office: its folder and, on PostgreSQL, the address of its database."""

    folder: Path
    server: str = ""

    @property
    def home(self) -> Path:
        return self.folder / "rehearsal"

    @property
    def database(self) -> str:
        return self.server or f"sqlite:///{self.home / 'visits.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """Where the year begins, and where it ends: nothing is shared, but for the server of the databases."""
    folders = tmp_path / "first", tmp_path / "second"
    if request.param == "sqlite":
        yield Place(folders[0]), Place(folders[1])
        return
    server = Server(started_server())
    yield Place(folders[0], server.fresh(folders[0])), Place(folders[1], server.fresh(folders[1]))
    end_server()


def typed(place: Place, *words: str) -> str:
    """What a command says, in a process of its own as at the office; it must succeed."""
    told = {
        "VISITS_MODE": "rehearsal", "VISITS_HOME": f"{place.home}", "VISITS_DATABASE_URL": place.server,
        "VISITS_COPIES__PASSPHRASE": "bốn từ chẳng ai đoán",
    }  # fmt: skip
    command = [sys.executable, "-m", "cli.main", *words]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | told, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    print(done.stdout)
    return done.stdout


@pytest.mark.year
def test_a_year_goes_on_from_its_copy_elsewhere_and_ends_with_the_same_letters(
    places: tuple[Place, Place], tmp_path: Path
) -> None:
    plan, contacts, script = files_of("2024")
    copies, (first, second) = tmp_path / "copies", places
    desk_port = free_port()  # stands in letters: one for both
    with service_with("warm", first.folder, desk_port=desk_port, database_url=SecretStr(first.server)) as service:
        load(service.settings, plan, contacts, script)

        def copy_in_mid_year(progress: Progress) -> None:
            service.watch()
            if progress.now.date() >= MID_YEAR and not copies.exists():
                typed(first, "backup", str(copies))

        whole = Play(script, copy_in_mid_year, patience=300).to_the_end()
    (copy,) = copies.glob("visits-rehearsal-*.zip")

    typed(second, "restore", str(copy), "--by", OFFICER.name, "--mailbox", str(first.home / "mailbox"))

    assert_what_went_out_since_is_named(second, first.home / "mailbox")
    elsewhere = {"desk_port": desk_port, "database_url": SecretStr(second.server)}
    with service_with("warm", second.folder, afresh=False, **elsewhere) as service:
        assert_letters_are_held_until_somebody_has_looked()
        reconcile()  # what `visits up` begins with
        rest = Play(script, lambda _progress: service.watch(), patience=300).to_the_end()

        print(whole, rest, sep="\n")
        assert (rest.visits, rest.completed, rest.stuck) == (whole.visits, whole.completed, whole.stuck) == (9, 9, [])
        assert rest.letters == whole.letters
        assert (rest.reports, rest.recommendations, rest.summary) == (
            whole.reports,
            whole.recommendations,
            whole.summary,
        )
        with reading(settings().database) as session:
            assert [one for one in faults(session, settings()) if not one.warning] == []
    assert set(letters(second.home)) == set(letters(first.home))


def assert_what_went_out_since_is_named(place: Place, mailbox: Path) -> None:
    """All that arrived in the whole year beside what the copy knows of, and nothing else."""
    named = [line.split("\t")[0] for line in (place.home / LETTERS_SINCE).read_text("utf-8").splitlines()]
    with reading(place.database) as session:
        known = {row.message_id for row in session.query(LetterRow) if row.state in ("sent", "partly", "uncertain")}
        assert session.scalar(select(func.count()).select_from(AuditRow))
    assert len(named) > 100
    assert set(named) == set(message_ids(mailbox)) - known


def assert_letters_are_held_until_somebody_has_looked() -> None:
    with reading(settings().database) as session:
        assert "khôi phục từ bản sao" in held_because(session, settings())
    trust_restored(OFFICER)
    with reading(settings().database) as session:
        assert held_because(session, settings()) == ""
        held = [row.id for row in session.query(LetterRow).filter(LetterRow.state == "held")]
    release_many(held, OFFICER)
