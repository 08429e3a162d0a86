"""The record of a recommendation: everything it was made of, so that the same can be worked out again at any time."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.choice import Candidate, Reason, first_of, recommend
from domain.choice_weights import Weights
from domain.plan import Rules

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


@dataclass(frozen=True)
class Ranked:
    """One nominated meeting in the ranking, by its number, with its score part by part."""

    meeting: int
    points: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Advice:
    """What is kept of a recommendation: the advised numbers, the ranking, the best first, and the inputs (R64)."""

    meetings: tuple[int, ...] = ()
    ranking: tuple[Ranked, ...] = ()
    inputs: Inputs | None = None  #: None in those made before inputs were kept

    def of(self, number: int) -> Ranked | None:
        """The meeting of that number in the ranking."""
        return next((one for one in self.ranking if one.meeting == number), None)


def record_of(candidates: Sequence[Candidate], weights: Weights, rules: Rules, year: int) -> Advice:
    """The recommendation among these candidates, with what it was made of (R64)."""
    wanted = max(rules.min_selected, rules.min_thematic_cells)
    return _outcome(Inputs(SCORING, year, wanted, weights, tuple(candidates)))


def can_replay(advice: Advice) -> bool:
    """Whether the record holds its inputs; those made before inputs were kept do not."""
    return advice.inputs is not None


def replay(advice: Advice) -> Advice:
    """The same advice, worked out anew from the record's own inputs and weights.

    Raises `ValueError` when the record holds no inputs or was made by a way of scoring that is not known here.
    """
    if advice.inputs is None:
        raise ValueError("the record was made before inputs were kept")
    if advice.inputs.scoring != SCORING:
        raise ValueError(f"unknown way of scoring: {advice.inputs.scoring}")
    return _outcome(advice.inputs)


def is_reproduced(advice: Advice) -> bool:
    """Whether replaying gives exactly what the record says."""
    return replay(advice) == advice


def _outcome(inputs: Inputs) -> Advice:
    ranked = recommend(inputs.candidates, inputs.weights, inputs.year)
    ranking = tuple(Ranked(one.meeting.number, one.points, one.reasons) for one in ranked)
    return Advice(first_of(ranked, inputs.wanted), ranking, inputs)
