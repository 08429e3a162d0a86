"""The record of who did what is a chain: whoever changes, removes or adds a line behind its back is found (P7)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from config.settings import Settings
from database import audit
from database.engine import engine_for, reading, writing
from database.models import AuditRow
from database.record.chain import Walk
from database.record.key import known_key
from database.schema import MIGRATIONS, prepare


@pytest.fixture
def book(office: Settings) -> str:
    """A record of five lines more than the office begins with."""
    for number in range(5):
        with writing(office.database) as session:
            audit.note(session, f"Người {number}", "đã làm", None, số=number, ngày=[1, 2], chữ="ấ")
    return office.database


def found(url: str) -> list[str]:
    """What is wrong with the record."""
    with reading(url) as session:
        return [f"{one.place}: {one.fault}" for one in Walk(known_key()).faults(session)]


def last(url: str) -> int:
    """The number of the last line."""
    with reading(url) as session:
        return max(row.id for row in session.query(AuditRow))


def sql(url: str, statement: str, **values: object) -> None:
    """What somebody does who has the file of the database and no respect."""
    with engine_for(url).begin() as connection:
        connection.execute(text(statement), values)


def test_a_record_that_nobody_touched_is_whole(book: str) -> None:
    assert found(book) == []


@pytest.mark.parametrize("field", ["who", "what", "at", "details", "visit_id"])
def test_a_changed_line_is_named(book: str, field: str) -> None:
    values = {"at": "2024-01-04 00:00:00.000000", "details": '{"số": 99}', "visit_id": "1"}
    number = last(book) - 2

    sql(book, f"UPDATE audit SET {field} = :value WHERE id = :id", value=values.get(field, "kẻ khác"), id=number)

    assert found(book) == [f"nhật ký, dòng {number}: đã bị sửa hoặc được chèn thêm"]


def test_a_missing_line_is_named(book: str) -> None:
    number = last(book) - 2

    sql(book, "DELETE FROM audit WHERE id = :id", id=number)

    assert found(book) == [f"nhật ký, dòng {number + 1}: mất dòng {number} ở trước nó"]


def test_lines_missing_at_the_end_are_noticed(book: str) -> None:
    number = last(book)

    sql(book, "DELETE FROM audit WHERE id > :id", id=number - 2)

    assert found(book) == [
        f"nhật ký, cuối sổ: sổ phải hết ở dòng {number}, nay hết ở dòng {number - 2}: các dòng cuối đã mất"
    ]


def test_a_line_put_in_is_named(book: str) -> None:
    number = last(book) + 1

    sql(
        book, "INSERT INTO audit (id, at, who, what, details, previous, hash) "
        "SELECT :id, at, 'kẻ khác', what, details, hash, hash FROM audit WHERE id = :before",
        id=number, before=number - 1,
    )  # fmt: skip

    faults = found(book)
    assert faults[0] == f"nhật ký, dòng {number}: đã bị sửa hoặc được chèn thêm"
    assert "có dòng được chèn thêm" in faults[1]


def test_a_line_changed_together_with_its_own_hash_breaks_the_line_after_it(book: str) -> None:
    number = last(book) - 1
    with reading(book) as session:
        row = session.get_one(AuditRow, number)
        forged = audit.chained(row.previous, row.id, row.at, "kẻ khác", row.what, row.visit_id, row.details)

    sql(book, "UPDATE audit SET who = 'kẻ khác', hash = :hash WHERE id = :id", hash=forged, id=number)

    assert found(book) == [
        f"nhật ký, dòng {number + 1}: không nối với dòng {number}: dòng {number} đã bị thay",
        f"nhật ký, dòng {number}: không mang dấu của khóa: viết hoặc tính lại ngoài dịch vụ",
    ]


def test_writers_at_the_same_moment_make_one_chain(book: str) -> None:
    def write(number: int) -> None:
        with writing(book) as session:
            audit.note(session, f"luồng {number}", "đã làm")
            audit.note(session, f"luồng {number}", "đã làm tiếp")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(24)))

    assert found(book) == []
    with reading(book) as session:
        assert session.query(AuditRow).filter(AuditRow.who.startswith("luồng")).count() == 48


def test_what_is_undone_leaves_no_gap(book: str) -> None:
    def fail() -> None:
        with writing(book) as session:
            audit.note(session, "ai đó", "không thành")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with writing(book) as session:
        audit.note(session, "ai đó", "thành")

    assert found(book) == []


def test_the_lines_of_a_database_from_before_the_chain_are_chained_in_their_order(home: Settings) -> None:
    """Migration 0003; a gap that was there before is not a fault."""
    _at_version(home.database, "0002")
    for number in (1, 2, 5):
        sql(
            home.database,
            "INSERT INTO audit (id, at, who, what, details) VALUES (:id, :at, 'Bà Ấ', 'x', :more)",
            id=number, at="2024-01-03 00:00:00.000000", more='{"b": [1, 2.5], "a": "ấ"}',
        )  # fmt: skip

    prepare(home.database)

    assert found(home.database) == []
    with writing(home.database) as session:
        audit.note(session, "ai đó", "sau đó")
    assert found(home.database) == []
    sql(home.database, "UPDATE audit SET what = 'y' WHERE id = 2")
    assert found(home.database) == ["nhật ký, dòng 2: đã bị sửa hoặc được chèn thêm"]


def _at_version(url: str, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine_for(url).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        connection.commit()
