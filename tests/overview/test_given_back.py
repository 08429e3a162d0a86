"""Which addresses gave letters back lately, also where a visit bears a mark; its story tells that one came back."""

import pytest
from sqlalchemy import event

from config.settings import settings
from database import visits
from database.engine import engine_for, reading, writing
from database.models import AuditRow, DocumentRow
from overview.given_back import gave_back_lately
from overview.happened import what_happened
from overview.story import story_of
from tests.desk import Desk
from tests.mail_that_came import bounce, deal_with

TO = "ban-thuong-vu@bien-hoa.example"


@pytest.fixture
def secret(desk: Desk) -> Desk:
    """The request went out, came back, and bears a mark."""
    desk.until_asked()
    desk.postman_calls()
    with writing(settings().database) as session:
        session.query(DocumentRow).filter_by(visit_id=desk.visit.id).update({"secrecy": "Mật"})
    deal_with(bounce(TO), desk.letters("nomination_request")[0])
    return desk


def test_of_a_marked_visit_the_address_is_known_and_no_line_without_one_is_taken_for_it(secret: Desk) -> None:
    assert secret.visit.id
    with reading(settings().database) as session:
        assert {address: one.times for address, one in gave_back_lately(session).items()} == {TO: 1}


@pytest.mark.usefixtures("secret")
def test_a_line_without_an_address_is_nobodys() -> None:
    """As an earlier state of this service wrote them."""
    with writing(settings().database) as session:
        line = session.query(AuditRow).filter_by(what="thư bị trả lại").one()
        line.details = {"letter": 1}
    with reading(settings().database) as session:
        assert gave_back_lately(session) == {}


def test_the_story_of_a_marked_visit_tells_that_a_letter_came_back_and_no_more(secret: Desk) -> None:
    with reading(settings().database) as session:
        happened = what_happened(session, visits.get(session, secret.visit.id))
    told = [event for day in story_of(happened, findings=True) for event in day.events if event.kind == "trouble"]
    assert [one.title for one in told] == ["Thư đến: thư bị trả lại"]
    assert TO not in told[0].detail


@pytest.mark.only_sqlite("its planner has nothing to choose from in an empty table")
def test_the_record_is_not_gone_through_for_it(secret: Desk) -> None:
    asked: list[str] = []
    engine = engine_for(settings().database)

    def keep(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "FROM audit" in statement:
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    try:
        with reading(settings().database) as session:
            gave_back_lately(session)
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    assert secret.visit.id
    with engine.connect() as connection:
        way = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0]}", ("2024-01-01",)).all()
    assert "ix_audit_given_back" in f"{way}"
