"""The office that a power cut ends: one process sends letters, one is the clerk's and confirms numbers.

Run: `python -m tests.power.office_at_work`, then one line for each process: `post|clerk HOME MAILBOX_PORT TOLD`. It
answers with the number of the process, made ready before (starting Python forty times would be most of the test).
`TOLD` is what a person has been told: a number is added when it is confirmed, and not before.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from answers.answering import Giver
from answers.papers import Sheet, issue
from answers.register import reserve
from config.settings import Settings, settings, use
from database import plans
from database.engine import reading
from database.models import VisitRow
from database.numbers import Series
from tasks.letters.sending import send_queued

MAY = "2024-05/bien_hoa"
CLERK = Giver("Lê Văn Giả Định", "cli")


def post(_tell: Callable[[str], None]) -> None:
    """Round after round over the letters of every visit."""
    while True:
        with reading(settings().database) as session:
            everybody = [row.id for row in session.query(VisitRow)]
        for visit_id in everybody:
            send_queued(visit_id)
        time.sleep(0.01)


def clerk(tell: Callable[[str], None]) -> None:
    """The notice gets its number, then number after number is kept for somebody."""
    with reading(settings().database) as session:
        plan, _contacts = plans.read(session, 2024)
    tell(issue(MAY, "notice", Sheet(80, date(2024, 3, 21)), CLERK))
    while True:
        tell(reserve(Series(plan.issuer.organ_code, "TB", plan.term), None, CLERK))
        time.sleep(0.02)


def main() -> None:
    """Make a process for every line; they end when they are killed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for line in sys.stdin:
        work, home, port, told = line.split()
        if pid := os.fork():
            print(pid, flush=True)
            continue
        os.environ["POWER_HOME"], os.environ["POWER_KEPT"] = home, home + "-kept"
        use(Settings(mode="rehearsal", home=Path(home), prefect_port=1, mailbox_port=int(port), _env_file=None))
        with open(told, "a", buffering=1, encoding="utf-8") as by_now:
            {"post": post, "clerk": clerk}[work](lambda number: print(number, file=by_now))


if __name__ == "__main__":
    main()
