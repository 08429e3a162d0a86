"""What no database can hold is no defect: "no such page" or "not understood", on SQLite as on PostgreSQL."""

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from config.settings import Settings
from database.engine import engine_for, writing
from tests.damage import damage
from tests.desk import Desk
from tests.may import MAY
from tests.open_log import delete_log
from tests.web.conftest import ROLES, AsRole, Visitor
from tests.web.lists import GOOD
from web.app import create_app, routes_of

#: In an address: the mark that ends a text in C, what four bytes do not hold, what eight do not hold.
TOO_MUCH = ("a%00b", f"{2**31}", f"{2**63}", "9" * 40)
_MONTH, _UNIT = MAY.split("/")
#: Of an address with several parts, the others lead somewhere.
_KNOWN = {"month": _MONTH, "unit": _UNIT, "year": "2024", "paper": "notice", "name": "desk.css", "number": "1"}


def addresses(site: FastAPI, method: str) -> list[str]:
    """Every address of the desk with too much in one of its parts, and in what stands behind it."""
    found = []
    for route in routes_of(site):
        if method not in route.methods or route.path in ("/dang-xuat", "/suc-khoe"):
            continue
        names = re.findall(r"{(\w+)}", route.path)
        for wrong in TOO_MUCH:
            for name in names:
                filled = {one: _KNOWN.get(one, "1") for one in names} | {name: wrong}
                found.append(route.path.format(**filled))
            query = "&".join(f"{one.alias}={wrong}" for one in route.dependant.query_params)
            if query:
                found.append(f"{route.path.format(**{one: _KNOWN.get(one, '1') for one in names})}?{query}")
    return found


def test_no_page_breaks_by_what_stands_in_its_address(desk: Desk, site: FastAPI, as_role: AsRole) -> None:
    desk.until_met()
    everybody = as_role("officer", roles=list(ROLES))

    answers = {address: everybody.get(address).status_code for address in addresses(site, "GET")}

    assert {address: status for address, status in answers.items() if status >= 500} == {}
    assert sum(status in (404, 422) for status in answers.values()) > len(answers) / 2


def test_no_form_breaks_by_it(desk: Desk, site: FastAPI, as_role: AsRole) -> None:
    desk.until_met()
    everybody = as_role("officer", roles=list(ROLES))
    wrong = {"link": f"{2**63}", "number": f"{2**31}", "login": "a\0b", "upload": "a\0b", "seen": f"{2**63}",
             "letter": f"{2**63}", "turn": f"{2**63}", "version": f"{2**63}", "for": "a\0b", "who": "a\0b"}  # fmt: skip

    answers = {
        address: everybody.post(address, GOOD | wrong | {"do": "confirm"}).status_code
        for address in addresses(site, "POST")
    }

    assert {address: status for address, status in answers.items() if status >= 500} == {}


def test_a_stranger_does_not_break_it_either(desk: Desk, stranger: Callable[[], Visitor]) -> None:
    desk.until_asked()
    visitor = stranger()

    assert visitor.get("/tra-loi/a%00b").status_code in (404, 410)
    assert visitor.get("/dang-nhap?tiep=%00").status_code == 200
    answer = visitor.post("/dang-nhap", {"login": "a\0b", "password": "x\0"})
    assert answer.status_code == 422
    assert "500" not in answer.text


@pytest.mark.parametrize("address", ["/suc-khoe", "/dang-nhap"])
def test_a_database_without_tables_is_not_there_yet_and_no_defect(home: Settings, address: str) -> None:
    with engine_for(home.database).connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar()
    visitor = Visitor(TestClient(create_app(), base_url="http://127.0.0.1", follow_redirects=False))

    if address == "/suc-khoe":
        assert visitor.get(address).status_code == 503
    else:
        assert visitor.get(address).status_code in (200, 503)


def test_health_is_the_database_s_as_well(office: Settings, stranger: Callable[[], Visitor]) -> None:
    visitor = stranger()
    assert visitor.get("/suc-khoe").text == "ok"

    with writing(office.database) as session:
        session.execute(text("DROP TABLE clock"))

    answer = visitor.get("/suc-khoe")
    assert answer.status_code == 503
    assert "cơ sở dữ liệu" in answer.text


@pytest.mark.only_sqlite("damages a file")
def test_a_damaged_database_is_told_to_whoever_is_at_the_desk(office: Settings, as_role: AsRole) -> None:
    officer = as_role("officer")
    damage(office, "visit")

    answer = officer.get("/nam/2024")

    assert answer.status_code == 503
    assert "chạy visits doctor" in answer.text
    assert "có thể đã được ghi" in answer.text


@pytest.mark.only_sqlite("deletes a file")
def test_after_the_log_was_deleted_nobody_is_told_that_nothing_was_written(office: Settings, as_role: AsRole) -> None:
    officer = as_role("officer")
    delete_log(office.folder / "visits.db", ("-wal", "-shm"))

    answer = officer.get("/nam/2024")

    assert answer.status_code == 503
    assert "tạm ngừng đọc, ghi cơ sở dữ liệu; việc vừa bấm có thể đã được ghi" in answer.text
    assert "chạy visits doctor" in answer.text
