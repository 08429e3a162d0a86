"""A filled score sheet of one meeting, whole: by which rubric, what was put in, what came out (4.5)."""

import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.nomination import Meeting
from domain.problem import Problem, Refused
from domain.record import to_data
from domain.rubric import MEETING_KINDS, Rubric
from domain.rubric_inputs import Inputs, check_inputs
from domain.rubric_score import Score, score


class Whose(StrEnum):
    """Who judges the meeting on a sheet: the working group, or the unit itself."""

    GROUP = "group"
    OWN = "own"

    @property
    def vietnamese(self) -> str:
        """As forms and tables call it."""
        return {Whose.GROUP: "Tổ công tác chấm", Whose.OWN: "Đơn vị tự chấm"}[self]


@dataclass(frozen=True)
class ScoreSheet:
    """One sheet. It holds its rubric whole, so that it can be scored again whatever becomes of the rubric's file."""

    meeting: int  #: its number in the host's list
    whose: Whose
    rubric: Rubric
    rubric_hash: str  #: `fingerprint` of the rubric
    inputs: Inputs
    score: Score

    @property
    def basis(self) -> tuple[str, str]:
        """What two sheets must share to be put together: the same rubric to the letter, the same kind of meeting."""
        return self.rubric_hash, self.inputs.kind

    @property
    def complete(self) -> bool:
        """Whether no criterion is missing."""
        return not self.score.missing

    @property
    def is_reproduced(self) -> bool:
        """Whether scoring its inputs anew by its own rubric gives exactly the score it holds."""
        try:
            return fingerprint(self.rubric) == self.rubric_hash and score(self.rubric, self.inputs) == self.score
        except Refused:
            return False


def fill(meeting: int, whose: Whose, rubric: Rubric, inputs: Inputs) -> ScoreSheet:
    """The sheet with its score; `Refused` when something was entered that cannot be."""
    return ScoreSheet(meeting, whose, rubric, fingerprint(rubric), inputs, score(rubric, inputs))


def fingerprint(rubric: Rubric) -> str:
    """The SHA-256 of a rubric: two are the same when every word and number in them is."""
    said = json.dumps(to_data(rubric), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def check_sheet(rubric: Rubric, meeting: Meeting, inputs: Inputs) -> list[Problem]:
    """What was entered that cannot be, each at the id of its criterion, measure or fact."""
    problems = check_inputs(rubric, inputs)
    if inputs.kind != meeting.kind.value:
        fault = f"buổi này là sinh hoạt {MEETING_KINDS[meeting.kind.value]}, phiếu ghi “{inputs.kind}”"
        problems.append(Problem("kind", fault, f"ghi {meeting.kind.value}"))
    reasonless = [name for name, reason in inputs.not_applicable.items() if not reason.strip()]
    return problems + [Problem(one, "chưa ghi vì sao không áp dụng", "ghi lý do") for one in reasonless]


def named(rubric: Rubric, problems: list[Problem]) -> list[Problem]:
    """The problems with what they are about in words: `Biên bản ghi đầy đủ (minutes_written)`."""
    words = ((problem, rubric.named(problem.place)) for problem in problems)
    return [one if label == one.place else replace(one, place=f"{label} ({one.place})") for one, label in words]
