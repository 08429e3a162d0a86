"""How a thing stands: one table for each kind of thing that rows keep a state of, with the words people read."""

from enum import StrEnum


class _State(StrEnum):
    """A state; the value is what rows keep, `called` stands within a sentence."""

    called: str

    def __new__(cls, value: str, called: str = "") -> "_State":
        """A state with its words."""
        one = str.__new__(cls, value)
        one._value_ = value
        one.called = called
        return one


class VisitState(_State):
    """Of a visit or another obligation of the year."""

    UNDECIDED = "undecided", "chờ quyết định"  #: its work lay behind when the plan was taken up (0015)
    PLANNED = "planned", "chưa mở"
    OPEN = "open", "đang chạy"
    CLOSED = "closed", "đã kết thúc"
    CANCELLED = "cancelled", "đã hủy"
    FILED = "filed", "đã lưu"  #: sent in by a unit that was visited all the same: kept, asks nothing
    WITHDRAWN = "withdrawn", "đã rút khỏi kế hoạch"


class DocumentState(_State):
    """Of one revision of a document."""

    DRAFT = "draft", "bản soạn"
    APPROVED = "approved", "đã duyệt"
    ISSUED = "issued", "đã phát hành"
    SUPERSEDED = "superseded", "đã thay"
    RETURNED = "returned", "trả lại"


class LetterState(_State):
    """Of a letter, and of each of its recipients (docs/decisions/0013)."""

    QUEUED = "queued", "chờ gửi"
    SENDING = "sending", "đang gửi"
    SENT = "sent", "đã gửi"
    PARTLY = "partly", "đã gửi, bản đồng gửi bị từ chối"
    REFUSED = "refused", "bị từ chối"
    UNCERTAIN = "uncertain", "chưa rõ"
    HELD = "held", "đang giữ"
    WITHHELD = "withheld", "không gửi (mật)"
    WITHDRAWN = "withdrawn", "đã rút"
    BY_HAND = "by_hand", "chờ trao bản giấy"  #: the recipient has no address: somebody hands it over
    ON_PAPER = "on_paper", "đã gửi bằng giấy"


class NumberState(_State):
    """Of a number of the register (F22)."""

    USED = "used", "đã dùng"
    RESERVED = "reserved", "đang giữ"
    BLOCK = "block", "dành cho dịch vụ tự lấy"  #: the service gives it to a công văn or invitation by itself
    CORRECTED = "corrected", "cấp nhầm, đã đính chính"  #: its document bears another number now; never free again
    CANCELLED = "cancelled", "đã hủy"
    GAP = "gap", "bỏ trống"
