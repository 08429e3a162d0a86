"""Signing in and out."""

from collections.abc import Callable

import pytest

from tests.web.conftest import PASSWORD, AsRole, Visitor


def test_whoever_is_not_signed_in_is_sent_to_the_form_and_comes_back(
    as_role: AsRole, stranger: Callable[[], Visitor]
) -> None:
    as_role("leader")
    visitor = stranger()

    sent = visitor.get("/mat-khau?a=1")
    assert sent.status_code == 303
    assert sent.headers["location"] == "/dang-nhap?tiep=/mat-khau%3Fa%3D1"

    form = visitor.follow(sent)
    assert form.status_code == 200
    assert 'name="tiep" value="/mat-khau?a=1"' in form.text
    entered = visitor.post("/dang-nhap", {"login": " Leader ", "password": PASSWORD, "tiep": "/mat-khau?a=1"})
    assert entered.headers["location"] == "/mat-khau?a=1"
    assert "Trần Thị Minh Họa" in visitor.follow(entered).text


@pytest.mark.parametrize("elsewhere", ["https://x.example/", "//x.example", "/\\x.example", "javascript:alert(1)", "x"])
def test_nobody_is_led_to_another_site_after_signing_in(
    as_role: AsRole, stranger: Callable[[], Visitor], elsewhere: str
) -> None:
    as_role("leader")

    entered = stranger().post("/dang-nhap", {"login": "leader", "password": PASSWORD, "tiep": elsewhere})

    assert entered.headers["location"] == "/"
