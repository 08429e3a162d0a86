"""A year is drafted, checked, settled and loaded at the desk; what is open blocks it, who is overtaken is told."""

import re

import pytest

from config.settings import settings
from database import plan_drafts, plans
from database.engine import reading
from tests.web.conftest import AsRole, Visitor
from tests.web.planning.conftest import URL, YEAR, fields, pasted_addresses, settle_all, the_draft


def years() -> list[int]:
    with reading(settings().database) as session:
        return list(plans.years(session))


def made_whole(officer: Visitor) -> None:
    """Everything but the last click."""
    settle_all(officer)
    assert (
        officer.post(f"{URL}/dia-chi", fields(officer, f"{URL}/dia-chi") | {"pasted": pasted_addresses()}).status_code
        == 303
    )


def test_a_draft_begins_with_the_units_of_its_year_and_says_what_is_open(officer: Visitor) -> None:
    page = officer.get(URL).text

    assert len(the_draft().plan.units) == 100
    assert f"còn {len(the_draft().decisions)} điều cần quyết định" in page
    assert "Nghị quyết số 1662/NQ-UBTVQH15" in page
    assert not re.search(r"\([A-Z]\d+\)", " ".join(one.said for one in the_draft().decisions))
    assert "Nạp kế hoạch năm 2026" not in page


def test_the_year_is_seen_as_a_picture_before_it_is_loaded(officer: Visitor) -> None:
    page = officer.get(URL).text

    assert page.count('class="planned"') == len(the_draft().plan.visits)
    assert '<title id="picture-title">Bảng năm 2026</title>' in page
    assert years() == [2024], "nothing was stored"


def test_a_year_is_begun_once(officer: Visitor, as_role: AsRole) -> None:
    answer = as_role("admin").post("/ke-hoach", {"year": f"{YEAR}"})

    assert answer.status_code == 422
    assert "đã có bản dự thảo" in answer.text
    assert the_draft().saved_by == "Nguyễn Văn Ví Dụ"
    assert officer.get("/ke-hoach").text.count("Dự thảo kế hoạch năm 2026") == 1


@pytest.mark.parametrize("year", ["", "20", "hai nghìn", "2300"])
def test_what_is_no_year_is_said_at_its_field(officer: Visitor, year: str) -> None:
    answer = officer.post("/ke-hoach", {"year": year})

    assert answer.status_code == 422
    assert 'id="year-problem-1"' in answer.text


def test_a_decision_is_settled_in_words_and_stands_with_who_and_when(officer: Visitor, as_role: AsRole) -> None:
    empty = officer.post(URL, {"do": "settle", "point": "1", "decided-1": " "})
    assert empty.status_code == 422
    assert 'id="decided-1-problem-1"' in empty.text

    officer.post(URL, {"do": "settle", "point": "1", "decided-1": "Số 12, theo sổ văn thư"})

    first = the_draft().decisions[0]
    assert (first.decided, first.by, first.is_open) == ("Số 12, theo sổ văn thư", "Nguyễn Văn Ví Dụ", False)
    assert "Số 12, theo sổ văn thư" in officer.get(URL).text
    assert "Số 12, theo sổ văn thư" in as_role("leader").get("/nhat-ky").text


def test_a_decision_can_be_opened_again(officer: Visitor) -> None:
    officer.post(URL, {"do": "settle", "point": "2", "decided-2": "05/01/2026"})
    officer.post(URL, {"do": "reopen", "point": "2"})

    assert the_draft().decisions[1].is_open


def test_an_open_decision_blocks_loading_whatever_is_posted(officer: Visitor) -> None:
    answer = officer.post(URL, {"do": "load", "sure": "1"})

    assert answer.status_code == 422
    assert "Cần quyết định" in answer.text
    assert years() == [2024]


def test_what_is_lacking_is_named_by_its_field_and_blocks_loading_as_well(officer: Visitor) -> None:
    settle_all(officer)

    page = officer.get(URL).text
    answer = officer.post(URL, {"do": "load", "sure": "1"})

    assert "Ban thường vụ đơn vị, Phường Biên Hòa, thư điện tử:" in page
    assert answer.status_code == 422
    assert years() == [2024]


def test_a_settled_draft_is_loaded_and_becomes_the_plan_of_its_year(officer: Visitor) -> None:
    made_whole(officer)
    assert "Bản dự thảo đã đủ" in officer.get(URL).text
    assert officer.post(URL, {"do": "load"}).status_code == 422, "nobody has said that it was looked at"

    loaded = officer.post(URL, {"do": "load", "sure": "1"})

    assert loaded.headers["location"] == "/nam/2026"
    assert years() == [2026, 2024]
    with reading(settings().database) as session:
        plan, contacts = plans.read(session, YEAR)
        assert plan_drafts.find(session, YEAR) is None
    assert contacts.standing_boards["phuong_bien_hoa"].email == "phuong-bien-hoa@bt.example"
    assert len(plan.units) == 100
    assert "Phước Thái" in officer.follow(loaded).text


def test_whoever_was_overtaken_is_told_and_loses_nothing(officer: Visitor, as_role: AsRole) -> None:
    second = as_role("officer", "khac", name="Bùi Thị Khác", email="")
    older = second.shown_at(URL)
    officer.post(URL, {"do": "settle", "point": "1", "decided-1": "Số 12"})

    lost = second.post(URL, {**older, "do": "settle", "point": "1", "decided-1": "Số 15"})

    assert lost.status_code == 422
    assert re.search(r"Nguyễn Văn Ví Dụ đã sửa lúc \d\d:\d\d", lost.text)
    assert the_draft().decisions[0].decided == "Số 12"


def test_a_draft_is_thrown_away_only_by_who_says_so_twice(officer: Visitor, as_role: AsRole) -> None:
    assert officer.post(URL, {"do": "drop"}).status_code == 422
    assert the_draft()

    assert officer.post(URL, {"do": "drop", "sure-drop": "1"}).status_code == 303

    assert officer.get(URL).status_code == 404
    assert "Bỏ dự thảo kế hoạch" in as_role("leader").get("/nhat-ky").text


def test_the_draft_goes_out_as_a_file_in_which_what_is_open_stands(officer: Visitor) -> None:
    text = officer.get(f"{URL}/ke-hoach.yaml").text

    assert "number: 73 # CẦN QUYẾT ĐỊNH: số kế hoạch; 73 là số của năm 2024" in text


def test_the_plan_of_a_running_year_is_changed_by_a_draft_of_it_and_edited_addresses_stay(
    officer: Visitor, as_role: AsRole
) -> None:
    officer.post("/ke-hoach", {"year": "2024"})
    admin = as_role("admin")
    form = fields(admin, "/quan-tri/lien-he")
    admin.post("/quan-tri/lien-he", {**form, "standing_boards.bien_hoa.email": "moi@bien-hoa.example"})

    typed = fields(officer, "/ke-hoach/2024/don-vi") | {"months-bien_hoa": "6"}
    assert officer.post("/ke-hoach/2024/don-vi", typed).status_code == 303
    page = officer.get("/ke-hoach/2024").text
    assert "thêm: dự Biên Hòa tháng 6" in page
    assert officer.post("/ke-hoach/2024", {"do": "load", "sure": "1"}).status_code == 303

    with reading(settings().database) as session:
        plan, contacts = plans.read(session, 2024)
    assert [one.month for one in plan.visits if one.unit == "bien_hoa"] == [6]
    assert contacts.standing_boards["bien_hoa"].email == "moi@bien-hoa.example"
