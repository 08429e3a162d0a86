"""A restore that one machine has looked at is known to the others, and excuses nothing else."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import Settings, Smtp, use
from database import audit, service_notes
from database.engine import engine_for, reading, writing
from database.holding import RESTORED
from database.record.check import faults
from database.record.heads import FILE, Head, Occasion, heads_kept
from database.record.looks import LOOKS
from database.restored import confirm, keep_head_of_record, keep_mark, notice
from tests.databases import databases
from tests.desk import Desk

BY = "Nguyễn Văn Ví Dụ"


@pytest.fixture
def first(office: Settings, desk: Desk) -> Settings:
    """The machine at which a copy will be put back."""
    assert desk.visit
    return use(office.model_copy(update={"mode": "live", "smtp": Smtp(host="mail.example")}))


@pytest.fixture
def second(first: Settings, tmp_path: Path) -> Iterator[Settings]:
    """Another machine of the same service: a home of its own, the same secrets, the same database."""
    happens(first)  # the key of the record is made with the first line
    home = tmp_path / "second"
    shutil.copytree(first.folder / "secrets", home / "secrets")
    yield first.model_copy(update={"home": home, "database_url": SecretStr(first.database)})
    engine_for(first.database).dispose()


def happens(of: Settings, what: str = "có việc") -> None:
    with writing(of.database) as session:
        audit.note(session, "thử", what)


def day_ends(*machines: Settings) -> None:
    """Each of them writes down how far the record has come."""
    for of in machines:
        use(of)
        with writing(of.database) as session:
            keep_head_of_record(session, of, Occasion.DAY)
        keep_mark(of)


def put_back_and_looked_at(first: Settings, second: Settings) -> None:
    """Both have seen more than the copy has; on the first somebody looks, and goes on."""
    day_ends(first, second)
    kept = databases().keep(first.database)
    happens(first, "việc sau bản sao")
    day_ends(first, second)
    databases().put_back(kept, first.database)
    use(first)
    assert "bản cũ được khôi phục" in notice(first)
    with writing(first.database) as session:
        assert confirm(session, BY, first)
    happens(first, "việc khác")


def found_by_the_doctor(of: Settings) -> list[str]:
    use(of)
    with reading(of.database) as session:
        return [f"{one}" for one in faults(session, of) if not one.warning]


def looks_in(of: Settings) -> list[Head]:
    return [head for _number, head in heads_kept(of) if head and head.occasion is Occasion.RESTORED]


def test_another_machine_takes_a_look_over_and_calls_nothing_forged(first: Settings, second: Settings) -> None:
    put_back_and_looked_at(first, second)
    assert found_by_the_doctor(second) == [], "the doctor of a machine that has not started yet knows it too"

    use(second)
    assert notice(second) == ""

    with reading(second.database) as session:
        assert not service_notes.read(session).get(RESTORED), "no letter is held once more"
    assert looks_in(second) == looks_in(first) != []
    day_ends(second)
    assert notice(second) == ""
    assert len(looks_in(second)) == 1
    assert found_by_the_doctor(second) == found_by_the_doctor(first) == []


def test_a_machine_that_runs_while_somebody_looks_elsewhere_knows_it_at_its_next_mark(
    first: Settings, second: Settings
) -> None:
    put_back_and_looked_at(first, second)
    use(second)
    keep_mark(second)
    assert looks_in(second) == looks_in(first)
    assert notice(second) == ""


def test_a_look_that_is_known_excuses_no_later_restore(first: Settings, second: Settings) -> None:
    put_back_and_looked_at(first, second)
    use(second)
    assert notice(second) == ""
    kept = databases().keep(second.database)
    happens(second, "việc sau bản sao thứ hai")
    day_ends(second)
    databases().put_back(kept, second.database)

    assert "bản cũ được khôi phục" in notice(second)


@pytest.mark.parametrize("harm", ["another seal", "another record", "no restore"])
def test_a_look_that_was_not_given_here_excuses_nothing(harm: str, first: Settings, second: Settings) -> None:
    """Whoever can write into the database and has not the key."""
    put_back_and_looked_at(first, second)
    (look,) = looks_in(first)
    told = {
        "another seal": f"{look.said} {look.key_mark} {'0' * len(look.mac)}",
        "another record": f"{look}".replace(look.hash, "0" * len(look.hash)),
        "no restore": "ngày nào đó",
    }[harm]
    with writing(first.database) as session:
        service_notes.note(session, LOOKS, told)

    use(second)
    assert "bản cũ được khôi phục" in notice(second)
    assert looks_in(second) == []
    assert (second.folder / FILE).exists()
