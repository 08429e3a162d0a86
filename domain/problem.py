"""The errors of this service: a refusal that says where, what is wrong and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault, told to the person who can mend it, in Vietnamese.

    `place` is where it is (`plan.yaml:12`, `ô C7`, `--reason`), `fault` what is wrong, `remedy` what to do.
    A warning does not stop anything.
    """

    place: str
    fault: str
    remedy: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place, remedy = f"{self.place}: " if self.place else "", f" → {self.remedy}" if self.remedy else ""
        return f"{place}{self.fault}{remedy}"


class Refused(Exception):  # noqa: N818 - it is an answer to a person, not a defect
    """What a person asked for is not allowed; `problems` says why, one by one."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


class Overtaken(Refused):
    """Somebody has decided since the person looked: what he typed may stand, once he has seen what is new."""
