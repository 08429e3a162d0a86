"""The findings about a signed file in the words of a registry clerk: what was seen, and what speaks against it."""

from collections.abc import Iterator
from datetime import datetime

from domain.dates import OFFICE_ZONE, short_date, time_of_day
from scans.worth import Covers, Signature, SignedFile, TextMatch

_UNCHECKED = "chưa kiểm tra thu hồi, vì dịch vụ không gọi ra ngoài"
_COVERS = {
    Covers.WHOLE: "bao toàn bộ tệp",
    Covers.ADDED: "sau chữ ký này chỉ thêm chữ ký hoặc dấu thời gian khác",
    Covers.CHANGED: "tệp bị sửa sau khi ký",
    Covers.PART: "chỉ bao một phần tệp",
}
_TEXT = {
    TextMatch.SAME: "trùng từng chữ với văn bản đã duyệt",
    TextMatch.DIFFERENT: "khác văn bản đã duyệt",
    TextMatch.ANOTHER: "không phải văn bản này",
    TextMatch.PICTURE: "bản quét, không so được chữ; hãy xem bằng mắt",
    TextMatch.MIXED: "vừa có trang chữ vừa có trang ảnh, không so được; hãy xem bằng mắt",
    TextMatch.UNREADABLE: "không đọc được chữ trong tệp, không so được; hãy xem bằng mắt",
}
_NO_LIST = "cơ quan chưa đặt danh sách tin cậy, nên không biết chữ ký có đáng tin không"
_MOST_DIFFERENCES = 12


def said_of(file: SignedFile) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What was seen, label by label, each with its lines."""
    found: list[tuple[str, tuple[str, ...]]] = [("Nội dung", (_TEXT[file.text.kind], *_differences(file)))]
    found += [(f"Chữ ký số của {one.by}", _signature(one, file)) for one in file.signatures]
    if not file.signatures:
        found.append(("Chữ ký số", ("có, nhưng không đọc được" if file.unread else "không có",)))
    if unread := file.trust.unread:
        found.append(("Danh sách tin cậy", (f"không đọc được: {', '.join(unread)}",)))
    return (*found, ("Tệp", (f"{file.pages} trang, SHA-256 {file.sha256[:16]}…",)))


def lines_of(file: SignedFile) -> list[str]:
    """The same for the record and the command line: a label and all that belongs to it on a line."""
    return [f"{label}: {'; '.join(lines)}" for label, lines in said_of(file)]


def doubts_of(file: SignedFile) -> tuple[str, ...]:
    """What a clerk must answer for in words before this file becomes the signed sheet; empty where nothing is odd."""
    return tuple(_doubts(file))


def unknowns_of(file: SignedFile) -> tuple[str, ...]:
    """What the service cannot tell of the file, and a person must see to: no fault of the file."""
    return tuple(_unknowns(file))


def _unknowns(file: SignedFile) -> Iterator[str]:
    if file.text.kind in (TextMatch.PICTURE, TextMatch.UNREADABLE):
        yield f"nội dung: {_TEXT[file.text.kind]}"
    if not file.signatures:
        yield "không có chữ ký số, nên không biết ai ký"
    elif not file.trust.named:
        yield _NO_LIST


def _differences(file: SignedFile) -> tuple[str, ...]:
    """Where the text differs, no more lines than can be read."""
    every = file.text.differences
    more = (f"và {len(every) - _MOST_DIFFERENCES} chỗ khác nữa",) if len(every) > _MOST_DIFFERENCES else ()
    return (*every[:_MOST_DIFFERENCES], *more)


def _doubts(file: SignedFile) -> Iterator[str]:
    if file.unread:
        yield "chữ ký số không đọc được"
    for one in file.signatures:
        for fault in _faults(one, file):
            yield f"chữ ký của {one.by}: {fault}"
    if file.text.kind is TextMatch.DIFFERENT:
        yield f"nội dung khác văn bản đã duyệt ở {len(file.text.differences):02d} chỗ: {file.text.differences[0]}"
    elif file.text.kind is TextMatch.MIXED:
        yield "tệp vừa có trang chữ vừa có trang ảnh"
    elif file.text.kind is not TextMatch.PICTURE and not file.signatures and not file.unread:
        yield "tệp không có chữ ký số và cũng không phải bản quét: không thấy đã ký"
    if file.notes:
        yield f"có {file.notes:02d} ghi chú, dấu hoặc chữ dán đè lên trang"


def _faults(signature: Signature, file: SignedFile) -> Iterator[str]:
    if signature.fault:
        yield "không kiểm tra được"
        return
    if not signature.unbroken:
        yield "không còn nguyên vẹn"
    if signature.covers in (Covers.CHANGED, Covers.PART):
        yield _COVERS[signature.covers]
    if signature.expired:
        yield f"chứng thư không còn hiệu lực ({_validity(signature)})"
    if file.trust.named and signature.unbroken and not signature.trusted:
        yield "không thuộc danh sách tin cậy của cơ quan"


def _signature(signature: Signature, file: SignedFile) -> tuple[str, ...]:
    if signature.fault:
        return (f"không kiểm tra được ({signature.fault})",)
    state = "nguyên vẹn" if signature.unbroken else "không còn nguyên vẹn"
    return (
        f"{state}, {_COVERS[signature.covers]}",
        *([_trust(signature, file)] if signature.unbroken else []),
        *_times(signature),
        f"chứng thư do {signature.issuer} cấp, số {signature.serial}, hiệu lực {_validity(signature)}; {_UNCHECKED}",
    )


def _times(signature: Signature) -> Iterator[str]:
    if signature.stamped_at:
        yield f"dấu thời gian {_moment(signature.stamped_at)} của {signature.stamped_by}"
    if signature.stated_at:
        yield f"giờ ký {_moment(signature.stated_at)}, theo máy người ký"
    elif not signature.stamped_at:
        yield "không ghi giờ ký"


def _trust(signature: Signature, file: SignedFile) -> str:
    if not file.trust.named:
        return _NO_LIST
    if signature.trusted:
        return "thuộc danh sách tin cậy của cơ quan"
    return "không thuộc danh sách tin cậy của cơ quan"


def _validity(signature: Signature) -> str:
    begins, ends = (one.astimezone(OFFICE_ZONE).date() for one in (signature.valid_from, signature.valid_until))
    return f"{short_date(begins)}–{short_date(ends)}"


def _moment(moment: datetime) -> str:
    return f"{time_of_day(moment)}, {short_date(moment.astimezone(OFFICE_ZONE).date())}"
