"""The words of the desk: what the command line says of itself, said for somebody in front of a page."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from domain.problem import Problem
from domain.words import speaks_of_commands


def for_the_desk(problem: Problem) -> Problem:
    """The same problem without what only helps at the command line: options, commands, where a file lies."""
    place = "" if problem.place.startswith("--") else problem.place
    place = "/".join(Path(place).parts[-2:]) if Path(place).is_absolute() else place
    remedy = "" if speaks_of_commands(problem.remedy) else problem.remedy
    return replace(problem, place=place, remedy=remedy)


def left_told(left: Sequence[Problem]) -> list[str]:
    """What was left as it was, each as a sentence of a message."""
    return [f"Để lại {for_the_desk(problem)}." for problem in left]
