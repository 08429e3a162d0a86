"""What the sheets of one meeting come to: the working group's score, the unit's own, and how far they differ (4.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.nomination import Meeting
from domain.rubric import Rubric
from domain.rubric_compare import Comparison, compare
from domain.rubric_mean import mean
from domain.rubric_score import Score
from domain.score_sheet import ScoreSheet, Whose
from domain.text import match_key

#: How the group comes to one score: the mean of its sheets, or the sheet of its head.
Rule = Literal["mean", "head"]


@dataclass(frozen=True)
class Given:
    """A sheet with who gave it, and when."""

    sheet: ScoreSheet
    by: str
    at: datetime
    version: int  #: of the answer it is kept in


@dataclass(frozen=True)
class MeetingScore:
    """One attended meeting: of every person the newest sheet, and what follows from them."""

    meeting: Meeting
    group: tuple[Given, ...]
    own: Given | None
    counted: tuple[Given, ...]  #: the sheets of the group that make up `total`
    total: Score | None  #: the group's; None as long as `why` says what is missing
    comparison: Comparison | None  #: None where one side is missing, or the two went by different rubrics
    why: str  #: what keeps the group's score or the comparison from being there; empty if both are

    @property
    def rubric(self) -> Rubric | None:
        """The rubric that the group's score goes by."""
        return self.counted[0].sheet.rubric if self.counted else None

    @property
    def begun(self) -> bool:
        """Whether anybody has scored the meeting."""
        return bool(self.group or self.own)


def meeting_score(meeting: Meeting, given: Sequence[Given], rule: Rule, head: str) -> MeetingScore:
    """Put the sheets of one meeting together; `given` are the newest of each person, `head` leads the group.

    Sheets by another rubric than the newest one of the group, and incomplete ones beside others, are kept and shown
    but not counted: their mean would say nothing.
    """
    group = tuple(one for one in given if one.sheet.whose is Whose.GROUP)
    own = next((one for one in given if one.sheet.whose is Whose.OWN), None)
    counted, why = _counted(group, rule, head)
    total = mean(counted[0].sheet.rubric, [one.sheet.score for one in counted]) if counted else None
    comparison = None
    if total is not None and own is None:
        why = "chưa có điểm đơn vị tự chấm"
    elif total is not None and own is not None:
        comparison = _compared(counted[0].sheet, own.sheet, total)
        why = "" if comparison else "đơn vị tự chấm theo phiếu khác nên không so sánh được"
    return MeetingScore(meeting, group, own, counted, total, comparison, why)


def _counted(group: Sequence[Given], rule: Rule, head: str) -> tuple[tuple[Given, ...], str]:
    """The sheets that make up the group's score, or why there are none."""
    if not group:
        return (), "Tổ công tác chưa chấm"
    if rule == "head":
        theirs = tuple(one for one in group if _is_of(one.by, head))
        return theirs[-1:], "" if theirs else f"chờ phiếu của {head}, người quyết định điểm của Tổ công tác"
    if len(group) == 1:
        return tuple(group), ""
    newest = max(group, key=lambda one: one.version)
    counted = tuple(one for one in group if one.sheet.basis == newest.sheet.basis and one.sheet.complete)
    return counted, "" if counted else "chưa phiếu nào chấm đủ tiêu chí"


def _is_of(name: str, head: str) -> bool:
    """Whether that is the head's sheet, given by himself or by who takes his place: `A (thay B)`."""
    return match_key(name) == match_key(head) or match_key(name).endswith(match_key(f"(thay {head})"))


def _compared(theirs: ScoreSheet, own: ScoreSheet, total: Score) -> Comparison | None:
    return compare(theirs.rubric, own.score, total) if theirs.basis == own.basis else None
