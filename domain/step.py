"""The steps of a run, numbered from 1 in their order (design §3)."""

from enum import IntEnum

from domain.role import Role


class RunStep(IntEnum):
    """One step of a run. The kinds of runs each have their own, numbered from 1 without gaps.

    `called` is its name for staff; `whom` is for whom it waits when nothing more is known of it, empty for the service.
    """

    called: str
    whom: str

    def __new__(cls, value: int, called: str = "", whom: str = "") -> "RunStep":
        """A step with its words."""
        one = int.__new__(cls, value)
        one._value_ = value
        one.called, one.whom = called, whom
        return one

    @property
    def title(self) -> str:
        """The step's name as staff read it on the time line."""
        return f"{self.value} · {self.called or self.name}"


class Step(RunStep):
    """The steps of a visit, in the order of the plan."""

    REQUEST_NOMINATIONS = 1, "Đề nghị danh sách"
    CHECK_DEADLINE = 2, "Kiểm tra thời hạn", Role.HOST
    SELECT_THEMATIC_CELL = 3, "Chọn chi bộ chuyên đề", Role.LEADER
    NOTIFY_PARTICIPANTS = 4, "Thông báo, mời dự", Role.CLERK
    COLLECT_FINDINGS = 5, "Thu kết quả giám sát", Role.DATE
    ISSUE_RESULT_NOTICE = 6, "Thông báo kết quả", Role.LEADER
