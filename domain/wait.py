"""Everything that can be waited for: its id, its name as staff read it, whom it waits for, in which step."""

from enum import StrEnum

from domain.letters_and_documents import Purpose
from domain.obligation import FollowUpStep, PlanStep, SelfReportStep, SummaryStep
from domain.role import Role
from domain.step import RunStep, Step


class Wait(StrEnum):
    """What an obligation waits for. The id is stored and compared; what is shown for it may be reworded."""

    # a visit
    REQUEST_DAY = "request_day"
    REQUEST_ISSUE = "request_issue"
    NOMINATIONS = "nominations"
    NOMINATIONS_OVERDUE = "nominations_overdue"
    NOMINATIONS_AGAIN = "nominations_again"  #: the list has no thematic cell (A6)
    NOMINATIONS_ON_PAPER = "nominations_on_paper"  #: the month is over; the host is not asked any more
    ACCEPTANCE = "acceptance"
    CHOICE = "choice"
    NOTICE_ISSUE = "notice_issue"
    CHANGE_ISSUE = "change_issue"
    INVITATION_ISSUE = "invitation_issue"
    MEETING_DAY = "meeting_day"
    FINDINGS = "findings"
    FINDINGS_AGAIN = "findings_again"
    REPORT_APPROVAL = "report_approval"
    RESULT_APPROVAL = "result_approval"
    RESULT_ISSUE = "result_issue"
    # whatever runs
    LETTER_RESOLUTION = "letter_resolution"  #: nobody knows whether a letter went
    LETTERS_HELD = "letters_held"  #: what must arrive is written and held here: nobody outside knows of it yet
    MAIL_SERVER = Role.MAIL_SERVER
    RUN_FAILED = "run_failed"
    RUN_STOPPED = Purpose.RUN_STOPPED
    CANCELLING = "cancelling"
    DECISION = "decision"  #: lay behind when the plan was loaded (decision 0015)
    # what the year asks for beside the visits
    PLAN_DAY = "plan_day"
    PLAN_ISSUE = "plan_issue"
    SELF_REPORT_DAY = "self_report_day"
    SELF_REPORT_ISSUE = "self_report_issue"  #: the request for it
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
    def whom(self) -> Role:
        """Who must act; a date or the mail server where nobody must."""
        return _KNOWN[self][1]

    @property
    def step(self) -> RunStep | None:
        """The step that waits so; None where any step can."""
        return _KNOWN[self][2]


