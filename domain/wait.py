"""Everything that can be waited for: its id, its name as staff read it, whom it waits for, in which step."""

from enum import StrEnum

from domain.obligation import FollowUpStep, PlanStep, SelfReportStep, SummaryStep
from domain.step import RunStep, Step


class Wait(StrEnum):
    """What an obligation waits for. The id is stored and compared; what is shown for it may be reworded."""

    # a visit
    REQUEST_DAY = "request_day"
    NOMINATIONS = "nominations"
    NOMINATIONS_OVERDUE = "nominations_overdue"
    NOMINATIONS_AGAIN = "nominations_again"  #: the list has no thematic cell (A6)
    NOMINATIONS_ON_PAPER = "nominations_on_paper"  #: the month is over; the host is not asked any more
    ACCEPTANCE = "acceptance"
    CHOICE = "choice"
    NOTICE_ISSUE = "notice_issue"
    CHANGE_ISSUE = "change_issue"
    MEETING_DAY = "meeting_day"
    FINDINGS = "findings"
    FINDINGS_AGAIN = "findings_again"
    REPORT_APPROVAL = "report_approval"
    RESULT_APPROVAL = "result_approval"
    RESULT_ISSUE = "result_issue"
    # whatever runs
    LETTER_RESOLUTION = "letter_resolution"  #: nobody knows whether a letter went
    MAIL_SERVER = "mail_server"
    RUN_FAILED = "run_failed"
    RUN_STOPPED = "run_stopped"
    CANCELLING = "cancelling"
    DECISION = "decision"  #: lay behind when the plan was loaded (decision 0015)
    # what the year asks for beside the visits
    PLAN_DAY = "plan_day"
    PLAN_ISSUE = "plan_issue"
    SELF_REPORT_DAY = "self_report_day"
    SELF_REPORT = "self_report"
    SELF_REPORT_OVERDUE = "self_report_overdue"
    SELF_REPORT_AGAIN = "self_report_again"
    SELF_REPORT_REVIEW = "self_report_review"
    REMEDIES = "remedies"
    REMEDIES_OVERDUE = "remedies_overdue"
    SUMMARY_DAY = "summary_day"
    PROPOSALS = "proposals"
    SUMMARY_APPROVAL = "summary_approval"
    SUMMARY_ISSUE = "summary_issue"

    @property
    def shown(self) -> str:
        """As staff read it: in Prefect, at the desk, on the command line."""
        return _KNOWN[self][0]

    @property
    def whom(self) -> str:
        """The role that must act: `host`, `officer`, `leader`, `clerk`, `inspector`, `date`, `mail_server`."""
        return _KNOWN[self][1]

    @property
    def step(self) -> RunStep | None:
        """The step that waits so; None where any step can."""
        return _KNOWN[self][2]


_KNOWN: dict[Wait, tuple[str, str, RunStep | None]] = {
    Wait.REQUEST_DAY: ("Chờ ngày gửi đề nghị", "date", Step.REQUEST_NOMINATIONS),
    Wait.NOMINATIONS: ("Chờ đề cử", "host", Step.CHECK_DEADLINE),
    Wait.NOMINATIONS_OVERDUE: ("Quá hạn đề cử", "host", Step.CHECK_DEADLINE),
    Wait.NOMINATIONS_AGAIN: ("Chờ bổ sung danh sách", "host", Step.CHECK_DEADLINE),
    Wait.NOMINATIONS_ON_PAPER: ("Chờ danh sách tháng đã qua", "officer", Step.CHECK_DEADLINE),
    Wait.ACCEPTANCE: ("Chờ chấp nhận danh sách trễ", "leader", Step.CHECK_DEADLINE),
    Wait.CHOICE: ("Chờ lựa chọn", "leader", Step.SELECT_THEMATIC_CELL),
    Wait.NOTICE_ISSUE: ("Chờ phát hành thông báo", "clerk", Step.NOTIFY_PARTICIPANTS),
    Wait.CHANGE_ISSUE: ("Chờ phát hành điều chỉnh", "clerk", Step.NOTIFY_PARTICIPANTS),
    Wait.MEETING_DAY: ("Chờ ngày sinh hoạt", "date", Step.COLLECT_FINDINGS),
    Wait.FINDINGS: ("Chờ kết quả giám sát", "inspector", Step.COLLECT_FINDINGS),
    Wait.FINDINGS_AGAIN: ("Chờ sửa kết quả giám sát", "inspector", Step.COLLECT_FINDINGS),
    Wait.REPORT_APPROVAL: ("Chờ duyệt báo cáo", "leader", Step.COLLECT_FINDINGS),
    Wait.RESULT_APPROVAL: ("Chờ duyệt kết quả", "leader", Step.ISSUE_RESULT_NOTICE),
    Wait.RESULT_ISSUE: ("Chờ phát hành kết quả", "clerk", Step.ISSUE_RESULT_NOTICE),
    Wait.LETTER_RESOLUTION: ("Chờ xác nhận thư", "officer", None),
    Wait.MAIL_SERVER: ("Chờ gửi lại thư", "mail_server", None),
    Wait.RUN_FAILED: ("Lỗi, chờ chạy lại", "officer", None),
    Wait.RUN_STOPPED: ("Lượt chạy bị dừng", "officer", None),
    Wait.CANCELLING: ("Đang hủy", "date", None),
    Wait.DECISION: ("Chờ quyết định", "officer", None),
    Wait.PLAN_DAY: ("Chờ ngày ban hành", "date", PlanStep.ISSUE_PLAN),
    Wait.PLAN_ISSUE: ("Chờ phát hành kế hoạch", "clerk", PlanStep.ISSUE_PLAN),
    Wait.SELF_REPORT_DAY: ("Chờ ngày đề nghị báo cáo", "date", SelfReportStep.REQUEST_REPORT),
    Wait.SELF_REPORT: ("Chờ báo cáo", "host", SelfReportStep.RECEIVE_REPORT),
    Wait.SELF_REPORT_OVERDUE: ("Quá hạn báo cáo", "host", SelfReportStep.RECEIVE_REPORT),
    Wait.SELF_REPORT_AGAIN: ("Chờ gửi lại báo cáo", "host", SelfReportStep.REVIEW_REPORT),
    Wait.SELF_REPORT_REVIEW: ("Chờ xem xét báo cáo", "officer", SelfReportStep.REVIEW_REPORT),
    Wait.REMEDIES: ("Chờ thực hiện kiến nghị", "host", FollowUpStep.WAIT_FOR_REMEDIES),
    Wait.REMEDIES_OVERDUE: ("Quá hạn kiến nghị", "host", FollowUpStep.WAIT_FOR_REMEDIES),
    Wait.SUMMARY_DAY: ("Chờ ngày tổng hợp", "date", SummaryStep.GATHER),
    Wait.PROPOSALS: ("Chờ nhiệm vụ năm sau", "officer", SummaryStep.GATHER),
    Wait.SUMMARY_APPROVAL: ("Chờ duyệt báo cáo tổng hợp", "leader", SummaryStep.ISSUE),
    Wait.SUMMARY_ISSUE: ("Chờ phát hành báo cáo tổng hợp", "clerk", SummaryStep.ISSUE),
}
