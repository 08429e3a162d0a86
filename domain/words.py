"""The words in which people read states, roles and kinds; the identifiers stay in the code."""

VISITS = {
    "undecided": "chờ quyết định", "planned": "chưa mở", "open": "đang chạy", "closed": "đã khép",
    "cancelled": "đã hủy", "filed": "đã lưu",
}  # fmt: skip
#: What a person said became of what lay behind when the service took the plan up (`domain.taking_up.Way`).
TAKEN_UP = {
    "done": "đã làm xong trên giấy", "from_step": "làm tiếp từ bước", "open": "mở ngay", "leave_out": "bỏ ra khỏi năm",
}  # fmt: skip
LETTERS = {
    "queued": "chờ gửi",
    "sending": "đang gửi",
    "sent": "đã gửi",
    "partly": "đã gửi, bản đồng gửi bị từ chối",
    "refused": "bị từ chối",
    "uncertain": "chưa rõ",
    "held": "đang giữ",
    "withheld": "không gửi (mật)",
    "withdrawn": "đã rút",
    "on_paper": "đã gửi bằng giấy",
}
DOCUMENTS = {
    "draft": "bản soạn",
    "approved": "đã duyệt",
    "issued": "đã phát hành",
    "superseded": "đã thay",
    "returned": "trả lại",
}
NUMBERS = {"used": "đã dùng", "reserved": "đang giữ", "cancelled": "đã hủy", "gap": "bỏ trống"}
KINDS = {
    "selection_notice": "Thông báo dự sinh hoạt",
    "group_report": "Báo cáo của Tổ công tác",
    "result_notice": "Thông báo kết quả",
    "annual_plan": "Kế hoạch năm",
    "annual_report": "Báo cáo tổng hợp năm",
}
PURPOSES = {
    "nomination_request": "đề nghị đề cử",
    "nomination_reminder": "nhắc gửi danh sách",
    "nomination_incomplete": "đề nghị bổ sung danh sách",
    "late_nomination": "báo danh sách trễ hạn",
    "staff_task": "việc cần xử lý",
    "run_stopped": "báo lượt chạy bị dừng",
    "selection_notice": "thông báo dự sinh hoạt",
    "invitation": "giấy mời",
    "invitation_cancelled": "thôi mời",
    "findings_request": "đề nghị gửi kết quả",
    "findings_reminder": "nhắc gửi kết quả",
    "result_notice": "thông báo kết quả",
    "visit_cancelled": "báo hủy chuyến",
    "year_end_request": "đề nghị báo cáo năm",
    "year_end_reminder": "nhắc báo cáo năm",
    "self_report_returned": "trả lại báo cáo năm",
    "annual_plan": "kế hoạch năm",
    "annual_report": "báo cáo tổng hợp năm",
    "remedy_reminder": "nhắc thực hiện kiến nghị",
}
TIMELINESS = {"on_time": "đúng hạn", "late": "trễ hạn", "late_accepted": "trễ, đã chấp nhận"}
SOURCES = {
    "cli": "dòng lệnh",
    "desk": "bàn làm việc",
    "link": "đường dẫn trả lời",
    "rehearsal": "diễn tập",
    "plan": "tệp kế hoạch",
    "paper": "bản giấy",
    "system": "dịch vụ",
}
