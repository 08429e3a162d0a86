"""What people answer: one table of the kinds, with the words for what somebody did by it (design §4)."""

from enum import StrEnum


class AnswerKind(StrEnum):
    """The kind of an answer; the value is what rows keep. `called` names it within a sentence, `did` says
    what its giver did.
    """

    called: str
    did: str

    def __new__(cls, value: str, called: str = "", did: str = "") -> "AnswerKind":
        """A kind with its words."""
        one = str.__new__(cls, value)
        one._value_ = value
        one.called, one.did = called, did
        return one

    NOMINATIONS = "nominations", "danh sách", "gửi danh sách"
    ACCEPTANCE = "acceptance", "quyết định về danh sách trễ", "quyết định về danh sách trễ"
    RECOMMENDATION = "recommendation", "đề xuất nơi dự", "đề xuất nơi dự"  #: by the service, with its reasons (R64)
    CHOICE = "choice", "lựa chọn", "chọn nơi dự"
    MOVE = "move", "chuyển buổi sinh hoạt", "chuyển buổi sinh hoạt"
    GUEST = "guest", "khách mời thêm", "đổi khách mời"
    FINDINGS = "findings", "kết quả giám sát", "ghi kết quả giám sát"
    CANCELLATION = "cancellation", "hủy đợt", "hủy đợt"
    SELF_REPORT = "self_report", "báo cáo", "gửi báo cáo"
    SELF_REPORT_REVIEW = "self_report_review", "xem xét báo cáo", "xem xét báo cáo"
    REMEDY = "remedy", "kết quả thực hiện kiến nghị", "báo cáo thực hiện kiến nghị"
    PROPOSALS = "proposals", "nhiệm vụ năm sau", "ghi nhiệm vụ năm sau"
    SCORE = "score", "phiếu chấm điểm", "chấm điểm"
    CORRECTION = "correction", "đính chính văn bản", "đính chính văn bản"
    TAKEN_UP = "taken_up", "tiếp nhận việc đã làm trước", "tiếp nhận việc đã làm trước"
