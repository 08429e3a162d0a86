"""The quick way to ask about a mutant: the functions of a module get the code of the mutant, in a fork of a session
that has collected its tests; then only the tests that call the changed function run.

What a fork cannot change so (a default, a constant, a decorator) is not asked here, and what lives here is asked again
by importing the mutant (`run.py`): test files may have called the right code while they were collected.
"""

import inspect
import os
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from types import CodeType, FrameType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

BYTES = 2 * 2**30  #: of memory for one mutant; one that grows for ever is killed by it

Called = tuple[str, str]  #: module and qualified name of a function


def codes(code: CodeType) -> dict[str, CodeType]:
    """Each function of a module or class body by its qualified name; what is inside a function belongs to it."""
    found: dict[str, CodeType] = {}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_flags & inspect.CO_OPTIMIZED:
                found[inner.co_qualname] = inner
            else:
                found |= codes(inner)
    return found


def changed(module: str, right: str, wrong: str) -> list[str] | None:
    """The functions in which two texts of a module differ; None if they differ elsewhere as well."""
    one, other = (compile(text, f"{module}.py", "exec") for text in (right, wrong))
    if list(_outside(one)) != list(_outside(other)):
        return None
    others = codes(other)
    return [name for name, code in codes(one).items() if _essence(code) != _essence(others[name])]


def _outside(code: CodeType) -> Iterator[object]:
    """What a body does itself; of a function in it, that it is there."""
    yield code.co_code, code.co_names
    for inner in code.co_consts:
        if not isinstance(inner, CodeType):
            yield repr(inner)
        elif not inner.co_flags & inspect.CO_OPTIMIZED:
            yield from _outside(inner)


def _essence(code: CodeType) -> tuple[object, ...]:
    consts = tuple(_essence(one) if isinstance(one, CodeType) else repr(one) for one in code.co_consts)
    return code.co_code, code.co_names, consts


def limit(seconds: int) -> None:
    """One that loops or grows for ever ends; it is its own processor time that counts, however busy the machine is."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Swapping:
    """A plugin of pytest that runs each test once to see what it calls, and then asks about each mutant in a fork."""

    def __init__(self, mutants: list[dict[str, Any]], tell: Callable[[int, bool], None]) -> None:
        self.mutants, self.tell = mutants, tell
        self.tests: dict[Called, list[pytest.Item]] = defaultdict(list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of pytest's own loop."""
        for item in session.items:
            self._watch(item)
        for number, mutant in enumerate(self.mutants):
            if mutant["changed"] is not None:
                self.tell(number, self._killed(mutant))
        return True

    def _watch(self, item: pytest.Item) -> None:
        calls: set[Called] = set()

        def note(frame: FrameType, event: str, _: object) -> None:
            module = frame.f_globals.get("__name__", "")
            if event == "call" and module.startswith("domain."):
                calls.add((module, frame.f_code.co_qualname.split(".<locals>")[0]))

        sys.setprofile(note)
        reports = runtestprotocol(item, nextitem=None, log=False)
        sys.setprofile(None)
        if any(one.failed for one in reports):
            raise pytest.UsageError(f"{item.nodeid} fails without any mutant")
        for one in calls:
            self.tests[one].append(item)

    def _killed(self, mutant: dict[str, Any]) -> bool:
        module = f"domain.{mutant['module']}"
        items = {item: None for name in mutant["changed"] for item in self.tests[module, name]}
        own = f"test_{mutant['module']}.py"
        child = os.fork()
        if not child:
            code = 0  # one that cannot be swapped lives here, and is asked again
            try:
                limit(8)
                new = codes(compile(mutant["source"], module, "exec"))
                for name in mutant["changed"]:
                    _function(module, name).__code__ = new[name]
                code = 1
                for item in sorted(items, key=lambda one: one.path.name != own):
                    if any(one.failed for one in runtestprotocol(item, nextitem=None, log=False)):
                        break
                else:
                    code = 0
            finally:
                os._exit(code)
        return os.waitpid(child, 0)[1] != 0


def _function(module: str, name: str) -> Any:
    found: Any = import_module(module)
    for part in name.split("."):
        found = inspect.getattr_static(found, part)
    found = getattr(found, "fget", None) or getattr(found, "func", None) or found
    return inspect.unwrap(getattr(found, "__func__", found))
