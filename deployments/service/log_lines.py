"""Lines of a log as people read them, whichever form they were written in (`config.log_form`)."""

import json
from collections.abc import Iterator

_BEGINS = '{"time":'


def as_text(line: str) -> Iterator[str]:
    """The line itself; of one in JSON the head as Prefect writes it for people, then its traceback line by line."""
    told = _read(line)
    if told is None:
        yield line
        return
    moment = str(told.get("time", ""))[11:23]
    yield f"{moment} | {told.get('level', ''):<7} | {told.get('logger', '')} - {told.get('message', '')}"
    yield from str(told.get("exc_info", "")).splitlines()


def _read(line: str) -> dict[str, object] | None:
    if not line.startswith(_BEGINS):
        return None
    try:
        told = json.loads(line)
    except ValueError:  # cut off in the middle
        return None
    return told if isinstance(told, dict) else None
