"""Score sheets of the sample meetings as tests fill them in (4.5)."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from answers.answering import Giver
from answers.scores import record_score
from domain.rubric_inputs import Inputs
from domain.score_sheet import ScoreSheet, Whose
from tests.may import INSPECTOR, MAY

#: The shipped examples: seven criteria that people mark, and 28 of every kind.
FRAME, DETAILED = "vi_du_42hd_khung", "vi_du_42hd_chi_tiet"

#: A complete sheet of the frame: 91,5 points, Tốt.
MARKS: Mapping[str, Decimal | bool] = {
    "duration_kept": Decimal(5), "attendance_share": Decimal("4.5"), "prepared": Decimal(9),
    "conducted": Decimal(36), "principles_kept": Decimal(5), "resolution_done": Decimal(27), "closed": Decimal(5),
}  # fmt: skip
INPUTS = Inputs("thematic", marks=MARKS)


def marked(**marks: str) -> Inputs:
    """The same with other marks; an empty one is not scored."""
    given = {**MARKS, **{name: Decimal(points) for name, points in marks.items() if points}}
    return replace(INPUTS, marks={name: mark for name, mark in given.items() if marks.get(name, "0")})


def given(
    inputs: Inputs = INPUTS, by: Giver = INSPECTOR, whose: Whose = Whose.GROUP, *, meeting: int = 1,
    rubric: str = FRAME, seen: int | None = None,
) -> ScoreSheet:  # fmt: skip
    """One sheet of the first meeting of May, taken."""
    return record_score(MAY, meeting, whose, rubric, inputs, by, seen)
