"""The office's people on a service in trouble: what the desk did not confirm they do again, by what it shows then."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import httpx
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from answers.answering import Giver
from answers.letters import resolve
from answers.running_again import run_again
from database import audit
from database.engine import reading
from database.models import LetterRow
from tests.chaos.office import Office
from tests.live.months import END, script
from tests.live.people import Browsers
from tests.live.play import LivePlay

#: What somebody at a browser, or looking into the book, meets while the service is in trouble.
TROUBLES = (httpx.HTTPError, AssertionError, SQLAlchemyError, LookupError, OSError)
_PATIENCE = 45.0  #: seconds in which what is due is done; then some minutes pass on the service's clock
_TRIES_AGAIN = 8.0  #: seconds after which somebody to whom the desk did not answer tries again
_WAITS = 8  #: so often minutes may pass
_SOME_MINUTES = timedelta(minutes=6)


class Hands(Browsers):
    """Browsers, and two acts more, which a rehearsal's people do as well when something went wrong."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, office.mail.folder, script().people)
        self.office = office
        self.sent_again: list[str] = []  #: letters that a person let go once more

    def resolve(self, letter_id: int, word: str, giver: Giver) -> None:  # type: ignore[override] # asks outside
        """The officer calls the recipients: has it come? The word of a rehearsal's people is about its own mailbox."""
        del word
        with reading(self.office.settings.database) as session:
            letter = session.get_one(LetterRow, letter_id)
            doubtful = [one.address for one in letter.recipients if one.state == "uncertain"]
        arrived = all(self.office.mail.taken[letter.message_id, address] for address in doubtful)
        if not arrived:
            self.sent_again.append(letter.message_id)
        resolve(letter_id, "went_out" if arrived else "send_again", giver)

    run_again = staticmethod(run_again)  # type: ignore[assignment] # nobody expected it in quiet months


class Stirred(LivePlay):
    """Months that are lived while something happens: nothing that fails is given up, and all of it is remembered."""

    def __init__(self, office: Office, hands: Hands) -> None:
        super().__init__(office, office.clock, script(), hands)
        self._hands = hands
        self.met: list[str] = []  #: what people met while the service was in trouble
        self.confirmed = 0  #: the line of the record that stood when a person was told last
        self.is_over = False
        #: what a person does once all is quiet; whether it has begun something anew
        self.after_rest: Callable[[], bool] = lambda: False

    def stir(self, ended: Event, moments: int) -> None:
        """Acts and dates, as many moments as told, until `ended`; whatever fails is tried again."""
        while not ended.is_set() and moments > 0:
            try:
                acted, ahead = self._act_now()
                if not acted:
                    moments -= self._goes_on(ahead)
            except TROUBLES as error:
                self.met.append(f"{type(error).__name__}: {error}".splitlines()[0][:160])
                ended.wait(1)

    def _goes_on(self, ahead: list[datetime]) -> bool:
        """Whether time went to the next moment; what is due must be done first."""
        if self._due():
            return False
        following = self._next_moment(ahead)
        if following is None or following >= END:
            self.is_over = True
            return True
        self._go_to(following)
        return True

    def settle(self, waits: int = _WAITS) -> None:
        """Until nothing is due by the service's clock, and people have done what they were asked for."""
        for left in reversed(range(waits)):
            try:
                self._quiet()
                return
            except TROUBLES as error:
                self.met.append(f"{type(error).__name__}: {error}".splitlines()[0][:160])
                if not left:
                    raise
                time.sleep(_TRIES_AGAIN)
                self._set(self._clock.now() + _SOME_MINUTES)

    def _quiet(self) -> None:
        while True:
            self._office.wait(lambda: not self._due(), f"done: {self._named()}", _PATIENCE)
            if not self._act_now()[0] and not self.after_rest():
                return

    def _named(self) -> Any:
        try:
            return self._due()
        except SQLAlchemyError as error:
            return error

    def _act_now(self) -> tuple[bool, list[datetime]]:
        done = super()._act_now()
        if done[0]:
            with reading(self._office.settings.database) as session:
                self.confirmed = session.scalar(select(audit.AuditEndRow.last)) or 0
        return done


def until(what: Callable[[], object], seconds: float, told: str, why: Callable[[], object] = str) -> None:
    """Wait until that is so; `why` is asked why it is not."""
    since = time.monotonic()
    while not what():
        assert time.monotonic() - since < seconds, f"not within {seconds:.0f} s: {told} {why()}"
        time.sleep(0.2)
