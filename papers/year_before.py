"""Holds a year against the one before it, where that one's records are in the database as well (D14)."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from database import plans
from domain.annual import AnnualSummary, Compared
from domain.share import LEAST, Share
from papers.annual import summarise

#: What is compared as a number: the figure, and how its line is called.
_COUNTS = (
    ("rounds_held", "Đợt dự, giám sát đã tổ chức"),
    ("organisations", "Tổ chức đảng được dự"),
    ("thematic_cells", "Trong đó, chi bộ sinh hoạt chuyên đề"),
    ("notices", "Thông báo kết quả đã phát hành"),
    ("reports_received", "Báo cáo của các cấp ủy tự triển khai"),
    ("reports_late", "Trong đó, báo cáo trễ hạn"),
    ("own_committees", "Đảng ủy do các cấp ủy tự dự"),
    ("own_cells", "Chi bộ do các cấp ủy tự dự"),
    ("limitations", "Hạn chế, tồn tại đã nêu"),
    ("recommendations", "Kiến nghị đã nêu"),
)


def compared(session: Session, year: int, now: AnnualSummary) -> tuple[Compared, ...]:
    """The lines of the comparison; none where the year before has no plan here, or nothing was held in it.

    What stands at nought in both years is left out.
    """
    if plans.current(session, year - 1) is None:
        return ()
    before = summarise(session, year - 1)
    if not before.held:
        return ()
    return (*_counts(before, now), *_rates(before, now))


def _counts(before: AnnualSummary, now: AnnualSummary) -> Iterator[Compared]:
    for key, name in _COUNTS:
        was, is_now = before.count(key), now.count(key)
        if was or is_now:
            yield Compared(name, f"{was:02d}", f"{is_now:02d}", _change(is_now - was, ""))


def _rates(before: AnnualSummary, now: AnnualSummary) -> Iterator[Compared]:
    for name, was, is_now in (
        ("Tỷ lệ lượt nội dung đạt", before.every_item.met_share, now.every_item.met_share),
        ("Tỷ lệ kiến nghị đã báo cáo thực hiện", before.answered_share, now.answered_share),
    ):
        if was.whole >= LEAST and is_now.whole >= LEAST:
            yield Compared(
                name, was.per_cent, is_now.per_cent, _change(_points(is_now) - _points(was), " điểm phần trăm")
            )


def _points(share: Share) -> int:
    return int(share.per_cent.rstrip("%"))


def _change(by: int, what: str) -> str:
    return f"{'tăng' if by > 0 else 'giảm'} {abs(by):02d}{what}" if by else "không đổi"
