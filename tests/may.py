"""The visit that most tests follow: Biên Hòa in May 2024, its people, the three meetings it nominates."""

from dataclasses import replace
from datetime import date

from answers.answering import Giver
from domain.dates import at
from domain.nomination import Meeting, MeetingKind, OrgType

#: The visit that most tests follow: opens on 01/3, the deadline of its earliest meeting is 01/4/2024.
MAY = "2024-05/bien_hoa"

OFFICER = Giver("Nguyễn Văn Ví Dụ", "cli")
LEADER = Giver("Trần Thị Minh Họa", "cli")
CLERK = Giver("Lê Văn Giả Định", "cli")
INSPECTOR = Giver("Phạm Thị Thí Dụ", "cli")
HOST = Giver("Ban Thường vụ Thành ủy Biên Hòa", "link")

#: When the three sample meetings take place.
FIRST_DAY, SECOND_DAY, THIRD_DAY = date(2024, 5, 14), date(2024, 5, 16), date(2024, 5, 17)

THEMATIC_CELL = Meeting(
    1, "Chi bộ Trường THPT Mẫu", OrgType.CELL_GRASSROOTS, "", at(FIRST_DAY, 14), "Phòng họp A",
    MeetingKind.THEMATIC, "Nêu gương trong dạy và học", 31,
)  # fmt: skip
REGULAR_CELL = Meeting(
    2, "Chi bộ khu phố Mẫu Hai", OrgType.CELL_SUBORDINATE, "Đảng ủy phường Mẫu", at(SECOND_DAY, 19), "Nhà văn hóa",
)  # fmt: skip
THEMATIC_COMMITTEE = Meeting(
    3, "Đảng ủy phường Mẫu", OrgType.GRASSROOTS_COMMITTEE, "", at(THIRD_DAY, 8), "Hội trường phường",
    MeetingKind.THEMATIC, "Cải cách hành chính", 420,
)  # fmt: skip
COMPLETE = (THEMATIC_CELL, REGULAR_CELL, THEMATIC_COMMITTEE)
INCOMPLETE = (replace(REGULAR_CELL, number=1), replace(THEMATIC_COMMITTEE, number=2))
