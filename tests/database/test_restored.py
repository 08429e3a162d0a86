"""A database that was put back from a copy is recognised by the mark beside it, and holds its letters until a look."""

import json
from collections.abc import Callable

import pytest

from config.settings import Settings, Smtp, use
from database import audit, service_notes, visits
from database.engine import reading, writing
from database.holding import RESTORED, HeldFor, why_held
from database.put_back import PUT_BACK, Announced, announce
from database.record.heads import FILE
from database.restored import confirm, keep_mark, notice
from tests.databases import databases
from tests.desk import Desk
from tests.may import MAY


@pytest.fixture
def live(office: Settings, desk: Desk) -> Settings:
    """A live home with a mail server, in which something has happened."""
    assert desk.visit
    of = use(office.model_copy(update={"mode": "live", "smtp": Smtp(host="mail.example")}))
    something_happens(of)
    return of


def test_what_was_never_put_back_is_no_copy(live: Settings) -> None:
    assert notice(live) == "", "a home without a mark is new, or comes from an older version"
    keep_mark(live)
    something_happens(live)
    assert notice(live) == "", "the record has gone on since the mark"
    assert held(live) == ""


@pytest.mark.parametrize("harm", ["older", "other"])
def test_a_copy_is_recognised_and_holds_every_letter_until_somebody_has_looked(live: Settings, harm: str) -> None:
    with writing(live.database) as session:
        visits.find(session, MAY).flow_run_id = "11111111-1111-1111-1111-111111111111"
    put_back = copy_of(live)
    something_happens(live)
    keep_mark(live)
    put_back()
    if harm == "other":  # it was put back, and went on elsewhere past the mark
        something_happens(live, "việc khác")
        something_happens(live, "việc khác")

    said = notice(live)

    assert "bản cũ được khôi phục" in said
    assert held(live) == said
    with reading(live.database) as session:
        row = visits.find(session, MAY)
        assert (row.flow_run_id, row.generation) == (None, 1001), "no key of a run that Prefect knows is used again"
    assert notice(live) == "", "it is said once"
    keep_mark(live)
    with writing(live.database) as session:
        assert confirm(session, "Nguyễn Văn Ví Dụ", live)
    assert held(live) == ""
    keep_mark(live)
    assert notice(live) == ""


def test_a_look_that_is_undone_is_not_written_beside_the_database(live: Settings) -> None:
    """The file of heads said that somebody had accepted the copy although his word was refused."""
    put_back = copy_of(live)
    something_happens(live)
    keep_mark(live)
    put_back()
    notice(live)
    heads = live.folder / FILE
    before = heads.read_text("utf-8") if heads.exists() else ""

    def look_and_break_off() -> None:
        with writing(live.database) as session:
            assert confirm(session, "Nguyễn Văn Ví Dụ", live)
            raise RuntimeError("mất điện")

    with pytest.raises(RuntimeError, match="mất điện"):
        look_and_break_off()
    assert (heads.read_text("utf-8") if heads.exists() else "") == before

    with writing(live.database) as session:
        assert confirm(session, "Nguyễn Văn Ví Dụ", live)
    assert "restored:" in heads.read_text("utf-8").removeprefix(before)


def test_a_rehearsal_begins_anew_each_time_and_is_never_a_copy(office: Settings, desk: Desk) -> None:
    assert desk.visit
    (office.folder / "mark.json").write_text(json.dumps({"line": 10_000, "hash": "0"}))
    assert notice(office) == ""


@pytest.mark.parametrize("text", ["", "{", "[]", '{"line": "x", "hash": 1}'])
def test_a_mark_that_cannot_be_read_says_nothing(live: Settings, text: str) -> None:
    (live.folder / "mark.json").write_text(text)
    assert notice(live) == ""


@pytest.mark.parametrize("mode", ["live", "rehearsal"])
def test_what_a_restore_announces_holds_letters_before_any_start_and_until_a_look(live: Settings, mode: str) -> None:
    """There is no moment in which a home that was put back would send."""
    of = use(live.model_copy(update={"mode": mode}))
    announce(of.folder, Announced("khôi phục từ bản sao hôm qua", older=True))
    with reading(of.database) as session:
        why = why_held(session, of)
    assert why is not None
    assert "khôi phục từ bản sao hôm qua" in why.text
    said = notice(of)
    assert "khôi phục từ bản sao hôm qua" in said == held(of)
    assert not (of.folder / PUT_BACK).exists()
    with writing(of.database) as session:
        assert confirm(session, "Nguyễn Văn Ví Dụ", of)
    assert held(of) == notice(of) == ""


def test_an_announcement_that_cannot_be_read_was_written_all_the_same(live: Settings) -> None:
    (live.folder / PUT_BACK).write_text("{", encoding="utf-8")
    assert "đặt lại từ bản sao" in notice(live)
    assert held(live)


def something_happens(of: Settings, what: str = "có việc") -> None:
    with writing(of.database) as session:
        audit.note(session, "thử", what)


def held(of: Settings) -> str:
    with reading(of.database) as session:
        why = why_held(session, of)
        assert bool(service_notes.read(session).get(RESTORED)) == bool(why)
        assert why is None or why.reason is HeldFor.PUT_BACK
        return why.text if why else ""


def copy_of(of: Settings) -> Callable[[], None]:
    """A copy of the database as it is now; what it gives puts the copy back."""
    kept = databases().keep(of.database)
    return lambda: databases().put_back(kept, of.database)
