"""Photos in a visit's file: how many, of what, who takes one out, and what the record says of it (R14, P3)."""

import pytest

from answers.answering import Giver
from answers.photos import MOST, keep_photo, take_out
from config.settings import settings
from database import photos
from database.engine import reading
from database.models import AuditRow
from domain.problem import Refused
from tests.desk import Desk
from tests.may import MAY
from tests.scans.pictures import photo, png

INSPECTOR = Giver("Phạm Thị Thí Dụ", "link")


def kept() -> list[tuple[int, str, str]]:
    """The photos of May."""
    with reading(settings().database) as session:
        desk = Desk()
        return [(one.number, one.item, one.note) for one in photos.of_visit(session, desk.visit.id)]


def test_a_photo_stands_in_the_file_with_what_it_shows_and_in_the_record(desk: Desk) -> None:
    desk.until_met()
    letters = len(desk.letters())

    assert keep_photo(MAY, photo(), INSPECTOR, item="R17", note=" sổ  nghị quyết ") == 1
    assert kept() == [(1, "R17", "sổ nghị quyết")]
    with reading(settings().database) as session:
        line = session.query(AuditRow).order_by(AuditRow.id.desc()).first()
        assert line
        assert (line.who, line.what) == (INSPECTOR.name, "giữ ảnh 1")
        assert len(line.details["file"]) == 64
    desk.go_on()
    assert len(desk.letters()) == letters


def test_the_same_photo_twice_an_unknown_item_and_too_many_are_refused(desk: Desk) -> None:
    desk.until_met()
    for side in range(MOST - 1):
        keep_photo(MAY, png(20 + side, 20), INSPECTOR)
    for content, item, said in ((png(20, 20), "", "đã có"), (photo(), "R99", "không có mục")):
        with pytest.raises(Refused, match=said):
            keep_photo(MAY, content, INSPECTOR, item=item)
    keep_photo(MAY, photo(), INSPECTOR)

    with pytest.raises(Refused, match=f"{MOST} ảnh"):
        keep_photo(MAY, png(99, 99), INSPECTOR)
    assert len(kept()) == MOST


def test_before_a_meeting_was_chosen_there_is_nothing_to_photograph(desk: Desk) -> None:
    desk.until_listed()

    with pytest.raises(Refused, match="chưa chọn"):
        keep_photo(MAY, photo(), INSPECTOR)


def test_a_photo_that_was_taken_out_is_gone_and_its_number_is_not_given_again(desk: Desk) -> None:
    desk.until_met()
    keep_photo(MAY, photo(), INSPECTOR)
    other = Giver("Người khác", "link")
    with pytest.raises(Refused, match="nhờ người đó"):
        take_out(MAY, 1, other, only_own=True)
    take_out(MAY, 1, other, only_own=False)

    with reading(settings().database) as session:
        (row,) = session.query(photos.PhotoRow)
        assert row.content is None
    with pytest.raises(Refused, match="không còn"):
        take_out(MAY, 1, INSPECTOR, only_own=True)
    assert keep_photo(MAY, photo(), INSPECTOR) == 2
