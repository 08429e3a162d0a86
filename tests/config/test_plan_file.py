"""The plan file: the shipped plan says what the plan of 2024 says, and every fault is named with its line."""

import json
import time
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.plan_file import plan_from_data, plan_to_data, read_plan
from domain.plan import Plan
from domain.problem import Problem
from domain.text import tone_styles

SHIPPED = Path(__file__).parents[2] / "config" / "plans" / "2024.yaml"
TEXT = SHIPPED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plan() -> Plan:
    shipped, _ = read_plan(SHIPPED)
    assert shipped
    return shipped


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def _write(text: str) -> Path:
        path = tmp_path / "plan.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return _write


def line_of(text: str, snippet: str) -> int:
    """The line, from 1, in which the only such snippet begins."""
    assert text.count(snippet) == 1, snippet
    return text[: text.index(snippet)].count("\n") + 1


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if not problem.warning]


# --- the shipped plan -------------------------------------------------------------------------------------


def test_the_shipped_plan_has_only_the_warning_about_its_first_host() -> None:
    """A5: for a meeting on 01/02 the deadline was the day before the plan was signed."""
    shipped, problems = read_plan(SHIPPED)
    assert shipped
    assert [(problem.place, problem.warning) for problem in problems] == [
        (f"{SHIPPED}:{line_of(TEXT, '{month: 2, unit: nhon_trach}')}", True)
    ]
    assert "02/01/2024" in problems[0].fault


def test_the_head_of_the_plan_is_that_of_the_source(plan: Plan) -> None:
    """R1–R8, R63, R83, R84."""
    assert plan.symbol == "73-KH/BTCTU"
    assert plan.issued == date(2024, 1, 3)
    assert plan.title == "Dự, giám sát sinh hoạt thường kỳ của đảng ủy, chi bộ năm 2024"
    assert (plan.issuer.parent, plan.issuer.name) == ("TỈNH ỦY ĐỒNG NAI", "BAN TỔ CHỨC")
    assert (plan.issuer.place, plan.issuer.receiving_office) == ("Đồng Nai", "Phòng Tổ chức đảng - Đảng viên")
    assert (plan.signer.authority, plan.signer.name) == ("K/T TRƯỞNG BAN", "Phạm Anh Dũng")
    assert [(one.symbol, one.issued) for one in plan.legal_bases] == [
        ("12-HD/BTCTW", date(2018, 7, 6)),
        ("85-KH/TU", date(2008, 10, 15)),
    ]
    assert plan.format_profile == "hd36_2018"
    assert plan.term == "2020-2025"


def test_nine_hosts_in_nine_months_are_those_of_the_source(plan: Plan) -> None:
    """R40–R49."""
    assert {visit.month: plan.unit(visit.unit).name for visit in plan.visits} == {
        2: "Đảng bộ huyện Nhơn Trạch",
        3: "Đảng bộ Công an tỉnh",
        4: "Đảng bộ huyện Tân Phú",
        5: "Đảng bộ thành phố Biên Hòa",
        6: "Đảng bộ Tổng Công ty Cao su Đồng Nai",
        7: "Đảng bộ thành phố Long Khánh",
        8: "Đảng bộ huyện Thống Nhất",
        9: "Đảng bộ huyện Cẩm Mỹ",
        10: "Đảng bộ Quân sự tỉnh",
    }
    assert len(plan.visits) == 9


def test_the_seven_others_report_by_16_december(plan: Plan) -> None:
    """R66–R69, A11."""
    assert plan.self_supervising.due == date(2024, 12, 16)
    assert [plan.unit(code).short_name for code in plan.self_supervising.units] == [
        "Long Thành",
        "Trảng Bom",
        "Vĩnh Cửu",
        "Xuân Lộc",
        "Định Quán",
        "Khối Các cơ quan tỉnh",
        "Khối Doanh nghiệp tỉnh",
    ]


