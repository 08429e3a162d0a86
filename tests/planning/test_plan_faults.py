"""Every fault of a plan file is told with its line, and all of them at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from planning.plan_file import read_plan

SHIPPED = Path(__file__).parents[2] / "config" / "plans" / "2024.yaml"
TEXT = SHIPPED.read_text(encoding="utf-8")


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
    "unit_in_neither_list": ("    - xuan_loc\n", "", "code: xuan_loc", "thêm vào một trong hai danh sách"),
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
    "asked_unknown": ("[chaired_by, minutes_by,", "[chair, minutes_by,", "[chair,", "“chaired_by”?"),
    "decision_halved": (
        "# Section IV.",
        "group_decision: {symbol: 1-QĐ/TU}\n# Section IV.",
        "group_decision",
        "issued",
    ),
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
def test_a_fault_is_told_with_its_line(write: Callable[[str], Path], old: str, new: str, place: str, said: str) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    path = write(text)
    read, problems = read_plan(path)
    assert read is None
    wanted = f"{path}:{line_of(text, place)}"
    told = [str(problem) for problem in problems if problem.place == wanted and not problem.warning]
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


def test_a_legal_basis_of_which_nobody_can_tell_what_it_is_brings_a_warning(write: Callable[[str], Path]) -> None:
    """A18: `QĐ` may be a Quy định or a Quyết định."""
    text = TEXT.replace("- symbol: 85-KH/TU", "- symbol: 85-QĐ/TU")
    path = write(text)

    plan, problems = read_plan(path)

    assert plan is not None
    told = {problem.place: problem for problem in problems}
    assert told[f"{path}:{line_of(text, '- symbol: 85-QĐ/TU')}"].warning
    known = write(text.replace("- symbol: 85-QĐ/TU", "- symbol: 85-QĐ/TU\n    kind: Quy định"))
    assert not [one for one in read_plan(known)[1] if "85-QĐ" in one.fault]


def line_of(text: str, snippet: str) -> int:
    """The line, from 1, in which the only such snippet begins."""
    assert text.count(snippet) == 1, snippet
    return text[: text.index(snippet)].count("\n") + 1
