"""The columns of the sheet in which a plan is drawn up, and the words people write into them (C9, C10, P6)."""

import re

from sheets.tables.table_header import Columns

#: The columns by field; the first name is that of our own form.
COLUMNS = Columns(
    {
        "name": ("Tên đơn vị", "Đơn vị", "Tên đảng bộ", "Đảng bộ", "Tên đơn vị, đảng bộ", "Tổ chức đảng"),
        "month": (
            "Tháng",
            "Tháng dự",
            "Tháng được dự",
            "Tháng dự, giám sát",
            "Tháng được dự, giám sát",
            "Tháng thực hiện",
            "Thời gian",
        ),
        "self": ("Tự giám sát", "Tự triển khai", "Tự triển khai thực hiện", "Tự GS"),
        "unit_type": ("Loại", "Loại đơn vị", "Loại hình", "Loại hình đơn vị"),
        "code": ("Mã", "Mã đơn vị"),
        "day": ("Ngày dự kiến", "Ngày", "Dự kiến ngày"),
        "short_name": ("Gọi tắt", "Tên gọi tắt", "Tên tắt", "Tên ngắn"),
        "standing_board": ("Kính gửi", "Ban Thường vụ", "Nơi nhận"),
        "committee": ("Cấp ủy", "Tên cấp ủy"),
        "restricted": ("Hạn chế thông tin", "Lực lượng vũ trang", "LLVT"),
        "aliases": ("Tên gọi khác", "Tên cũ"),
        "before": ("Đã làm trước", "Đã làm", "Đã thực hiện", "Đã thực hiện trước"),
    },
    least=2,
    sums=("Tổng cộng", "Tổng số", "Cộng"),
    # A line of this list holds little: only words that cannot stand in one may end it, or units would be lost unseen.
    foot=("Nơi nhận:", "T/M", "K/T", "Người lập", "Người lập biểu"),
)

#: Vietnamese name -> type; the first name of each is the one in the form's list.
TYPES = {
    "Xã": "commune", "Phường": "ward", "Huyện": "district", "Thành phố": "city",
    "Lực lượng vũ trang": "armed_forces", "Công an": "armed_forces", "Quân sự": "armed_forces",
    "Bộ đội Biên phòng": "armed_forces", "Doanh nghiệp": "enterprise", "Tổng Công ty": "enterprise",
    "Công ty": "enterprise", "Khối": "agency_bloc", "Cơ quan Đảng": "party_agencies",
    "Các cơ quan Đảng": "party_agencies", "Ủy ban nhân dân": "government_bloc", "UBND": "government_bloc",
    "Chính quyền": "government_bloc",
}  # fmt: skip
#: How the committee of a unit of that type is called; all others are a `Đảng ủy`.
COMMITTEES = {"district": "Huyện ủy", "city": "Thành ủy"}

YES = ("x", "có", "v", "✓", "1", "đúng", "tự giám sát", "tự triển khai", "tự triển khai thực hiện", "tự gs", "true")
NO = ("không", "0", "-", "–", "false")

_MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip


def months_of(text: str, year: int) -> list[int]:
    """The months in `2`, `Tháng 02`, `T2, T5`, `tháng 2 và tháng 5`, `2/2026`, `tháng Giêng`.

    Raises `ValueError` in Vietnamese where it is something else.
    """
    found = []
    for part in re.split(r"\s*(?:[,;+&\n]|\bvà\b)\s*", text.casefold()):
        plain = re.sub(r"^(tháng|t)\s*\.?\s*", "", part).strip()
        plain = re.sub(rf"\s*(?:[/.-]|năm)\s*{year}$", "", plain)
        number = _MONTH_WORDS.get(plain) or (int(plain) if re.fullmatch(r"\d{1,2}", plain) else 0)
        if not 1 <= number <= 12:
            raise ValueError(f"“{text}” không phải tháng của năm {year}; ghi như 2, hoặc 2 và 8")
        found.append(number)
    return sorted(set(found))
