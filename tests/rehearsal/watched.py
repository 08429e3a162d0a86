"""Whom the processes of a test call, seen from outside: every connection and every name that is looked up."""

import shutil
import subprocess
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from socket import gethostname

import pytest

_SOURCE = Path(__file__).with_name("connections.c")


def watching(folder: Path) -> dict[str, str]:
    """The environment in which a process and what it starts are watched; whom they call is kept in `folder`."""
    if not shutil.which("gcc"):
        pytest.skip("the watch is compiled: needs gcc and libc6-dev (CI installs them)")
    library = folder / "connections.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-Wall", "-o", library, _SOURCE, "-ldl"], check=True)
    return {"LD_PRELOAD": str(library), "WATCHED_CALLS": str(folder / "calls")}


def ports_called(folder: Path) -> set[int]:
    """The ports that were called on this machine."""
    return {int(line.rpartition(" ")[2]) for line in _lines(folder) if line.startswith("to ")}


def calls_outside(folder: Path) -> set[str]:
    """Every address that was called, and every name that was looked up, that is not this machine itself."""
    return {line for line in _lines(folder) if not _is_here(line.split()[1])}


def _lines(folder: Path) -> Iterator[str]:
    yield from (folder / "calls").read_text("utf-8", "replace").splitlines()


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", gethostname())
