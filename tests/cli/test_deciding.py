"""The deciding commands: what they say, what they refuse with exit code 1, and what is wrong usage (exit code 2)."""

import pytest

from answers.nominations import nominate
from domain.nomination import Nominations
from tests.cli.conftest import Typed, seen_in
from tests.desk import Desk
from tests.may import HOST, INCOMPLETE

MAY = "2024-05/bien_hoa"
BY = ("--by", "Trần Thị Minh Họa")


@pytest.fixture
def listed(desk: Desk) -> Desk:
    """The visit whose complete list came on 20/3/2024."""
    desk.until_listed()
    return desk


def test_choose_stores_the_choice_and_says_that_the_service_is_off(visits: Typed, listed: Desk) -> None:
    result = visits("choose", MAY, "--meetings", "1,2", "--consulted", "Thường trực Thành ủy", *BY)

    assert result.exit_code == 0
    assert "Đã ghi lựa chọn." in result.stdout
    assert "Dịch vụ chưa chạy; việc này sẽ tiếp tục khi chạy `visits up`." in result.stdout
    (row,) = listed.answers("choice")
    assert (row.content["meetings"], row.by, row.source) == ([1, 2], "Trần Thị Minh Họa", "cli")


def test_choose_without_a_thematic_cell_exits_1_with_the_reason(visits: Typed, listed: Desk) -> None:
    """R51."""
    result = visits("choose", MAY, "--meetings", "2 3", *BY)

    assert result.exit_code == 1
    assert result.stderr.strip() == (
        "lỗi · lựa chọn: có 0 chi bộ sinh hoạt chuyên đề, cần ít nhất 1 "
        "→ chọn thêm chi bộ chuyên đề (đảng ủy không thay được), hoặc nêu lý do ngoại lệ"
    )
    assert result.stdout == ""
    assert listed.answers("choice") == []


def test_choose_with_a_reason_goes_without(visits: Typed, listed: Desk) -> None:
    result = visits("choose", MAY, "--meetings", "2", "--override", "Chi bộ chuyên đề hoãn", *BY)

    assert result.exit_code == 0
    assert listed.answers("choice")[0].content["override"] == "Chi bộ chuyên đề hoãn"


def test_the_second_who_chooses_exits_1_and_reads_who_was_first(visits: Typed, listed: Desk) -> None:
    visits("choose", MAY, "--meetings", "1", *BY)

    result = visits("choose", MAY, "--meetings", "1", "--by", "Người Thứ Hai")

    assert result.exit_code == 1
    assert "Trần Thị Minh Họa đã chọn lúc 09:00 20/3/2024" in result.stderr
    assert len(listed.answers("choice")) == 1


def test_with_what_show_gives_one_may_choose_again(visits: Typed, listed: Desk) -> None:
    visits("choose", MAY, "--meetings", "1", *BY)
    seen = seen_in(visits("show", MAY).stdout)

    result = visits("choose", MAY, "--meetings", "1,2", "--seen", seen, *BY)

    assert result.exit_code == 0, result.stderr
    assert [row.content["meetings"] for row in listed.answers("choice")] == [[1], [1, 2]]


def test_what_has_changed_since_show_stops_the_command_and_is_told(visits: Typed, listed: Desk) -> None:
    seen = seen_in(visits("show", MAY).stdout)
    visits("move", MAY, "--meeting", "1", "--to", "15/5/2024 8:30", "--reason", "trùng lịch", *BY)

    for words in (("choose", MAY, "--meetings", "1"), ("cancel", MAY, "--reason", "Hợp nhất")):
        result = visits(*words, "--seen", seen, *BY)
        assert result.exit_code == 1
        assert "Trần Thị Minh Họa đã chuyển buổi sinh hoạt lúc 09:00 20/3/2024" in result.stderr

    assert listed.answers("choice") == listed.answers("cancellation") == []


