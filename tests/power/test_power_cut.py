"""The power goes while letters are sent and numbers confirmed: nothing twice, nothing lost that was confirmed (0013).

What a power cut leaves is every file as of its last fsync (`last_fsync.c`); the mail server stands elsewhere and keeps
what it has.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import psutil
import pytest

from answers.papers import Sheet, issue
from config.settings import ROOT, Settings, settings, use
from database.engine import engine_for, reading, writing
from database.models import DocumentRow, LetterRow, NumberRow, VisitRow
from domain.post import letter_state
from letters.mailbox import LocalMailbox
from letters.masked import original_id
from tasks.letters.deliver import recover
from tasks.letters.sending import send_queued
from tests.desk import Desk
from tests.letter_states import put
from tests.may import CLERK
from tests.obligations import Obliged

ROUNDS = 20
PLAN = "2024/ke-hoach"
SIGNED_ON = date(2024, 1, 3)


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that keeps what was flushed."""
    if not shutil.which("gcc"):
        pytest.skip("no C compiler here")
    library = tmp_path_factory.mktemp("shim") / "last_fsync.so"
    source = Path(__file__).with_name("last_fsync.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-Wall", "-o", library, source, "-ldl"], check=True)
    return library


def under_power(shim: Path, home: Path) -> dict[str, str]:
    """The environment of a process whose flushed files are kept beside its home."""
    return os.environ | {"LD_PRELOAD": str(shim), "POWER_HOME": str(home), "POWER_KEPT": str(kept(home))}


def kept(home: Path) -> Path:
    return home.with_name(home.name + "-kept")


_COMMIT_AND_DIE = """
import os, sqlite3, sys
book = sqlite3.connect(sys.argv[1], isolation_level=None)
for line in ("journal_mode=WAL", f"synchronous={sys.argv[2]}"):
    book.execute(f"PRAGMA {line}")
book.execute("INSERT INTO told VALUES (1)")
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize(("synchronous", "there"), [("NORMAL", 0), ("FULL", 1)])
def test_only_what_was_flushed_outlives_the_cut(synchronous: str, there: int, shim: Path, tmp_path: Path) -> None:
    """The measure measures: what SQLite calls committed under NORMAL is gone, under FULL it is there."""
    home = tmp_path / "home"
    home.mkdir()
    with sqlite3.connect(home / "book.db") as book:
        book.execute("PRAGMA journal_mode=WAL")
        book.execute("CREATE TABLE told (x)")
    book.close()
    shutil.copytree(home, kept(home))

    command = [sys.executable, "-c", _COMMIT_AND_DIE, str(home / "book.db"), synchronous]
    assert subprocess.run(command, env=under_power(shim, home), check=False).returncode == -signal.SIGKILL

    left = sqlite3.connect(kept(home) / "book.db")
    assert left.execute("SELECT count(*) FROM told").fetchone() == (there,)
    left.close()


class Office:
    """The processes of the office, all under the shim."""

    def __init__(self, shim: Path) -> None:
        command = [sys.executable, "-m", "tests.power.office_at_work"]
        environment = os.environ | {"LD_PRELOAD": str(shim)}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def begin(self, work: str, home: Path, port: int, told: Path) -> int:
        """Let that work begin; the process that does it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{work} {home} {port} {told}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


@dataclass
class Outcome:
    """What came of the rounds so far."""

    told: int = 0
    sent_before: int = 0
    uncertain: int = 0
    twice: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@pytest.fixture
def book(desk: Desk, home: Settings) -> Path:
    """The database of an office on 21/3/2024: the plan goes to its 39 recipients, May's notice waits for its number."""
    desk.until_chosen()
    plan = Obliged(PLAN)
    plan.open()
    plan.go_on()
    issue(PLAN, "plan", Sheet(73, SIGNED_ON), CLERK)
    plan.go_on()
    with writing(home.database) as session:
        for letter in session.query(LetterRow).filter_by(purpose="annual_plan").filter(LetterRow.state != "by_hand"):
            put(letter, "queued")
            letter.sent_at = None
    engine_for(home.database).dispose()  # the last connection writes everything into the one file
    return home.folder / "visits.db"


