"""What docs/mau-van-ban.md tells the office about its wording is true."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from domain.letters_and_documents import Purpose
from letters.form.blocks import Heading, Item, Paragraph, plain
from letters.form.markup import read_markup
from letters.form.paper import FORM_WORDS
from letters.template_check import check_templates
from letters.wording import TEMPLATES, environment, render

Facts = dict[str, object]
GUIDE = (Path(__file__).parents[2] / "docs" / "mau-van-ban.md").read_text(encoding="utf-8")


def test_it_names_the_facts_of_every_letter() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", GUIDE, re.MULTILINE)

    assert {name: frozenset(re.findall(r"`(\w+)`", facts)) for name, facts in rows} == {
        one.value: one.facts for one in Purpose
    }


def test_its_example_is_good_wording_and_reads_as_it_says(
    facts: Facts, office_folder: Callable[[str, str], Path]
) -> None:
    example = GUIDE.partition("```\n")[2].partition("```")[0]
    folder = office_folder("invitation/body.txt", example)

    paper = render("invitation", facts, folder).paper

    assert list(check_templates(folder)) == []
    assert paper is not None
    lines = [plain(block.words) for block in paper.body if isinstance(block, Paragraph | Item)]
    assert lines[1] == (
        "Chi bộ Trường THPT Nhơn Trạch: 7 giờ 30, thứ Ba, ngày 20/02/2024, tại Phòng họp A, Trường THPT Nhơn Trạch."
    )
    assert "thay thế" not in "".join(lines)
    assert paper.recipients == ("Ban Thường vụ Huyện ủy Nhơn Trạch", "LĐB", "Lưu BTCTU")


def test_it_names_every_word_of_the_form() -> None:
    assert all(f"`{word}`" in GUIDE for word in FORM_WORDS)


def test_the_marks_it_shows_are_read_as_it_says() -> None:
    kinds = [type(read_markup(line)[0]) for line in ("I- TÊN MỤC", "# Tên mục", "## 1. Tên mục", "### a) Tên mục")]

    assert set(kinds) == {Heading}
    for mark in ("- một ý", "+ một ý", "1. một ý", "a) một ý"):
        assert f"`{mark}`" in GUIDE
        assert isinstance(read_markup(mark)[0], Item)


def test_the_filters_and_files_it_names_exist(facts: Facts) -> None:
    known = environment(None)
    said = "{{ due | long_date }} {{ due | short_date }} {{ meeting.starts_at | date_and_time }}"
    for part in re.findall(r"\{\{[^}]*\}\}", said):
        assert f"`{part}`" in GUIDE
    shown = known.from_string(said).render(due=date(2024, 3, 5), meeting=facts["meetings"][0])  # type: ignore[index]
    assert shown == "ngày 05 tháng 3 năm 2024 05/3/2024 7 giờ 30, thứ Ba, ngày 20/02/2024"
    assert {"sentence", "lower_first"} <= set(known.filters)
    for part in ("phrases.txt", "meetings_table.txt", "mail.txt"):
        assert f"`{part}`" in GUIDE
        assert (TEMPLATES / "parts" / part).exists()


def test_the_attributes_it_names_can_be_asked_for(facts: Facts) -> None:
    for name in re.findall(r"`((?:unit|plan)\.[a-z_.]+)`", GUIDE):
        assert environment(None).from_string(f"{{{{ {name} }}}}").render(facts)
    meeting = GUIDE.partition("Mỗi `meeting`")[2].partition("Ngày giờ")[0]
    for name in re.findall(r"`([a-z_.]+)`", meeting)[1:]:
        environment(None).from_string(f"{{{{ meetings[0].{name} }}}}").render(facts)


def test_a_changed_file_is_taken_at_once(facts: Facts, office_folder: Callable[[str, str], Path]) -> None:
    folder = office_folder("staff_task/subject.txt", "Cũ")
    assert render("staff_task", facts, folder).subject.endswith(" Cũ")

    office_folder("staff_task/subject.txt", "Mới hơn")

    assert render("staff_task", facts, folder).subject.endswith(" Mới hơn")
