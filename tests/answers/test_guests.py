"""Inviting somebody to one visit beside the plan, and taking it back: what is stored, what is refused (D6)."""

import pytest

from answers.changes import cancel, move
from answers.guests import invite, uninvite
from domain.dates import at
from domain.problem import Refused
from tests.desk import Desk
from tests.may import FIRST_DAY, LEADER, OFFICER, SECOND_DAY

NAME, EMAIL = "Đồng chí Nguyễn Văn Khách", "khach@ban-noi-chinh.example"


@pytest.fixture
def chosen(desk: Desk) -> Desk:
    """The visit whose thematic cell was chosen on 21/3/2024."""
    desk.until_chosen()
    return desk


def guests(desk: Desk) -> list[dict[str, object]]:
    """The newest list."""
    rows = desk.answers("guest")
    found: list[dict[str, object]] = rows[-1].content["guests"] if rows else []
    return found


def test_an_invitation_is_stored_with_who_invited_and_why(chosen: Desk) -> None:
    before = chosen.visit.wake_wanted

    guest = invite(chosen.key, NAME, EMAIL, OFFICER, title="Phó Trưởng Ban Nội chính", reason="theo dõi địa bàn")

    assert (guest.number, guest.invited) == (1, True)
    (row,) = chosen.answers("guest")
    assert (row.by, row.source, row.version) == (OFFICER.name, "cli", 1)
    (stored,) = row.content["guests"]
    assert (stored["name"], stored["email"], stored["title"]) == (NAME, EMAIL, "Phó Trưởng Ban Nội chính")
    assert stored["reason"] == "theo dõi địa bàn"
    assert chosen.visit.wake_wanted == before + 1


def test_every_change_is_a_version_and_numbers_stay(chosen: Desk) -> None:
    """Design §4: the key of somebody's letters does not change when others come and go."""
    invite(chosen.key, NAME, EMAIL, OFFICER)
    invite(chosen.key, "Đồng chí Trần Thị Hai", "hai@tinh.example", OFFICER)
    uninvite(chosen.key, EMAIL, OFFICER)
    third = invite(chosen.key, "Đồng chí Lê Văn Ba", "ba@tinh.example", OFFICER)

    assert [row.version for row in chosen.answers("guest")] == [1, 2, 3, 4]
    assert third.number == 3
    assert [(one["number"], one["turns"]) for one in guests(chosen)] == [(1, 2), (2, 1), (3, 1)]


def test_who_is_invited_again_keeps_the_number_and_takes_the_new_name(chosen: Desk) -> None:
    invite(chosen.key, NAME, EMAIL, OFFICER)
    uninvite(chosen.key, EMAIL.upper(), OFFICER, reason="ghi nhầm tên")

    again = invite(chosen.key, "Đồng chí Nguyễn Văn Khánh", EMAIL, OFFICER)

    assert (again.number, again.turns, again.invited) == (1, 3, True)
    assert [one["name"] for one in guests(chosen)] == ["Đồng chí Nguyễn Văn Khánh"]


@pytest.mark.parametrize(
    "email",
    [
        "", "khach", "khach@", "@tinh.example", "khach@tinh", "hai@tinh.example, ba@tinh.example", "khách@tinh.example",
        "khach@tỉnh.example", "k h@tinh.example", "a..b@tinh.example", "<khach@tinh.example>", "mailto:k@tinh.example",
        f"{'a' * 65}@tinh.example", f"a@{'b.' * 130}vn",
    ],
)  # fmt: skip
def test_an_address_that_no_mail_server_takes_is_refused(chosen: Desk, email: str) -> None:
    with pytest.raises(Refused, match="không phải địa chỉ thư"):
        invite(chosen.key, NAME, email, OFFICER)
    assert chosen.answers("guest") == []


@pytest.mark.parametrize("name", ["", "  ", "\u200b\u202e", "\r\n\x00"])
def test_nobody_is_no_guest(chosen: Desk, name: str) -> None:
    with pytest.raises(Refused, match="chưa ghi mời ai"):
        invite(chosen.key, name, EMAIL, OFFICER)
    assert chosen.answers("guest") == []


def test_what_is_typed_becomes_one_harmless_line(chosen: Desk) -> None:
    guest = invite(chosen.key, " Nguyễn\r\nBcc: a@b.example\u202e ", f" {EMAIL}\n", OFFICER, title="Phó\tban\x00")

    assert (guest.name, guest.email, guest.title) == ("Nguyễn Bcc: a@b.example", EMAIL, "Phó ban")


