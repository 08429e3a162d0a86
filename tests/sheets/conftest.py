"""What the tests of forms share: the plan of 2024, the form of Nhơn Trạch, and its way back to the office."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from domain.list_due import ListDue
from domain.plan import Plan
from sheets.nominations.nomination_file import Understood, read_nominations
from sheets.nominations.nomination_form import nomination_form

#: What the request of 03/01/2024 says.
FEBRUARY = ListDue(date(2024, 1, 17), "", date(2024, 2, 16))

Send = Callable[[Workbook], Understood]


@pytest.fixture(scope="session")
def form(plan: Plan) -> bytes:
    """The form of Nhơn Trạch for February."""
    return nomination_form(plan, plan.unit("nhon_trach"), 2024, 2, FEBRUARY)


@pytest.fixture
def book(form: bytes) -> Workbook:
    """The same, as the host opens it."""
    return load_workbook(io.BytesIO(form))


@pytest.fixture
def send(tmp_path: Path, plan: Plan) -> Send:
    """Saves the form, as the host sends it, and reads it for Nhơn Trạch in February."""

    def sent(book: Workbook) -> Understood:
        book.save(tmp_path / "danh-sach.xlsx")
        return read_nominations(tmp_path / "danh-sach.xlsx", 2024, 2, plan.unit("nhon_trach"))

    return sent