def test_all_sixteen_units_are_either_visited_or_report(plan: Plan) -> None:
    """R70."""
    hosts = {visit.unit for visit in plan.visits}
    remaining = set(plan.self_supervising.units)
    assert len(plan.units) == 16
    assert not hosts & remaining
    assert hosts | remaining == {unit.code for unit in plan.units}
    assert sum(unit.unit_type in ("district", "city") for unit in plan.units) == 11
    assert {unit.code for unit in plan.units if unit.restricted} == {"cong_an_tinh", "quan_su_tinh"}


def test_a_letter_addresses_the_standing_board_by_its_full_name(plan: Plan) -> None:
    """A9."""
    assert plan.unit("nhon_trach").standing_board == "Ban Thường vụ Huyện ủy Nhơn Trạch"
    assert plan.unit("bien_hoa").standing_board == "Ban Thường vụ Thành ủy Biên Hòa"
    assert plan.unit("quan_su_tinh").standing_board == "Ban Thường vụ Đảng ủy Quân sự tỉnh"


def test_the_checklist_has_the_23_items_r16_to_r38(plan: Plan) -> None:
    assert [item.id for item in plan.checklist] == [f"R{number}" for number in range(16, 39)]
    assert [item.code for item in plan.checklist][:4] == ["II.1.a", "II.1.b", "II.1.c", "II.2.a"]
    assert plan.checklist[-1].code == "II.7"
    assert all(item.text and item.evidence for item in plan.checklist)


def test_the_rules_are_those_of_the_source(plan: Plan) -> None:
    """R51, R62, A4."""
    rules = plan.rules
    assert (rules.nomination_days, rules.day_kind, rules.inclusive) == (30, "calendar", True)
    assert (rules.basis, rules.roll, rules.min_thematic_cells) == ("received", "none", 1)


def test_the_party_boards_are_the_four_of_2024(plan: Plan) -> None:
    """R54–R59, A17."""
    assert [body.contact for body in plan.invited()] == [
        "provincial_standing_body",
        "inspection_commission",
        "propaganda_board",
        "mass_mobilisation_board",
        "internal_affairs_board",
        "party_office",
    ]
    assert [one.id for one in plan.participants if not one.invited] == ["R57", "R58", "R59"]


def test_the_recipients_are_those_of_the_source_with_the_scan_mended(plan: Plan) -> None:
    """R77–R82, A10."""
    assert [one.id for one in plan.recipients] == [f"R{number}" for number in range(77, 83)]
    assert "LĐB" in [one.text for one in plan.recipients]


def test_the_shipped_plan_is_nfc_and_of_one_tone_style() -> None:
    """P8, P11."""
    assert unicodedata.is_normalized("NFC", TEXT)
    assert tone_styles(TEXT) == {"old"}


# --- faults -----------------------------------------------------------------------------------------------

