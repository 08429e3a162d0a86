"""Several hosts of one month that get one công văn, as in a year with more hosts than months (C10, F22)."""

from datetime import date

from config.settings import settings
from database import visits
from database.engine import writing
from tests.desk import Desk

_LATER = ("2024-06/cao_su_dong_nai", "2024-07/long_khanh", "2024-08/thong_nhat", "2024-09/cam_my")
BOARDS = (
    "Thành ủy Biên Hòa", "Đảng ủy Tổng Công ty Cao su Đồng Nai", "Thành ủy Long Khánh", "Huyện ủy Thống Nhất",
    "Huyện ủy Cẩm Mỹ",
)  # fmt: skip


def asked_with(desk: Desk, count: int) -> list[Desk]:
    """That visit and others, `count` in all, open and asked for May: their công văn is drawn up and has no number."""
    keys = _LATER[: count - 1]
    with writing(settings().database) as session:
        for key in keys:
            row = visits.find(session, key)
            row.month, row.opens_on = 5, date(2024, 3, 1)
    desk.set_clock(2024, 3, 1)
    every = [desk, *(Desk(f"2024-05/{key.partition('/')[2]}") for key in keys)]
    for one in every:
        one.open()
        one.waits()
    return every
