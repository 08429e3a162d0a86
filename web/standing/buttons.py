"""What can be answered at the desk: who may, where, by which button. What is waited for is `domain.wait.Wait`."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from domain.role import Role
from domain.step import RunStep
from domain.wait import Wait


@dataclass(frozen=True)
class AtDesk:
    """One thing that is waited for, with the button that answers it."""

    wait: Wait
    #: roles of the office that may answer; more than the wait's own where the office speaks for a host
    may: tuple[str, ...] = ()
    path: str = ""  #: of the form, below its own page; empty where nothing but time helps
    button: str = ""
    post: bool = False  #: the button acts at once, without a form between

    @property
    def whom(self) -> Role:
        """The role that must act, of the office or outside it."""
        return self.wait.whom

    @property
    def step(self) -> RunStep | None:
        """None where any step can wait so."""
        return self.wait.step

    def answers(self, roles: Collection[str]) -> bool:
        """Whether one of these roles may answer it at the desk."""
        return bool(self.path) and any(role in roles for role in self.may)


_LIST = (Role.OFFICER,)
_LEADER, _CLERK, _GROUP = (Role.LEADER,), (Role.CLERK,), (Role.INSPECTOR,)

_host = partial(AtDesk, may=_LIST, path="de-cu", button="Nhập danh sách")
_group = partial(AtDesk, may=_GROUP, path="ket-qua")
_number = partial(AtDesk, may=_CLERK, button="Lấy số, phát hành")
_approval = partial(AtDesk, may=_LEADER)
_report = partial(AtDesk, may=_LIST, path="nhan", button="Nhập báo cáo")
_remedies = partial(AtDesk, may=_LIST, path="tra-loi", button="Nhập kết quả thực hiện")
_again = partial(AtDesk, may=(Role.OFFICER, Role.ADMIN), path="chay-lai", button="Chạy lại", post=True)

_ANSWERED = (
    _host(Wait.NOMINATIONS),
    _host(Wait.NOMINATIONS_OVERDUE),
    _host(Wait.NOMINATIONS_AGAIN, button="Nhập danh sách mới"),
    _host(Wait.NOMINATIONS_ON_PAPER),
    AtDesk(Wait.ACCEPTANCE, _LEADER, "chap-nhan", "Xem và chấp nhận"),
    AtDesk(Wait.CHOICE, _LEADER, "chon", "Chọn nơi dự"),
    _number(Wait.NOTICE_ISSUE, path="phat-hanh/notice"),
    _number(Wait.CHANGE_ISSUE, path="phat-hanh/notice"),
    _group(Wait.FINDINGS, button="Ghi kết quả"),
    _group(Wait.FINDINGS_AGAIN, button="Sửa kết quả"),
    _approval(Wait.REPORT_APPROVAL, path="duyet/report", button="Xem và duyệt báo cáo"),
    _approval(Wait.RESULT_APPROVAL, path="duyet/result", button="Xem và duyệt kết quả"),
    _number(Wait.RESULT_ISSUE, path="phat-hanh/result"),
    AtDesk(Wait.LETTER_RESOLUTION, _LIST, "thu", "Xác nhận thư"),
    AtDesk(Wait.LETTERS_HELD, _LIST, "thu", "Xem, cho gửi thư"),
    _again(Wait.RUN_FAILED),
    _again(Wait.RUN_STOPPED),
    AtDesk(Wait.DECISION, (Role.OFFICER, Role.LEADER), "tiep-nhan", "Quyết định"),
    _number(Wait.PLAN_ISSUE, path="phat-hanh/plan"),
    _report(Wait.SELF_REPORT),
    _report(Wait.SELF_REPORT_OVERDUE),
    _report(Wait.SELF_REPORT_AGAIN, button="Nhập báo cáo mới"),
    AtDesk(Wait.SELF_REPORT_REVIEW, _LIST, "xem-xet", "Xem xét báo cáo"),
    _remedies(Wait.REMEDIES),
    _remedies(Wait.REMEDIES_OVERDUE),
    AtDesk(Wait.PROPOSALS, _LIST, "nhiem-vu", "Ghi nhiệm vụ năm sau"),
    _approval(Wait.SUMMARY_APPROVAL, path="duyet/summary", button="Xem và duyệt"),
    _number(Wait.SUMMARY_ISSUE, path="phat-hanh/summary"),
)
_BY_WAIT = {one.wait: one for one in _ANSWERED}
#: For everything that can be waited for, in the order of the year; without a button where nothing but time helps.
WAITS = tuple(_BY_WAIT.get(wait) or AtDesk(wait) for wait in Wait)


def at_desk(wait: Wait | None) -> AtDesk | None:
    """What is done about it at the desk; None where nothing is waited for."""
    return None if wait is None else _BY_WAIT.get(wait) or AtDesk(wait)
