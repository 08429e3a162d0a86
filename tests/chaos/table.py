"""The table in docs/reliability.md: each fault, how often it was played, how often everything held, who lent a hand."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from config.settings import ROOT
from tests.chaos.fault import ChaosFault
from tests.chaos.round import Met

PAPER: Path = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- make chaos: begin -->", "<!-- make chaos: end -->"


class Results:
    """What was played, in a file, so that hours of it can be cut short and gone on with."""

    def __init__(self, file: Path, *, afresh: bool) -> None:
        self._file, self.new = file, list[Met]()
        file.parent.mkdir(parents=True, exist_ok=True)
        if afresh:
            file.unlink(missing_ok=True)

    def add(self, met: Met) -> None:
        """One fault more."""
        self.new.append(met)
        with self._file.open("a", encoding="utf-8") as file:
            print(json.dumps(asdict(met), ensure_ascii=False), file=file)

    def all(self) -> list[Met]:
        """Those of this run, and of the ones to which it was added."""
        return [Met(**json.loads(line)) for line in self._file.read_text(encoding="utf-8").splitlines()]


def written(paper: str, faults: Sequence[ChaosFault], found: Sequence[Met]) -> str:
    """The paper with the table of these rounds between its marks; `ValueError` where the marks are missing."""
    before, begin, rest = paper.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"docs/reliability.md has not both of {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{table(faults, found)}\n{END}{after}"


def table(faults: Sequence[ChaosFault], found: Sequence[Met]) -> str:
    """One line for each fault that was played."""
    seeds = sorted({met.seed for met in found})
    lines = [
        f"`make chaos`, seeds {', '.join(map(str, seeds))}, {len(found)} accidents:", "",
        "| fault | rounds | survived | a person |", "|---|---|---|---|",
    ]  # fmt: skip
    for fault in faults:
        met = [one for one in found if one.fault == fault.name]
        if met:
            survived = sum(not one.broken for one in met)
            lines.append(f"| {fault.name} | {len(met)} | {survived} | {fault.hand} |")
    return "\n".join(lines)
