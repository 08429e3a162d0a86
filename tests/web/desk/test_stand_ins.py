"""Who acts in another's place may what the other may, in those days only; both names stay."""

from datetime import date

import pytest

from config.settings import settings
from database import accounts, clock
from database.accounts import AccountRow, StandInRow
from database.dossier import open_dossier
from database.engine import reading, writing
from tests.desk import Desk
from tests.web.conftest import AsRole
from web.desk.access import Person, person_of, sees_findings


def stand_in(who: str, whom: str, first: date, last: date) -> None:
    """Let `who` take the place of `whom`."""
    with writing(settings().database) as session:
        rows = {name: accounts.by_login(session, name) for name in (who, whom)}
        taker, absent = rows[who], rows[whom]
        assert taker
        assert absent
        session.add(
            StandInRow(
                who_id=taker.id,
                for_id=absent.id,
                first_day=first,
                last_day=last,
                set_by="thử",
                set_at=clock.now(session),
            )
        )


def test_a_stand_in_may_what_the_other_may_in_those_days_only(office: object, as_role: AsRole) -> None:
    assert office
    as_role("leader")
    officer = as_role("officer")
    assert officer.get("/quan-tri").status_code == 403
    as_role("admin")
    stand_in("officer", "leader", date(2024, 1, 1), date(2024, 1, 3))
    stand_in("officer", "admin", date(2024, 1, 1), date(2024, 1, 31))

    assert "Nguyễn Văn Ví Dụ (thay Trần Thị Minh Họa)" in officer.get("/mat-khau").text
    assert officer.get("/quan-tri").status_code == 403, "a stand-in never becomes an admin"

    with writing(settings().database) as session:
        session.query(StandInRow).first().last_day = date(2024, 1, 2)  # type: ignore[union-attr]  # it was added above
    assert "thay Trần" not in officer.get("/mat-khau").text


def account(role: str, email: str = "") -> AccountRow:
    """An account that is nowhere stored."""
    return AccountRow(id=1, login=role, name=f"Bà {role}", email=email, roles=[role], active=True, password="")


def test_both_names_stand_under_what_a_stand_in_does_and_one_under_his_own_work() -> None:
    place = accounts.Place("Ông Lãnh Đạo", "", frozenset({"leader", "admin"}))
    person = person_of(account("officer"), (place,))

    assert person.roles == {"officer", "leader"}
    assert person.acting_as("leader").giver.name == "Bà officer (thay Ông Lãnh Đạo)"
    assert person.acting_as("officer", "leader").giver.name == "Bà officer"
    assert person.giver.source == "desk"


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        (person_of(account("officer")), True),
        (person_of(account("leader")), True),
        (person_of(account("clerk")), True),
        (person_of(account("inspector", "TO-TRUONG@to-cong-tac.example")), True),
        (person_of(account("inspector", "nguoi-khac@to-cong-tac.example")), False),
        (person_of(account("inspector")), False),
        (person_of(account("viewer", "to-truong@to-cong-tac.example")), False),
        (person_of(account("admin")), False),
    ],
)
def test_findings_are_seen_by_those_concerned(desk: Desk, person: Person, sees: bool) -> None:
    """R22–R38 speak of people by name."""
    with reading(settings().database) as session:
        assert sees_findings(person, open_dossier(session, desk.visit.id)) is sees
