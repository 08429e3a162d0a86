"""The words in which the command line shows states and roles; the identifiers stay in the code."""

ROLES = {
    "host": "đơn vị",
    "officer": "cán bộ",
    "leader": "lãnh đạo Ban",
    "clerk": "văn thư",
    "inspector": "Tổ công tác",
    "date": "đến ngày",
    "mail_server": "máy chủ thư",
}
VISITS = {"planned": "chưa mở", "open": "đang chạy", "closed": "đã khép", "cancelled": "đã hủy"}
LETTERS = {
    "queued": "chờ gửi",
    "sending": "đang gửi",
    "sent": "đã gửi",
    "refused": "bị từ chối",
    "uncertain": "chưa rõ",
    "held": "đang giữ",
    "withheld": "không gửi (mật)",
    "withdrawn": "đã rút",
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
}
