"""Every document goes to those whom it names under `Nơi nhận`, and to nobody else, all year long (R77–R82, trap 23)."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import docx
import pytest

from answers.changes import move
from answers.guests import invite
from config.settings import Settings, settings
from database import documents, plans, visits
from database.dossier import open_dossier
from database.engine import reading, writing
from database.models import DocumentRow, LetterRow, VisitRow
from domain.dates import at
from domain.letters_and_documents import DOCUMENTS
from domain.plan import Contacts, Plan
from domain.structure import Structure
from papers.recipients import boards_called, recipients_of
from tests.desk import Desk
from tests.may import OFFICER, THIRD_DAY
from tests.numbering import number_next
from tests.obligations import plan_and_summary_are_issued
from tests.opened_mail import mail, words

#: On paper: nobody has an address of these.
ORGANISATIONS = ("bản giấy: tổ chức đảng số 1",)
LEADERS = {"lanh-dao-ban@ban-to-chuc.example"}
GROUP = {f"{name}@to-cong-tac.example" for name in ("to-truong", "thanh-vien-1", "thanh-vien-2")}
BOARDS = {f"{name}@tinh-uy.example" for name in (
    "uy-ban-kiem-tra", "ban-tuyen-giao", "ban-dan-van", "ban-noi-chinh", "van-phong",
)}  # fmt: skip


def with_a_moved_meeting(office: Settings) -> Desk:
    """May's visit, whose meeting was moved after its notice had gone out, and told by a second one."""
    assert office.mode == "rehearsal"
    desk = Desk()
    desk.until_issued()
    desk.set_clock(2024, 5, 2, 9)
    move(desk.key, 1, at(THIRD_DAY, 8, 30), OFFICER, reason="trùng lịch")
    desk.go_on()
    desk.issue("notice", 85)
    desk.go_on()
    return desk


def printed_in(letter: LetterRow) -> tuple[str, ...]:
    """What stands under `Nơi nhận` in the Word file that the letter brings."""
    for part in mail(letter).iter_attachments():
        if str(part.get_filename()).endswith(".docx") and "mau-tu-giam-sat" not in str(part.get_filename()):
            return printed_on(part.get_content())
    return ()


def printed_on(word_file: bytes) -> tuple[str, ...]:
    """The same of any Word file."""
    lines = [cell.text for cell in _texts(docx.Document(io.BytesIO(word_file)))]
    found = [line for line in lines[lines.index("Nơi nhận:") + 1 :] if line.startswith("- ")]
    return tuple(re.sub(r"[,;.]$", "", line.removeprefix("- ")) for line in found)


def _texts(document: object) -> Iterator[object]:
    for table in document.tables:  # type: ignore[attr-defined]
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def meant_by(line: str, unit: str, plan: Plan, contacts: Contacts) -> set[str]:
    """Whom that printed line stands for, as a reader of the contacts would say; names of those who get it on paper."""
    names = {one.name: one.email for one in (*contacts.bodies.values(), *contacts.organisation_boards.values())}
    match line:
        case "Như trên":
            return {contacts.standing_boards[unit].email}
        case "Ban Tổ chức các cấp ủy nêu trên":  # each with the letter to its own standing board
            return {contacts.organisation_boards[unit].email}
        case "LĐB" | "LĐB (để b/c)":
            return LEADERS
        case "Thành viên Tổ công tác":
            return GROUP
        case "Các ban đảng, VPTU":
            return BOARDS
        case "Các tổ chức đảng có tên tại mục I" | "Các tổ chức đảng được dự, giám sát":
            return set(ORGANISATIONS)
        case "BTV các cấp ủy trực thuộc":
            return {contacts.standing_boards[one.code].email for one in plan.units}
        case "Ban Tổ chức các cấp ủy trực thuộc tỉnh":
            return {contacts.organisation_boards[one.code].email for one in plan.units}
        case "Đồng kính gửi: TTTU (thay b/c)":
            return {"thuong-truc@tinh-uy.example"}
        case "Ban Thường vụ Tỉnh ủy (để b/c)":
            return {"ban-thuong-vu@tinh-uy.example"}
        case _ if line.startswith("Lưu "):
            return set()
        case _ if unit and line == plan.unit(unit).standing_board:
            return {contacts.standing_boards[unit].email}
        case _:
            return {names[line]}


def mailing_lists(letters: list[LetterRow]) -> dict[tuple[int, str, int], set[str]]:
    """Who got each revision of each document; an invitation is a paper for each invited."""
    found: dict[tuple[int, str, int], set[str]] = defaultdict(set)
    for letter in letters:
        if letter.purpose in DOCUMENTS and letter.purpose != "invitation":
            found[letter.visit_id, letter.purpose, letter.revision] |= set(letter.addresses)
        if letter.purpose == "group_notice":
            assert "TB-danh-sach.docx" in " ".join(str(one.get_filename()) for one in mail(letter).iter_attachments())
            found[letter.visit_id, "selection_notice", letter.revision] |= set(letter.addresses)
    return found


def assert_printed_is_mailed(wanted: set[str]) -> None:
    """Every letter of every obligation that brings a document."""
    with reading(settings().database) as session:
        plan, contacts = plans.read(session, 2024)
        units = {row.id: row.unit for row in session.query(VisitRow)}
        every = list(session.query(LetterRow).order_by(LetterRow.id))
        letters = [one for one in every if one.state != "withdrawn"]
        # A paper that nobody had handed over when a newer one took its place was on the older one's list all the same.
        lists = mailing_lists([one for one in every if one in letters or one.addresses[0].startswith("bản giấy:")])
        seen = set()
        for letter in letters:
            if letter.purpose not in DOCUMENTS or letter.state == "by_hand":
                continue
            printed, unit = printed_in(letter), units[letter.visit_id]
            meant = set().union(*(meant_by(line, unit, plan, contacts) for line in printed))
            key = (letter.visit_id, letter.purpose, letter.revision)
            got = set(letter.addresses) if letter.purpose == "invitation" else lists[key]
            assert got == meant, (letter.purpose, letter.recipient, printed)
            assert printed[-1] == "Lưu BTCTU"
            seen.add(letter.purpose)
    assert seen == wanted


