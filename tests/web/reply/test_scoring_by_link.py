"""Scoring a meeting by a link: a member's own sheet or the unit's, kept before it is sent, taken once (4.5)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from answers.links import address, renew
from config.settings import settings, use
from domain.score_sheet import Whose
from tests.desk import Desk
from tests.may import INSPECTOR, MAY, OFFICER
from tests.opened_mail import words
from tests.web.conftest import Visitor
from tests.web.scores.test_score_form import FILLED
from tests.workbooks import FRAME, given

Stranger = Callable[[], Visitor]


def link_of(recipient: str) -> str:
    """The path of a new link to score by."""
    whole = address(renew(MAY, "scores", recipient, OFFICER))
    return whole[whole.index("/tra-loi") :]


def sheet(visitor: Visitor, link: str) -> str:
    """The form by the frame, as two rubrics fit."""
    return visitor.get(f"{link}?phieu={FRAME}").text


@pytest.mark.parametrize(("recipient", "side"), [("inspector:1", "group"), ("host", "own")])
def test_the_link_says_whose_sheet_it_is_whatever_is_posted(
    met: Desk, stranger: Stranger, recipient: str, side: str
) -> None:
    visitor, link = stranger(), link_of(recipient)
    opened = sheet(visitor, link)
    assert f'name="whose" value="{side}"' in opened

    for do in ("preview", "confirm"):
        answer = visitor.post(link, {**FILLED, "do": do, "whose": "own" if side == "group" else "group"})

    assert answer.headers["location"] == f"{link}/da-nhan"
    (row,) = met.answers("score")
    assert (row.content["whose"], row.source) == (side, "link")
    assert "đã nhận bản 1" in visitor.get(f"{link}/da-nhan").text


def test_a_member_has_one_sheet_by_whichever_way_he_sends_it(met: Desk, stranger: Stranger) -> None:
    given(by=INSPECTOR)
    visitor, link = stranger(), link_of("inspector:1")
    assert "91,5 điểm" in visitor.get(link).text

    visitor.post(link, {**FILLED, "do": "confirm", "seen-group": "1", "mark-prepared": "7"})

    first, second = met.answers("score")
    assert first.by == second.by


def test_a_unit_does_not_see_what_the_group_has_given(met: Desk, stranger: Stranger) -> None:
    given(by=INSPECTOR)

    assert "91,5" not in sheet(stranger(), link_of("host"))
    assert len(met.answers("score")) == 1


def test_what_was_typed_and_not_sent_is_there_when_the_link_is_opened_again(met: Desk, stranger: Stranger) -> None:
    link = link_of("inspector:1")
    saved = stranger().post(link, {**FILLED, "do": "save", "note-prepared": "chuẩn bị kỹ", "mark-closed": "x"})
    assert "Đã lưu tạm lúc" in saved.text
    assert met.answers("score") == []

    again = stranger()
    page = sheet(again, link)
    assert "chưa gửi" in page
    assert 'value="chuẩn bị kỹ"' in page
    assert 'name="mark-closed" type="text" value="x"' in page, "also what is wrong"
    again.post(link, {**FILLED, "do": "confirm"})
    assert 'id="unsent"' not in sheet(again, link)
    assert len(met.answers("score")) == 1


def test_a_faulty_sheet_is_kept_as_well(met: Desk, stranger: Stranger) -> None:
    link = link_of("host")
    assert stranger().post(link, {**FILLED, "mark-closed": "x"}).status_code == 422

    assert 'name="mark-closed" type="text" value="x"' in sheet(stranger(), link)
    assert met.answers("score") == []


def test_sent_twice_it_is_one_sheet(met: Desk, stranger: Stranger) -> None:
    visitor, link = stranger(), link_of("host")
    visitor.get(link)

    answers = [visitor.post(link, {**FILLED, "do": "confirm"}) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert len(met.answers("score")) == 1


def test_of_several_meetings_one_is_chosen_first(desk: Desk, stranger: Stranger) -> None:
    desk.until_met(1, 2)
    visitor, link = stranger(), link_of("inspector:1")

    page = visitor.get(link).text
    assert f'href="{link}?buoi=1"' in page
    assert f'href="{link}?buoi=2"' in page
    assert "score-form" not in page
    assert 'name="buoi" value="1"' in visitor.get(f"{link}?buoi=1&phieu={FRAME}").text
    visitor.post(link, {**FILLED, "do": "confirm", "buoi": "1"})
    assert [row.content["meeting"] for row in desk.answers("score")] == [1]


def test_before_the_day_nothing_is_scored(desk: Desk, stranger: Stranger) -> None:
    desk.until_issued()
    visitor, link = stranger(), link_of("inspector:1")

    assert "Chưa tới ngày sinh hoạt" in visitor.get(link).text
    visitor.post(link, {**FILLED, "do": "confirm"})
    assert desk.answers("score") == []


def test_sheets_by_link_are_compared_with_those_of_the_desk(met: Desk, stranger: Stranger) -> None:
    given(by=INSPECTOR)
    stranger().post(link_of("host"), {**FILLED, "do": "confirm"})

    assert {row.content["whose"] for row in met.answers("score")} == {Whose.OWN, Whose.GROUP}


def test_the_letter_that_asks_for_findings_brings_it_where_the_office_has_a_sheet_of_its_own(
    desk: Desk, tmp_path: Path
) -> None:
    """The shipped sheets are examples, and nobody's rule."""
    shipped = next(Path(settings().rubrics).glob("*khung*.yaml"))
    own = re.sub(r"(?m)^example: .*$", "example: false", shipped.read_text("utf-8"))
    desk.until_issued()
    desk.set_clock(2024, 5, 18, 9)
    (tmp_path / "own.yaml").write_text(own, "utf-8")
    use(settings().model_copy(update={"rubrics": tmp_path}))

    desk.go_on()

    letters = desk.letters("findings_request")
    assert letters
    assert all("Chấm điểm buổi sinh hoạt theo phiếu của cơ quan" in words(letter) for letter in letters)


def test_with_examples_alone_no_letter_speaks_of_scores(met: Desk) -> None:
    letters = met.letters("findings_request")
    assert letters
    assert not any("Chấm điểm" in words(letter) for letter in letters)
