"""The columns of a host's list, and the words that people use for its types and kinds (A7, A8, A22)."""

from domain.nomination import MeetingKind, OrgType
from sheets.tables.table_header import Columns

#: The columns of a list, by the field of `Meeting`; the first name is that of our own form.
COLUMNS = Columns(
    {
        "organisation": ("Tên tổ chức đảng", "Tổ chức đảng", "Tên chi bộ", "Chi bộ", "Đơn vị"),
        "org_type": ("Loại hình", "Loại tổ chức", "Loại hình tổ chức đảng"),
        "parent": ("Cấp trên trực tiếp", "Trực thuộc", "Thuộc đảng bộ"),
        "day": ("Ngày", "Ngày sinh hoạt", "Ngày tháng", "Ngày, tháng"),
        "time": ("Giờ", "Giờ sinh hoạt", "Giờ bắt đầu"),
        "at": ("Thời gian", "Thời gian sinh hoạt", "Ngày giờ", "Ngày, giờ", "Giờ, ngày", "Thời gian, ngày giờ"),
        "venue": ("Địa điểm", "Địa điểm sinh hoạt", "Nơi sinh hoạt"),
        "kind": ("Loại sinh hoạt", "Hình thức sinh hoạt"),
        "theme": ("Chuyên đề", "Tên chuyên đề", "Nội dung chuyên đề"),
        "members": ("Số đảng viên", "Đảng viên", "Tổng số đảng viên", "Số lượng đảng viên"),
        "contact": ("Liên hệ", "Người liên hệ", "Bí thư"),
    },
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