#: what is replaced, by what, which line is named (a snippet of the changed text), what is said
FAULTS = {
    "number_is_text": ("number: 73 ", "number: bảy ba ", "number: bảy", "phải là số nguyên"),
    "text_is_a_number": ("term: 2020-2025", "term: 2020", "term: 2020", "phải là chữ"),
    "term_is_no_term": ("term: 2020-2025", "term: '2020'", "term: '2020'", "nhiệm kỳ"),
    "text_is_empty": ("place: Đồng Nai", "place: ''", "place: ''", "để trống"),
    "text_is_missing": ("place: Đồng Nai", "place:", "place:", "để trống"),
    "truth_is_text": ("inclusive: true", "inclusive: có", "inclusive: có", "true hoặc false"),
    "number_is_a_word": ("{month: 4,", "{month: tư,", "{month: tư,", "phải là số nguyên, đang là chữ"),
    "record_is_text": ("{month: 4, unit: tan_phu}", "tháng tư", "- tháng tư", "phải là nhóm mục"),
    "list_is_a_record": ("legal_bases: # R7", "legal_bases: {x: 1}\nx: # R7", "legal_bases: {", "danh sách"),
    "year_out_of_range": ("year: 2024", "year: 20244", "year: 20244", "2000 đến 2100"),
    "number_below_one": ("number: 73", "number: 0", "number: 0", "1 đến"),
    "no_such_day": ("due: 2024-12-16", "due: 2024-02-30", "due: 2024", "không có trên lịch"),
    "no_date": ("issued: 2024-01-03", "issued: đầu năm", "issued: đầu", "không phải ngày"),
    "due_outside_the_year": ("due: 2024-12-16", "due: 2025-01-16", "due: 2025", "không thuộc năm 2024"),
    "issued_long_before": ("issued: 2024-01-03", "issued: 2023-11-30", "issued: 2023", "không thuộc năm"),
    "field_missing": ("  title: PHÓ TRƯỞNG BAN\n", "", "signer:", "thiếu mục “title”"),
    "section_missing": ("recipients:\n", "receivers:\n", "receivers:", "“recipients”?"),
    "field_unknown": ("term: 2020-2025", "terms: 2020-2025", "terms:", "“term”?"),
    "profile_unknown": ("hd36_2018", "hd36_2019", "hd36_2019", "“hd36_2018”?"),
    "unit_type_unknown": (
        "enterprise\n",
        "enterprize\n",
        "enterprize",
        "“enterprise”?",
    ),
    "unit_code_twice": ("code: tan_phu", "code: nhon_trach", "code: nhon_trach # R42", "đã có ở dòng"),
    "unit_code_odd": ("code: tan_phu", "code: Tân Phú", "code: Tân Phú", "a–z"),
    "unit_name_twice_in_another_tone_style": (
        "name: Đảng bộ huyện Tân Phú",
        "name: Đảng bộ thành phố BIÊN HOÀ",
        "name: Đảng bộ thành phố Biên Hòa",
        "đã có ở dòng",
    ),
    "visit_of_unknown_unit": ("unit: tan_phu}", "unit: tân_phu}", "unit: tân_phu}", "“tan_phu”?"),
    "visit_of_no_unit_at_all": ("unit: tan_phu}", "unit: zzz}", "unit: zzz}", "mục units"),
    "unknown_unit_reports": ("    - dinh_quan", "    - dinh_quann", "    - dinh_quann", "“dinh_quan”?"),
    "month_13": ("{month: 10,", "{month: 13,", "{month: 13,", "không có tháng 13"),
    "month_0": ("{month: 10,", "{month: 0,", "{month: 0,", "không có tháng 0"),
    "same_unit_and_month": (
        "  - {month: 3,",
        "  - {unit: nhon_trach, month: 2}\n  - {month: 3,",
        "{unit: nhon_trach",
        "đã có tháng 2",
    ),
    "host_reports_too": ("    - dinh_quan", "    - dinh_quan\n    - bien_hoa", "- bien_hoa", "vừa được dự"),
    "unit_reports_twice": (
        "    - dinh_quan",
        "    - dinh_quan\n    - 'vinh_cuu'",
        "'vinh_cuu'",
        "đã có ở dòng",
    ),
    "unit_in_neither_list": ("    - xuan_loc\n", "", "code: xuan_loc", "R70"),
    "day_kind_unknown": ("day_kind: calendar", "day_kind: calender", "calender", "“calendar”?"),
    "basis_unknown": ("basis: received", "basis: posted", "basis: posted", "received, sent"),
    "roll_unknown": ("roll: none", "roll: next", "roll: next", "none, previous"),
    "no_days_at_all": ("nomination_days: 30", "nomination_days: 0", "nomination_days: 0", "1 đến 365"),
    "days_beyond_all": ("nomination_days: 30", "nomination_days: 99999999", "days: 9999", "1 đến 365"),
    "minimum_above_maximum": ("min_selected: 1", "min_selected: 4", "min_selected: 4", "max_selected"),
    "more_cells_than_places": ("thematic_cells: 1", "thematic_cells: 4", "cells: 4", "max_selected"),
    "request_a_year_ahead": ("months_ahead: 2", "months_ahead: 12", "months_ahead: 12", "0 đến 11"),
    "checklist_id_twice": ("id: R17", "id: R16", "id: R16\n    code: II.1.b", "đã có ở dòng"),
    "checklist_code_twice": ("code: II.1.b", "code: II.1.a", "code: II.1.a\n    text: Tình", "đã có ở dòng"),
    "invited_without_contact": ("    contact: party_office\n", "", "- id: R56", "không có “contact”"),
    "invited_with_empty_contact": ("contact: party_office", "contact:", "contact:\n", "không có “contact”"),
    "level_unknown": (
        "    level: province\n    name: Thường",
        "    level: x\n    name: Thường",
        "level: x",
        "province",
    ),
    "group_unknown": ("group: archive", "group: archives", "group: archives", "“archive”?"),
    "key_twice": ("term: 2020-2025", "year: 2025", "year: 2025", "mục “year” đã có ở dòng 4"),
    "key_is_a_list": ("term: 2020-2025", "[term]: 2020-2025", "[term]", "tên mục phải là chữ"),
    "alias": ("unit: tan_phu}", "unit: &one tan_phu, x: *one}", "&one", "dấu “*”"),
    "tag": ("term: 2020-2025", "term: !x 2020-2025", "!x", "bỏ thẻ"),
    "tab": ("  place: Đồng", "\tplace: Đồng", "\tplace", "Tab"),
    "colon_in_text": ("evidence: Sổ nghị quyết", "evidence: Sổ: nghị quyết", "Sổ: nghị", "ngoặc kép"),
    "second_document": ("visits: #", "---\nvisits: #", "---", "“---”"),
    "control_character": ("evidence: Sổ nghị", "evidence: \x01Sổ nghị", "\x01", "U+0001"),
}


