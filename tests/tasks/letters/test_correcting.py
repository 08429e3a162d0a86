"""A wrong number, day or signer is corrected: nothing is silently changed, and whoever has the wrong paper is told."""

from dataclasses import replace
from datetime import date

import pytest

from answers.correcting import RightSheet
from answers.guests import invite, uninvite
from answers.papers import Sheet
from answers.register import cancel, reserve, set_aside
from config.settings import settings
from database import documents, numbers, plans
from database.engine import reading, writing
from database.models import DocumentFileRow, DocumentRow, NumberRow
from database.record.check import faults
from domain.plan import Signer
from domain.problem import Refused
from letters.people import people_in
from tasks.letters.correcting import correct
from tasks.looking_ahead import letters_of_correction, letters_of_issue
from tests.desk import Desk
from tests.may import CLERK, OFFICER
from tests.opened_mail import enclosed, words

SIGNER = Signer("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn Khác")


def right_of(desk: Desk, kind: str, **other: object) -> RightSheet:
    """The sheet as it was issued, but for what is said."""
    row = desk.documents(kind)[-1]
    assert row.number
    assert row.issued_on
    same = RightSheet(row.number, row.issued_on, desk_signer(desk), "văn thư ghi nhầm")
    return replace(same, **other)  # type: ignore[arg-type]


def desk_signer(desk: Desk) -> Signer:
    """Who signs by the plan."""
    with reading(settings().database) as session:
        return plans.read(session, desk.visit.year)[0].signer


def lines_of_register(kind: str = "TB") -> dict[int, tuple[str, str]]:
    """State and reason of each number."""
    with reading(settings().database) as session:
        rows = session.query(NumberRow).filter_by(type_code=kind).all()
    return {row.number: (row.state, row.reason) for row in rows}


def files_of(row: DocumentRow) -> dict[str, DocumentFileRow]:
    with reading(settings().database) as session:
        return documents.files(session, row)


@pytest.fixture
def issued(desk: Desk) -> Desk:
    """80-TB went out; it is 25/3/2024."""
    desk.until_issued()
    desk.set_clock(2024, 3, 25, 9)
    return desk


def test_the_register_shows_both_numbers_and_the_wrong_one_is_never_free_again(issued: Desk) -> None:
    assert correct(issued.key, "notice", right_of(issued, "selection_notice", number=82), CLERK)[0] == "82-TB/BTCTU"

    register = lines_of_register()
    assert register[80][0] == "corrected"
    assert "80-TB/BTCTU → 82-TB/BTCTU" in register[80][1]
    assert "văn thư ghi nhầm" in register[80][1]
    assert register[82][0] == "used"
    with reading(settings().database) as session:
        series = numbers.series_of(issued.documents("selection_notice")[-1])
        with pytest.raises(Refused, match="không dùng lại"):
            numbers.cancel(session, series, 80, "Văn thư", "thử")


def test_the_wrong_paper_is_kept_beside_the_right_one_which_says_what_it_replaces(issued: Desk) -> None:
    before = files_of(issued.documents("selection_notice")[-1])
    correct(issued.key, "notice", right_of(issued, "selection_notice", number=82), CLERK)

    after = files_of(issued.documents("selection_notice")[-1])
    assert {"docx", "pdf", "docx-1", "pdf-1"} == set(after)
    assert after["pdf-1"].sha256 == before["pdf"].sha256
    assert after["pdf"].sha256 != before["pdf"].sha256
    (row,) = issued.documents("selection_notice")
    assert (row.number, row.state) == (82, "issued")
    assert row.corrected
    assert row.corrected["words"] == "Thông báo này thay thế thông báo số 80-TB/BTCTU, ngày 22/3/2024."


def test_everybody_who_got_the_wrong_paper_is_told_what_was_wrong_and_what_holds(issued: Desk) -> None:
    had = {one.recipient for one in issued.letters() if one.purpose in ("selection_notice", "group_notice")}
    _symbol, told = correct(issued.key, "notice", right_of(issued, "selection_notice", number=82), CLERK)

    letters = issued.letters("document_corrected")
    assert {one.recipient for one in letters} == had
    assert told == len(had)
    host = next(one for one in letters if one.recipient == "host")
    assert "Số: đã ghi 80-TB/BTCTU; đúng là 82-TB/BTCTU" in words(host)
    assert "không dùng lại" in words(host)
    assert {name.rpartition(".")[2] for name in enclosed(host)} == {"docx", "pdf"}
    assert all(words(host).count(name) == 1 for name in enclosed(host)), "each file is named once"
    assert host.state == "queued"
    assert people_in(host.raw) == people_in(issued.letters("selection_notice", "host")[0].raw)
    assert "Ban Thường vụ Thành ủy Biên Hòa" in people_in(host.raw).values()


