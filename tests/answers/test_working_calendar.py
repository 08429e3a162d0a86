"""A change of the calendar shows every open date it moves, moves exactly those, and can be taken back (C4, trap 10)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from answers import working_calendar
from answers.answering import Giver
from config.settings import Settings, settings, use
from database import calendars, clock, due_dates, plans, visits
from database.due_dates import DueDateRow
from database.engine import reading, writing
from database.models import AuditRow
from database.schema import prepare
from database.tables import Base
from domain.dates import at
from domain.plan import Contacts, Plan, PlannedVisit
from domain.problem import Refused
from tests.databases import databases
from tests.desk import Desk
from tests.may import COMPLETE, LEADER

#: A host whose list waits for the choice, and one whose meeting is chosen and still to come.
CHOOSING, COMING = "2026-02/nhon_trach", "2026-01/tan_phu"

WITHOUT = "official_through: 2025\n"
SWAP = """\
add: {2026-01-02: Nghỉ hoán đổi}
working_saturdays: [2026-01-10]
official_through: 2025
"""
#: The swap announced on 25/12/2025: five working days from 29/12 end a day later, three from 08/01 a day earlier.
MOVED = [
    f"{COMING} · hạn kết quả giám sát: 13/01/2026 → 12/01/2026",
    f"{COMING} · lần nhắc tới về kết quả giám sát: 13/01/2026 → 12/01/2026",
    f"{CHOOSING} · hạn lựa chọn: 06/01/2026 → 07/01/2026",
    f"{CHOOSING} · lần nhắc tới về lựa chọn: 06/01/2026 → 07/01/2026",
]


@pytest.fixture
def swap(tmp_path: Path) -> Path:
    """The office's file after the notice of 25/12/2025."""
    path = tmp_path / "lich-2026.yaml"
    path.write_text(SWAP, encoding="utf-8")
    return path


@pytest.fixture
def year_2026(home: Settings, shipped: tuple[Plan, Contacts], tmp_path: Path) -> Settings:
    """30/12/2025: one visit waits for the choice, one for its meeting on 08/01/2026, the others for their month."""
    file = tmp_path / "office.yaml"
    file.write_text(WITHOUT, encoding="utf-8")
    use(home.model_copy(update={"office_calendar": file}))
    book, url = databases(), settings().database
    if not _MARK:
        _tell(*shipped)
        _MARK.append(book.keep(url))
    book.put_back(_MARK[0], url)
    return settings()


#: The database at that point of the story, once a test has told it.
_MARK: list[Any] = []


def _tell(plan: Plan, contacts: Contacts) -> None:
    hosts = tuple(one for one in plan.visits if one.unit != "tan_phu")
    plan = replace(plan, year=2026, issued=date(2025, 11, 20), visits=(PlannedVisit(1, "tan_phu"), *hosts))
    prepare(settings().database)
    with writing(settings().database) as session:
        clock.set_rehearsal(session, at(plan.issued, 7))
        plans.save(session, plan, contacts, "thử")
    _until_the_meeting(Desk(COMING))
    choosing = Desk(CHOOSING)
    choosing.set_clock(2025, 12, 1)
    choosing.open()
    choosing.go_on()
    choosing.set_clock(2025, 12, 29, 9)
    choosing.nominate([replace(one, starts_at=at(date(2026, 2, 10 + one.number), 9)) for one in COMPLETE])
    choosing.go_on()
    choosing.set_clock(2025, 12, 30)


def _until_the_meeting(coming: Desk) -> None:
    coming.open()
    coming.go_on()
    coming.set_clock(2025, 11, 25, 9)
    coming.nominate([replace(COMPLETE[0], starts_at=at(date(2026, 1, 8), 14))])
    coming.go_on()
    coming.choose(1)
    coming.go_on()
    coming.issue("notice", 80)
    assert coming.waits().wait.shown == "Chờ ngày sinh hoạt"


def everything() -> dict[str, list[Mapping[str, Any]]]:
    """Every row of every table."""
    with reading(settings().database) as session:
        return {
            name: [dict(row) for row in session.execute(select(table)).mappings()]
            for name, table in Base.metadata.tables.items()
        }


def said(moves: Sequence[object]) -> list[str]:
    return [str(one) for one in moves]


def test_the_swap_notice_lists_exactly_the_dates_it_moves_and_looking_changes_nothing(
    year_2026: Settings, swap: Path
) -> None:
    before = everything()

    change = working_calendar.preview(swap)

    assert year_2026.mode == "rehearsal"
    assert said(change.moves) == MOVED
    assert change.moves[2].why == (
        "29/12/2025 cộng 5 ngày làm việc = 07/01/2026, không tính 2 ngày nghỉ (Tết Dương lịch; Nghỉ hoán đổi)"
    )
    assert everything() == before


