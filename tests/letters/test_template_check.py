"""The office's wording is looked through before a letter needs it, and each fault is told with its file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from letters.template_check import check_templates
from letters.wording import TEMPLATES

Writer = Callable[[str, str], Path]


def told(folder: Path) -> list[tuple[str, str]]:
    return [(problem.place, problem.fault) for problem in check_templates(folder)]


def test_the_service_s_own_wording_has_no_fault() -> None:
    assert list(check_templates(None)) == []


def test_good_wording_of_the_office_has_no_fault(office_folder: Writer) -> None:
    for name in ("parts/phrases.txt", "invitation/body.txt", "self_report/body.txt", "parts/mail.txt"):
        folder = office_folder(name, (TEMPLATES / name).read_text(encoding="utf-8"))

    assert told(folder) == []


@pytest.mark.parametrize("broken", ["{% if %}", "{{ unit.name", "{{ unit.name | no_such_filter }}", "{% endfor %}"])
@pytest.mark.parametrize("name", ["invitation/body.txt", "annual_report/subject.txt", "parts/meetings_table.txt"])
def test_a_template_that_does_not_compile_is_named_with_file_and_line(
    name: str, broken: str, office_folder: Writer
) -> None:
    folder = office_folder(name, f"Một dòng tốt\n{broken}")

    ((place, fault),) = told(folder)

    assert place == f"{folder / name}:2"
    assert fault.startswith("mẫu thư viết sai")


def test_an_unknown_fact_is_named_with_file_and_line(office_folder: Writer) -> None:
    folder = office_folder("invitation/body.txt", "Kính gửi:\n\n{{ invitee }} {{ findings }}")

    assert told(folder) == [(f"{folder / 'invitation/body.txt'}:3", "thư này không có dữ kiện “findings”")]


def test_a_part_is_looked_at_with_each_letter_that_uses_it(office_folder: Writer) -> None:
    folder = office_folder("parts/checklist_table.txt", "{{ plan.year }}\n{{ changes }} {{ reason }}")

    place = f"{folder / 'parts/checklist_table.txt'}:2"
    assert told(folder) == [(place, "thư selection_notice không có dữ kiện “reason”")]


def test_the_frame_of_the_mails_knows_the_frame_s_facts(office_folder: Writer) -> None:
    folder = office_folder("parts/mail.txt", "{{ said }}\n{{ attached }} {{ addressee }} {{ head }}\n{{ meetings }}")

    places = told(folder)

    assert {place for place, _ in places} == {f"{folder / 'parts/mail.txt'}:3"}
    assert (places[0][0], "thư nomination_request không có dữ kiện “meetings”") in places
    assert not any("invitation" in fault for _, fault in places)


def test_a_file_of_phrases_that_lost_one_is_named(office_folder: Writer) -> None:
    phrases = (TEMPLATES / "parts/phrases.txt").read_text(encoding="utf-8")
    folder = office_folder("parts/phrases.txt", phrases.replace("macro attended", "macro atended"))

    assert (f"{folder / 'parts/phrases.txt'}:1", "thiếu cụm từ “attended” mà thư group_report dùng") in told(folder)


def test_a_word_that_the_form_does_not_know_is_named_with_its_line(office_folder: Writer) -> None:
    folder = office_folder("group_report/body.txt", "{# ghi chú #}\n---\nchức vụ ký: TỔ TRƯỞNG\nngười ký: A\n---\nChữ.")

    assert told(folder) == [(f"{folder / 'group_report/body.txt'}:4", "phần đầu không có mục “người ký: A”")]


def test_a_head_that_is_not_closed_is_named(office_folder: Writer) -> None:
    folder = office_folder("group_report/body.txt", "---\nchức vụ ký: TỔ TRƯỞNG\nChữ.")

    assert told(folder) == [(f"{folder / 'group_report/body.txt'}:1", "phần đầu không có dòng --- thứ hai")]


def test_a_file_that_is_not_utf8_is_named(office_folder: Writer) -> None:
    folder = office_folder("invitation/subject.txt", "")
    (folder / "invitation/subject.txt").write_bytes(b"Vi\xd6c")

    assert told(folder) == [(f"{folder / 'invitation/subject.txt'}", "tệp không phải UTF-8")]


def test_folders_and_files_that_no_letter_uses_are_warned_of(office_folder: Writer) -> None:
    office_folder("invitations/body.txt", "x")
    folder = office_folder("invitation/body.txt.txt", "x")

    problems = list(check_templates(folder))

    assert [problem.place for problem in problems] == [
        f"{folder / 'invitation/body.txt.txt'}",
        f"{folder / 'invitations'}",
    ]
    assert all(problem.warning for problem in problems)
