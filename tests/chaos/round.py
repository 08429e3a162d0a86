"""One round: an office is installed, begins its year, and meets one fault after another in an order of chance."""

import random
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread

from config.settings import ROOT
from domain.dates import at
from tests.chaos.copies import take_copy
from tests.chaos.fault import ChaosFault, Struck
from tests.chaos.faults_stores import FIRST_COPY, FIRST_PREFECT, prefect_files
from tests.chaos.office import Office, office_in
from tests.chaos.people import Hands, Stirred
from tests.chaos.promises import Promises

_FOR_EVER = 10_000
#: The first weeks pass undisturbed: visits wait at several steps, and there are letters, answers, papers to lose.
_BEGIN = at(date(2024, 1, 20), 12)


@dataclass(frozen=True)
class Met:
    """What became of one fault in one round."""

    seed: int
    fault: str
    broken: str  #: empty: everything held
    seconds: float


class Round:
    """Plays it; after a broken promise the office is a new one. `tell` hears of each fault as soon as it is over."""

    def __init__(self, seed: int, faults: Sequence[ChaosFault], tell: Callable[[Met], None]) -> None:
        self.seed, self.chance, self._tell = seed, random.Random(f"chaos {seed}"), tell
        self._left = [*faults]
        self.chance.shuffle(self._left)

    def play(self) -> None:
        """Every fault once."""
        while self._left:
            folder = Path(tempfile.mkdtemp(prefix="chaos-"))
            try:
                self._in_one_office(folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def _in_one_office(self, folder: Path) -> None:
        with office_in(folder) as office:
            try:
                struck = _begun(office, self.chance)
            except Exception as error:
                traceback.print_exc()
                self._tell(Met(self.seed, self._left.pop(0).name, f"the office did not begin: {error}", 0))
                return
            while self._left and not struck.play.is_over:
                met = self._strike(self._left.pop(0), struck)
                self._tell(met)
                if met.broken:
                    break
            struck.hands.close()

    def _strike(self, fault: ChaosFault, struck: Struck) -> Met:
        begun, broken = time.monotonic(), ""
        if fault.needs_disk and not struck.office.disk.is_own:
            return Met(self.seed, fault.name, "not played: nobody may mount a file system here", 0)
        struck.play.met.clear()
        try:
            _happens(fault, struck)
        except Exception as error:
            struck.ended.set()
            broken = f"{type(error).__name__}: {error}"
            traceback.print_exc()
        seconds = time.monotonic() - begun
        print(f"seed {self.seed} · {fault.name}: {broken[:700] or 'held'} ({seconds:.0f} s)", flush=True)
        for line in dict.fromkeys(struck.play.met):
            print(f"    {line}", flush=True)
        return Met(self.seed, fault.name, broken, seconds)


def _happens(fault: ChaosFault, struck: Struck) -> None:
    """It strikes while people act; then everything must come to rest, hold, and go on."""
    struck.ended.clear()
    stirring = Thread(target=struck.play.stir, args=(struck.ended, _FOR_EVER), daemon=True)
    if not fault.at_rest:
        stirring.start()
    try:
        fault.strike(struck)
    finally:
        struck.ended.set()
        if not fault.at_rest:
            stirring.join(120)
    struck.play.settle()
    struck.promises.look(struck.play, struck.hands.sent_again)
    struck.promises.service_goes_on()


def _begun(office: Office, chance: random.Random) -> Struck:
    """Installed, loaded, started, with accounts; the first weeks are over, and a copy of them lies there."""
    office.visits("plan", "load", f"{ROOT / 'config' / 'plans' / '2024.yaml'}")
    hands = Hands(office)
    office.start()
    hands.get_accounts()
    play = Stirred(office, hands)
    play.until(_BEGIN)
    promises = Promises(office)
    promises.look(play, hands.sent_again)
    take_copy(office).rename(office.copies / FIRST_COPY)
    (office.copies / FIRST_PREFECT).mkdir()
    office.stop()
    for path in prefect_files(office.settings.folder):
        shutil.copy(path, office.copies / FIRST_PREFECT)
    office.start()
    return Struck(office, hands, play, promises, chance)
