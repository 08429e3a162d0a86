"""Prints the part of `requirements.lock` that the service runs on, without what only tests need.

`python -m deployments.runtime_lock` in a checkout; with names, what those need: `… runtime_lock setuptools`. The lock
says of every line who needs it, so nothing is resolved anew and no version or hash can differ. Nothing is imported
but the standard library: it runs before anything is installed.
"""

import re
import sys
import tomllib
from pathlib import Path

_HERE = Path(__file__).resolve().parent.parent
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==")
_NEEDED_BY = re.compile(r"^    #(?: via)? +(\S.*)$")


def blocks(lock: str) -> dict[str, str]:
    """Library -> its lines in the lock: version, hashes, who needs it."""
    found: dict[str, str] = {}
    name = ""
    for line in lock.splitlines(keepends=True):
        if head := _PINNED.match(line):
            name = _plain(head[1])
        if name:
            found[name] = found.get(name, "") + line
    return found


def needed(lock: dict[str, str], *wanted: str) -> list[str]:
    """These libraries and whatever they need, in the order of the lock."""
    kept = {_plain(name) for name in wanted}
    if unknown := kept - set(lock):
        raise SystemExit(f"not in the lock: {', '.join(sorted(unknown))}")
    users = {name: {_plain(one) for one in _users(block)} for name, block in lock.items()}
    while more := {name for name in lock if name not in kept and users[name] & kept}:
        kept |= more
    return [name for name in lock if name in kept]


def direct(pyproject: str) -> list[str]:
    """What the service itself asks for, without extras."""
    asked = tomllib.loads(pyproject)["project"]["dependencies"]
    return [re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in asked]


def _users(block: str) -> list[str]:
    return [found[1] for line in block.splitlines() if (found := _NEEDED_BY.match(line))]


def _plain(name: str) -> str:
    """The one spelling of a name: libraries are written with `-`, `_` or `.`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Print it."""
    lock = blocks((_HERE / "requirements.lock").read_text(encoding="utf-8"))
    wanted = sys.argv[1:] or direct((_HERE / "pyproject.toml").read_text(encoding="utf-8"))
    print("".join(lock[name] for name in needed(lock, *wanted)), end="")


if __name__ == "__main__":
    main()
