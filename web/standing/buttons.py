"""What can be answered at the desk: who may, where, by which button. What is waited for is `domain.wait.Wait`."""

from collections.abc import Collection
from dataclasses import dataclass

from config.addresses import form_below
from domain.role import Role
from domain.step import RunStep
from domain.wait import Wait


@dataclass(frozen=True)
class AtDesk:
    """One thing that is waited for, with the button that answers it."""

    wait: Wait
    #: roles of the office that may answer; more than the wait's own where the office speaks for a host
    may: tuple[str, ...] = ()
    path: str = ""  #: of the form below its own page; empty where it is answered elsewhere, or nothing but time helps
    button: str = ""  #: empty where nothing but time helps
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
        return bool(self.button) and any(role in roles for role in self.may)


_OFFICER, _LEADER, _CLERK, _GROUP = (Role.OFFICER,), (Role.LEADER,), (Role.CLERK,), (Role.INSPECTOR,)


def _form(may: tuple[str, ...], button: str, *waits: Wait) -> tuple[AtDesk, ...]:
    """What is answered by a form, whose address letters know as well."""
    return tuple(AtDesk(wait, may, form_below(wait), button) for wait in waits)


def _again(wait: Wait) -> AtDesk:
    return AtDesk(wait, (Role.OFFICER, Role.ADMIN), "chay-lai", "Chạy lại", post=True)


_ANSWERED = (
    *_form(_OFFICER, "Nhập danh sách", Wait.NOMINATIONS, Wait.NOMINATIONS_OVERDUE, Wait.NOMINATIONS_ON_PAPER),
    *_form(_OFFICER, "Nhập danh sách mới", Wait.NOMINATIONS_AGAIN),
    *_form(_LEADER, "Xem và chấp nhận", Wait.ACCEPTANCE),
    *_form(_LEADER, "Chọn nơi dự", Wait.CHOICE),
    *_form(_CLERK, "Lấy số, phát hành", Wait.NOTICE_ISSUE, Wait.CHANGE_ISSUE, Wait.RESULT_ISSUE),
    *_form(_CLERK, "Lấy số, phát hành", Wait.PLAN_ISSUE, Wait.SUMMARY_ISSUE),
    *_form(_CLERK, "Lấy số, phát hành", Wait.REQUEST_ISSUE, Wait.INVITATION_ISSUE, Wait.SELF_REPORT_ISSUE),
    *_form(_GROUP, "Ghi kết quả", Wait.FINDINGS),
    *_form(_GROUP, "Sửa kết quả", Wait.FINDINGS_AGAIN),
    *_form(_LEADER, "Xem và duyệt báo cáo", Wait.REPORT_APPROVAL),
    *_form(_LEADER, "Xem và duyệt kết quả", Wait.RESULT_APPROVAL),
    AtDesk(Wait.LETTER_RESOLUTION, _OFFICER, button="Xác nhận thư"),
    AtDesk(Wait.LETTERS_HELD, _OFFICER, button="Xem, cho gửi thư"),
    _again(Wait.RUN_FAILED),
    _again(Wait.RUN_STOPPED),
    *_form((Role.OFFICER, Role.LEADER), "Quyết định", Wait.DECISION),
    *_form(_OFFICER, "Nhập báo cáo", Wait.SELF_REPORT, Wait.SELF_REPORT_OVERDUE),
    *_form(_OFFICER, "Nhập báo cáo mới", Wait.SELF_REPORT_AGAIN),
    *_form(_OFFICER, "Xem xét báo cáo", Wait.SELF_REPORT_REVIEW),
    *_form(_OFFICER, "Nhập kết quả thực hiện", Wait.REMEDIES, Wait.REMEDIES_OVERDUE),
    *_form(_OFFICER, "Ghi nhiệm vụ năm sau", Wait.PROPOSALS),
    *_form(_LEADER, "Xem và duyệt", Wait.SUMMARY_APPROVAL),
)
_BY_WAIT = {one.wait: one for one in _ANSWERED}
#: For everything that can be waited for, in the order of the year; without a button where nothing but time helps.
WAITS = tuple(_BY_WAIT.get(wait) or AtDesk(wait) for wait in Wait)


def at_desk(wait: Wait | None) -> AtDesk | None:
    """What is done about it at the desk; None where nothing is waited for."""
    return None if wait is None else _BY_WAIT.get(wait) or AtDesk(wait)
