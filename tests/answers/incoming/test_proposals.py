"""An answer by mail is a proposal for a person; a clear list of the host's own may count at once (R62, A4)."""

from datetime import timedelta
from typing import Any

import pytest

from answers.incoming.acting import act
from config.settings import Settings, use
from database import stored
from domain.dates import at
from domain.incoming import MailState, MatchedBy, Trust
from domain.nomination import Nominations
from domain.plan import Plan
from tests.desk import Desk
from tests.incoming import Sent, came, row_of
from tests.may import FIRST_DAY
from tests.sheets.word_lists import document
from tests.web.lists import ROW, filled_form

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """The host was asked and the letter went out; it is 20/3/2024."""
    desk.until_asked()
    desk.postman_calls()
    desk.set_clock(2024, 3, 20, 9)
    desk.go_on()
    return desk


@pytest.fixture
def at_once(office: Settings) -> Settings:
    """The office takes clear lists at once."""
    inbox = office.inbox.model_copy(update={"take_at_once": True})
    return use(office.model_copy(update={"inbox": inbox}))


def listed(plan: Plan, *rows: dict[str, str], name: str = "danh-sach.xlsx") -> Sent:
    return name, XLSX, filled_form(plan, *(rows or (ROW,)))


def said(number: int) -> str:
    outcome = act(number)
    assert outcome is not None
    assert row_of(number).outcome == outcome.words
    return outcome.words


def test_a_list_that_came_by_mail_waits_for_an_officer(asked: Desk, plan: Plan) -> None:
    number = came([listed(plan)])

    assert said(number) == "kèm danh sách 01 tổ chức đảng (danh-sach.xlsx): xem rồi nhận"
    assert row_of(number).state == MailState.OPEN
    assert asked.answers("nominations") == []


def test_a_table_in_word_is_a_list_as_well(asked: Desk) -> None:
    assert asked.today == at(FIRST_DAY, 9).date().replace(month=3, day=20)
    number = came([("danh-sach.docx", DOCX, document())])

    assert said(number) == "kèm danh sách 02 tổ chức đảng (danh-sach.docx): xem rồi nhận"


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "có lời, không kèm tệp: đọc, rồi nhập thay nếu cần"),
        ([("quet.pdf", "application/pdf", b"%PDF-1.7")], "kèm bản quét (quet.pdf): xem, rồi nhập danh sách giới thiệu"),
        ([("a.xlsm", "application/x", b"PK")], "không đọc được tệp nào (a.xlsm: tệp có thể chứa macro"),
        ([("winmail.dat", "application/ms-tnef", b"x")], "không đọc được tệp nào (winmail.dat: gói riêng của Outlook"),
        ([("a.zip", "application/zip", b"PK")], "không đọc được tệp nào (a.zip: tệp nén"),
        ([("a.xlsx", XLSX, b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))],
         "kèm a.xlsx, chưa nhận được ngay: tệp có mật khẩu"),
        ([("a.docx", DOCX, b"x")], "kèm a.docx, chưa nhận được ngay: tên là .docx nhưng không phải tệp Word"),
    ],
    ids=["none", "scan", "macro", "outlook", "packed", "locked", "no_word"],
)  # fmt: skip
def test_each_kind_of_file_has_a_clear_word(files: list[Sent], words: str) -> None:
    assert said(came(files)).startswith(words)


def test_a_list_beside_a_scan_and_two_lists_are_told_apart(asked: Desk, plan: Plan) -> None:
    assert asked.visit.wait
    scan = ("quet.pdf", "application/pdf", b"%PDF-1.7")

    assert "và 01 bản quét để đối chiếu" in said(came([listed(plan), scan]))
    assert said(came([listed(plan), listed(plan, name="b.xlsx")])).startswith("kèm 02 danh sách")


def test_the_form_of_another_unit_is_said_to_be_one(asked: Desk, plan: Plan) -> None:
    assert asked.visit.wait
    number = came([listed(plan)], visit="2024-02/nhon_trach")

    words = said(number)

    assert "danh sách" not in words or "không phải của" in words


def test_what_nobody_knows_about_waits_for_a_person(asked: Desk, plan: Plan) -> None:
    assert asked.visit.wait
    assert said(came([listed(plan)], visit="")) == "chưa rõ trả lời thư nào: xếp vào một đợt"


def test_a_message_that_is_not_kept_is_only_named(asked: Desk, plan: Plan) -> None:
    assert asked.visit.wait
    assert said(came([listed(plan)], kept=False)).startswith("chỉ giữ trong hộp thư của cơ quan")


@pytest.mark.usefixtures("at_once")
def test_where_the_office_wants_it_a_clear_list_of_the_hosts_own_counts_from_the_day_it_came(
    asked: Desk, plan: Plan
) -> None:
    came_at = at(FIRST_DAY, 9).replace(month=3, day=18)
    number = came([listed(plan)], at=came_at)

    assert said(number) == "tự nhận danh sách 01 tổ chức đảng (danh-sach.xlsx)"
    (answer,) = asked.answers("nominations")
    assert (answer.by, answer.source) == ("Ban Thường vụ Thành ủy Biên Hòa", "mail")
    assert stored.value_of(answer, Nominations).received_on == came_at.date()
    assert asked.visit.wake_wanted > asked.visit.wake_seen
    assert row_of(number).state == MailState.DONE
    assert act(number) is None, "never twice"
    assert len(asked.answers("nominations")) == 1


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("differs", "why"),
    [
        ({"sender": "ban-to-chuc@bien-hoa.example"}, "người gửi không phải địa chỉ của đơn vị"),
        ({"trust": Trust.FAIL}, "không xác nhận được người gửi"),
        ({"trust": Trust.UNKNOWN}, "không nói gì về người gửi"),
        ({"matched": MatchedBy.SUBJECT}, "không trả lời thẳng thư đề nghị"),
        ({"copy": 1}, "cùng mã thư đã đến trước"),
        ({"at": "later"}, "sau giờ của dịch vụ"),
    ],
)
def test_whatever_is_doubtful_waits_for_a_person_with_the_reason(
    asked: Desk, plan: Plan, differs: dict[str, Any], why: str
) -> None:
    if "at" in differs:
        differs = {"at": asked.set_clock(2024, 3, 20, 9) + timedelta(days=1)}
    words = said(came([listed(plan)], **differs))

    assert "chưa tự nhận vì" in words
    assert why in words
    assert asked.answers("nominations") == []


@pytest.mark.usefixtures("at_once")
def test_a_list_with_the_smallest_doubt_waits_for_a_person(asked: Desk, plan: Plan) -> None:
    regular = {**ROW, "H": "Thường kỳ", "I": ""}

    assert "danh sách có điểm cần xem" in said(came([listed(plan, {**ROW, "H": "", "I": ""})]))
    assert "chưa có chi bộ sinh hoạt chuyên đề" in said(came([listed(plan, regular)]))
    assert "thư kèm nhiều tệp" in said(came([listed(plan), ("a.png", "image/png", b"x")]))
    assert asked.answers("nominations") == []


@pytest.mark.usefixtures("at_once")
def test_a_second_list_is_never_taken_by_itself(asked: Desk, plan: Plan) -> None:
    act(came([listed(plan)], at=asked.set_clock(2024, 3, 20, 9)))

    assert "đợt này đã có danh sách" in said(came([listed(plan, {**ROW, "G": "Phòng họp B"})]))
    assert len(asked.answers("nominations")) == 1
