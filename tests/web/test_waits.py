"""The table of waits says of every state name who must act and where it is answered."""

import ast
import re
from pathlib import Path

import pytest

from config.settings import ROOT
from tests.desk import Desk
from web.views.waits import WAITS, wait_of

#: How the name of a state begins, and no other text in these files.
_STATE = re.compile(r"(Chờ|Quá hạn|Đang|Lỗi, chờ|Lượt chạy) [^.:{}]{2,30}")


def named_in(*folders: str) -> set[str]:
    """Every text in those files that is the name of a state."""
    files = [file for folder in folders for file in sorted((ROOT / folder).glob("*.py"))]
    files.remove(ROOT / "flows" / "artifacts.py")  # it only shows them, under headings of its own
    return {text for file in files for text in _texts(file) if _STATE.fullmatch(text)}


def _texts(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    return {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def test_every_state_name_that_steps_and_flows_use_is_in_the_table_and_no_other() -> None:
    assert {wait.state for wait in WAITS} == named_in("tasks", "flows", "database")


def test_every_wait_for_a_person_has_a_button_that_somebody_of_the_office_may_press() -> None:
    for wait in WAITS:
        needs_person = wait.whom not in ("date", "mail_server")
        assert bool(wait.path and wait.button and wait.may) == needs_person, wait.state


def test_what_waits_for_a_role_of_the_office_is_answered_by_that_role() -> None:
    for wait in WAITS:
        if wait.whom in ("officer", "leader", "clerk", "inspector"):
            assert wait.whom in wait.may, wait.state


@pytest.mark.parametrize(
    ("until", "state", "button"),
    [
        ("until_asked", "Chờ đề cử", "Nhập danh sách"),
        ("until_listed", "Chờ lựa chọn", "Chọn nơi dự"),
        ("until_chosen", "Chờ phát hành thông báo", "Lấy số, phát hành"),
        ("until_met", "Chờ kết quả giám sát", "Ghi kết quả"),
        ("until_reported", "Chờ duyệt kết quả", "Xem và duyệt kết quả"),
    ],
)
def test_each_point_of_the_story_waits_under_a_name_of_the_table(
    desk: Desk, until: str, state: str, button: str
) -> None:
    getattr(desk, until)()

    wait = wait_of(desk.visit.waiting_state)

    assert wait is not None
    assert (wait.state, wait.button) == (state, button)
    assert desk.visit.waiting_for == wait.whom
