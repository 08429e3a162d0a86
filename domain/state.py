"""How a thing stands: one table for each kind of thing that rows keep a state of, with the words people read."""

from domain.called import Called


class VisitState(Called):
    """Of a visit or another obligation of the year."""

    UNDECIDED = "undecided", "chờ quyết định"  #: its work lay behind when the plan was taken up (0015)
    PLANNED = "planned", "chưa mở"
    OPEN = "open", "đang chạy"
    CLOSED = "closed", "đã kết thúc"
    CANCELLED = "cancelled", "đã hủy"
    FILED = "filed", "đã lưu"  #: sent in by a unit that was visited all the same: kept, asks nothing
    WITHDRAWN = "withdrawn", "đã rút khỏi kế hoạch"


class DocumentState(Called):
    """Of one revision of a document."""

    DRAFT = "draft", "bản soạn"
    APPROVED = "approved", "đã duyệt"
    ISSUED = "issued", "đã phát hành"
    SUPERSEDED = "superseded", "đã thay"
    RETURNED = "returned", "trả lại"


class LetterState(Called):
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


class NumberState(Called):
    """Of a number of the register (F22)."""

    USED = "used", "đã dùng"
    RESERVED = "reserved", "đang giữ"
    BLOCK = "block", "dành cho dịch vụ tự lấy"  #: the service gives it to a công văn or invitation by itself
    CORRECTED = "corrected", "cấp nhầm, đã đính chính"  #: its document bears another number now; never free again
    CANCELLED = "cancelled", "đã hủy"
    GAP = "gap", "bỏ trống"
