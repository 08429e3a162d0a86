"""The machine itself: its disk full or closed to writing, its clock set back and on."""

from datetime import timedelta

from tests.chaos.fault import ChaosFault, Struck


def _disk_full(struck: Struck) -> None:
    struck.office.disk.fill()
    struck.pause(20, 40)
    struck.office.disk.clear()


def _closed_to_writing(struck: Struck) -> None:
    """The kernel closes the file system after an error; whoever looks after the machine examines and mounts it."""
    office = struck.office
    office.disk.break_down()
    struck.pause(15, 30)
    struck.ended.set()
    office.kill_everything()
    office.forget_connections()
    office.disk.mend()
    office.start()


def _clock_by(by: timedelta, struck: Struck) -> None:
    struck.pause(0, 3)
    struck.office.clock.set(struck.office.clock.now() + by)
    struck.pause(3, 8)


def _hour_back(struck: Struck) -> None:
    _clock_by(-timedelta(hours=1), struck)


def _back_and_on(struck: Struck) -> None:
    """As a machine does whose clock was wrong when it was started."""
    _clock_by(-timedelta(days=1), struck)
    _clock_by(timedelta(days=1), struck)


def _week_on(struck: Struck) -> None:
    _clock_by(timedelta(days=7), struck)


FAULTS = (
    ChaosFault("the disk full", _disk_full, needs_disk=True, is_short=True),
    ChaosFault(
        "the file system read-only (`remount,abort`)", _closed_to_writing, "examines and mounts the disk, starts",
        needs_disk=True, is_short=True,
    ),
    ChaosFault("the clock an hour back", _hour_back, is_short=True),
    ChaosFault("the clock a day back, and on again", _back_and_on),
    ChaosFault("the clock a week on", _week_on),
)  # fmt: skip
