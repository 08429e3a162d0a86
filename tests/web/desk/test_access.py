"""Who may open what: every route for every role; a route that is not in the table (`who_may.py`) fails the test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.desk import Desk
from tests.web.conftest import ROLES, AsRole, Visitor
from tests.web.desk.who_may import MAY_OPEN, MAY_SEND, address, paths
from web.app import create_app, routes_of

#: An address that is right and opens nothing: no such file, no such link, nothing to approve just now.
_FOUND = (200, 303, 404)

Stranger = Callable[[], Visitor]


def test_every_route_is_in_the_table(site: FastAPI) -> None:
    assert paths(site, "GET") == set(MAY_OPEN)
    assert paths(site, "POST") == set(MAY_SEND)
    methods = {method for route in routes_of(site) for method in route.methods or ()}
    assert methods == {"GET", "POST"}


@pytest.mark.parametrize("role", ROLES)
def test_a_page_opens_for_those_it_is_for_and_for_nobody_else(desk: Desk, as_role: AsRole, role: str) -> None:
    desk.until_year_end()
    as_role("viewer")  # the account that the admin's page shows
    visitor = as_role(role)

    answers = {path: visitor.get(address(path)).status_code for path in MAY_OPEN}

    wrong = {
        path: status for path, status in answers.items()
        if (status not in _FOUND if role in MAY_OPEN[path] else status != 403)
    }  # fmt: skip
    assert wrong == {}


def test_a_stranger_is_sent_to_sign_in(desk: Desk, stranger: Stranger) -> None:
    desk.until_year_end()
    visitor = stranger()

    for path, may in MAY_OPEN.items():
        answer = visitor.get(address(path))
        to_sign_in = answer.status_code == 303 and answer.headers["location"].startswith("/dang-nhap")
        assert to_sign_in is ("stranger" not in may), (path, answer.status_code)


@pytest.mark.parametrize("role", ROLES)
def test_a_form_is_taken_from_those_it_is_for_and_from_nobody_else(desk: Desk, as_role: AsRole, role: str) -> None:
    """An empty form: whoever may send it is told what is missing, or that there is nothing to do."""
    desk.until_year_end()
    as_role("viewer")
    visitor = as_role(role)

    answers = {path: visitor.post(address(path)).status_code for path in MAY_SEND if path != "/dang-xuat"}

    wrong = {path: status for path, status in answers.items() if (status == 403) is (role in MAY_SEND[path])}
    assert wrong == {}
    assert max(answers.values()) < 500


def test_a_stranger_sends_nothing_but_his_password_and_his_reply(desk: Desk, stranger: Stranger) -> None:
    desk.until_year_end()
    visitor = stranger()

    for path, may in MAY_SEND.items():
        answer = visitor.post(address(path))
        to_sign_in = answer.status_code == 303 and answer.headers["location"].startswith("/dang-nhap")
        assert to_sign_in is ("stranger" not in may), (path, answer.status_code)


def test_the_list_of_pages_is_all_there_is(site: FastAPI) -> None:
    from web.app import PAGES
    from web.desk.render import FOLDER

    assert site
    with_addresses = {file for file in FOLDER.glob("*/*.py") if "router = APIRouter(" in file.read_text("utf-8")}
    assert {Path(str(pages.__file__)) for pages in PAGES} == with_addresses
    assert len({*paths(create_app(), "GET")}) == len(MAY_OPEN)