def test_of_a_visit_with_a_moved_meeting(office: Settings) -> None:
    desk = with_a_moved_meeting(office)

    assert len(desk.letters("selection_notice", "host")) == 2
    assert_printed_is_mailed({"nomination_request", "selection_notice", "invitation"})


def test_of_all_that_a_year_asks_for(office: Settings) -> None:
    assert office.mode == "rehearsal"
    Desk().until_year_end()
    plan_and_summary_are_issued()

    assert_printed_is_mailed({
        "nomination_request", "selection_notice", "invitation", "group_report", "result_notice", "annual_plan",
        "year_end_request", "annual_report",
    })  # fmt: skip


def test_the_boards_above_are_called_as_the_plan_s_levels_are(office: Settings) -> None:
    """A province that became a city under central rule has a Thành ủy."""
    assert office.mode == "rehearsal"
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, "2024/tong-hop").id)
        dossier.plan = replace(dossier.plan, structure=Structure(committee="Thành ủy"))
        dossier.contacts = replace(dossier.contacts, bodies={})
        (report, *_) = recipients_of(dossier, "annual_report")
        (information,) = [one for one in recipients_of(dossier, "annual_plan") if "TTTU" in one.printed]

    assert report.printed == "Ban Thường vụ Thành ủy (để b/c)"
    assert [one.contact.name for one in report.whom] == ["Ban Thường vụ Thành ủy"]
    assert [one.contact.name for one in information.whom] == ["Thường trực Thành ủy"]


def test_of_one_request_to_two_hosts_both_have_the_same_list(desk: Desk) -> None:
    """One công văn under one number: its lines stand for both, and each letter brings its own unit's copy."""
    with writing(settings().database) as session:
        row = visits.find(session, "2024-06/cao_su_dong_nai")
        row.month, row.opens_on = 5, date(2024, 3, 1)
    desk.set_clock(2024, 3, 1)
    both = (desk, Desk("2024-05/cao_su_dong_nai"))
    for one in both:
        one.open()
        one.waits()
    number_next(desk.key, "request")
    for one in both:
        one.run_step(1)

    lists = [printed_in(letter) for one in both for letter in one.letters("nomination_request")]

    assert lists == [("Như trên", "Ban Tổ chức các cấp ủy nêu trên", "LĐB", "Lưu BTCTU")] * 2
    assert_printed_is_mailed({"nomination_request"})


@pytest.mark.parametrize(
    ("boards", "printed"),
    [
        ([("Ban Tổ chức Huyện ủy Tân Phú", "Ban Thường vụ Huyện ủy Tân Phú")] * 2, "Ban Tổ chức"),
        ([("Ban Xây dựng Đảng Đảng ủy xã Mẫu 01", "Ban Thường vụ Đảng ủy xã Mẫu 01")] * 2, "Ban Xây dựng Đảng"),
        (
            [
                ("Ban Xây dựng Đảng Đảng ủy xã Mẫu 01", "Ban Thường vụ Đảng ủy xã Mẫu 01"),
                ("Ban Tổ chức Đảng ủy Ủy ban nhân dân tỉnh", "Ban Thường vụ Đảng ủy Ủy ban nhân dân tỉnh"),
            ],
            "Ban Xây dựng Đảng, Ban Tổ chức",
        ),
    ],
)
def test_the_boards_of_several_units_are_called_as_they_are(boards: list[tuple[str, str]], printed: str) -> None:
    assert boards_called(boards) == f"{printed} các cấp ủy nêu trên"


def test_the_office_s_copy_of_the_invitations_names_everybody_who_is_invited(desk: Desk) -> None:
    """D6: each sheet that goes out names its addressee alone."""
    desk.until_chosen()
    invite(desk.key, "Đồng chí Nguyễn Văn Khách", "khach@ban-noi-chinh.example", OFFICER)
    desk.go_on()
    desk.set_clock(2024, 3, 22, 9)
    desk.issue("notice", 80)
    desk.go_on()

    with reading(settings().database) as session:
        row = session.query(DocumentRow).filter_by(visit_id=desk.visit.id, kind="invitation", state="issued").one()
        kept = printed_on(documents.files(session, row)["docx"].content)
    sheets = {printed_in(letter) for letter in desk.letters("invitation")}
    assert kept[-1] == "Lưu BTCTU"
    assert "Đồng chí Nguyễn Văn Khách" in kept
    assert sheets == {(name, "Lưu BTCTU") for name in kept[:-1]}


@pytest.mark.parametrize(("day", "tells_leaders"), [((4, 1), False), ((4, 2), True)])
def test_a_reminder_is_a_mail_without_a_list_and_the_leaders_get_a_copy_once_it_is_late(
    desk: Desk, day: tuple[int, int], tells_leaders: bool
) -> None:
    """D3: they can call."""
    desk.until_asked()
    desk.set_clock(2024, *day)
    desk.go_on()

    letter = desk.letters("nomination_reminder")[-1]
    assert printed_in(letter) == ()
    assert "Nơi nhận" not in words(letter)
    assert (set(letter.addresses) >= LEADERS) == tells_leaders
    assert_printed_is_mailed({"nomination_request"})
