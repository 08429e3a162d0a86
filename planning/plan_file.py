"""Reads a yearly plan file and says everything that is wrong with it (A25)."""

from dataclasses import replace
from pathlib import Path

from config.faults import Faults
from config.yaml_lines import Entry, read_yaml
from config.yaml_records import fill
from domain.plan import Plan
from domain.problem import Problem
from planning.plan_checks import check_plan, warn_about_bases, warn_about_deadlines
from planning.plan_structure import take_structure, warn_about_structure

#: The head signs without authority (R83); a body that gets no invitation needs no contact (R57–R59).
MAY_BE_EMPTY = ("authority", "contact", "before")


def read_plan(path: Path) -> tuple[Plan | None, list[Problem]]:
    """The plan in that file, and all its faults and warnings in the order of its lines.

    The plan is None as soon as one problem is more than a warning. Nothing that a file can hold raises.
    """
    plan, _entry, faults = read_plan_with_lines(path)
    return plan, faults.in_order()


def read_plan_with_lines(path: Path) -> tuple[Plan | None, Entry, Faults]:
    """The same, with the entries it was read from and the faults as they can be added to."""
    faults = Faults(path)
    entry = read_yaml(path, faults)
    if entry is None:
        return None, Entry("", 1, None), faults
    structure, entry = take_structure(entry, faults)
    plan = fill(Plan, entry, faults, MAY_BE_EMPTY)
    check_plan(entry, faults)
    if plan is None or structure is None or faults.stop:
        return None, entry, faults
    plan = replace(plan, structure=structure)
    warn_about_structure(plan, entry, faults)
    warn_about_deadlines(plan, entry, faults)
    warn_about_bases(plan, entry, faults)
    return plan, entry, faults
