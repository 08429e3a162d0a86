"""What the tests of the desk share: the real application on the database of a test, and people signed in to it."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

import answers.accounts
from answers.accounts import add
from config.settings import Settings, settings
from database import accounts
from database.engine import writing
from tests.desk import Desk
from web.app import create_app
from web.desk.access import wall_clock
from web.desk.security_tokens import FIELD, session_cookie

#: What everybody's password is in these tests.
PASSWORD = "một con ngựa đúng pin"

#: The same people as in `tests.desk`, and two more. The addresses are those of the plan's contacts.
PEOPLE = {
    "officer": ("Nguyễn Văn Ví Dụ", "chuyen-vien@ban-to-chuc.example"),
    "leader": ("Trần Thị Minh Họa", "lanh-dao-ban@ban-to-chuc.example"),
    "clerk": ("Lê Văn Giả Định", "so-van-thu@ban-to-chuc.example"),
    "inspector": ("Phạm Thị Thí Dụ", "to-truong@to-cong-tac.example"),
    "viewer": ("Đỗ Văn Xem", ""),
    "admin": ("Ngô Thị Quản Trị", ""),
}
ROLES = tuple(PEOPLE)


@dataclass
class Visitor:
    """Somebody at a browser. Nothing is followed by itself: a test sees every answer as it comes."""

    browser: TestClient

    def get(self, url: str, **more: Any) -> httpx.Response:
        """Open a page."""
        answer: httpx.Response = self.browser.get(url, **more)
        return answer

    def post(self, url: str, data: Mapping[str, Any] | None = None, *, files: Any = None) -> httpx.Response:
        """Send a form with the token that this browser's pages carry, and with what its page shows just now."""
        typed = {**self.shown_at(url), **(data or {}), FIELD: self.token()}
        answer: httpx.Response = self.browser.post(url, data=typed, files=files)
        return answer

    def shown_at(self, url: str) -> dict[str, str]:
        """What the page of a form says it shows (`answers.seen`), as whoever has just opened it sends it back."""
        opened = self.get(url)
        return dict(re.findall(r'<input type="hidden" name="(seen|shown)" value="([^"]*)">', opened.text))

    def follow(self, answer: httpx.Response) -> httpx.Response:
        """Go where a redirect points."""
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["location"])

    def token(self) -> str:
        """The token in the forms of this browser, read off a page that has one for everybody."""
        seen = self.get("/mat-khau")
        return token_in(seen if seen.status_code == 200 else self.get("/dang-nhap"))


def token_in(answer: httpx.Response) -> str:
    """The token in the first form of a page."""
    found = re.search(rf'name="{FIELD}" value="([0-9a-f]+)"', answer.text)
    assert found, answer.text
    return found[1]


AsRole = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 as it is, at the least cost: its real one would make up most of these tests."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(answers.accounts, "hasher", lambda: quick)


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """The host was asked; it is 20/3/2024."""
    desk.until_asked()
    desk.set_clock(2024, 3, 20, 9)
    return desk


@pytest.fixture
def site(office: Settings) -> FastAPI:
    """The desk on the database of this test (the plan of 2024, on 03/01/2024)."""
    assert office.mode == "rehearsal"
    return create_app()


@pytest.fixture
def stranger(site: FastAPI) -> Iterator[Callable[[], Visitor]]:
    """Makes a browser that is not signed in; each call another one."""
    with ExitStack() as stack:

        def opened() -> Visitor:
            browser = TestClient(site, base_url="http://127.0.0.1", follow_redirects=False)
            return Visitor(stack.enter_context(browser))

        yield opened


@pytest.fixture
def as_role(stranger: Callable[[], Visitor]) -> AsRole:
    """Makes a browser at which the person of that role is signed in: `as_role("leader")`.

    Call it after `desk.until_…`, which puts another database into the place of the one that knows the session.
    """

    def signed_in(role: str, login: str = "", **more: Any) -> Visitor:
        name, email = PEOPLE[role]
        token = secrets.token_urlsafe(16)
        with writing(settings().database) as session:
            row = accounts.by_login(session, login or role) or add(
                session, login or role, more.get("name", name), more.get("roles", [role]), PASSWORD, "thử",
                email=more.get("email", email), must_change=False,
            )  # fmt: skip
            accounts.begin_session(session, row.id, token, wall_clock())
        visitor = stranger()
        visitor.browser.cookies.set(session_cookie(), token, domain="127.0.0.1", path="/")
        return visitor

    return signed_in


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """The complete list came on 20/3/2024."""
    desk.until_listed()
    return desk


@pytest.fixture
def chosen(desk: Desk) -> Desk:
    """A leader chose on 21/3/2024."""
    desk.until_chosen()
    return desk


@pytest.fixture
def late(desk: Desk) -> Desk:
    """The list came on 20/4/2024, six days late."""
    desk.until_asked()
    desk.postman_calls()
    desk.set_clock(2024, 4, 20, 9)
    desk.nominate()
    desk.go_on()
    return desk
