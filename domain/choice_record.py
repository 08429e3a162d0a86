"""The record of a recommendation: everything it was made of, so that the same can be worked out again at any time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.choice import Candidate, Recommended, first_of, recommend
from domain.choice_weights import Weights
from domain.plan import Rules
from domain.record import from_data, to_data

#: Which way of scoring a record was made by. Whoever changes the way raises it and keeps the old one for replaying.
SCORING = 1


@dataclass(frozen=True)
class Inputs:
    """Everything that a recommendation depends on, and nothing else."""

    scoring: int
    year: int
    wanted: int  #: how many places are advised
    weights: Weights
    candidates: tuple[Candidate, ...]


def record_of(candidates: Sequence[Candidate], weights: Weights, rules: Rules, year: int) -> dict[str, Any]:
    """What is kept of a recommendation: the advised numbers, the ranking with its reasons, and the inputs (R64)."""
    wanted = max(rules.min_selected, rules.min_thematic_cells)
    inputs = Inputs(SCORING, year, wanted, weights, tuple(candidates))
    return {**_outcome(inputs), "inputs": to_data(inputs)}


def can_replay(record: Mapping[str, Any]) -> bool:
    """Whether the record holds its inputs; those made before inputs were kept do not."""
    return "inputs" in record


def replay(record: Mapping[str, Any]) -> dict[str, Any]:
    """The advised numbers (`meetings`) and the `ranking`, worked out anew from the record's own inputs and weights.

    Raises `ValueError` when the record holds no inputs or was made by a way of scoring that is not known here.
    """
    if not can_replay(record):
        raise ValueError("the record was made before inputs were kept")
    inputs = from_data(Inputs, record["inputs"])
    if inputs.scoring != SCORING:
        raise ValueError(f"unknown way of scoring: {inputs.scoring}")
    return _outcome(inputs)


def is_reproduced(record: Mapping[str, Any]) -> bool:
    """Whether replaying gives exactly what the record says."""
    return all(record[name] == value for name, value in replay(record).items())


def _outcome(inputs: Inputs) -> dict[str, Any]:
    ranked = recommend(inputs.candidates, inputs.weights, inputs.year)
    return {"meetings": list(first_of(ranked, inputs.wanted)), "ranking": [_line(one) for one in ranked]}


def _line(one: Recommended) -> dict[str, Any]:
    return {"meeting": one.meeting.number, "points": one.points, "reasons": to_data(one.reasons)}