def test_a_wrong_day_or_signer_keeps_the_number_and_is_a_correction(issued: Desk) -> None:
    right = right_of(issued, "selection_notice", issued_on=date(2024, 3, 21), signer=SIGNER)
    assert correct(issued.key, "notice", right, CLERK)[0] == "80-TB/BTCTU"

    (row,) = issued.documents("selection_notice")
    assert row.corrected
    assert "đính chính thông báo số 80-TB/BTCTU, ngày 22/3/2024: ngày 21/3/2024" in row.corrected["words"]
    assert "Nguyễn Văn Khác" in row.corrected["words"]
    assert lines_of_register()[80][0] == "used"
    host = next(one for one in issued.letters("document_corrected") if one.recipient == "host")
    assert "Ngày: đã ghi 22/3/2024; đúng là 21/3/2024" in words(host)


def test_a_second_correction_keeps_both_wrong_papers(issued: Desk) -> None:
    correct(issued.key, "notice", right_of(issued, "selection_notice", number=82), CLERK)
    correct(issued.key, "notice", right_of(issued, "selection_notice", number=83), CLERK)

    assert {"pdf", "pdf-1", "pdf-2"} <= set(files_of(issued.documents("selection_notice")[-1]))
    assert [answer.version for answer in issued.answers("correction")] == [1, 2]
    assert len([one for one in issued.letters("document_corrected") if one.recipient == "host"]) == 2


@pytest.mark.parametrize("kept_as", ["reserved", "block"])
def test_corrected_to_a_number_that_was_kept_before_everybody_is_told(desk: Desk, kept_as: str) -> None:
    """Its line of the register is older than that of the wrong one, and bears the moment of the correction."""
    desk.until_chosen()
    series = numbers.Series("BTCTU", "GM", "2020-2025")
    if kept_as == "reserved":
        reserve(series, 40, CLERK)
    else:
        set_aside(series, 40, 40, CLERK)
    desk.set_clock(2024, 3, 22, 9)
    desk.issue("notice", 80)
    desk.go_on()
    desk.set_clock(2024, 3, 25, 9)
    had = {one.recipient for one in desk.letters("invitation")}
    assert had
    _symbol, told = correct(desk.key, "invitation", right_of(desk, "invitation", number=40), CLERK)
    assert told == len(had)
    assert {one.recipient for one in desk.letters("document_corrected")} == had


def test_who_gets_paper_by_hand_is_handed_the_newest_correction_alone(issued: Desk) -> None:
    by_hand = {one.recipient for one in issued.letters("selection_notice") if one.state == "by_hand"}
    assert by_hand
    correct(issued.key, "notice", right_of(issued, "selection_notice", number=82), CLERK)
    correct(issued.key, "notice", right_of(issued, "selection_notice", number=83), CLERK)

    for recipient in by_hand:
        told = [one for one in issued.letters("document_corrected") if one.recipient == recipient]
        assert [(one.revision, one.state) for one in told] == [(1, "withdrawn"), (2, "by_hand")]
    others = [one for one in issued.letters("document_corrected") if one.recipient not in by_hand]
    assert {one.revision for one in others} == {1, 2}


def test_a_correction_of_another_document_is_none_of_this_one(issued: Desk) -> None:
    correct(issued.key, "notice", right_of(issued, "selection_notice", number=82), CLERK)
    correct(issued.key, "invitation", right_of(issued, "invitation", number=33), CLERK)

    told = {one.recipient for one in issued.letters("document_corrected") if one.revision == 2}
    assert told == {one.recipient for one in issued.letters("invitation")}


def test_a_guest_who_is_not_invited_any_more_gets_no_right_invitation(desk: Desk) -> None:
    """The first came after the issue and is taken back; the second was in it, taken back, and is invited again."""
    desk.until_chosen()
    invite(desk.key, "Đồng chí B", "b@tinh.example", OFFICER)
    _goes_on(desk)
    desk.set_clock(2024, 3, 22, 9)
    desk.issue("notice", 80)
    desk.go_on()
    desk.postman_calls()
    invite(desk.key, "Đồng chí A", "a@tinh.example", OFFICER)
    _goes_on(desk)
    for address in ("a@tinh.example", "b@tinh.example"):
        uninvite(desk.key, address, OFFICER, reason="bận")
    _goes_on(desk)
    invite(desk.key, "Đồng chí B", "b@tinh.example", OFFICER)
    _goes_on(desk)
    assert {one.recipient for one in desk.letters("invitation_cancelled")} == {"guest:1", "guest:2"}

    correct(desk.key, "invitation", right_of(desk, "invitation", number=33), CLERK)

    told = {one.recipient for one in desk.letters("document_corrected")}
    assert "guest:2" not in told
    assert "guest:1" in told, "who was invited again has it"