@pytest.fixture
def place() -> Iterator[Path]:
    """Where the rounds are played: in memory if possible, for what counts is that a flush was asked for."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.mark.year
def test_twenty_power_cuts_double_no_letter_and_lose_no_confirmed_number(book: Path, shim: Path, place: Path) -> None:
    seed = int(os.environ.get("VISITS_TEST_SEED", random.randrange(10**6)))
    print(f"\nseed {seed}: VISITS_TEST_SEED={seed} repeats the choice of moments")
    chance, outcome = random.Random(seed), Outcome()

    office = Office(shim)
    try:
        for number in range(ROUNDS):
            one_round(place / f"round-{number}", book, office, chance, outcome)
            print(f"cut {number + 1}: {outcome}", flush=True)
    finally:
        office.end()

    assert (outcome.twice, outcome.lost, outcome.missing) == ([], [], [])
    assert outcome.told >= ROUNDS, "numbers were confirmed before the cuts"
    assert outcome.sent_before >= ROUNDS, "letters had gone before the cuts"
    assert outcome.uncertain <= ROUNDS, "at most one letter of each cut is in doubt"


def one_round(folder: Path, book: Path, office: Office, chance: random.Random, outcome: Outcome) -> None:
    """The office works, the power goes, the office works on with what the disk has kept."""
    home = folder / "home"
    home.mkdir(parents=True)
    shutil.copy(book, home / "visits.db")
    shutil.copytree(book.parent / "secrets", home / "secrets")  # the key that has sealed its record
    shutil.copytree(home, kept(home))
    mailbox = LocalMailbox(folder / "elsewhere" / "mailbox")
    mailbox.start()
    try:
        confirmed = cut(office, home, mailbox, chance)
        before = len(received(mailbox.folder))
        use(settings().model_copy(update={"home": kept(home), "mailbox_port": mailbox.port}))
        for visit_id in visits_there():
            recover(visit_id)
            send_queued(visit_id)
        compare(confirmed, before, received(mailbox.folder), outcome)
    finally:
        engine_for(settings().database).dispose()
        mailbox.stop()
    shutil.rmtree(folder)


def cut(office: Office, home: Path, mailbox: LocalMailbox, chance: random.Random) -> list[str]:
    """Let both work until some letters have gone, then end them at any moment; the numbers that were confirmed."""
    told = mailbox.folder.with_name("told")
    told.touch()
    workers = [office.begin(work, home, mailbox.port, told) for work in ("clerk", "post")]
    try:
        wait_for(lambda: told.read_text() != "")
        wanted = min(25, len(arrived(mailbox)) + chance.randint(1, 30))
        wait_for(lambda: len(arrived(mailbox)) >= wanted)
        time.sleep(chance.uniform(0, 0.03))
    finally:
        for pid in workers:
            with suppress(ProcessLookupError):  # what failed above says why it is gone
                os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not any(map(psutil.pid_exists, workers)))
    return told.read_text().split()


def arrived(mailbox: LocalMailbox) -> list[Path]:
    return list(mailbox.folder.glob("*.eml"))


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 180
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def received(folder: Path) -> Counter[tuple[str, str]]:
    """How often each letter has come to each address, by Message-ID."""
    found: Counter[tuple[str, str]] = Counter()
    for path in folder.glob("*.eml"):
        head = message_from_bytes(path.read_bytes().partition(b"\r\n\r\n")[0] + b"\r\n\r\n", policy=default)
        found.update(
            (original_id(str(head["Message-ID"])), one.strip()) for one in str(head["X-Envelope-To"]).split(",")
        )
    return found


def visits_there() -> Iterator[int]:
    with reading(settings().database) as session:
        yield from [row.id for row in session.query(VisitRow)]


def compare(confirmed: list[str], before: int, after: Counter[tuple[str, str]], outcome: Outcome) -> None:
    """What the office now says, against what people were told and what has arrived."""
    with reading(settings().database) as session:
        letters = session.query(LetterRow).all()
        notice = session.query(DocumentRow).filter_by(kind="selection_notice").order_by(DocumentRow.id).first()
        known = {f"{row.number:02d}-TB/{row.organ_code}" for row in session.query(NumberRow).filter_by(type_code="TB")}
    assert notice
    outcome.told += len(confirmed)
    outcome.sent_before += before
    outcome.lost += [one for one in confirmed if one not in known]
    outcome.lost += [] if notice.symbol == confirmed[0] else [f"the notice is not {confirmed[0]}"]
    outcome.twice += [address for (_letter, address), times in after.items() if times > 1]
    for letter in letters:
        assert letter.state == letter_state(*letter.states)
        outcome.uncertain += letter.state == "uncertain"
        outcome.missing += [
            one.address for one in letter.recipients if one.state == "sent" and letter.purpose == "annual_plan"
            and not after[letter.message_id, one.address]
        ]  # fmt: skip
    queued = [letter.id for letter in letters if letter.state not in ("sent", "uncertain", "by_hand")]
    outcome.missing += [f"letter {number}" for number in queued]
