"""A host's list as tests type it into the form, and as its Excel form."""

import io
from datetime import date

from openpyxl import load_workbook

from domain.list_due import ListDue
from domain.plan import Plan
from sheets.nominations.nomination_form import nomination_form

#: The day of May's list, as the request has told it.
MAY_LIST = ListDue(date(2024, 4, 1), "", date(2024, 5, 1))
#: One line of the Excel form, by its columns.
ROW = {"B": "Chi bộ Trường THPT Mẫu", "C": "Chi bộ cơ sở", "E": "14/5/2024", "F": "14:00", "G": "Phòng họp A",
       "H": "Chuyên đề", "I": "Nêu gương"}  # fmt: skip

GOOD = {
    "do": "preview", "seen": "0", "received_on": "20/3/2024", "their_symbol": "63-CV/ThU", "their_date": "19/3/2024",
    "organisation-1": "Chi bộ Trường THPT Mẫu", "org_type-1": "cell_grassroots", "day-1": "14/5/2024",
    "time-1": "14:00",
    "venue-1": "Phòng họp A", "kind-1": "thematic", "theme-1": "Nêu gương trong dạy và học", "members-1": "31",
    "organisation-2": "Chi bộ khu phố Mẫu Hai", "org_type-2": "cell_subordinate", "parent-2": "Đảng ủy phường Mẫu",
    "day-2": "16 5 2024", "time-2": "1900", "venue-2": "Nhà văn hóa", "kind-2": "regular",
}  # fmt: skip


def filled_form(plan: Plan, *rows: dict[str, str]) -> bytes:
    """The Excel form of Biên Hòa with these lines in it."""
    book = load_workbook(io.BytesIO(nomination_form(plan, plan.unit("bien_hoa"), 2024, 5, MAY_LIST)))
    for number, row in enumerate(rows, start=6):
        for column, value in row.items():
            book["Danh sách"][f"{column}{number}"] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
