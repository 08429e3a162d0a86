"""The steps of a run, numbered from 1 in their order (design §3)."""

from enum import IntEnum


class RunStep(IntEnum):
    """One step of a run. The kinds of runs each have their own, numbered from 1 without gaps."""

    @property
    def title(self) -> str:
        """The step's name as staff read it on the time line."""
        return f"{self.value} · {self.name}"


class Step(RunStep):
    """The six steps of a visit, in the order of the plan."""

    REQUEST_NOMINATIONS = 1
    CHECK_DEADLINE = 2
    SELECT_THEMATIC_CELL = 3
    NOTIFY_PARTICIPANTS = 4
    COLLECT_FINDINGS = 5
    ISSUE_RESULT_NOTICE = 6

    @property
    def title(self) -> str:
        """The step's name as staff read it on the time line."""
        return _TITLES[self]


_TITLES = {
    Step.REQUEST_NOMINATIONS: "1 · Đề nghị đề cử",
    Step.CHECK_DEADLINE: "2 · Kiểm tra thời hạn",
    Step.SELECT_THEMATIC_CELL: "3 · Chọn chi bộ chuyên đề",
    Step.NOTIFY_PARTICIPANTS: "4 · Thông báo, mời dự",
    Step.COLLECT_FINDINGS: "5 · Thu kết quả giám sát",
    Step.ISSUE_RESULT_NOTICE: "6 · Thông báo kết quả",
}
