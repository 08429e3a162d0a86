"""Taking the host's list: what is refused, what is only a warning, and that every version stays (R62, R88, A5, A6)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.dates import at
from domain.nomination import MeetingKind
from domain.problem import Refused
from tests.desk import Desk
from tests.may import COMPLETE, HOST, INCOMPLETE, REGULAR_CELL, THEMATIC_CELL
from tests.seen_now import seen_now


@pytest.fixture
def opened(desk: Desk) -> Desk:
    """The open visit on 20/3/2024, without a list."""
    desk.set_clock(2024, 3, 1)
    desk.open()
    desk.set_clock(2024, 3, 20, 9)
    return desk


def test_a_good_list_is_taken_without_a_word(opened: Desk) -> None:
    assert opened.nominate() == []

    (row,) = opened.answers("nominations")
    assert (row.version, row.by, row.source) == (1, HOST.name, "link")
    assert row.content["their_symbol"] == "63-CV/ThU"
    assert row.content["received_on"] == "2024-03-20"


def test_a_list_sent_again_is_a_version_and_the_old_one_stays(opened: Desk) -> None:
    """Design §4."""
    opened.nominate(INCOMPLETE)
    opened.nominate(COMPLETE)

    first, second = opened.answers("nominations")
    assert (first.version, len(first.content["meetings"])) == (1, 2)
    assert (second.version, len(second.content["meetings"])) == (2, 3)
    dossier = opened.dossier()
    assert dossier.visit.key == opened.key
    assert len(opened.candidates()) == 3


def test_after_the_choice_no_other_list_is_taken(opened: Desk) -> None:
    opened.nominate()
    opened.choose(1)

    with pytest.raises(Refused, match=r"đã chọn nơi dự.*visits move"):
        opened.nominate()
    assert len(opened.answers("nominations")) == 1


def test_before_the_visit_has_begun_no_list_is_taken(desk: Desk) -> None:
    with pytest.raises(Refused, match="chưa mở"):
        desk.nominate()


@pytest.mark.parametrize(
    ("meeting", "fault"),
    [
        (replace(THEMATIC_CELL, organisation=""), "dòng 1: thiếu tên tổ chức đảng"),
        (replace(THEMATIC_CELL, venue=""), "dòng 1: thiếu địa điểm"),
        (
            replace(THEMATIC_CELL, starts_at=at(date(2024, 3, 19), 14)),
            "ngày sinh hoạt 19/3/2024 đã qua khi nhận (20/3/2024)",
        ),
    ],
)
def test_a_line_that_cannot_be_right_is_refused(opened: Desk, meeting: object, fault: str) -> None:
    """6.7 no. 17."""
    with pytest.raises(Refused) as refused:
        opened.nominate([meeting])  # type: ignore[list-item] # a meeting

    assert fault in str(refused.value)
    assert opened.answers("nominations") == []


def test_an_empty_list_is_refused(opened: Desk) -> None:
    with pytest.raises(Refused, match="chưa có tổ chức đảng nào"):
        opened.nominate([])


def test_two_cells_of_one_name_in_two_communes_are_two(opened: Desk) -> None:
    """Every commune has a hamlet 1, and their cells may meet at the same hour."""
    one = replace(THEMATIC_CELL, organisation="Chi bộ ấp 1", parent="Đảng ủy xã Mẫu Một")
    other = replace(one, number=2, parent="Đảng ủy xã Mẫu Hai")

    opened.nominate([one, other])

    assert len(opened.answers("nominations")) == 1


def test_one_organisation_under_two_spellings_is_a_duplicate(opened: Desk) -> None:
    """6.7 no. 17, P11: the place of the tone mark makes no other name."""
    one = replace(THEMATIC_CELL, organisation="Đảng ủy xã Hòa Mẫu")
    other = replace(THEMATIC_CELL, number=2, organisation="Đảng uỷ xã Hoà  mẫu")

    with pytest.raises(Refused, match="dòng 2: trùng tổ chức và thời gian với dòng 1"):
        opened.nominate([one, other])


def test_one_organisation_with_two_meetings_is_none(opened: Desk) -> None:
    other = replace(THEMATIC_CELL, number=2, starts_at=at(date(2024, 5, 21), 14))

    assert opened.nominate([THEMATIC_CELL, other]) == []


def test_a_meeting_outside_the_month_is_a_warning(opened: Desk) -> None:
    """R88."""
    (warning,) = opened.nominate([replace(THEMATIC_CELL, starts_at=at(date(2024, 6, 3), 14))])

    assert warning.warning
    assert "ngày 03/6/2024 ngoài tháng 5/2024" in warning.fault
    assert len(opened.answers("nominations")) == 1


def test_a_theme_may_follow_later(opened: Desk) -> None:
    """A22: it is not among the five things the plan asks for."""
    (warning,) = opened.nominate([replace(REGULAR_CELL, number=1, kind=MeetingKind.COMBINED)])

    assert warning.warning
    assert "chưa ghi tên chuyên đề" in warning.fault


def test_a_late_list_is_taken_like_any_other(opened: Desk) -> None:
    """A5, 6.7 no. 2: lateness never hides a nomination."""
    opened.set_clock(2024, 5, 13)

    assert opened.nominate([THEMATIC_CELL]) == []
    assert opened.candidates() == {1: "late"}


# Taking a list that is late or incomplete


def test_to_accept_needs_a_reason(opened: Desk) -> None:
    opened.nominate(INCOMPLETE)

    with pytest.raises(Refused, match="cần lý do"):
        opened.accept("  ")
    assert opened.answers("acceptance") == []


def test_there_is_nothing_to_accept_before_the_list(opened: Desk) -> None:
    with pytest.raises(Refused, match="chưa có danh sách nào"):
        opened.accept()


def test_a_list_in_time_and_complete_needs_no_acceptance(opened: Desk) -> None:
    opened.nominate()

    with pytest.raises(Refused, match="không cần chấp nhận"):
        opened.accept()


def test_what_was_accepted_is_kept_in_full(opened: Desk) -> None:
    """A5, A6: which meetings were late, and whether a thematic cell was missing."""
    opened.set_clock(2024, 4, 17)
    opened.nominate(INCOMPLETE)

    opened.accept("Đơn vị đang đại hội")

    (row,) = opened.answers("acceptance")
    assert row.content == {"reason": "Đơn vị đang đại hội", "late": [1], "incomplete": True, "refused": []}
    assert row.answers == 1
    assert opened.candidates() == {1: "late_accepted", 2: "on_time"}


def test_each_late_meeting_is_taken_or_refused_for_a_reason_of_its_own(opened: Desk) -> None:
    """A5."""
    opened.set_clock(2024, 4, 24)
    opened.nominate()

    opened.accept("Kế hoạch vừa được duyệt", {2: "Trùng lịch của Tổ công tác"})

    (row,) = opened.answers("acceptance")
    assert (row.content["late"], row.content["refused"]) == (
        [1, 3], [{"number": 2, "reason": "Trùng lịch của Tổ công tác"}],
    )  # fmt: skip
    assert opened.candidates() == {1: "late_accepted", 2: "late_refused", 3: "late_accepted"}


def test_who_refuses_every_late_meeting_needs_no_reason_for_taking_any(opened: Desk) -> None:
    opened.set_clock(2024, 4, 24)
    opened.nominate()

    opened.accept("", dict.fromkeys((1, 2, 3), "Báo quá muộn"))

    assert set(opened.candidates().values()) == {"late_refused"}


@pytest.mark.parametrize(
    ("refused", "fault"),
    [
        ({1: " "}, "số 1: chưa ghi vì sao không chấp nhận"),
        ({9: "Trùng lịch"}, "số 9: không phải buổi báo trễ hạn"),
    ],
)
def test_a_refusal_that_cannot_be_is_refused_itself(opened: Desk, refused: dict[int, str], fault: str) -> None:
    opened.set_clock(2024, 4, 24)
    opened.nominate()

    with pytest.raises(Refused) as found:
        opened.accept("Vừa kiện toàn", refused)

    assert fault in str(found.value)
    assert opened.answers("acceptance") == []


def test_a_refused_meeting_cannot_be_chosen_and_a_chosen_one_is_not_refused(opened: Desk) -> None:
    opened.set_clock(2024, 4, 24)
    opened.nominate()
    opened.accept("Vừa kiện toàn", {2: "Trùng lịch"})

    with pytest.raises(Refused, match="số 2: báo trễ hạn, không được chấp nhận"):
        opened.choose(1, 2)
    opened.choose(1)
    with pytest.raises(Refused, match="số 1: đã được chọn để dự"):
        opened.accept("Vừa kiện toàn", {1: "Trùng lịch"}, seen_now(opened.key))


def test_a_word_about_a_late_list_is_said_anew_only_by_who_knows_the_one_before(opened: Desk) -> None:
    opened.set_clock(2024, 4, 24)
    opened.nominate()
    opened.accept("Vừa kiện toàn", {1: "Trùng lịch"})

    with pytest.raises(Refused, match=r"đã quyết định lúc .*--seen"):
        opened.accept("Vừa kiện toàn")
    opened.accept("Vừa kiện toàn", looked_at=seen_now(opened.key))

    assert [row.version for row in opened.answers("acceptance")] == [1, 2]
    assert opened.candidates()[1] == "late_accepted"
