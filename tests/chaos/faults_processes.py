"""Processes that die, stand still, or are there twice."""

import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import psutil

from tests.chaos.fault import ChaosFault, Struck
from tests.chaos.mail_server import Trouble
from tests.chaos.people import until
from tests.simulation.world import holds

Victims = Callable[[Struck], list[psutil.Process]]
_STANDS_STILL = (50.0, 100.0)  #: seconds, more than a lease


def _server(struck: Struck) -> list[psutil.Process]:
    return struck.office.parts("server")[:1]


def _runner(struck: Struck) -> list[psutil.Process]:
    return struck.office.runner()


def _worker(struck: Struck) -> list[psutil.Process]:
    found = struck.office.workers()
    return [struck.chance.choice(found)] if found else []


def _desk(struck: Struck) -> list[psutil.Process]:
    return struck.office.parts("desk")[:1]


def _killed(victims: Victims, struck: Struck) -> None:
    """Three times in a row, at moments that chance chooses."""
    for _ in range(3):
        struck.pause(0, 4)
        for victim in _found(victims, struck):
            with suppress(psutil.NoSuchProcess):
                victim.kill()


def _stopped(victims: Victims, struck: Struck) -> None:
    """SIGSTOP for a minute or two, then SIGCONT: whoever stood still comes back and must not write."""
    found = _found(victims, struck)
    for victim in found:
        with suppress(psutil.NoSuchProcess):
            victim.send_signal(signal.SIGSTOP)
    struck.pause(*_STANDS_STILL)
    for victim in found:
        with suppress(psutil.NoSuchProcess):
            victim.send_signal(signal.SIGCONT)


def _found(victims: Victims, struck: Struck) -> list[psutil.Process]:
    found: list[psutil.Process] = []

    def there() -> bool:
        found[:] = victims(struck)
        return bool(found)

    until(there, 120, "there is somebody to strike")
    return found


def _up_killed(struck: Struck) -> None:
    """`visits up`, in which the local mailbox is; whoever watches over it (systemd) starts it anew."""
    struck.pause(0, 5)
    struck.office.kill_up()
    struck.pause(0, 2)
    struck.office.start()


def _all_killed(struck: Struck) -> None:
    struck.pause(0, 5)
    struck.office.kill_everything()
    struck.office.start()


def _mid_letter(verb: str, how: str, struck: Struck) -> None:
    """The process that has a letter in its hands is killed while the server lets it wait at that verb."""
    trouble = Trouble(verb, how)  # type: ignore[arg-type] # only those that there are, below
    struck.office.mail.trouble = trouble
    until(lambda: trouble.met, 240, f"a letter comes to {verb}")
    sender: list[psutil.Process] = []

    def caught() -> bool:
        found = struck.office.sender() or (verb == "MAIL" and next(iter(struck.office.workers()), None))
        sender[:] = [found] if found else []
        return bool(sender)

    until(caught, 20, "somebody has the letter in hand")
    with suppress(psutil.NoSuchProcess):
        sender[0].kill()
    struck.office.mail.mended()


def _refused(command: str, struck: Struck) -> None:
    """The same command on the same home once more: refused in one line, and nothing happens to the first."""
    code, said = struck.office.types(command)
    holds(code == 1 and "đang chạy" in said, "one service to a home", f"{code}: {said}")


def _two(module: str, struck: Struck) -> None:
    """A second runner on the same rows and the same Prefect, past the lock of the home."""
    second = struck.office.also("-m", module)
    try:
        struck.pause(25, 40)
        holds(second.poll() is None, "the second one works as well", "it has ended")
    finally:
        second.send_signal(signal.SIGTERM)
        with suppress(Exception):
            second.wait(15)
        second.kill()
        second.wait()
        assert second.stdout
        second.stdout.close()


_WHO: dict[str, Victims] = {"the server": _server, "the runner": _runner, "a worker": _worker, "the desk": _desk}

FAULTS = (
    *(
        ChaosFault(f"kill -9 of {name}", partial(_killed, victims), is_short=name == "a worker")
        for name, victims in _WHO.items()
    ),
    ChaosFault("kill -9 of `visits up` with its mailbox", _up_killed, "started anew (systemd)"),
    ChaosFault("kill -9 of everything at once", _all_killed, "started anew (systemd)", is_short=True),
    ChaosFault("a worker killed before DATA", partial(_mid_letter, "MAIL", "hang")),
    ChaosFault("a worker killed within DATA", partial(_mid_letter, "text", "hang"), "says what became of a letter"),
    ChaosFault(
        "a worker killed after the text", partial(_mid_letter, "taken", "hang"), "says what became of a letter",
        is_short=True,
    ),
    *(
        ChaosFault(f"SIGSTOP of {name}", partial(_stopped, victims))
        for name, victims in _WHO.items()
    ),
    ChaosFault("a second `visits up`", partial(_refused, "up")),
    ChaosFault("a second `visits runner`", partial(_refused, "runner")),
    ChaosFault("a second `visits desk`", partial(_refused, "desk")),
    ChaosFault("two runners, past the lock", partial(_two, "deployments.warm.runner")),
)  # fmt: skip
