"""What a host is asked of each meeting it names: one table of the fields (A22).

The Excel form with its page of instructions, the reader of files, the form at the desk and the pages that show a list
go by it. A field that is plain text or a number needs its line here and its place in `Meeting`, nothing else.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.nomination import Meeting


class Value(StrEnum):
    """What is written into a field."""

    TEXT = "text"
    NUMBER = "number"  #: whole, from 1
    DAY = "day"
    TIME = "time"
    ORG_TYPE = "org_type"
    KIND = "kind"


@dataclass(frozen=True)
class NominationField:
    """One field of a meeting on a list, by its name in `Meeting`; `day` and `time` make `starts_at`."""

    name: str
    value: Value
    title: str  #: of its column in our own form
    also: tuple[str, ...]  #: what else people call that column
    how: str  #: how to write it
    example: str  #: `{day}` is a date of the host's month
    width: int  #: of its column, in Excel's digits
    label: str  #: at the desk
    row: int  #: on which line of the desk's form it stands
    hint: str = ""  #: at the desk
    missing: tuple[str, str] | None = None  #: what is said when it is empty, and the way out; None: it may be empty
    told: str = ""  #: how a meeting tells it beside its main facts, `{}` is the value; empty: a main fact
    personal: bool = False  #: not asked of armed-forces hosts (A20, P3)

    @property
    def is_needed(self) -> bool:
        """Whether the form marks it as one that must be written."""
        return self.missing is not None


FIELDS = (
    NominationField(
        "organisation", Value.TEXT, "Tên tổ chức đảng", ("Tổ chức đảng", "Tên chi bộ", "Chi bộ", "Đơn vị"),
        "Tên đầy đủ, mỗi buổi sinh hoạt một dòng", "Chi bộ ấp Ví Dụ", 27, "Tên tổ chức đảng", 1,
        missing=("chưa ghi tên tổ chức đảng", "ghi tên đầy đủ"),
    ),
    NominationField(
        "org_type", Value.ORG_TYPE, "Loại hình", ("Loại tổ chức", "Loại hình tổ chức đảng"),
        "Chọn trong danh sách thả xuống", "Chi bộ trực thuộc", 12, "Loại hình", 2,
        missing=("chưa ghi loại hình", "chọn một loại hình"),
    ),
    NominationField(
        "parent", Value.TEXT, "Cấp trên trực tiếp", ("Trực thuộc", "Thuộc đảng bộ"),
        "Đảng ủy hoặc chi bộ cấp trên; chi bộ, đảng bộ cơ sở thì để trống", "Đảng ủy xã Thí Dụ", 20,
        "Cấp trên trực tiếp", 2, "Với chi bộ trực thuộc, đảng ủy bộ phận.",
    ),
    NominationField(
        "day", Value.DAY, "Ngày", ("Ngày sinh hoạt", "Ngày tháng", "Ngày, tháng"),
        "Ngày/tháng/năm; ngày trước, tháng sau, đủ năm", "{day}", 12, "Ngày sinh hoạt", 3,
        missing=("chưa ghi ngày", "ghi ngày/tháng/năm"),
    ),
    NominationField(
        "time", Value.TIME, "Giờ", ("Giờ sinh hoạt", "Giờ bắt đầu"),
        "Giờ bắt đầu, từ 0:00 đến 23:59", "14:00 hoặc 14 giờ 30", 9, "Giờ bắt đầu", 3,
        missing=("chưa ghi giờ", "ghi giờ bắt đầu"),
    ),
    NominationField(
        "venue", Value.TEXT, "Địa điểm", ("Địa điểm sinh hoạt", "Nơi sinh hoạt"),
        "Nơi sinh hoạt, đủ để tìm đến", "Nhà văn hóa ấp Ví Dụ", 22, "Địa điểm", 3,
        missing=("chưa ghi địa điểm", "ghi nơi sinh hoạt"),
    ),
    NominationField(
        "kind", Value.KIND, "Loại sinh hoạt", ("Hình thức sinh hoạt",),
        "Chọn trong danh sách thả xuống", "Chuyên đề", 13, "Loại sinh hoạt", 4,
        missing=("chưa ghi loại sinh hoạt", "ghi loại sinh hoạt"),
    ),
    NominationField(
        "theme", Value.TEXT, "Chuyên đề", ("Tên chuyên đề", "Nội dung chuyên đề"),
        "Tên chuyên đề, nếu có; bổ sung sau cũng được", "Học tập và làm theo tấm gương Bác Hồ", 27,
        "Tên chuyên đề", 4, "Nếu là sinh hoạt chuyên đề.",
    ),
    NominationField(
        "members", Value.NUMBER, "Số đảng viên", ("Đảng viên", "Tổng số đảng viên", "Số lượng đảng viên"),
        "Số đảng viên của tổ chức, chỉ ghi số", "31", 8, "Số đảng viên", 5, told="{} đảng viên",
    ),
    NominationField(
        "contact", Value.TEXT, "Liên hệ", ("Người liên hệ", "Bí thư"),
        "Họ tên, điện thoại người liên hệ; không bắt buộc", "Nguyễn Văn Ví Dụ, 0900 000 000", 18, "Liên hệ", 5,
        "Họ tên, điện thoại; không bắt buộc.", told="liên hệ {}", personal=True,
    ),
)  # fmt: skip
#: Day and time in one column, as lists of other offices have it; our own form keeps them apart.
MOMENT = ("at", ("Thời gian", "Thời gian sinh hoạt", "Ngày giờ", "Ngày, giờ", "Giờ, ngày", "Thời gian, ngày giờ"))

BY_NAME = {field.name: field for field in FIELDS}


def asked_of(*, restricted: bool) -> tuple[NominationField, ...]:
    """The fields a host is asked for; of an armed-forces host nothing about people (A20, P3)."""
    return tuple(field for field in FIELDS if not (restricted and field.personal))


def told_beside(meeting: Meeting) -> list[tuple[NominationField, str]]:
    """What a meeting tells beside its main facts, each with its value as text; what is empty is left out."""
    values = [(field, getattr(meeting, field.name)) for field in FIELDS if field.told]
    return [(one, str(value)) for one, value in values if value]
