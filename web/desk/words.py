"""The words of the desk: what the command line says of itself, said for somebody in front of a page."""

import re
from dataclasses import replace
from pathlib import Path

from domain.problem import Problem

_COMMAND = re.compile(r"\bvisits [a-z]|--[a-z]")


def for_the_desk(problem: Problem) -> Problem:
    """The same problem without what only helps at the command line: options, commands, where a file lies."""
    place = "" if problem.place.startswith("--") else problem.place
    place = "/".join(Path(place).parts[-2:]) if Path(place).is_absolute() else place
    remedy = "" if _COMMAND.search(problem.remedy) else problem.remedy
    return replace(problem, place=place, remedy=remedy)
