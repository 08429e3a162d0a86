"""The columns of a host's list, and the words that people use for its types and kinds (A7, A8, A22)."""

from domain.nomination import MeetingKind, OrgType
from domain.nomination_field import FIELDS, MOMENT
from sheets.tables.table_header import Columns


def _names() -> dict[str, tuple[str, ...]]:
    """What people call each column, by the field; the first name is that of our own form."""
    names = {one.name: (one.title, *one.also) for one in FIELDS}
    return names | dict([MOMENT])


#: The columns of a list, by the field of `Meeting`.
COLUMNS = Columns(
    _names(),
    least=3,
    sums=("Tổng cộng", "Tổng số", "Cộng"),
    foot=(
        "Nơi nhận",
        "T/M",
        "TM",
        "K/T",
        "KT",
        "Bí thư",
        "Phó bí thư",
        "Người lập",
        "Người lập biểu",
        "Ghi chú",
        "Lưu ý",
    ),
)

ORG_TYPES = {one.vietnamese: one for one in OrgType} | {one.value: one for one in OrgType}
KINDS = {one.vietnamese: one for one in MeetingKind} | {one.value: one for one in MeetingKind}
KINDS |= dict.fromkeys(("Sinh hoạt thường kỳ", "Định kỳ", "Sinh hoạt định kỳ"), MeetingKind.REGULAR)
KINDS |= {"Sinh hoạt chuyên đề": MeetingKind.THEMATIC}
KINDS |= dict.fromkeys(("Kết hợp", "Chuyên đề và thường kỳ", "Thường kỳ kết hợp chuyên đề"), MeetingKind.COMBINED)
