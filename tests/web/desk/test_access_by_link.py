"""What somebody without an account may open with a link: every route, for a link of this visit and of another."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from answers.links import address as address_of
from answers.links import renew
from tests.desk import Desk
from tests.may import MAY, OFFICER
from tests.web.conftest import Visitor
from tests.web.desk.who_may import MAY_OPEN, MAY_SEND, OUTSIDE, address, paths
from web.desk.security_tokens import FIELD

Stranger = Callable[[], Visitor]

REPLY = "/tra-loi/{token}"
OTHER = "2024-06/cao_su_dong_nai"
#: Who holds which link: the visit, the purpose, the recipient. `MAY` is the visit that stands in the addresses.
HOLDERS = {
    "host of this visit": (MAY, "nominations", "host"),
    "inspector of this visit": (MAY, "findings", "inspector:1"),
    "inspector of this visit, scoring": (MAY, "scores", "inspector:1"),
    "host of this visit, scoring": (MAY, "scores", "host"),
    "host of another visit": (OTHER, "nominations", "host"),
}
HOSTS = frozenset({"host of this visit", "host of another visit"})

#: Route of a reply -> which of them it is for, with their own link; for the others there is no such page.
BY_LINK = {
    ("GET", REPLY): frozenset(HOLDERS),
    ("GET", f"{REPLY}/da-nhan"): frozenset(HOLDERS),
    ("GET", f"{REPLY}/mau.xlsx"): HOSTS,
    ("GET", f"{REPLY}/anh"): frozenset({"inspector of this visit"}),
    ("GET", f"{REPLY}/anh/{{number}}.png"): frozenset(),  # none is kept yet
    ("POST", f"{REPLY}/anh"): frozenset({"inspector of this visit"}),
    ("POST", REPLY): frozenset(HOLDERS),
    ("POST", f"{REPLY}/nhap"): frozenset({"inspector of this visit"}),
}


@pytest.fixture
def holding(desk: Desk, stranger: Stranger) -> Callable[[str], tuple[Visitor, str, str]]:
    """Somebody who has opened a link: the browser, the address, and the token in its forms."""
    desk.until_met()
    Desk(OTHER).open()

    def opened(holder: str) -> tuple[Visitor, str, str]:
        link = address_of(renew(*HOLDERS[holder], OFFICER))
        link = link[link.index("/tra-loi") :]
        visitor = stranger()
        seen = visitor.get(link)
        assert seen.status_code == 200
        return visitor, link, visitor.token()

    return opened


Holding = Callable[[str], tuple[Visitor, str, str]]


def test_every_route_of_a_reply_is_in_the_table(site: FastAPI) -> None:
    found = {(method, path) for method in ("GET", "POST") for path in paths(site, method) if path.startswith(REPLY)}

    assert found == set(BY_LINK)


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_link_opens_no_page_of_the_desk(holding: Holding, holder: str) -> None:
    visitor, _, token = holding(holder)

    for path in (path for path, may in MAY_OPEN.items() if may != OUTSIDE):
        assert to_sign_in(visitor, "GET", path), path
    for path in (path for path, may in MAY_SEND.items() if may != OUTSIDE):
        assert to_sign_in(visitor, "POST", path, token), path


def to_sign_in(visitor: Visitor, method: str, path: str, token: str = "") -> bool:
    """Whether that leads to the sign-in page, as it does a stranger."""
    answer = visitor.browser.request(method, address(path), data={FIELD: token} if token else None)
    return answer.status_code == 303 and answer.headers["location"].startswith("/dang-nhap")


@pytest.mark.parametrize("holder", HOLDERS)
def test_it_opens_its_own_reply_and_what_belongs_to_that(holding: Holding, holder: str) -> None:
    visitor, link, token = holding(holder)

    for (method, path), may in BY_LINK.items():
        own = path.replace(REPLY, link)
        data = {FIELD: token, "turn": "1", "fields": "{}"} if method == "POST" else None
        status = visitor.browser.request(method, own, data=data).status_code
        assert (status in (200, 422)) is (holder in may), (method, path, status)
        assert holder in may or status == 404, (method, path, status)


@pytest.mark.parametrize("holder", HOLDERS)
def test_it_shows_its_own_visit_and_no_other(holding: Holding, holder: str) -> None:
    visitor, link, _ = holding(holder)
    text = visitor.get(link).text

    shown = ("Cao su Đồng Nai" in text, "Biên Hòa" in text)

    assert shown == ((True, False) if HOLDERS[holder][0] == OTHER else (False, True))


def test_what_another_link_sends_goes_to_its_own_visit(holding: Holding, desk: Desk) -> None:
    """Whatever visit is named beside it."""
    visitor, link, token = holding("host of another visit")
    before = len(desk.answers("nominations"))

    visitor.browser.post(f"{link}?visit={MAY}", data={FIELD: token, "do": "confirm", "visit": MAY})

    assert len(desk.answers("nominations")) == before


def test_one_link_does_not_make_another_one_hold(holding: Holding) -> None:
    """The key of one visit under the signature of another's link."""
    visitor, link, _ = holding("host of this visit")
    _, others, _ = holding("host of another visit")
    key, _, signature = link.rpartition(".")
    of_other, _, others_signature = others.rpartition(".")

    assert visitor.get(f"{of_other}.{signature}").status_code == 404
    assert visitor.get(f"{key}.{others_signature}").status_code == 404
