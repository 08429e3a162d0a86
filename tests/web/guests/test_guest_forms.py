"""Guests are invited beside the bodies of the plan, and taken back (D6)."""

from collections.abc import Mapping

import pytest

from config.settings import settings
from database.dossier import open_dossier
from database.engine import reading
from tests.desk import Desk
from tests.web.conftest import AsRole
from tests.web.deciding import VISIT, problem_at

# Guests


def guests_of(desk: Desk) -> list[tuple[str, bool]]:
    """Every guest by address, and whether the invitation stands."""
    with reading(settings().database) as session:
        return [(one.email, one.invited) for one in open_dossier(session, desk.visit.id).guests]


def test_a_guest_is_invited_and_taken_back(chosen: Desk, as_role: AsRole) -> None:
    officer = as_role("officer")
    officer.post(f"{VISIT}/khach-moi", {"name": "Đồng chí Nguyễn Văn A", "email": "a@co-quan.example"})
    assert guests_of(chosen) == [("a@co-quan.example", True)]

    answer = officer.post(
        f"{VISIT}/khach-moi",
        {"do": "uninvite", "guest": "1", "guest_email": "a@co-quan.example", "reason-1": "Bận công tác"},
    )
    assert answer.status_code == 303
    assert guests_of(chosen) == [("a@co-quan.example", False)]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"name": "", "email": "a@co-quan.example"}, "name", "Chưa ghi mời ai."),
        ({"name": "Đồng chí A", "email": ""}, "email", "Chưa ghi địa chỉ thư."),
        ({"name": "Đồng chí A", "email": "a@b"}, "email", "không phải địa chỉ thư"),
        ({"do": "uninvite", "guest": "1", "guest_email": "a@b.vn", "reason-1": ""}, "reason-1", "Chưa ghi lý do."),
    ],
)
def test_a_guest_with_a_wrong_field_is_refused_there(
    chosen: Desk, as_role: AsRole, typed: Mapping[str, str], field: str, said: str
) -> None:
    officer = as_role("officer")
    if field == "reason-1":
        officer.post(f"{VISIT}/khach-moi", {"name": "Đồng chí B", "email": "a@b.vn"})

    assert said in problem_at(officer.post(f"{VISIT}/khach-moi", typed), field)
    assert len(chosen.answers("guest")) == (field == "reason-1")