def test_loading_it_moves_those_dates_and_nothing_else(year_2026: Settings, swap: Path) -> None:
    before = everything()

    change = working_calendar.load(swap, LEADER)

    after = everything()
    changed = {name for name, rows in after.items() if rows != before[name]}
    assert said(change.moves) == MOVED
    assert year_2026.mode == "rehearsal"
    assert changed == {"calendar", "due_date", "visit", "audit", "audit_end"}
    (row,) = [one for one in after["due_date"] if one not in before["due_date"]]
    assert (row["due"], row["next_on"], row["calendar_version"]) == (date(2026, 1, 7), date(2026, 1, 7), 2)
    # The visits themselves are only told to look at their dates; a planned visit has nothing to look at yet.
    told = [one for one in after["visit"] if one not in before["visit"]]
    assert [one["unit"] for one in told] == ["tan_phu", "nhon_trach"]
    as_told = [{**one, "wake_wanted": one["wake_wanted"] - 1} for one in told]
    assert all(one in before["visit"] for one in as_told)


def test_a_visit_that_looks_again_waits_until_the_new_day(year_2026: Settings, swap: Path) -> None:
    choosing = Desk(CHOOSING)
    assert choosing.waits().until == date(2026, 1, 6)

    working_calendar.load(swap, LEADER)

    assert year_2026.mode == "rehearsal"
    assert choosing.waits().until == date(2026, 1, 7)
    assert len(choosing.letters("staff_task", "staff:leader")) == 1


def test_undoing_lists_the_same_dates_back_and_leaves_every_date_as_it_was(year_2026: Settings, swap: Path) -> None:
    before = everything()["due_date"]
    forth = working_calendar.load(swap, LEADER)

    back = working_calendar.undo(LEADER)

    assert [(one.visit, one.what, one.new, one.old) for one in back.moves] == [
        (one.visit, one.what, one.old, one.new) for one in forth.moves
    ]
    dates = [{**row, "calendar_version": 1} for row in everything()["due_date"]]
    assert dates == before
    with reading(year_2026.database) as session:
        newest, middle, first = calendars.versions(session)
        assert (newest.hash, newest.version, first.version) == (first.hash, 3, 1)
        assert middle.hash != first.hash
        assert [row.what for row in session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(2))] == [
            "hoàn tác lịch làm việc", "nạp lịch làm việc",
        ]  # fmt: skip


def test_before_the_first_version_there_is_nothing_to_go_back_to(year_2026: Settings, swap: Path) -> None:
    working_calendar.load(swap, LEADER)
    working_calendar.undo(LEADER)

    with pytest.raises(Refused, match="không có bản nào trước"):
        working_calendar.undo(LEADER)
    assert year_2026.mode == "rehearsal"


def test_loading_the_same_days_again_makes_no_version(year_2026: Settings, swap: Path) -> None:
    working_calendar.load(swap, LEADER)

    again = working_calendar.load(swap, LEADER)

    assert (again.is_new, again.version) == (False, 2)
    with reading(year_2026.database) as session:
        assert len(calendars.versions(session)) == 2


def test_dates_in_a_year_without_official_notice_are_provisional_until_it_comes(
    year_2026: Settings, swap: Path
) -> None:
    """C4: they are looked at again when the notice arrives; those that stay are said to be official now."""
    with reading(year_2026.database) as session:
        assert [row.provisional for row in session.scalars(select(DueDateRow).where(DueDateRow.is_open))] == [True]
    swap.write_text("official_through: 2026\n", encoding="utf-8")

    change = working_calendar.load(swap, LEADER)

    assert change.moves == ()
    assert f"{CHOOSING} hạn lựa chọn" in [f"{one.visit} {one.what}" for one in change.settled]
    with reading(year_2026.database) as session:
        (row,) = session.scalars(select(DueDateRow).where(DueDateRow.is_open))
        assert (row.provisional, row.due, row.calendar_version) == (False, date(2026, 1, 6), 2)


def test_a_file_that_is_changed_counts_only_once_it_is_imported(year_2026: Settings) -> None:
    """Every process goes by the version in the database, whatever its own file says by now."""
    assert settings().office_calendar
    Path(str(settings().office_calendar)).write_text(SWAP, encoding="utf-8")
    prepare(year_2026.database)

    with reading(year_2026.database) as session:
        assert calendars.working(session, [2026]).is_working_day(date(2026, 1, 2))
    assert Desk(CHOOSING).dossier().calendar.name == "lịch bản 1"


def test_a_decision_about_the_calendar_has_a_name(year_2026: Settings, swap: Path) -> None:
    assert year_2026.mode == "rehearsal"
    with pytest.raises(Refused, match="--by"):
        working_calendar.load(swap, Giver("", "cli"))


def test_a_visit_from_before_dates_were_kept_is_named_and_told_to_look(year_2026: Settings, swap: Path) -> None:
    with writing(year_2026.database) as session:
        session.query(DueDateRow).delete()

    change = working_calendar.load(swap, LEADER)

    assert change.unknown == (CHOOSING,)
    assert CHOOSING in change.to_wake


def test_a_date_is_over_when_its_step_is_done_or_a_day_is_waited_for(year_2026: Settings) -> None:
    with reading(year_2026.database) as session:
        coming, choosing = (visits.find(session, key).id for key in (COMING, CHOOSING))
        assert due_dates.open_of(session, coming) == []
        assert [row.about for row in due_dates.open_of(session, choosing)] == ["choice:1"]
