"""An answer from the process that reads holds values, and can call and change nothing here."""

import io
import json
import os
import pickle
from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from apart.parcel import NotAnAnswer, pack_answer, put, take, unpack_answer
from domain.problem import Problem
from domain.state import VisitState
from scans.worth import SignedFile
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
        timedelta(hours=30, microseconds=7),
        datetime(2024, 5, 14, 14, tzinfo=UTC),
        b"\x00\xff",
        frozenset({1, 2}),
        (float("inf"), "\ud800 “Đảng ủy”"),
        VisitState.OPEN,
    )
    cells = {column: Cell(f"Danh sách!A{column}", value) for column, value in enumerate(values, start=1)}
    answer = ([Table("Danh sách", (Line("Danh sách", 1, cells),))], [Problem("a.xlsx", "lỗi", "sửa", warning=True)])
    back: Any = unpack_answer(pack_answer(answer))
    assert back == answer
    assert type(back[0][0].lines[0].cells[14].value) is VisitState


class Harm:
    """What would run a program when it is unpacked."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 3",)


@pytest.mark.parametrize("answer", [Harm(), os.getcwd, OrderedDict(), unpack_answer, SignedFile])
def test_whatever_is_no_value_is_not_even_sent(answer: object) -> None:
    with pytest.raises(NotAnAnswer):
        pack_answer(answer)


def test_a_pickle_that_would_change_a_class_of_the_service_changes_nothing() -> None:
    """With slot state a pickle writes attributes onto whatever it names, an allowed class itself as well."""
    onto_the_class = b"\x80\x02cscans.worth\nSignedFile\nN}X\x07\x00\x00\x00refusedK\x01s\x86b."
    for sent in (onto_the_class, pickle.dumps(Harm())):
        with pytest.raises(NotAnAnswer):
            unpack_answer(sent)
    assert SignedFile.refused == ()


@pytest.mark.parametrize(
    "sent",
    [
        {"os:system": ["exit 3"]},
        {"builtins:eval": ["1"]},
        {"scans.worth:datetime": [2024, 1, 1]},
        {"scans.worth:SignedFile": {"refused": 1}},
        {"scans.worth:SignedFile": []},
        {"scans.worth:SignedFile.refused": []},
        {"scans.weighing:weigh_apart": []},
        {"scans.nowhere:SignedFile": []},
        {"domain.state:VisitState": ["nowhere"]},
        {"date": "no day"},
        {"bytes": "~"},
        {"date": "2024-05-14", "time": "14:00"},
        {},
    ],
)
def test_an_answer_that_names_anything_else_is_none(sent: object) -> None:
    with pytest.raises(NotAnAnswer):
        unpack_answer(json.dumps(sent).encode())


@pytest.mark.parametrize("sent", [b"", b"{", b"[" * 100_000, b"9" * 10_000, b"\xff"])
def test_an_answer_that_is_torn_or_has_no_end_is_none(sent: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        unpack_answer(sent)


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
