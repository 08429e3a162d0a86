"""Keeps what `visits up` has to say of its parts where doctor and desk read it; never waits for the database."""

import threading
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from database import service_notes
from database.engine import writing

_AGAIN = 5.0  # seconds until a database that could not be written is tried again


class WatchNotes:
    """Words by name; a thread of its own writes the newest of each. A locked database holds up nobody's watch."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._known: dict[str, str] = {}
        self._open: dict[str, Callable[[Session], None]] = {}  #: to be written
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._write_all, name="watch-notes", daemon=True)
        self._thread.start()

    def keep(self, name: str, text: str) -> None:
        """Let that be the word under this name; an empty one takes the word back. The same word twice costs nothing."""
        if self._known.get(name) == text:
            return
        self._known[name] = text
        self.do(name, _word(name, text))

    def do(self, name: str, change: Callable[[Session], None]) -> None:
        """Write something else under this name, which stays when the watch is over."""
        with self._changed:
            self._open[name] = change
            self._changed.notify()

    def close(self) -> None:
        """Take back every word, for nobody watches any more; gives up when the database cannot be had just now."""
        for name in list(self._known):
            self.keep(name, "")
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(timeout=2)

    def _write_all(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._open or self._closing)
                changes, self._open = self._open, {}
            if not changes:
                return
            if not self._written(changes):
                with self._changed:
                    self._open = changes | self._open
                    self._changed.wait_for(lambda: self._closing, timeout=_AGAIN)
                    if self._closing:
                        return

    def _written(self, changes: dict[str, Callable[[Session], None]]) -> bool:
        try:
            with writing(self._database) as session:
                for change in changes.values():
                    change(session)
        except SQLAlchemyError:
            return False
        return True


def _word(name: str, text: str) -> Callable[[Session], None]:
    if text:
        return lambda session: service_notes.note(session, name, text)
    return lambda session: service_notes.forget(session, name)