_KNOWN: dict[Wait, tuple[str, Role, RunStep | None]] = {
    Wait.REQUEST_DAY: ("Chờ ngày gửi đề nghị", Role.DATE, Step.REQUEST_NOMINATIONS),
    Wait.REQUEST_ISSUE: ("Chờ phát hành đề nghị", Role.CLERK, Step.REQUEST_NOMINATIONS),
    Wait.NOMINATIONS: ("Chờ danh sách", Role.HOST, Step.CHECK_DEADLINE),
    Wait.NOMINATIONS_OVERDUE: ("Quá hạn gửi danh sách", Role.HOST, Step.CHECK_DEADLINE),
    Wait.NOMINATIONS_AGAIN: ("Chờ bổ sung danh sách", Role.HOST, Step.CHECK_DEADLINE),
    Wait.NOMINATIONS_ON_PAPER: ("Chờ danh sách tháng đã qua", Role.OFFICER, Step.CHECK_DEADLINE),
    Wait.ACCEPTANCE: ("Chờ chấp nhận danh sách trễ", Role.LEADER, Step.CHECK_DEADLINE),
    Wait.CHOICE: ("Chờ lựa chọn", Role.LEADER, Step.SELECT_THEMATIC_CELL),
    Wait.NOTICE_ISSUE: ("Chờ phát hành thông báo", Role.CLERK, Step.NOTIFY_PARTICIPANTS),
    Wait.CHANGE_ISSUE: ("Chờ phát hành điều chỉnh", Role.CLERK, Step.NOTIFY_PARTICIPANTS),
    Wait.INVITATION_ISSUE: ("Chờ phát hành giấy mời", Role.CLERK, Step.NOTIFY_PARTICIPANTS),
    Wait.MEETING_DAY: ("Chờ ngày sinh hoạt", Role.DATE, Step.COLLECT_FINDINGS),
    Wait.FINDINGS: ("Chờ kết quả giám sát", Role.INSPECTOR, Step.COLLECT_FINDINGS),
    Wait.FINDINGS_AGAIN: ("Chờ sửa kết quả giám sát", Role.INSPECTOR, Step.COLLECT_FINDINGS),
    Wait.REPORT_APPROVAL: ("Chờ duyệt báo cáo", Role.LEADER, Step.COLLECT_FINDINGS),
    Wait.RESULT_APPROVAL: ("Chờ duyệt kết quả", Role.LEADER, Step.ISSUE_RESULT_NOTICE),
    Wait.RESULT_ISSUE: ("Chờ phát hành kết quả", Role.CLERK, Step.ISSUE_RESULT_NOTICE),
    Wait.LETTER_RESOLUTION: ("Chờ xác nhận thư", Role.OFFICER, None),
    Wait.LETTERS_HELD: ("Chờ cho gửi thư", Role.OFFICER, None),
    Wait.MAIL_SERVER: ("Chờ gửi lại thư", Role.MAIL_SERVER, None),
    Wait.RUN_FAILED: ("Lỗi, chờ chạy lại", Role.OFFICER, None),
    Wait.RUN_STOPPED: ("Lượt chạy bị dừng", Role.OFFICER, None),
    Wait.CANCELLING: ("Đang hủy", Role.DATE, None),
    Wait.DECISION: ("Chờ quyết định", Role.OFFICER, None),
    Wait.PLAN_DAY: ("Chờ ngày ban hành", Role.DATE, PlanStep.ISSUE_PLAN),
    Wait.PLAN_ISSUE: ("Chờ phát hành kế hoạch", Role.CLERK, PlanStep.ISSUE_PLAN),
    Wait.SELF_REPORT_DAY: ("Chờ ngày đề nghị báo cáo", Role.DATE, SelfReportStep.REQUEST_REPORT),
    Wait.SELF_REPORT_ISSUE: (
        "Chờ phát hành đề nghị báo cáo",
        Role.CLERK,
        SelfReportStep.REQUEST_REPORT,
    ),
    Wait.SELF_REPORT: ("Chờ báo cáo", Role.HOST, SelfReportStep.RECEIVE_REPORT),
    Wait.SELF_REPORT_OVERDUE: ("Quá hạn báo cáo", Role.HOST, SelfReportStep.RECEIVE_REPORT),
    Wait.SELF_REPORT_AGAIN: ("Chờ gửi lại báo cáo", Role.HOST, SelfReportStep.REVIEW_REPORT),
    Wait.SELF_REPORT_REVIEW: ("Chờ xem xét báo cáo", Role.OFFICER, SelfReportStep.REVIEW_REPORT),
    Wait.REMEDIES: ("Chờ thực hiện kiến nghị", Role.HOST, FollowUpStep.WAIT_FOR_REMEDIES),
    Wait.REMEDIES_OVERDUE: ("Quá hạn kiến nghị", Role.HOST, FollowUpStep.WAIT_FOR_REMEDIES),
    Wait.SUMMARY_DAY: ("Chờ ngày tổng hợp", Role.DATE, SummaryStep.GATHER),
    Wait.PROPOSALS: ("Chờ nhiệm vụ năm sau", Role.OFFICER, SummaryStep.GATHER),
    Wait.SUMMARY_APPROVAL: ("Chờ duyệt báo cáo tổng hợp", Role.LEADER, SummaryStep.ISSUE),
    Wait.SUMMARY_ISSUE: ("Chờ phát hành báo cáo tổng hợp", Role.CLERK, SummaryStep.ISSUE),
}
