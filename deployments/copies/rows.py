"""Carries the rows of one database into another, which may be of another kind, and holds the two against each other.

Whatever the version of the program: the tables are asked of the databases themselves (0048).
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, Connection, DateTime, LargeBinary, MetaData, Table, Text, cast, delete, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ColumnElement
from sqlalchemy.types import TypeEngine, UserDefinedType

from database.models import Moment
from domain.problem import Problem, Refused

#: Where Alembic keeps the migration at which a database stands; whoever makes the tables writes it.
REVISION = "alembic_version"
_AT_ONCE = 100  # rows in memory: some hold whole files
_WRAP = 2**256


class _JsonAsWritten(UserDefinedType[str]):
    """JSON letter by letter: hashes of the record were made of what stands there, and null is not nothing."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        """As both databases call it."""
        return "JSON"

    def column_expression(self, column: ColumnElement[str]) -> ColumnElement[str]:
        """Keep the driver from reading it."""
        return cast(column, Text)


class Tables:
    """The tables of a database as they are there, in the order in which rows may come in.

    All of them, or those with certain names: others keep tables of their own where ours are.
    """

    def __init__(self, connection: Connection, named: Collection[str] | None = None) -> None:
        self.connection = connection
        found = MetaData()
        found.reflect(connection, only=lambda name, _: named is None or name in named)
        ours = (table for table in found.sorted_tables if table.name != REVISION)
        self.ordered = [_plain(table) for table in ours if named is None or table.name in named]

    def shape(self) -> Mapping[str, frozenset[str]]:
        """Names of tables with those of their columns."""
        return {table.name: frozenset(table.columns.keys()) for table in self.ordered}

    def rows(self, table: Table) -> Iterator[list[Mapping[str, object]]]:
        """All rows of a table, some at a time."""
        columns = sorted(table.columns, key=lambda column: column.name)
        found = self.connection.execution_options(yield_per=_AT_ONCE).execute(select(*columns))
        for some in found.mappings().partitions():
            yield [dict(row) for row in some]


def _plain(table: Table) -> Table:
    """The same table with types by which either database gives and takes equal values."""
    columns = [Column(column.name, _type_of(column)) for column in table.columns]
    return Table(table.name, MetaData(), *columns)


def _type_of(column: Column[Any]) -> TypeEngine[Any]:
    if isinstance(column.type, JSON):
        return _JsonAsWritten()
    if isinstance(column.type, DateTime):
        return Moment()
    if isinstance(column.type, LargeBinary):
        return LargeBinary()
    return column.type.as_generic()


def carry(source: Connection, target: Connection, place: str) -> Mapping[str, int]:
    """Empty the tables of the target, fill them from the source, read them back; rows of each table.

    Both stand at the same migration. The target's were made by it, so they say which of the source's are ours; what
    else lies there stays where it is. `Refused` with the table where the two do not agree; `place` is told then.
    """
    taken = Tables(target)
    given = Tables(source, {table.name for table in taken.ordered})
    if given.shape() != taken.shape():
        fault = f"các bảng không phải của phiên bản này: {_differing(given, taken)}"
        raise Refused(Problem(place, fault, "dùng phiên bản đã ghi cơ sở dữ liệu này"))
    for table in reversed(taken.ordered):
        target.execute(delete(table))
    written = {table.name: _fill(given, taken, table, place) for table in taken.ordered}
    for table in taken.ordered:
        if _sum(taken, table) != written[table.name]:
            fault = f"bảng {table.name} đọc lại không giống nguồn"
            raise Refused(Problem(place, fault, "chạy lại; còn lỗi thì báo người phát triển"))
    return {name: count for name, (count, _told) in written.items()}


def _differing(one: Tables, other: Tables) -> str:
    here, there = one.shape(), other.shape()
    return ", ".join(sorted(name for name in {*here, *there} if here.get(name) != there.get(name)))


def _fill(source: Tables, target: Tables, table: Table, place: str) -> tuple[int, int]:
    count, told = 0, 0
    (of_source,) = [one for one in source.ordered if one.name == table.name]
    for some in source.rows(of_source):
        try:
            target.connection.execute(table.insert(), some)
        except DBAPIError as error:
            fault = f"bảng {table.name} có dòng không ghi sang được: {error.orig}"
            raise Refused(Problem(place, fault, "xem visits doctor; báo người phát triển")) from None
        count, told = count + len(some), (told + sum(map(_mark, some))) % _WRAP
    return count, told


def _sum(tables: Tables, table: Table) -> tuple[int, int]:
    """How many rows and what they say together, in whatever order the database gives them."""
    count, told = 0, 0
    for some in tables.rows(table):
        count, told = count + len(some), (told + sum(map(_mark, some))) % _WRAP
    return count, told


def _mark(row: Mapping[str, object]) -> int:
    said = [value.astimezone(UTC) if isinstance(value, datetime) else value for value in row.values()]
    return int.from_bytes(hashlib.sha256(repr(said).encode()).digest(), "big")