@pytest.mark.parametrize(
    ("name", "email", "fault"),
    [
        ("Đồng chí Khác", EMAIL, "đã được mời"),
        ("Đồng chí Khác", EMAIL.title(), "đã được mời"),
        ("ĐỒNG CHÍ  nguyễn văn khách", "khac@tinh.example", "đã được mời"),
        ("Đồng chí Khác", "van-phong@tinh-uy.example", "đã được mời"),
        ("văn phòng tỉnh uỷ", "khac@tinh.example", "đã được mời"),
    ],
)
def test_nobody_is_invited_twice(chosen: Desk, name: str, email: str, fault: str) -> None:
    """P15: by address, and by name however it is written; the bodies of the plan are invited already (R54–R56)."""
    invite(chosen.key, NAME, EMAIL, OFFICER)

    with pytest.raises(Refused, match=fault):
        invite(chosen.key, name, email, OFFICER)
    assert len(chosen.answers("guest")) == 1


def test_a_name_that_differs_by_one_letter_is_somebody_else(chosen: Desk) -> None:
    invite(chosen.key, NAME, EMAIL, OFFICER)

    assert invite(chosen.key, "Đồng chí Nguyễn Văn Khánh", "khanh@tinh.example", OFFICER).number == 2


def test_nobody_is_invited_before_the_choice(desk: Desk) -> None:
    desk.until_listed()

    with pytest.raises(Refused, match="chưa chọn nơi dự"):
        invite(desk.key, NAME, EMAIL, OFFICER)


def test_nobody_is_invited_to_a_meeting_that_took_place(desk: Desk) -> None:
    desk.until_issued()
    desk.set_clock(2024, 5, 14, 14)

    with pytest.raises(Refused, match="đã diễn ra"):
        invite(desk.key, NAME, EMAIL, OFFICER)
    assert desk.answers("guest") == []


def test_as_long_as_one_meeting_is_ahead_somebody_can_be_invited(desk: Desk) -> None:
    desk.until_issued(1, 2)
    desk.set_clock(2024, 5, 15, 9)
    assert FIRST_DAY < desk.today < SECOND_DAY

    assert invite(desk.key, NAME, EMAIL, OFFICER).invited


def test_after_a_move_into_the_future_somebody_can_be_invited(desk: Desk) -> None:
    desk.until_issued()
    desk.set_clock(2024, 5, 14, 20)
    move(desk.key, 1, at(SECOND_DAY, 8), OFFICER)

    assert invite(desk.key, NAME, EMAIL, OFFICER).invited


def test_a_visit_that_is_called_off_has_no_guests(chosen: Desk) -> None:
    cancel(chosen.key, "Đơn vị kiện toàn tổ chức", LEADER)

    with pytest.raises(Refused, match="đã hủy"):
        invite(chosen.key, NAME, EMAIL, OFFICER)


# Taking back


@pytest.mark.parametrize("email", ["khac@tinh.example", "van-phong@tinh-uy.example", ""])
def test_only_who_was_invited_beside_the_plan_can_be_taken_back(chosen: Desk, email: str) -> None:
    """R54–R56: the plan itself invites its bodies. The refusal says who could be meant."""
    invite(chosen.key, NAME, EMAIL, OFFICER)

    with pytest.raises(Refused, match=f"không có ai được mời thêm.*{EMAIL}"):
        uninvite(chosen.key, email, OFFICER)


def test_nobody_is_taken_back_twice(chosen: Desk) -> None:
    invite(chosen.key, NAME, EMAIL, OFFICER)
    uninvite(chosen.key, EMAIL, OFFICER)

    with pytest.raises(Refused, match="chưa mời thêm ai"):
        uninvite(chosen.key, EMAIL, OFFICER)
    assert len(chosen.answers("guest")) == 2


def test_nobody_is_taken_back_from_a_meeting_that_took_place(desk: Desk) -> None:
    desk.until_issued()
    invite(desk.key, NAME, EMAIL, OFFICER)
    desk.set_clock(2024, 5, 18, 9)

    with pytest.raises(Refused, match="đã diễn ra"):
        uninvite(desk.key, EMAIL, OFFICER)
