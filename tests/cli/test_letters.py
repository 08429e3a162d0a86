"""`visits letters`: the ledger, and what an officer decides about a letter of which nobody knows (design §5)."""

import json

import pytest

from config.settings import settings, use
from database.engine import writing
from database.models import DocumentRow, LetterRow
from tests.cli.conftest import Typed
from tests.desk import Desk
from tests.letter_states import put

BY = ("--by", "Nguyễn Văn Ví Dụ")


@pytest.fixture
def uncertain(desk: Desk) -> int:
    """The number of May's request, of which nobody knows whether it went."""
    desk.until_asked()
    with writing(settings().database) as session:
        (letter,) = session.query(LetterRow).all()
        put(letter, "uncertain")
        return letter.id


def refused(desk: Desk, *states: str) -> int:
    """The number of May's request, with its recipients in these states."""
    desk.until_asked()
    with writing(settings().database) as session:
        (letter,) = session.query(LetterRow).all()
        put(letter, *states)
        return letter.id


def test_the_ledger_names_every_letter_with_its_state(visits: Typed, uncertain: int) -> None:
    result = visits("letters", "list")

    assert result.exit_code == 0
    (line,) = [one for one in result.stdout.splitlines() if "ban-thuong-vu@bien-hoa.example" in one]
    assert f"│ {uncertain} " in line
    assert "chưa rõ" in line


def test_the_ledger_as_json_can_be_asked_for_one_state(visits: Typed, uncertain: int) -> None:
    found = json.loads(visits("letters", "list", "--state", "uncertain", "--json").stdout)
    none = json.loads(visits("letters", "list", "--state", "sent", "--json").stdout)

    assert [(one["id"], one["visit"]) for one in found] == [(uncertain, "2024-05/bien_hoa")]
    assert none == []


def test_a_state_that_does_not_exist_exits_1_with_those_that_do(visits: Typed, uncertain: int) -> None:
    result = visits("letters", "list", "--state", "lost")

    assert uncertain
    assert result.exit_code == 1
    assert "queued, sending, sent" in result.stderr


@pytest.mark.parametrize(("word", "state"), [("went_out", "sent"), ("send_again", "queued")])
def test_an_officer_settles_an_uncertain_letter(
    visits: Typed, desk: Desk, uncertain: int, word: str, state: str
) -> None:
    result = visits("letters", "resolve", str(uncertain), word, *BY)

    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Đã ghi.")
    assert desk.letters()[0].state == state


def test_the_ledger_says_who_has_not_got_a_letter_and_what_to_do(visits: Typed, desk: Desk) -> None:
    number = refused(desk, "sent", "refused", "sent")

    (line,) = [one for one in visits("letters", "list").stdout.splitlines() if f"│ {number} " in one]
    (found,) = json.loads(visits("letters", "list", "--state", "partly", "--json").stdout)

    assert "ban-to-chuc@bien-hoa.example (bị từ chối)" in line
    assert "đã gửi, bản đồng gửi bị từ chối" in line
    assert "550 5.1.1 no such user → sửa địa chỉ" in line
    assert [(one["role"], one["state"], one["advice"]) for one in found["recipients"]] == [
        ("to", "sent", ""), ("cc", "refused", "sửa địa chỉ"), ("cc", "sent", ""),
    ]  # fmt: skip


def test_a_refused_letter_goes_again_by_its_number(visits: Typed, desk: Desk) -> None:
    number = refused(desk, "refused")

    result = visits("letters", "resend", str(number), *BY)

    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Thư sẽ được gửi lại.")
    assert desk.letters()[0].state == "queued"
    assert visits("letters", "resend", str(number), *BY).exit_code == 1


@pytest.mark.parametrize("only", [(), ("--visit", "2024-05")])
def test_every_refused_letter_goes_again(visits: Typed, desk: Desk, only: tuple[str, ...]) -> None:
    refused(desk, "sent", "refused", "sent")

    result = visits("letters", "resend", "--all-refused", *only, *BY)

    assert "Gửi lại 1 thư." in result.stdout
    assert desk.letters()[0].states == ["sent", "queued", "sent"]
    assert "Không có thư nào bị từ chối." in visits("letters", "resend", "--all-refused", *BY).stdout


@pytest.mark.parametrize("wrong", [(), ("7", "--all-refused"), ("7", "--visit", "2024-05"), ("--visit", "2024-05")])
def test_neither_a_number_nor_all_is_wrong_usage(visits: Typed, desk: Desk, wrong: tuple[str, ...]) -> None:
    assert desk.letters() == []
    assert visits("letters", "resend", *wrong, *BY).exit_code == 2


def test_settled_letters_are_not_settled_again(visits: Typed, uncertain: int) -> None:
    visits("letters", "resolve", str(uncertain), "went_out", *BY)

    result = visits("letters", "resolve", str(uncertain), "send_again", *BY)

    assert result.exit_code == 1
    assert f"thư {uncertain}: đang ở trạng thái “đã gửi” → không cần quyết định" in result.stderr


def test_a_word_that_is_no_decision_is_wrong_usage(visits: Typed, desk: Desk, uncertain: int) -> None:
    assert visits("letters", "resolve", str(uncertain), "maybe", *BY).exit_code == 2
    assert desk.letters()[0].state == "uncertain"


def test_a_letter_that_is_not_held_is_not_released(visits: Typed, uncertain: int) -> None:
    result = visits("letters", "release", str(uncertain), *BY)

    assert result.exit_code == 1
    assert "lỗi · " in result.stderr


def test_what_is_held_is_not_said_to_go(visits: Typed, desk: Desk) -> None:
    number = refused(desk, "refused")
    use(settings().model_copy(update={"mode": "live"}))

    said = visits("letters", "resend", str(number), *BY).stdout

    assert "Thư sẽ được gửi lại." not in said
    assert "Đã ghi. Thư đang được giữ lại, chưa ra ngoài: chưa đặt máy chủ thư" in said


def test_all_that_are_held_are_those_that_may_go(visits: Typed, desk: Desk) -> None:
    """What is secret goes from hand to hand, and is not among them."""
    desk.until_issued()
    with writing(settings().database) as session:
        for letter in session.query(LetterRow):
            put(letter, "held")
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"

    assert "Không có thư nào như vậy đang giữ." in visits("letters", "release", "--all-held", *BY).stdout


def test_of_a_marked_visit_the_ledger_says_only_what_kind_of_letter_it_is(visits: Typed, desk: Desk) -> None:
    desk.until_signed()
    with writing(settings().database) as session:
        session.query(DocumentRow).filter_by(kind="selection_notice").one().secrecy = "MẬT"

    ledger = json.loads(visits("letters", "list", "--json").stdout)
    assert {one["subject"] for one in ledger} >= {"giấy mời", "thông báo dự sinh hoạt"}
    assert not [one for one in ledger if one["visit"] == desk.key and "Biên Hòa" in one["subject"]]
