"""The one table of what a visit can wait for: who must act, who may answer at the desk, where, and within how long."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import partial

from config.settings import Ladders
from domain.step import Step
from domain.working_days import WorkingCalendar


@dataclass(frozen=True)
class Wait:
    """One name under which a visit is parked, with the button that answers it."""

    state: str  #: as staff read it in Prefect: the `state_name` of `domain.step.Waiting`
    whom: str  #: the role that must act, of the office or outside it
    step: Step | None  #: None where any step can wait so
    may: tuple[
        str, ...
    ] = ()  #: roles of the office that may answer; more than `whom` where an office speaks for a host
    path: str = ""  #: of the form, below the visit's own page; empty where nothing but time helps
    button: str = ""
    within: str = ""  #: the setting of `Ladders` that says in how many working days; empty where nothing says so
    post: bool = False  #: the button acts at once, without a form between

    def answers(self, roles: Collection[str]) -> bool:
        """Whether one of these roles may answer it at the desk."""
        return bool(self.path) and any(role in roles for role in self.may)


_LIST = ("officer",)
_LEADER, _CLERK, _GROUP = ("leader",), ("clerk",), ("inspector",)
_ASK, _JUDGE, _CHOOSE, _NOTIFY, _FIND, _RESULT = Step

_host = partial(Wait, whom="host", step=_JUDGE, may=_LIST, path="de-cu", button="Nhập danh sách")
_group = partial(Wait, whom="inspector", step=_FIND, may=_GROUP, path="ket-qua", within="findings_within")
_number = partial(Wait, whom="clerk", may=_CLERK, within="issue_within", button="Lấy số, phát hành")
_approval = partial(Wait, whom="leader", may=_LEADER, within="approve_within")

#: Every state name that steps, delivery and a failed run use; a test holds it against them.
WAITS = (
    Wait("Chờ ngày gửi đề nghị", "date", _ASK),
    _host("Chờ đề cử", within="answer_within"),
    _host("Quá hạn đề cử", within="answer_within"),
    _host("Chờ bổ sung danh sách", button="Nhập danh sách mới", within="choose_within"),
    Wait("Chờ chấp nhận danh sách trễ", "leader", _JUDGE, _LEADER, "chap-nhan", "Xem và chấp nhận", "choose_within"),
    Wait("Chờ lựa chọn", "leader", _CHOOSE, _LEADER, "chon", "Chọn nơi dự", "choose_within"),
    _number("Chờ phát hành thông báo", step=_NOTIFY, path="phat-hanh/notice"),
    _number("Chờ phát hành điều chỉnh", step=_NOTIFY, path="phat-hanh/notice"),
    Wait("Chờ ngày sinh hoạt", "date", _FIND),
    _group("Chờ kết quả giám sát", button="Ghi kết quả"),
    _group("Chờ sửa kết quả giám sát", button="Sửa kết quả"),
    _approval("Chờ duyệt báo cáo", step=_FIND, path="duyet/report", button="Xem và duyệt báo cáo"),
    _approval("Chờ duyệt kết quả", step=_RESULT, path="duyet/result", button="Xem và duyệt kết quả"),
    _number("Chờ phát hành kết quả", step=_RESULT, path="phat-hanh/result"),
    Wait("Chờ xác nhận thư", "officer", None, ("officer",), "thu", "Xác nhận thư"),
    Wait("Chờ gửi lại thư", "mail_server", None),
    Wait("Lỗi, chờ chạy lại", "officer", None, ("officer", "admin"), "chay-lai", "Chạy lại", post=True),
    Wait("Đang hủy", "date", None),
)
_BY_STATE = {one.state: one for one in WAITS}


def wait_of(state: str | None) -> Wait | None:
    """What is known of that state name; None for one that is not in the table."""
    return _BY_STATE.get(state or "")


def due_day(wait: Wait, since: date, calendar: WorkingCalendar, ladders: Ladders, legal: date | None = None) -> date:
    """The day by which it should be answered; for a host never before the plan's own deadline (A5, A15).

    `legal` is that deadline. What no setting gives a time is due on the day it is asked.
    """
    days: int = getattr(ladders, wait.within) if wait.within else 0
    due = calendar.add(since, days) if days else since
    return max(due, legal) if legal and wait.within == "answer_within" else due
