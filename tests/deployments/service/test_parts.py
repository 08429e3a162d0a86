"""One watched process: whatever happens to it, it is tried again, and nobody waits for it."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from deployments.service.part_log import PartLog
from deployments.service.parts import Part, State

READY = "sẵn sàng"
SERVES = f"print({READY!r}, flush=True); import time; time.sleep(60)"
SILENT = "import time; time.sleep(60)"
FAILS = "print('đang mở cơ sở dữ liệu'); open('/không/có'); "


@pytest.fixture
def parts(tmp_path: Path) -> Iterator["Parts"]:
    """Makes parts out of a line of Python; what still runs at the end is ended."""
    made = Parts(tmp_path)
    yield made
    for part in made.every:
        if part.process and part.process.poll() is None:
            part.process.kill()
            part.process.wait()


class Parts:
    """Parts of a service that consists of one line each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.every: list[Part] = []

    def of(self, code: str, pauses: tuple[float, ...] = (0.1, 0.2, 30), patience: float = 30) -> Part:
        """A part that runs this code, and is ready when it says so."""
        log = PartLog(self._folder / f"{len(self.every)}.log")
        ready = lambda said: said.has(READY)  # noqa: E731 - the check of a part is one expression
        environment = dict(os.environ) | {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
        self.every.append(Part("desk", ["-c", code], ready, "đã lên", log, environment, pauses, patience))
        return self.every[-1]


def watched(part: Part, until: State, seconds: float = 20) -> list[str]:
    """What it says until it is in that state."""
    said, deadline = [], time.monotonic() + seconds
    while part.state is not until:
        assert time.monotonic() < deadline, (part.state, part.trouble)
        said += part.look()
        time.sleep(0.02)
    return said


def killed(part: Part) -> None:
    assert part.process
    psutil.Process(part.process.pid).kill()
    part.process.wait()


def test_a_part_greets_when_it_is_ready(parts: "Parts") -> None:
    part = parts.of(SERVES)

    assert watched(part, State.READY) == ["đã lên"]
    assert part.trouble == ""


def test_one_that_served_for_a_while_and_dies_is_started_again_at_once(
    parts: "Parts", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deployments.service.parts._STEADY", 0.0)
    part = parts.of(SERVES)
    watched(part, State.READY)
    killed(part)

    said = part.look()

    assert said == ["desk đã dừng (bị ngắt bằng tín hiệu 9), khởi động lại"]
    assert (part.state, part.trouble) == (State.STARTING, "đã dừng (bị ngắt bằng tín hiệu 9), đang khởi động lại")
    assert watched(part, State.READY) == ["đã lên"]
    assert part.trouble == ""


def test_one_that_does_not_start_is_tried_again_after_growing_pauses_and_its_error_is_told(parts: "Parts") -> None:
    part = parts.of(FAILS)
    begun = time.monotonic()
    said: list[str] = []
    while part.failures < 3:
        said += part.look()
        time.sleep(0.02)

    why = "kết thúc với mã 1: FileNotFoundError: [Errno 2] No such file or directory: '/không/có'"
    assert said == [
        f"desk không khởi động được (lần {number}): {why}; thử lại sau {pause} giây"
        for number, pause in ((1, "0.1"), (2, "0.2"), (3, "30"))
    ]
    assert time.monotonic() - begun > 0.3
    assert part.trouble == f"không khởi động được (3 lần liền; lần cuối {why})"
    assert part.fruitless == 3
    assert part.look() == []  # half a minute is not over


def test_one_that_was_ready_for_a_moment_only_has_failed_too(parts: "Parts") -> None:
    """Else a part that dies of its first task would be started without a pause, for ever."""
    part = parts.of(SERVES, pauses=(30,))
    watched(part, State.READY)
    killed(part)

    assert part.look() == [
        "desk không khởi động được (lần 1): vừa chạy đã dừng, bị ngắt bằng tín hiệu 9; thử lại sau 30 giây"
    ]


def test_one_that_is_killed_while_it_starts_is_not_to_blame(parts: "Parts") -> None:
    """Where somebody waits for the service, only a part that fails by itself makes that hopeless."""
    part = parts.of(SILENT)
    watched(part, State.STARTING)
    killed(part)

    (said,) = part.look()

    assert said == "desk không khởi động được (lần 1): bị ngắt bằng tín hiệu 9; thử lại sau 0.1 giây"
    assert (part.failures, part.fruitless) == (1, 0)


def test_one_that_never_answers_is_ended_and_tried_again(parts: "Parts") -> None:
    part = parts.of(SILENT, patience=0.3)
    watched(part, State.STARTING)
    process = part.process
    assert process

    said = watched(part, State.FAILED)

    assert process.poll() == -9
    assert "sau 0 giây vẫn chưa trả lời: (không ghi gì); thử lại sau 0.1 giây" in said[0]
    assert watched(part, State.STARTING) == []


def test_a_program_that_cannot_be_run_at_all_is_a_failure_and_no_crash(parts: "Parts", tmp_path: Path) -> None:
    part = parts.of(SERVES)
    (tmp_path / "0.log").mkdir()

    (said,) = part.look()

    assert "Is a directory" in said
    assert part.state is State.FAILED


def test_looking_waits_for_nothing(parts: "Parts") -> None:
    slow, broken = parts.of(SILENT), parts.of(FAILS, pauses=(60,))
    watched(broken, State.FAILED)

    begun = time.monotonic()
    for _ in range(20):
        slow.look()
        broken.look()

    assert time.monotonic() - begun < 1
