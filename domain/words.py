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