@pytest.mark.parametrize(("old", "new", "place", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_line(
    write: Callable[[str], Path], old: str, new: str, place: str, said: str
) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    path = write(text)
    read, problems = read_plan(path)
    assert read is None
    wanted = f"{path}:{line_of(text, place)}"
    told = [str(problem) for problem in errors(problems) if problem.place == wanted]
    assert any(said in one for one in told), [str(problem) for problem in problems]


def test_all_faults_are_told_at_once_in_the_order_of_the_lines(write: Callable[[str], Path]) -> None:
    text = TEXT
    snippets = []
    for name in ("number_is_text", "key_twice", "no_such_day", "month_13", "roll_unknown", "group_unknown"):
        old, new, place, _ = FAULTS[name]
        text = text.replace(old, new, 1)
        snippets.append(place)
    path = write(text)
    places = [problem.place for problem in read_plan(path)[1]]
    assert {f"{path}:{line_of(text, place)}" for place in snippets} <= set(places)
    assert places == sorted(places, key=lambda place: int(place.rpartition(":")[2]))


def test_an_armed_forces_unit_without_the_restriction_is_only_a_warning(write: Callable[[str], Path]) -> None:
    """A20, P3."""
    read, problems = read_plan(write(TEXT.replace("    restricted: true # A20, P3\n", "", 1)))
    assert read
    assert [problem for problem in problems if "restricted" in problem.fault and problem.warning]


@pytest.mark.parametrize(
    "text", ["", "# chỉ có ghi chú\n", "- một\n- hai\n", "chỉ một câu", "a: &a [*a]", "[" * 5000]
)
def test_a_file_that_is_no_plan_is_refused_and_does_not_break(
    write: Callable[[str], Path], text: str
) -> None:
    read, problems = read_plan(write(text))
    assert read is None
    assert errors(problems)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "2025.yaml"
    assert read_plan(path) == (None, [Problem(str(path), "không có tệp này", "kiểm tra lại đường dẫn")])


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    read, problems = read_plan(tmp_path)
    assert read is None
    assert "không mở được" in problems[0].fault


def test_an_old_encoding_is_told_with_line_and_byte_and_how_to_save(tmp_path: Path) -> None:
    """P13."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"year: 2024\ntitle: U\xfb ban nh\xa9n d\xa9n\n")
    read, problems = read_plan(path)
    assert read is None
    assert problems[0].place == f"{path}:2"
    assert "byte 20 (0xFB)" in problems[0].fault
    assert all(word in problems[0].remedy for word in ("TCVN3", "VNI", "UTF-16", "UTF-8"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1258"])
def test_other_encodings_are_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes("year: 2024\nname: Đ\n".encode(encoding))
    read, problems = read_plan(path)
    assert read is None
    assert "UTF-8" in problems[0].remedy


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path, plan: Plan) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert read_plan(path)[0] == plan


def test_decomposed_text_is_composed_without_a_word(write: Callable[[str], Path], plan: Plan) -> None:
    """P8: files from macOS hold letters and marks apart."""
    path = write(unicodedata.normalize("NFD", TEXT))
    read, problems = read_plan(path)
    assert read == plan
    assert not errors(problems)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 400), st.text(max_size=12))
def test_no_damage_to_the_file_raises(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, put: str
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "plan.yaml"
    path.write_bytes((TEXT[:start] + put + TEXT[start + length :]).encode("utf-8", "surrogatepass"))
    read, problems = read_plan(path)
    assert (read is None) == bool(errors(problems))


# --- other plans ------------------------------------------------------------------------------------------


def test_a_month_may_have_no_host_or_several(write: Callable[[str], Path]) -> None:
    """R49, C10."""
    text = TEXT.replace("{month: 3, unit: cong_an_tinh}", "{month: 2, unit: cong_an_tinh}")
    read, problems = read_plan(write(text))
    assert read
    assert [visit.unit for visit in read.visits if visit.month == 2] == ["nhon_trach", "cong_an_tinh"]
    assert not errors(problems)


def test_a_plan_may_be_signed_in_the_december_before(write: Callable[[str], Path]) -> None:
    read, problems = read_plan(write(TEXT.replace("issued: 2024-01-03", "issued: 2023-12-20")))
    assert read
    assert problems == []


def test_a_plan_signed_by_the_head_has_no_authority(write: Callable[[str], Path]) -> None:
    """F24."""
    read, _ = read_plan(write(TEXT.replace("authority: K/T TRƯỞNG BAN", "authority:")))
    assert read
    assert read.signer.authority == ""


def test_rules_that_are_not_named_take_their_defaults(write: Callable[[str], Path], plan: Plan) -> None:
    read, _ = read_plan(write(TEXT.replace("  nomination_days: 30\n", "").replace("  max_selected: 3\n", "")))
    assert read == plan


def test_a_plan_of_99_units_is_read_at_once(write: Callable[[str], Path]) -> None:
    """5.4, C10: about 99 organisations since 2025, several hosts a month."""
    head, rest = TEXT.split("units:\n", 1)
    _, rules = rest.split("rules:\n", 1)
    units = "".join(
        f"  - code: xa_{n}\n    name: Đảng bộ xã số {n}\n    unit_type: commune\n    short_name: Xã số {n}\n"
        f"    standing_board: Ban Thường vụ Đảng ủy xã số {n}\n    committee: Đảng ủy\n"
        for n in range(99)
    )
    visits = "".join(f"  - {{month: {n % 9 + 2}, unit: xa_{n}}}\n" for n in range(50))
    remaining = "".join(f"    - xa_{n}\n" for n in range(50, 99))
    lists = f"units:\n{units}visits:\n{visits}self_supervising:\n  due: 2024-12-16\n  units:\n{remaining}"
    started = time.perf_counter()
    read, problems = read_plan(write(f"{head}{lists}rules:\n{rules}"))
    assert time.perf_counter() - started < 3
    assert read
    assert (len(read.units), len(read.visits)) == (99, 50)
    assert not errors(problems)


# --- as data ----------------------------------------------------------------------------------------------


def test_a_plan_goes_through_json_and_comes_back_equal(plan: Plan) -> None:
    data = json.loads(json.dumps(plan_to_data(plan)))
    assert data["issued"] == "2024-01-03"
    assert plan_from_data(data) == plan
