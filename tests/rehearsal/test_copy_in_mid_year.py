"""A copy taken in the middle of a year, from a running service, is put back elsewhere and the year ends the same."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from answers.answering import Giver
from answers.letters import release_many, trust_restored
from config.settings import ROOT, settings
from database.engine import reading
from database.models import LetterRow
from database.record.check import faults
from deployments.copies.laying_out import LETTERS_SINCE
from deployments.copies.sqlite_file import length_of_record
from flows.reconcile_visits import reconcile
from rehearsal.outside import message_ids
from rehearsal.play import Play, Progress
from rehearsal.run import files_of, load
from tests.deployments.conftest import free_port, service_with
from tests.holding import held_because
from tools.compare_years import letters

OFFICER = Giver("Nguyễn Văn Ví Dụ", "rehearsal")
MID_YEAR = date(2024, 6, 20)


def typed(home: Path, *words: str) -> str:
    """What a command says, in a process of its own as at the office; it must succeed."""
    told = {"VISITS_MODE": "rehearsal", "VISITS_HOME": f"{home}", "VISITS_COPIES__PASSPHRASE": "bốn từ chẳng ai đoán"}
    command = [sys.executable, "-m", "cli.main", *words]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | told, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    print(done.stdout)
    return done.stdout


@pytest.mark.year
def test_a_year_goes_on_from_its_copy_elsewhere_and_ends_with_the_same_letters(tmp_path: Path) -> None:
    plan, contacts, script = files_of("2024")
    copies, first, second = tmp_path / "copies", tmp_path / "first", tmp_path / "second"
    desk_port = free_port()  # stands in letters: one for both
    with service_with("warm", first, desk_port=desk_port) as service:
        load(service.settings, plan, contacts, script)

        def copy_in_mid_year(progress: Progress) -> None:
            service.watch()
            if progress.now.date() >= MID_YEAR and not copies.exists():
                typed(service.settings.folder, "backup", str(copies))

        whole = Play(script, copy_in_mid_year, patience=300).to_the_end()
    (copy,) = copies.glob("visits-rehearsal-*.zip")
    home = second / "rehearsal"

    typed(home, "restore", str(copy), "--by", OFFICER.name, "--mailbox", str(first / "rehearsal" / "mailbox"))

    assert_what_went_out_since_is_named(home, first / "rehearsal" / "mailbox")
    with service_with("warm", second, afresh=False, desk_port=desk_port) as service:
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
    assert set(letters(home)) == set(letters(first / "rehearsal"))


def assert_what_went_out_since_is_named(home: Path, mailbox: Path) -> None:
    """All that arrived in the whole year beside what the copy knows of, and nothing else."""
    named = [line.split("\t")[0] for line in (home / LETTERS_SINCE).read_text("utf-8").splitlines()]
    with reading(f"sqlite:///{home / 'visits.db'}") as session:
        known = {row.message_id for row in session.query(LetterRow) if row.state in ("sent", "partly", "uncertain")}
    assert len(named) > 100
    assert set(named) == set(message_ids(mailbox)) - known
    assert length_of_record(home / "visits.db")[0] > 0


def assert_letters_are_held_until_somebody_has_looked() -> None:
    with reading(settings().database) as session:
        assert "khôi phục từ bản sao" in held_because(session, settings())
    trust_restored(OFFICER)
    with reading(settings().database) as session:
        assert held_because(session, settings()) == ""
        held = [row.id for row in session.query(LetterRow).filter(LetterRow.state == "held")]
    release_many(held, OFFICER)