def test_a_word_that_is_no_mark_of_what_was_seen_exits_1(visits: Typed, listed: Desk) -> None:
    result = visits("cancel", MAY, "--reason", "Hợp nhất", "--seen", "hôm qua", *BY)

    assert result.exit_code == 1
    assert "không rõ đã xem những gì" in result.stderr
    assert listed.answers("cancellation") == []


@pytest.mark.parametrize("meetings", ["một", "1;2", "1,x"])
def test_what_is_no_number_exits_1_with_an_example(visits: Typed, listed: Desk, meetings: str) -> None:
    result = visits("choose", MAY, "--meetings", meetings, *BY)

    assert result.exit_code == 1
    assert "không phải dãy số → ghi như 1 hoặc 1,3" in result.stderr
    assert listed.answers("choice") == []


@pytest.mark.parametrize(
    "words",
    [
        ("choose", MAY, "--meetings", "1"),
        ("choose", MAY, *BY),
        ("accept", MAY, *BY),
        ("cancel", MAY, *BY),
        ("invite", MAY, "--name", "Đồng chí Nguyễn Văn Khách", *BY),
        ("uninvite", MAY, *BY),
        ("issue", MAY, "notice", "--number", "tám mươi", "--date", "22/3/2024", *BY),
        ("frobnicate",),
    ],
)
def test_a_missing_or_malformed_option_exits_2(visits: Typed, listed: Desk, words: tuple[str, ...]) -> None:
    before = listed.visit.wake_wanted

    assert visits(*words).exit_code == 2
    assert listed.visit.wake_wanted == before


def test_a_blank_name_exits_1(visits: Typed, listed: Desk) -> None:
    """P7."""
    result = visits("choose", MAY, "--meetings", "1", "--by", " ")

    assert result.exit_code == 1
    assert "chưa ghi người quyết định" in result.stderr
    assert listed.answers("choice") == []


def test_accept_takes_an_incomplete_list(visits: Typed, desk: Desk) -> None:
    desk.set_clock(2024, 3, 20, 9)
    desk.open()
    nominate(desk.key, Nominations(INCOMPLETE, desk.today), HOST)

    result = visits("accept", MAY, "--reason", "Không có chi bộ chuyên đề", *BY)

    assert (result.exit_code, "Đã ghi quyết định về danh sách" in result.stdout) == (0, True)
    assert desk.answers("acceptance")[0].content["incomplete"] is True


def test_issue_says_the_symbol(visits: Typed, desk: Desk) -> None:
    desk.until_chosen()

    result = visits("issue", MAY, "notice", "--number", "80", "--date", "21/3/2024", "--by", "Lê Văn Giả Định")

    assert result.exit_code == 0
    assert "Đã phát hành số 80-TB/BTCTU." in result.stdout


@pytest.mark.parametrize(
    ("on", "fault"),
    [("31/2/2024", "không có trên lịch"), ("hôm nay", "không phải ngày"), ("22/3/2024", "chưa tới")],
)
def test_issue_refuses_a_day_that_cannot_be(visits: Typed, desk: Desk, on: str, fault: str) -> None:
    desk.until_chosen()

    result = visits("issue", MAY, "notice", "--number", "80", "--date", on, *BY)

    assert result.exit_code == 1
    assert "lỗi · --date" in result.stderr
    assert fault in result.stderr
    assert desk.documents("selection_notice")[0].state == "draft"


def test_issue_refuses_a_number_that_is_taken(visits: Typed, desk: Desk) -> None:
    """F22."""
    desk.until_reported()
    desk.approve("result")
    desk.go_on()

    result = visits("issue", MAY, "result", "--number", "80", "--date", "18/5/2024", *BY)

    assert result.exit_code == 1
    assert "số 80-TB/BTCTU đã dùng trong nhiệm kỳ 2020-2025 → lấy số khác" in result.stderr


def test_approve_says_which_content_was_approved(visits: Typed, desk: Desk) -> None:
    desk.until_reported()

    result = visits("approve", MAY, "result", *BY)

    assert result.exit_code == 0
    assert desk.documents("result_notice")[0].content_hash[:12] in result.stdout


