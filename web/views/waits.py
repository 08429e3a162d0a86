"""The one table of what can be waited for: who must act, who may answer at the desk, and where."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from domain.obligation import FollowUpStep, PlanStep, SelfReportStep, SummaryStep
from domain.step import RunStep, Step


@dataclass(frozen=True)
class Wait:
    """One name under which a visit or another obligation is parked, with the button that answers it."""

    state: str  #: as staff read it in Prefect: the `state_name` of `domain.step.Waiting`
    whom: str  #: the role that must act, of the office or outside it
    step: RunStep | None  #: None where any step can wait so
    #: roles of the office that may answer; more than `whom` where the office speaks for a host
    may: tuple[str, ...] = ()
    path: str = ""  #: of the form, below its own page; empty where nothing but time helps
    button: str = ""
    post: bool = False  #: the button acts at once, without a form between

    def answers(self, roles: Collection[str]) -> bool:
        """Whether one of these roles may answer it at the desk."""
        return bool(self.path) and any(role in roles for role in self.may)


_LIST = ("officer",)
_LEADER, _CLERK, _GROUP = ("leader",), ("clerk",), ("inspector",)
_ASK, _JUDGE, _CHOOSE, _NOTIFY, _FIND, _RESULT = Step

_host = partial(Wait, whom="host", step=_JUDGE, may=_LIST, path="de-cu", button="Nhập danh sách")
_group = partial(Wait, whom="inspector", step=_FIND, may=_GROUP, path="ket-qua")
_number = partial(Wait, whom="clerk", may=_CLERK, button="Lấy số, phát hành")
_approval = partial(Wait, whom="leader", may=_LEADER)
_report = partial(Wait, whom="host", step=SelfReportStep.RECEIVE_REPORT, may=_LIST, path="nhan", button="Nhập báo cáo")
_remedies = partial(
    Wait, whom="host", step=FollowUpStep.WAIT_FOR_REMEDIES, may=_LIST, path="tra-loi", button="Nhập kết quả thực hiện"
)

#: Every state name that steps, delivery and a failed run use; a test holds it against them.
WAITS = (
    Wait("Chờ ngày gửi đề nghị", "date", _ASK),
    _host("Chờ đề cử"),
    _host("Quá hạn đề cử"),
    _host("Chờ bổ sung danh sách", button="Nhập danh sách mới"),
    Wait("Chờ danh sách tháng đã qua", "officer", _JUDGE, _LIST, "de-cu", "Nhập danh sách"),
    Wait("Chờ chấp nhận danh sách trễ", "leader", _JUDGE, _LEADER, "chap-nhan", "Xem và chấp nhận"),
    Wait("Chờ lựa chọn", "leader", _CHOOSE, _LEADER, "chon", "Chọn nơi dự"),
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
    Wait("Lượt chạy bị dừng", "officer", None, ("officer", "admin"), "chay-lai", "Chạy lại", post=True),
    Wait("Đang hủy", "date", None),
    # what lay behind when the plan was loaded: no run of it waits, a person is asked
    Wait("Chờ quyết định", "officer", None, ("officer", "leader"), "tiep-nhan", "Quyết định"),
    # what the year asks for beside the visits
    Wait("Chờ ngày ban hành", "date", PlanStep.ISSUE_PLAN),
    _number("Chờ phát hành kế hoạch", step=PlanStep.ISSUE_PLAN, path="phat-hanh/plan"),
    Wait("Chờ ngày đề nghị báo cáo", "date", SelfReportStep.REQUEST_REPORT),
    _report("Chờ báo cáo"),
    _report("Quá hạn báo cáo"),
    _report("Chờ gửi lại báo cáo", step=SelfReportStep.REVIEW_REPORT, button="Nhập báo cáo mới"),
    Wait("Chờ xem xét báo cáo", "officer", SelfReportStep.REVIEW_REPORT, _LIST, "xem-xet", "Xem xét báo cáo"),
    _remedies("Chờ thực hiện kiến nghị"),
    _remedies("Quá hạn kiến nghị"),
    Wait("Chờ ngày tổng hợp", "date", SummaryStep.GATHER),
    Wait("Chờ nhiệm vụ năm sau", "officer", SummaryStep.GATHER, _LIST, "nhiem-vu", "Ghi nhiệm vụ năm sau"),
    _approval("Chờ duyệt báo cáo tổng hợp", step=SummaryStep.ISSUE, path="duyet/summary", button="Xem và duyệt"),
    _number("Chờ phát hành báo cáo tổng hợp", step=SummaryStep.ISSUE, path="phat-hanh/summary"),
)
_BY_STATE = {one.state: one for one in WAITS}


def wait_of(state: str | None) -> Wait | None:
    """What is known of that state name; None for one that is not in the table."""
    return _BY_STATE.get(state or "")
