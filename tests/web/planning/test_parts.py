"""The parts of a draft: its text, its hosts by month or out of a sheet, its addresses one by one or pasted."""

import io

import pytest
from openpyxl import load_workbook

from database.plan_drafts import PlanDraft
from tests.web.conftest import Visitor
from tests.web.planning.conftest import URL, fields, pasted_addresses, the_draft

CONTENT, HOSTS, ADDRESSES = f"{URL}/noi-dung", f"{URL}/don-vi", f"{URL}/dia-chi"


@pytest.fixture
def before(officer: Visitor) -> PlanDraft:
    assert officer
    return the_draft()


def test_saving_the_text_as_it_stands_changes_nothing_of_the_plan(officer: Visitor, before: PlanDraft) -> None:
    assert officer.post(CONTENT, fields(officer, CONTENT)).status_code == 303

    assert the_draft().plan == before.plan


def test_head_bases_and_paragraphs_are_taken_from_the_form(officer: Visitor) -> None:
    typed = fields(officer, CONTENT) | {
        "number": "12", "issued": "05/01/2026", "signer-name": "Nguyễn Văn Mới", "due": "15/12/2026",
        "legal_bases": "50-CT/TW; 23/7/2025; Ban Bí thư; nâng cao chất lượng sinh hoạt chi bộ",
        "purposes": "Mục đích một\nMục đích hai", "participant-R54": "Mời đồng chí Thường trực Tỉnh ủy",
    }  # fmt: skip

    assert officer.post(CONTENT, typed).status_code == 303

    plan = the_draft().plan
    assert (plan.number, plan.signer.name, plan.self_supervising.due.isoformat()) == (
        12,
        "Nguyễn Văn Mới",
        "2026-12-15",
    )
    assert [(one.symbol, one.called) for one in plan.legal_bases] == [("50-CT/TW", "Chỉ thị")]
    assert plan.purposes == ("Mục đích một", "Mục đích hai")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("issued", "30/02/2026", "không có trên lịch"), ("number", "mười hai", "không phải số nguyên"),
        ("legal_bases", "50-CT/TW; Ban Bí thư", "Dòng 1 chưa đủ bốn phần"), ("signer-name", "", "Chưa ghi"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_its_field_and_what_was_typed_stays(
    officer: Visitor, before: PlanDraft, field: str, typed: str, said: str
) -> None:
    answer = officer.post(CONTENT, fields(officer, CONTENT) | {field: typed, "title": "Tên đã sửa"})

    assert answer.status_code == 422
    assert said in answer.text.split(f'id="{field}-problem-1">')[1].split("</span>")[0]
    assert 'value="Tên đã sửa"' in answer.text
    assert the_draft() == before


def test_hosts_are_typed_unit_by_unit_and_the_others_report_by_themselves(officer: Visitor) -> None:
    typed = {name: "" for name in fields(officer, HOSTS) if name.startswith("months-")}
    typed |= {"months-phuong_bien_hoa": "3", "months-xa_long_thanh": "3 và 9"}

    assert officer.post(HOSTS, typed).status_code == 303

    plan = the_draft().plan
    assert [(one.month, one.unit) for one in plan.visits] == [
        (3, "phuong_bien_hoa"), (3, "xa_long_thanh"), (9, "xa_long_thanh"),
    ]  # fmt: skip
    assert len(plan.self_supervising.units) == 98


def test_what_is_no_month_is_said_at_its_unit(officer: Visitor, before: PlanDraft) -> None:
    answer = officer.post(HOSTS, fields(officer, HOSTS) | {"months-xa_long_thanh": "13"})

    assert answer.status_code == 422
    assert "không phải tháng của năm 2026" in answer.text.split('id="months-xa_long_thanh-problem-1">')[1][:200]
    assert the_draft() == before


def test_the_sheet_goes_out_with_the_units_and_comes_in_with_fewer_of_them(officer: Visitor) -> None:
    book = load_workbook(io.BytesIO(officer.get(f"{HOSTS}/mau.xlsx").content))
    sheet = book.worksheets[0]
    assert sheet["D5"].value == "Đảng bộ Công an tỉnh"
    for row in range(5, 105):
        sheet[f"C{row}"] = "x"
    sheet["B6"], sheet["C6"] = "4", None
    sheet.delete_rows(100, 5)
    content = io.BytesIO()
    book.save(content)

    sent = officer.post(HOSTS, {"do": "sheet"}, files={"file": ("ke-hoach.xlsx", content.getvalue())})

    assert sent.status_code == 303, sent.text
    draft = the_draft()
    assert len(draft.plan.units) == 95
    assert [one.month for one in draft.plan.visits] == [4]
    assert set(draft.contacts.standing_boards) == {unit.code for unit in draft.plan.units}


def test_a_sheet_with_faults_says_them_and_changes_nothing(officer: Visitor, before: PlanDraft) -> None:
    sent = officer.post(
        HOSTS, {"do": "sheet"}, files={"file": ("a.csv", "Tên đơn vị,Tháng\nĐảng bộ Công an tỉnh,15\n".encode())}
    )
    none = officer.post(HOSTS, {"do": "sheet"})

    assert (sent.status_code, none.status_code) == (422, 422)
    assert "không phải tháng của năm 2026" in sent.text
    assert "Chưa chọn tệp" in none.text
    assert the_draft() == before


def test_addresses_are_pasted_from_a_sheet_for_all_units_at_once(officer: Visitor) -> None:
    typed = fields(officer, ADDRESSES) | {"pasted": pasted_addresses()}

    assert officer.post(ADDRESSES, typed).status_code == 303

    contacts = the_draft().contacts
    assert all(one.email for one in (*contacts.standing_boards.values(), *contacts.organisation_boards.values()))
    assert contacts.standing_boards["xa_loc_thanh"].email == "xa-loc-thanh@bt.example"
    assert contacts.standing_boards["xa_loc_thanh_nang"].email == "xa-loc-thanh-nang@bt.example"
    assert contacts.organisation_boards["xa_long_thanh"].name == "Ban Xây dựng Đảng Đảng ủy xã Long Thành"


def test_a_pasted_line_that_is_not_understood_is_named_and_stays(officer: Visitor, before: PlanDraft) -> None:
    lines = "Đảng bộ xã Không Có\ta@b.example\nCông an tỉnh; không-phải@\nQuân sự tỉnh"

    answer = officer.post(ADDRESSES, {"pasted": lines})

    assert answer.status_code == 422
    for said in (
        "dòng 1: không rõ đơn vị nào",
        "dòng 2: “không-phải@” không phải địa chỉ thư",
        "dòng 3: chưa có địa chỉ",
    ):
        assert said in answer.text.lower(), said
    assert "Đảng bộ xã Không Có" in answer.text
    assert the_draft() == before


def test_half_of_the_addresses_may_be_kept_and_the_draft_says_what_is_lacking(officer: Visitor) -> None:
    typed = fields(officer, ADDRESSES) | {"staff.leader.email": "lanh-dao@btc.example", "staff.leader.name": "Lê A"}

    assert officer.post(ADDRESSES, typed).status_code == 303

    assert the_draft().contacts.staff["leader"].email == "lanh-dao@btc.example"
    assert "thư điện tử:" in officer.get(URL).text
