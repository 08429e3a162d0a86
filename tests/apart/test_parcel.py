"""An answer from the process that reads holds values, and can call nothing here."""

import io
import os
import pickle
from collections import OrderedDict
from datetime import date, datetime, time, timedelta

import pytest

from apart.parcel import put, take, unpack_answer
from domain.problem import Problem
from sheets.tables.cells import Cell, Line, Table


def test_tables_and_problems_come_through_as_they_were() -> None:
    values = (
        "Chi bộ A",
        31,
        0.5,
        True,
        None,
        date(2024, 5, 14),
        datetime(2024, 5, 14, 14),  # noqa: DTZ001 - Excel's dates have no zone
        time(14),
        timedelta(hours=30),
    )
    cells = {column: Cell(f"Danh sách!A{column}", value) for column, value in enumerate(values, start=1)}
    answer = ([Table("Danh sách", (Line("Danh sách", 1, cells),))], [Problem("a.xlsx", "lỗi", "sửa", warning=True)])
    assert unpack_answer(pickle.dumps(answer)) == answer


class Harm:
    """What would run a program when it is unpacked."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 3",)


@pytest.mark.parametrize("answer", [Harm(), os.getcwd, OrderedDict(), unpack_answer])
def test_whatever_else_it_sends_is_refused(answer: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        unpack_answer(pickle.dumps(answer))


def test_more_than_may_be_sent_is_not_even_read() -> None:
    pipe = io.BytesIO()
    put(pipe, b"x" * 1000)
    pipe.seek(0)
    with pytest.raises(EOFError):
        take(pipe, most=100)
    assert pipe.tell() < 100


@pytest.mark.parametrize("sent", [b"", b"\x00\x00", (100).to_bytes(8, "big") + b"half"])
def test_half_an_answer_is_none(sent: bytes) -> None:
    with pytest.raises(EOFError):
        take(io.BytesIO(sent), most=1000)
