"""Turns: what hangs on what is not there yet is written by one after another."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import text

from answers.accounts import add
from answers.first_accounts import first_admin
from answers.register import reserve
from answers.sign_in import Limited, sign_in
from config.settings import ROOT, Settings, settings
from database import plans
from database.engine import engine_for, reading, writing
from database.numbers import Series
from domain.plan import Contacts, Plan
from domain.problem import Refused
from tests.may import CLERK

NUMBERS = Series("BTCTU", "TB", "2020-2025")
AT_ONCE = 8


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each gave, or how it was refused."""

    def told(act: Callable[[], object]) -> object:
        try:
            return act()
        except (Refused, Limited) as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(told, acts))


def test_eight_clerks_who_ask_for_the_next_number_get_eight(office: Settings) -> None:
    given = at_once(*[lambda: reserve(NUMBERS, None, CLERK)] * AT_ONCE)

    assert office.mode == "rehearsal"
    assert sorted(map(str, given)) == [NUMBERS.symbol(number) for number in range(1, AT_ONCE + 1)]


def test_of_eight_who_ask_for_the_same_number_one_gets_it(office: Settings) -> None:
    given = at_once(*[lambda: reserve(NUMBERS, 7, CLERK)] * AT_ONCE)

    assert office.mode == "rehearsal"
    assert given.count(NUMBERS.symbol(7)) == 1
    assert sum(isinstance(one, Refused) for one in given) == AT_ONCE - 1


def test_of_eight_desks_that_start_at_once_one_makes_the_first_admin(office: Settings) -> None:
    def opened() -> str | None:
        with writing(office.database) as session:
            return first_admin(session)

    given = at_once(*[opened] * AT_ONCE)

    assert [one is None for one in given].count(False) == 1
    assert all(one is None or isinstance(one, str) for one in given)


def test_wrong_passwords_at_the_same_moment_are_counted_like_those_in_a_row(office: Settings) -> None:
    now = datetime.now(UTC)
    tries = [lambda: sign_in("khong-co", "sai", "10.0.0.9", now)] * (office.desk.attempts + 3)

    given = at_once(*tries)

    assert sum(isinstance(one, Refused) for one in given) == office.desk.attempts
    assert sum(isinstance(one, Limited) for one in given) == 3


def test_of_two_accounts_with_one_login_the_second_is_refused_in_words(office: Settings) -> None:
    def make() -> None:
        with writing(office.database) as session:
            add(session, "nva", "Ông A", ["officer"], "một con ngựa đúng pin", "Quản trị")

    given = at_once(make, make)

    (refused,) = [one for one in given if isinstance(one, Refused)]
    assert "đã có người dùng" in str(refused)


def test_of_two_plans_at_the_same_moment_both_are_versions(office: Settings, shipped: tuple[Plan, Contacts]) -> None:
    plan, contacts = shipped

    def save(number: str) -> int:
        changed = replace(plan, signer=replace(plan.signer, name=f"Người {number}"))
        with writing(settings().database) as session:
            return plans.save(session, changed, contacts, "thử").version

    given = at_once(lambda: save("một"), lambda: save("hai"))

    assert sorted(map(str, given)) == ["2", "3"]
    with reading(office.database) as session:
        assert plans.years(session) == [2024]


def test_three_processes_that_start_at_once_prepare_one_database(home: Settings) -> None:
    """On PostgreSQL one migrates and the others wait for it; SQLite lets one writer in by itself."""
    with engine_for(home.database).connect():
        pass  # there, and empty
    command = "import sys; from database.schema import prepare; prepare(sys.argv[1])"
    environment = {"PYTHONPATH": str(ROOT), "VISITS_HOME": str(home.folder), "PATH": "/usr/bin:/bin"}
    started = [
        subprocess.Popen([sys.executable, "-c", command, home.database], env=environment, stderr=subprocess.PIPE)
        for _ in range(3)
    ]

    said = [one.communicate(timeout=300)[1].decode() for one in started]

    assert [one.returncode for one in started] == [0] * 3, said
    with reading(home.database) as session:
        assert session.scalar(text("SELECT count(*) FROM alembic_version")) == 1
        assert session.scalar(text("SELECT count(*) FROM calendar")) == 1
