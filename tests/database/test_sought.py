"""What answers name is found without marks and case; a database of before is found through as well."""

import json
import sqlite3

from config.settings import Settings, settings
from database.engine import reading
from database.schema import prepare
from database.sought import SoughtRow
from domain.text import loose_key
from tests.database.test_schema import of_before, prepare_up_to
from tests.desk import Desk


@of_before
def test_answers_of_before_are_found_by_what_their_newest_version_names(home: Settings) -> None:
    lists = {
        1: {"their_symbol": "1-CV/HU", "meetings": [{"organisation": "Chi bộ cũ"}]},
        2: {
            "their_symbol": "2-CV/HU",
            "meetings": [{"organisation": "Đảng ủy phường Mẫu"}, {"organisation": "Chi bộ ấp 1"}],
        },
    }  # fmt: skip
    guests = {"guests": [{"name": "Bà Nguyễn Thị Ơn"}]}
    with sqlite3.connect(home.folder / "visits.db") as old:
        prepare_up_to(home.database, "0014")
        old.execute(
            "INSERT INTO visit (id, kind, year, month, unit, opens_on, state, generation, wake_wanted, wake_seen,"
            " wakeups) VALUES (7, 'visit', 2024, 5, 'bien_hoa', '2024-03-01', 'open', 1, 0, 0, 0)"
        )
        answer = (
            "INSERT INTO answer (visit_id, kind, version, answers, content, by, source, given_at)"
            " VALUES (7, ?, ?, 0, ?, 'ai', 'desk', '2024-03-02')"
        )
        for version, content in lists.items():
            old.execute(answer, ("nominations", version, json.dumps(content)))
        old.execute(answer, ("guest", 1, json.dumps(guests)))
        old.execute(answer, ("findings", 1, json.dumps({"strengths": ["Đồng chí Mẫu"]})))

    prepare(home.database)

    with reading(home.database) as session:
        rows = session.query(SoughtRow).order_by(SoughtRow.id).all()
        assert [(row.visit_id, row.sort, row.name) for row in rows] == [
            (7, "person", "Bà Nguyễn Thị Ơn"), (7, "symbol", "2-CV/HU"),
            (7, "organisation", "Đảng ủy phường Mẫu"), (7, "organisation", "Chi bộ ấp 1"),
        ]  # fmt: skip
        assert all(row.key == loose_key(row.name) for row in rows), "as names are kept from now on"


@of_before
def test_accounts_of_before_are_not_told_the_whole_past_as_news(home: Settings) -> None:
    with sqlite3.connect(home.folder / "visits.db") as old:
        prepare_up_to(home.database, "0014")
        old.execute(
            "INSERT INTO account (id, login, name, email, roles, active, password, must_change, created_at)"
            " VALUES (1, 'a', 'A', '', '[]', 1, 'x', 0, '2024-01-01')"
        )
        for number in (1, 2, 3):
            old.execute(
                "INSERT INTO audit (id, at, who, what, details, previous, hash)"
                " VALUES (?, '2024-01-01', 'ai', 'việc', '{}', '', '')", (number,),
            )  # fmt: skip

    prepare(home.database)

    with sqlite3.connect(home.folder / "visits.db") as now:
        assert now.execute("SELECT here_to, news_from FROM account").fetchall() == [(3, 3)]


def test_a_move_keeps_the_list_found_once(desk: Desk) -> None:
    desk.until_listed()
    desk.nominate()

    with reading(settings().database) as session:
        names = [row.name for row in session.query(SoughtRow).filter_by(sort="organisation")]
    assert len(names) == len(set(names)) == 3
