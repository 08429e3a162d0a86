"""Lines that earlier versions wrote are told in the words of today; the record keeps its own."""

from datetime import datetime

from database.models import AuditRow, VisitRow
from overview.earlier_words import in_words_of_today
from overview.happened import Happened
from overview.said import title_of
from overview.story import story_of
from tests.test_words import forbidden_in

EARLIER = ("mở chuyến", "khép chuyến", "nhận danh sách đề cử", "dời buổi sinh hoạt", "hủy chuyến", "báo hủy chuyến")


def test_a_line_of_an_earlier_version_is_told_in_the_words_of_today() -> None:
    assert title_of("mở chuyến", {}) == "Bắt đầu"
    assert title_of("xong bước 1 · Đề nghị đề cử", {}) == "Xong bước 1 · Đề nghị danh sách"
    assert not [one for what in EARLIER for one in forbidden_in(in_words_of_today(what))]


def test_a_story_tells_a_move_of_an_earlier_version_once() -> None:
    """The answer tells it; its line in the record is left out, whatever words it has."""
    at = datetime.fromisoformat("2024-05-02T09:00+07:00")
    lines = [
        AuditRow(id=number, at=at, who="A", what=what, details={})
        for number, what in enumerate(("mở chuyến", "dời buổi sinh hoạt", "hủy chuyến", "khép chuyến"), start=1)
    ]
    (day,) = story_of(Happened(VisitRow(), (), (), (), {}, (), lines), findings=True)
    assert [event.title for event in day.events] == ["Bắt đầu", "Kết thúc"]
