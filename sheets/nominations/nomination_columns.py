"""The columns of a host's list, and the words that people use for its types and kinds (A7, A8, A22)."""

from domain.nomination import MeetingKind, OrgType
from domain.nomination_field import FIELDS, MOMENT
from sheets.tables.table_header import Columns


def _names() -> dict[str, tuple[str, ...]]:
    """What people call each column, by the field; the first name is that of our own form."""
    names = {field.name: (field.title, *field.also) for field in FIELDS}
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

ORG_TYPES = {org_type.vietnamese: org_type for org_type in OrgType} | {org_type.value: org_type for org_type in OrgType}
KINDS = {kind.vietnamese: kind for kind in MeetingKind} | {kind.value: kind for kind in MeetingKind}
KINDS |= dict.fromkeys(("Sinh hoạt thường kỳ", "Định kỳ", "Sinh hoạt định kỳ"), MeetingKind.REGULAR)
KINDS |= {"Sinh hoạt chuyên đề": MeetingKind.THEMATIC}
KINDS |= dict.fromkeys(("Kết hợp", "Chuyên đề và thường kỳ", "Thường kỳ kết hợp chuyên đề"), MeetingKind.COMBINED)
