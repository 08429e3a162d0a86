"""Makes one score of the sheets of several people: their mean, criterion by criterion, nothing rounded (4.5)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from domain.rubric import Rubric
from domain.rubric_bands import shown
from domain.rubric_score import LineState, Score, ScoreLine, as_decimal, exact_value, grade_of

_NONE = Decimal(0)


def mean(rubric: Rubric, scores: Sequence[Score]) -> Score:
    """The mean of complete scores, all by this sheet and for one kind of meeting; of a single one it is that one.

    The grade goes by the exact mean, so that thirds are not cut before they are held against a threshold. A gate
    is passed where nobody took a point off.
    """
    if len(scores) == 1:
        return scores[0]
    count = len(scores)
    lines = {criterion.id: _line([score.line(criterion.id) for score in scores]) for criterion in rubric.criteria}
    exact = sum((exact_value(rubric, {line.criterion: line for line in score.lines}) for score in scores), Fraction())
    value = exact / count
    grade, gates = grade_of(rubric, value, lines) if all(score.out_of for score in scores) else ("", ())
    return Score(
        rubric.id, rubric.version, scores[0].kind, tuple(lines.values()),
        {group.id: _mean([score.groups[group.id] for score in scores]) for group in rubric.groups},
        _mean([score.points for score in scores]), _mean([score.out_of for score in scores]), as_decimal(value),
        grade, gates, (),
    )  # fmt: skip


def _line(lines: Sequence[ScoreLine]) -> ScoreLine:
    first, states = lines[0], {line.state for line in lines}
    if states == {LineState.NOTED}:
        notes = "; ".join(dict.fromkeys(line.why for line in lines if line.why))
        return ScoreLine(first.criterion, LineState.NOTED, _NONE, _NONE, notes, True)
    state = LineState.NOT_APPLICABLE if states == {LineState.NOT_APPLICABLE} else LineState.SCORED
    why = f"trung bình của {len(lines)} phiếu: {'; '.join(shown(line.points) for line in lines)}"
    points, out_of = _mean([line.points for line in lines]), _mean([line.out_of for line in lines])
    return ScoreLine(first.criterion, state, points, out_of, why, all(line.full for line in lines))


def _mean(values: Sequence[Decimal]) -> Decimal:
    return as_decimal(sum((Fraction(one) for one in values), Fraction()) / len(values))