def _goes_on(desk: Desk) -> None:
    desk.run_step(4)
    desk.postman_calls()


def test_invitees_get_the_sheet_that_names_them_alone(issued: Desk) -> None:
    correct(issued.key, "invitation", right_of(issued, "invitation", number=33), CLERK)

    letters = issued.letters("document_corrected")
    assert {one.recipient for one in letters} == {one.recipient for one in issued.letters("invitation")}
    assert all(enclosed(one) for one in letters if one.state == "queued")


def test_of_a_secret_visit_the_correction_is_handed_over(issued: Desk) -> None:
    with writing(settings().database) as session:
        row = session.get_one(DocumentRow, issued.documents("selection_notice")[-1].id)
        row.secrecy = "MẬT"
    correct(issued.key, "notice", right_of(issued, "selection_notice", number=82), CLERK)

    assert {one.state for one in issued.letters("document_corrected")} == {"withheld"}


def test_the_record_agrees_with_what_was_corrected(issued: Desk) -> None:
    correct(issued.key, "notice", right_of(issued, "selection_notice", number=82), CLERK)
    with reading(settings().database) as session:
        assert not [one for one in faults(session, settings()) if not one.warning]


def test_the_visit_goes_on_without_asking_or_telling_anybody_anew(issued: Desk) -> None:
    correct(issued.key, "notice", right_of(issued, "selection_notice", number=82), CLERK)
    before = len(issued.letters())
    issued.run_step(4)
    assert len(issued.letters()) == before
    assert [row.number for row in issued.documents("selection_notice")] == [82]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({}, "đều như đã phát hành"),
        ({"number": 82, "reason": " "}, "cần lý do"),
        ({"issued_on": date(2024, 4, 1)}, "chưa tới"),
        ({"issued_on": date(2023, 4, 1)}, "trước cả kế hoạch"),
        ({"signer": Signer("", "", "")}, "chưa ghi người ký"),
    ],
)
def test_what_makes_no_sense_is_refused(issued: Desk, other: dict[str, object], told: str) -> None:
    with pytest.raises(Refused, match=told):
        correct(issued.key, "notice", right_of(issued, "selection_notice", **other), CLERK)
    assert not issued.letters("document_corrected")


def test_a_number_that_another_document_has_is_refused(issued: Desk) -> None:
    series = numbers.series_of(issued.documents("selection_notice")[-1])
    cancel(series, 84, CLERK, "in hỏng")
    with pytest.raises(Refused, match="84-TB/BTCTU đã hủy"):
        correct(issued.key, "notice", right_of(issued, "selection_notice", number=84), CLERK)


def test_what_was_not_issued_is_not_corrected(desk: Desk) -> None:
    desk.until_chosen()
    with pytest.raises(Refused, match="chưa phát hành"):
        correct(desk.key, "notice", RightSheet(80, desk.today, SIGNER, "nhầm"), CLERK)


# The look before


def test_a_look_shows_the_very_letters_and_leaves_nothing_behind(desk: Desk) -> None:
    desk.until_chosen()
    desk.set_clock(2024, 3, 22, 9)
    ahead = letters_of_issue(desk.key, "notice", Sheet(80, desk.today), CLERK)

    assert [row.state for row in desk.documents("selection_notice")] == ["draft"]
    assert not desk.letters("selection_notice")
    assert 80 not in lines_of_register()
    desk.issue("notice", 80)
    desk.go_on()
    (notice,) = desk.letters("selection_notice", "host")
    assert any((one.subject, one.text) == (notice.subject, words(notice).strip()) for one in ahead), ahead


def test_a_look_at_a_correction_leaves_nothing_behind(issued: Desk) -> None:
    right = right_of(issued, "selection_notice", number=82)
    ahead = letters_of_correction(issued.key, "notice", right, CLERK)

    assert any("82-TB/BTCTU" in one.text for one in ahead)
    assert not issued.letters("document_corrected")
    assert lines_of_register()[80][0] == "used"
    assert 82 not in lines_of_register()
