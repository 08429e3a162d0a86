"""What `visits restore` and `visits upgrade` leave beside a database, until the database itself knows it (0043)."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from config.settings import Settings

#: The file in which whoever has just put a copy here says so.
PUT_BACK = "put-back.json"
#: What is said of letters since a copy was put back.
HELD = "thư được giữ lại cho đến khi có người xem"


@dataclass(frozen=True)
class Announced:
    """That a copy was put here: its database holds its letters from the start."""

    said: str  #: what a person is told
    older: bool  #: it may lack what has happened since, so Prefect's runs may be further on


def announce(folder: Path, announced: Announced) -> None:
    """Write it into a home that nobody serves yet."""
    (folder / PUT_BACK).write_text(json.dumps(asdict(announced)), encoding="utf-8")


def announced_in(of: Settings) -> Announced | None:
    """What was said there, None where nothing was; a file that cannot be read was written all the same."""
    try:
        told = json.loads((of.folder / PUT_BACK).read_text(encoding="utf-8"))
        return Announced(str(told["said"]), bool(told["older"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return Announced("đặt lại từ bản sao", older=True)
