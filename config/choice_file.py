"""Reads the office's rules of choosing from `config/choice.yaml`, with every fault and its line."""

from functools import lru_cache
from pathlib import Path

from config.faults import Faults
from config.yaml_lines import Entry, read_yaml
from config.yaml_records import fill
from domain.choice_weights import ChoiceRules
from domain.problem import Refused

#: The rules as they are shipped.
CHOICE_FILE = Path(__file__).parent / "choice.yaml"

_LARGEST = 1000
_CLASHES = ("same_day_in_list", "same_day_elsewhere")
_COUNTS = ("years_counted", "recommendations_counted")


def choice_rules(path: Path | None = None) -> ChoiceRules:
    """The rules in that file (the shipped one if none is given); read again only when it changes.

    Raises `Refused` with every fault and its line.
    """
    file = path or CHOICE_FILE
    try:
        changed = file.stat().st_mtime_ns
    except OSError:
        changed = 0  # reading it will say what is wrong
    return _read(file, changed)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> ChoiceRules:
    faults = Faults(path)
    entry = read_yaml(path, faults)
    rules = fill(ChoiceRules, entry, faults) if entry is not None else None
    if entry is not None:
        _check(entry, faults)
    if rules is None or faults.stop:
        raise Refused(*faults.in_order())
    return rules


def _check(entry: Entry, faults: Faults) -> None:
    for weight in (*entry.items("weights"), *entry.items("weights", "organisation")):
        if weight.name in _COUNTS:
            _within(weight, 0, 50, faults)
        elif weight.name in _CLASHES:
            _within(weight, -_LARGEST, 0, faults)
        else:
            _within(weight, 0, _LARGEST, faults)
    if years := entry.get("within_years"):
        _within(years, 1, 30, faults)
    _check_fairness(entry, faults)


def _within(entry: Entry, lowest: int, highest: int, faults: Faults) -> None:
    if type(entry.value) is int and not lowest <= entry.value <= highest:
        faults.add(entry.line, f"“{entry.name}” là {entry.value}", f"ghi số từ {lowest} đến {highest}")


def _check_fairness(entry: Entry, faults: Faults) -> None:
    """A place that was never attended must not count for less than one that was."""
    names = ("never_visited", "year_since_visit", "years_counted")
    never, year, counted = (entry.get("weights", name) for name in names)
    if not (never and year and counted):
        return
    if type(never.value) is int and type(year.value) is int and type(counted.value) is int:
        longest = year.value * counted.value
        if never.value < longest:
            fault = f"nơi chưa dự lần nào ({never.value} điểm) kém nơi đã dự lâu nhất ({longest} điểm)"
            faults.add(never.line, fault, f"ghi “never_visited” từ {longest} trở lên")
