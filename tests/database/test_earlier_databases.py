"""A database that an earlier version has left opens, with a visit waiting at each step, and the visit goes on.

`earlier/0011.tar.xz` holds the visit of May 2024 at six points of its story (`tests/desk.py`), as the code at
migration 0011 wrote it. Whoever changes what is stored adds a file and keeps this one.
"""

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import settings
from database.schema import prepare
from domain.outcome import Waiting
from domain.wait import Wait
from tests.desk import Desk

EARLIER = Path(__file__).parent / "earlier"


def take_the_list(desk: Desk) -> None:
    desk.postman_calls()
    desk.set_clock(2024, 3, 20, 9)
    assert desk.nominate() == []


#: At which point -> what it waits for there, what somebody does, what it waits for then.
STORY: dict[str, tuple[Wait, Callable[[Desk], object], Wait]] = {
    "asked": (Wait.NOMINATIONS, take_the_list, Wait.CHOICE),
    "listed": (Wait.CHOICE, lambda desk: desk.choose(1), Wait.NOTICE_ISSUE),
    "chosen": (Wait.NOTICE_ISSUE, lambda desk: desk.issue("notice", 80), Wait.MEETING_DAY),
    "issued": (Wait.MEETING_DAY, lambda desk: desk.set_clock(2024, 5, 18), Wait.FINDINGS),
    "met": (Wait.FINDINGS, lambda desk: desk.report(desk.findings()), Wait.REPORT_APPROVAL),
    "reported": (Wait.RESULT_APPROVAL, lambda desk: desk.approve("result"), Wait.RESULT_ISSUE),
}


@pytest.mark.parametrize("version", sorted(file.name.split(".")[0] for file in EARLIER.glob("*.tar.xz")))
@pytest.mark.parametrize("point", STORY)
@pytest.mark.usefixtures("home")
def test_a_visit_of_an_earlier_version_waits_for_the_same_and_goes_on(version: str, point: str) -> None:
    before, act, after = STORY[point]
    with tarfile.open(EARLIER / f"{version}.tar.xz") as kept:
        (settings().folder / "visits.db").write_bytes(kept.extractfile(f"{point}.db").read())  # type: ignore[union-attr]
    prepare(settings().database)
    desk = Desk()
    assert desk.visit.wait is before
    letters = len(desk.letters())

    assert waits_for(desk) is before, "looking again changes nothing"
    assert len(desk.letters()) == letters, "and writes to nobody"
    act(desk)
    assert waits_for(desk) is after


def waits_for(desk: Desk) -> Wait:
    outcome = desk.go_on()
    assert isinstance(outcome, Waiting), outcome
    return outcome.wait