def test_move_says_the_change_in_words(visits: Typed, desk: Desk) -> None:
    """A23."""
    desk.until_issued()

    result = visits("move", MAY, "--meeting", "1", "--to", "15/5/2024 8:30", "--venue", "Phòng họp B", *BY)

    assert result.exit_code == 0
    assert "chuyển sang 8 giờ 30, thứ Tư, ngày 15/5/2024, tại Phòng họp B" in result.stdout


@pytest.mark.parametrize(
    ("to", "fault"),
    [("15/5/2024", "thiếu giờ"), ("15/5/2024 24:00", "không phải giờ"), ("01/3/2024 8:00", "đã qua")],
)
def test_move_refuses_a_time_that_cannot_be(visits: Typed, desk: Desk, to: str, fault: str) -> None:
    desk.until_issued()

    result = visits("move", MAY, "--meeting", "1", "--to", to, *BY)

    assert result.exit_code == 1
    assert "lỗi · --to" in result.stderr
    assert fault in result.stderr
    assert desk.answers("move") == []


GUEST = ("--name", "Đồng chí Nguyễn Văn Khách", "--email", "khach@ban-noi-chinh.example")


def test_invite_stores_the_guest_and_says_when_the_letter_goes(visits: Typed, desk: Desk) -> None:
    """D6."""
    desk.until_issued()

    result = visits("invite", MAY, *GUEST, "--title", "Phó Trưởng Ban Nội chính", "--reason", "theo dõi địa bàn", *BY)

    assert result.exit_code == 0
    assert "Đã ghi mời thêm Đồng chí Nguyễn Văn Khách (khach@ban-noi-chinh.example)" in result.stdout
    (row,) = desk.answers("guest")
    assert (row.by, row.source) == ("Trần Thị Minh Họa", "cli")
    assert row.content["guests"][0]["title"] == "Phó Trưởng Ban Nội chính"
    desk.go_on()
    assert desk.queued() == ["invitation → guest:1"]


def test_invite_refuses_all_that_is_wrong_at_once(visits: Typed, desk: Desk) -> None:
    desk.until_issued()

    result = visits("invite", MAY, "--name", " ", "--email", "khach", *BY)

    assert result.exit_code == 1
    assert "lỗi · --name: chưa ghi mời ai" in result.stderr
    assert "lỗi · --email: “khach” không phải địa chỉ thư" in result.stderr
    assert desk.answers("guest") == []


def test_uninvite_takes_a_guest_back_once(visits: Typed, desk: Desk) -> None:
    desk.until_issued()
    visits("invite", MAY, *GUEST, *BY)

    first = visits("uninvite", MAY, *GUEST[2:], "--reason", "bận công tác khác", *BY)
    second = visits("uninvite", MAY, *GUEST[2:], *BY)

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "Đã ghi thôi mời Đồng chí Nguyễn Văn Khách" in first.stdout
    assert "không có ai được mời thêm" in second.stderr


def test_cancel_says_so_and_is_final(visits: Typed, listed: Desk) -> None:
    first = visits("cancel", MAY, "--reason", "Đơn vị kiện toàn", *BY)
    second = visits("cancel", MAY, "--reason", "Lần nữa", *BY)

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "Đã hủy đợt." in first.stdout
    assert "đã hủy" in second.stderr
    assert listed.visit.state == "cancelled"


def test_retry_is_noted_and_done_when_the_service_runs_again(visits: Typed, listed: Desk) -> None:
    result = visits("retry", MAY, *BY)

    assert result.exit_code == 0
    assert "Dịch vụ chưa chạy" in result.stdout
    assert listed.visit.rerun_by == "Trần Thị Minh Họa"


_COMMANDS = ["choose", "accept", "issue", "approve", "move", "invite", "uninvite", "cancel", "retry"]


@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_explains_itself_in_vietnamese(visits: Typed, command: str) -> None:
    result = visits(command, "--help")

    assert result.exit_code == 0
    assert "họ tên người quyết định" in result.stdout
