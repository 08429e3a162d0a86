"""Run the tests of `tests/domain` against each mutant and name those that live (`make mutants`).

Starting pytest takes seconds, so it is loaded once and forked for each mutant: first the quick way (`swap.py`), then,
for what lives or cannot be asked so, in a fork that imports the wrong module instead of the right one. Nothing is
written into `domain/`.
"""

import argparse
import importlib
import json
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.mutants.swap import Swapping, changed, limit

ROOT = Path(__file__).parents[2]
TESTS = "tests/domain"
SAME = Path(__file__).with_name("same_program.toml")
OPTIONS = ["-q", "-p", "no:cacheprovider", "-p", "no:schemathesis", "-W", "ignore"]
LEAST = 95  #: per cent killed


class Wrong(SourceLoader, MetaPathFinder):
    """Imports one module from the text of a mutant."""

    def __init__(self, module: str, source: str) -> None:
        self.name, self.source = f"domain.{module}", source

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Only that module is ours."""
        del path, target
        return spec_from_loader(fullname, self) if fullname == self.name else None

    def get_filename(self, fullname: str) -> str:
        """No file: nothing may be cached."""
        return f"<mutant of {fullname}>"

    def get_data(self, path: str) -> bytes:
        """The text of the mutant, whatever the path."""
        assert path
        return self.source.encode()


def killed(mutant: dict[str, Any]) -> bool:
    """Whether any test fails in a fork that imports this mutant; its own test file is asked first."""
    child = os.fork()
    if not child:
        _ask(mutant)
    return os.waitpid(child, 0)[1] != 0


def _ask(mutant: dict[str, Any]) -> NoReturn:
    """Exit with 0 if every test passes; whatever else happens, a test has seen the mutant."""
    code = 1
    try:
        limit(30)
        _be_silent()
        sys.meta_path.insert(0, Wrong(mutant["module"], mutant["source"]))
        own = f"{TESTS}/test_{mutant['module']}.py"
        code = any(pytest.main([*OPTIONS, "-x", where]) for where in (own, TESTS) if Path(where).exists())
    finally:
        os._exit(code)


def _be_silent() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def swapped(mutants: list[dict[str, Any]]) -> set[int]:
    """Which ones die the quick way (`swap.py`)."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            tell = partial(_tell, writing, len(mutants))
            if not pytest.main([*OPTIONS, TESTS], plugins=[Swapping(mutants, tell)]):
                os.write(writing, b"end\n")
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="ascii") as pipe:
        told = [line.split() for line in pipe]
    os.waitpid(child, 0)
    if told[-1:] != [["end"]]:
        raise SystemExit(f"{TESTS} fails without any mutant")
    return {int(number) for number, dead in told[:-1] if dead == "1"}


def _tell(pipe: int, of: int, number: int, dead: bool) -> None:
    os.write(pipe, b"%d %d\n" % (number, dead))
    if number % 200 == 0:
        os.write(2, f"  … {number} of {of}\n".encode())


def preload() -> None:
    """Import what the tests import, but nothing of ours: every mutant must import that anew."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _be_silent()
        code = pytest.main([*OPTIONS, TESTS])
        ours = {one.name for one in ROOT.iterdir()} | {"_pytest", "conftest"}
        names = [name for name in sys.modules if name.split(".")[0] not in ours]
        os.write(writing, json.dumps([] if code else names).encode())
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        names = json.loads(pipe.read())
    os.waitpid(child, 0)
    if not names:
        raise SystemExit(f"{TESTS} fails without any mutant")
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:  # some names of sys.modules are no modules
            continue


def same_programs() -> dict[tuple[str, str, str], str]:
    """The mutants known to be the same program, with the reason."""
    listed = tomllib.loads(SAME.read_text(encoding="utf-8")).get("same", []) if SAME.exists() else []
    return {(one["module"], one["was"], now): one["why"] for one in listed for now in one["now"]}


@dataclass
class Tally:
    """What became of the mutants, by module."""

    total: Counter[str] = field(default_factory=Counter)
    died: Counter[str] = field(default_factory=Counter)
    excused: Counter[str] = field(default_factory=Counter)
    unexplained: int = 0
    seen: set[tuple[str, str, str]] = field(default_factory=set)

    def say(self) -> float:
        """Print the table; returns the share that was killed, in percent."""
        print(f"\n{'module':<20}{'mutants':>9}{'killed':>9}{'same program':>14}{'alive':>8}")
        for module, total in self.total.items():
            died, excused = self.died[module], self.excused[module]
            print(f"{module:<20}{total:>9}{died:>9}{excused:>14}{total - died - excused:>8}")
        share = 100 * self.died.total() / max(self.total.total(), 1)
        print(f"{self.died.total()} of {self.total.total()} killed, {share:.1f} % (at least {LEAST} %);", end=" ")
        print(f"{self.excused.total()} are the same program (tests/mutants/same_program.toml),", end=" ")
        print(f"{self.unexplained} are not explained")
        return share


def main(arguments: Sequence[str]) -> int:
    """Ask about each mutant in the file; 1 if too many live, or one that nobody has explained."""
    given = asked(arguments)
    mutants = [json.loads(line) for line in given.mutants.read_text(encoding="utf-8").splitlines()]
    mutants = [one for one in mutants if not given.modules or one["module"] in given.modules]

    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    settings.register_profile(
        "mutants", database=None, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    settings.load_profile("mutants")
    for one in mutants:
        right = Path("domain", f"{one['module']}.py").read_text(encoding="utf-8")
        one["changed"] = changed(one["module"], right, one["source"])
    preload()
    same = same_programs()
    tally = ask(mutants, given, same.keys())
    share = tally.say()
    for module, was, now in same.keys() - tally.seen if not given.modules else ():
        print(f"in same_program.toml, but killed or gone: {module}: {was} => {now}")
    return int(share < LEAST or tally.unexplained > 0)


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for at the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mutants", type=Path)
    parser.add_argument("alive", type=Path, help="where to write those that live; may be given as mutants again")
    parser.add_argument("modules", nargs="*", help="only these modules of domain/")
    parser.add_argument("--quick", action="store_true", help="only ask the quick way: some that die are said to live")
    return parser.parse_args(arguments)


def ask(mutants: list[dict[str, Any]], given: argparse.Namespace, same: Collection[tuple[str, str, str]]) -> Tally:
    """Let the tests look at each mutant; those that live are written down and, unexplained, told."""
    dead, tally = swapped(mutants), Tally()
    with given.alive.open("w", encoding="utf-8") as alive:
        for number, one in enumerate(mutants):
            tally.total[one["module"]] += 1
            if number in dead or (not given.quick and killed(one)):
                tally.died[one["module"]] += 1
                continue
            alive.write(json.dumps(one, ensure_ascii=False) + "\n")
            alive.flush()
            key = (one["module"], one["was"], one["now"])
            if key in same:
                tally.excused[one["module"]] += 1
                tally.seen.add(key)
            else:
                tally.unexplained += 1
                print(f"domain/{one['module']}.py:{one['line']} lives\n  - {one['was']}\n  + {one['now']}", flush=True)
    return tally


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
