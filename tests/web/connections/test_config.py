"""Whose word about a caller's address counts: that of the proxies an office has named, and of nobody else."""

import time

import httpx
import pytest
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from config.settings import Settings, settings
from database import accounts
from database.engine import reading
from domain.problem import Refused
from tests.web.conftest import token_in
from tests.web.connections.conftest import Listen, Listening
from web.desk.access import wall_clock
from web.desk.binding import check


async def who(scope: Scope, receive: Receive, send: Send) -> None:
    """Says as whom the desk sees the caller, and which scheme the browser spoke."""
    await JSONResponse([scope["client"][0], scope["scheme"]])(scope, receive, send)


def seen(desk: Listening, *forwarded: str, proto: str = "") -> list[str]:
    """As whom the desk sees somebody whose request bears these headers."""
    headers = [("x-forwarded-for", place) for place in forwarded] + ([("x-forwarded-proto", proto)] if proto else [])
    found: list[str] = httpx.get(desk.url, headers=headers, timeout=20).json()
    return found


def behind(*proxies: str) -> dict[str, object]:
    """The settings of a desk behind these."""
    return {"desk_behind_proxy": True, "desk_trusted_proxies": proxies}


def test_a_proxy_on_another_machine_says_who_calls(listen: Listen) -> None:
    desk = listen(who, of=behind("127.0.0.0/8", "10.1.0.0/24"))

    assert seen(desk, "203.0.113.9", proto="https") == ["203.0.113.9", "https"]
    assert seen(desk, "2001:db8::9") == ["2001:db8::9", "http"]
    assert seen(desk, "[2001:db8::9]:4711") == ["2001:db8::9", "http"]
    assert seen(desk) == ["127.0.0.1", "http"]


def test_of_a_chain_of_proxies_the_last_place_that_is_none_of_them_counts(listen: Listen) -> None:
    """What stands before it was written by whoever is there."""
    desk = listen(who, of=behind("127.0.0.1", "10.1.0.0/24"))

    assert seen(desk, "198.51.100.1, 203.0.113.9, 10.1.0.7")[0] == "203.0.113.9"
    assert seen(desk, "198.51.100.1, 203.0.113.9", "10.1.0.7, 10.1.0.8")[0] == "203.0.113.9"
    assert seen(desk, "203.0.113.9, 10.2.0.7")[0] == "10.2.0.7", "that one is no proxy of ours"


@pytest.mark.parametrize("of", [behind("10.0.0.5"), behind("::1"), {"desk_behind_proxy": False}])
def test_nobody_else_is_believed(listen: Listen, of: dict[str, object]) -> None:
    desk = listen(who, of=of)

    assert seen(desk, "203.0.113.9", proto="https") == ["127.0.0.1", "http"]


def wrong_password(desk: Listening, address: str) -> int:
    """What a wrong password from that address comes to, through the proxy."""
    with httpx.Client(base_url=desk.url, timeout=20, headers={"x-forwarded-for": address}) as browser:
        form = browser.get("/dang-nhap")
        # The cookies are marked for TLS, which the proxy speaks and this browser does not.
        cookies = "; ".join(f"{name}={value}" for name, value in form.cookies.items())
        filled = {"login": f"ai-{address}", "password": "x", "csrf": token_in(form)}
        return browser.post("/dang-nhap", data=filled, headers={"cookie": cookies}).status_code


def test_twenty_wrong_passwords_lock_out_the_one_who_typed_them_and_nobody_else(listen: Listen) -> None:
    desk = listen(of=behind("127.0.0.1"))
    for _ in range(5):
        wrong_password(desk, "203.0.113.9")

    assert wrong_password(desk, "203.0.113.9") == 429
    assert wrong_password(desk, "203.0.113.10") == 422


def test_forged_addresses_do_not_help_whoever_comes_past_the_proxy(listen: Listen) -> None:
    desk = listen(of=behind("10.0.0.5"))
    for number in range(7):
        wrong_password(desk, f"203.0.113.{number}")

    with reading(settings().database) as session:
        since = wall_clock().replace(year=2000)
        assert accounts.attempts(session, since, address="127.0.0.1") == 7


def test_requests_of_one_person_through_the_proxy_are_bounded_and_those_of_others_are_not(listen: Listen) -> None:
    """A body that stands still holds a request; the proxy that hands it on is not to blame."""
    desk = listen(of=behind("127.0.0.1"), at_once_per_address=3, body_seconds=20)
    half = (
        "POST /dang-nhap HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {}\r\nContent-Length: 500\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\nx"
    )
    talks = [desk.call(half.format("203.0.113.9").encode()) for _ in range(3)]

    assert status_from(desk, "203.0.113.9", 429) == 429
    assert status_from(desk, "203.0.113.10", 200) == 200
    for talk in talks:
        talk.close()
    assert status_from(desk, "203.0.113.9", 200) == 200


def status_from(desk: Listening, address: str, wanted: int) -> int:
    """What somebody there gets, as soon as it is what is wanted: half a request needs a moment to get there."""
    status = 0
    for _ in range(50):
        status = httpx.get(f"{desk.url}/dang-nhap", headers={"x-forwarded-for": address}, timeout=20).status_code
        if status == wanted:
            break
        time.sleep(0.1)
    return status


# What an office writes


def named(monkeypatch: pytest.MonkeyPatch, text: str, variable: str = "VISITS_DESK_TRUSTED_PROXIES") -> Settings:
    """The settings with that in the environment."""
    monkeypatch.setenv(variable, text)
    return Settings(_env_file=None, desk_behind_proxy=True)


@pytest.mark.parametrize("variable", ["VISITS_DESK_TRUSTED_PROXIES", "FORWARDED_ALLOW_IPS"])
@pytest.mark.parametrize("text", ['["10.0.0.5", "10.1.0.0/24"]', "10.0.0.5, 10.1.0.0/24"])
def test_proxies_are_named_as_a_list_or_with_commas(monkeypatch: pytest.MonkeyPatch, variable: str, text: str) -> None:
    """Up to 0.2.0 the variable was uvicorn's own."""
    of = named(monkeypatch, text, variable)

    check(of)
    assert of.desk_trusted_proxies == ("10.0.0.5", "10.1.0.0/24")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("proxy.example", "“proxy.example” không phải địa chỉ IP"),
        ('["10.0.0.5", "10.1.0.7/24"]', "“10.1.0.7/24” không phải địa chỉ IP"),
        ('["10.0.0.5"', "không phải địa chỉ IP"),
        ("7", "“7” không phải địa chỉ IP"),
        ("*", "“*” không phải địa chỉ IP"),
        ("0.0.0.0/0", "“0.0.0.0/0” là mọi máy"),
        ("::/0", "“::/0” là mọi máy"),
        ("[]", "danh sách trống"),
    ],
)
def test_what_names_no_proxy_is_refused_with_an_example(monkeypatch: pytest.MonkeyPatch, text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        check(named(monkeypatch, text))

    assert said in str(refused.value)
    assert "proxy" in str(refused.value)
