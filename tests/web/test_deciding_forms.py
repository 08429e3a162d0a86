"""Accepting, choosing, moving, calling off, guests, links: refusals at the field, one answer, one winner."""

import pytest

from tests.desk import Desk
from tests.may import INCOMPLETE, MAY
from tests.web.conftest import AsRole, Visitor
from tests.web.deciding import VISIT

# The token of the form


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("officer", "de-cu"), ("leader", "chap-nhan"), ("leader", "chon"), ("clerk", "phat-hanh/notice"),
        ("clerk", "dinh-chinh/notice"), ("leader", "duyet/report"), ("inspector", "ket-qua"),
        ("inspector", "ket-qua/nhap"), ("officer", "doi/1"),
        ("leader", "huy"), ("officer", "khach-moi"), ("officer", "lien-ket"),
    ],
)  # fmt: skip
def test_without_the_token_of_the_form_nothing_is_answered(listed: Desk, as_role: AsRole, role: str, path: str) -> None:
    visitor: Visitor = as_role(role)

    answer = visitor.browser.post(f"{VISIT}/{path}", data={"reason": "x", "meeting": "1", "sure": "1"})

    assert answer.status_code == 403
    assert listed.answers("choice") == listed.answers("cancellation") == []


@pytest.mark.parametrize("path", ["de-cu", "chon", "ket-qua", "huy"])
def test_a_visit_that_is_not_planned_has_no_form(listed: Desk, as_role: AsRole, path: str) -> None:
    assert listed.key == MAY
    visitor = as_role("officer", roles=["officer", "leader", "inspector"])

    assert visitor.get(f"/chuyen/2024-11/bien_hoa/{path}").status_code == 404
    assert visitor.get(f"/chuyen/2024-05/bien_hoa'/{path}").status_code == 404


def test_incomplete_lists_say_what_they_lack(desk: Desk, as_role: AsRole) -> None:
    """A6."""
    desk.until_asked()
    desk.postman_calls()
    desk.set_clock(2024, 3, 20, 9)
    desk.nominate(INCOMPLETE)

    assert "chưa có chi bộ sinh hoạt chuyên đề" in as_role("leader").get(f"{VISIT}/chap-nhan").text
