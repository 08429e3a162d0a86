"""What can be waited for: every id has a name of its own, somebody who must act, and fits into its column."""

import re

from domain.step import Step
from domain.wait import Wait

ROLES = {"host", "officer", "leader", "clerk", "inspector", "date", "mail_server"}


def test_no_two_are_called_the_same() -> None:
    """Staff and Prefect's list of runs tell them apart by their names alone."""
    assert len({wait.shown for wait in Wait}) == len(Wait)


def test_each_waits_for_somebody_and_may_be_stored() -> None:
    for wait in Wait:
        assert wait.whom in ROLES, wait
        assert re.fullmatch(r"[a-z_]{4,32}", wait.value), wait


def test_a_name_says_what_is_missing_or_what_went_wrong() -> None:
    for wait in Wait:
        assert wait.shown.startswith(("Chờ ", "Quá hạn ", "Lỗi, ", "Lượt chạy ", "Đang ")), wait


def test_a_step_waits_in_its_own_way_and_any_step_for_the_mail_server() -> None:
    assert Wait.CHOICE.step is Step.SELECT_THEMATIC_CELL
    assert Wait.MAIL_SERVER.step is None
