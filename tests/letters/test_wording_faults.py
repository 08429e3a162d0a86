"""A wrong template is told with its file and line, and no fact from outside can change a letter's form."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.problem import Refused
from letters.form.blocks import Heading, Paragraph, Span
from letters.wording import render

Facts = dict[str, object]
HOSTILE = ["{{ 7 * 7 }}", "{% raw %}", "{#", "\r\nBcc: x@y.example", '"', "'", "<b>", "\u202e", "\u2066", "😀", "\x00"]
anything = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12)), max_size=6).map("".join)


def test_a_missing_fact_is_told_with_file_and_line(facts: Facts) -> None:
    del facts["invitee"]

    with pytest.raises(Refused) as refused:
        render("invitation", facts)

    (problem,) = refused.value.problems
    assert problem.place == "letters/templates/invitation/body.txt:2"
    assert "'invitee'" in problem.fault


def test_an_office_file_goes_before_the_built_in_one(facts: Facts, office_folder: Callable[[str, str], Path]) -> None:
    folder = office_folder("staff_task/subject.txt", "\ufeffViệc mới: {{ task }}\n")

    wording = render("staff_task", facts, folder)

    assert wording.subject == "[KH73/2024][T02] Việc mới: Chọn tổ chức đảng để dự, giám sát"
    assert wording.body == render("staff_task", facts).body


def test_the_office_replaces_a_part_or_a_body_and_keeps_the_rest(
    facts: Facts, office_folder: Callable[[str, str], Path]
) -> None:
    office_folder("parts/no_personal_data.txt", "Riêng của cơ quan.\n")
    folder = office_folder("nomination_request/body.txt", "# MỤC CỦA CƠ QUAN\n{{ unit.name }}\nNơi nhận:\n- Lưu.\n")

    request, invitation = (render(one, facts, folder).paper for one in ("nomination_request", "invitation"))

    assert request is not None
    assert request.body == (
        Heading(1, (Span("MỤC CỦA CƠ QUAN"),)),
        Paragraph((Span("Đảng bộ huyện Nhơn Trạch"),)),
    )
    assert (request.addressees, request.recipients) == ((), ("Lưu",))
    assert invitation is not None
    assert invitation.type_name == "GIẤY MỜI"
    assert "Riêng của cơ quan." in render("nomination_reminder", facts, folder).body


@pytest.mark.parametrize(
    "broken",
    [
        "tốt\n{% if %}",
        "tốt\n{{ task",
        "tốt\n{{ no_such_fact }}",
        "tốt\n{{ task | no_such_filter }}",
        "tốt\n{{ task | long_date }}",
        "tốt\n{{ nothing }}",
        "tốt\n{{ task.__class__.__mro__ }}",
    ],
)
def test_a_broken_office_template_is_told_with_file_and_line(
    broken: str, facts: Facts, office_folder: Callable[[str, str], Path]
) -> None:
    folder = office_folder("staff_task/subject.txt", broken)

    with pytest.raises(Refused) as refused:
        render("staff_task", facts | {"nothing": None}, folder)

    assert refused.value.problems[0].place == f"{folder / 'staff_task/subject.txt'}:2"


@pytest.mark.parametrize(
    ("joined", "expected"),
    [
        ('{% for one in names %}{{ one }}{{ ", " if not loop.last }}{% endfor %}', "Long Thành, Trảng Bom"),
        ('{% for one in names %}{{ one }}{{ "; " if not loop.last else "" }}{% endfor %}', "Long Thành; Trảng Bom"),
        ('{{ names[0] ~ " và " }}{{ names[1] }}', "Long Thành và Trảng Bom"),
        ('{{ names[0] }}{{ " và " ~ names[1] }}', "Long Thành và Trảng Bom"),
        (
            '{% set comma = joiner(", ") %}{% for one in names %}{{ comma() }}{{ one }}{% endfor %}',
            "Long Thành, Trảng Bom",
        ),
        ('{% set dash = " - " %}{{ names[0] }}{{ dash }}{{ names[1] }}', "Long Thành - Trảng Bom"),
        ('{{ names[0] }}{{ " " }}{{ names[1] }}', "Long Thành Trảng Bom"),
        ('{{ names | join(" và ") }}', "Long Thành và Trảng Bom"),
        (
            "{% macro comma(one) %}{{ one }}, {% endmacro %}{{ comma(names[0]) }}{{ names[1] }}",
            "Long Thành, Trảng Bom",
        ),
    ],
)
def test_a_blank_between_two_facts_stays_however_the_template_says_it(
    joined: str, expected: str, facts: Facts, office_folder: Callable[[str, str], Path]
) -> None:
    folder = office_folder("staff_task/subject.txt", f"Gồm {joined}.")

    wording = render("staff_task", facts | {"names": ["Long Thành", "Trảng Bom"]}, folder)

    assert wording.subject.endswith(f" Gồm {expected}.")


def test_a_blank_around_a_fact_makes_no_second_one(facts: Facts, office_folder: Callable[[str, str], Path]) -> None:
    folder = office_folder("staff_task/subject.txt", "Việc {{ task }} mới")

    assert render("staff_task", facts | {"task": "  chọn \n "}, folder).subject.endswith("Việc chọn mới")


def test_a_template_that_is_not_utf8_is_told(facts: Facts, office_folder: Callable[[str, str], Path]) -> None:
    folder = office_folder("staff_task/subject.txt", "")
    (folder / "staff_task/subject.txt").write_bytes(b"Vi\xd6c")

    with pytest.raises(Refused, match="UTF-8"):
        render("staff_task", facts, folder)


def test_an_unknown_letter_is_a_mistake_of_the_program(facts: Facts) -> None:
    with pytest.raises(ValueError, match="no such letter"):
        render("../parts", facts)


@given(text=anything)
@settings(max_examples=60, deadline=None)
def test_facts_are_printed_and_never_evaluated(ordinary: Facts, text: str) -> None:
    wording = render("staff_task", ordinary | {"task": f"{text}{{{{ 7 * 7 }}}}", "detail": text, "command": text})

    assert "{{ 7 * 7 }}" in wording.subject
    assert "{{ 7 * 7 }}" in wording.body


@given(text=anything)
@settings(max_examples=60, deadline=None)
def test_no_fact_can_break_a_line_or_turn_the_writing(ordinary: Facts, text: str) -> None:
    lines = render("invitation_cancelled", ordinary | {"reason": "x"}).body.count("\n")

    wording = render("invitation_cancelled", ordinary | {"reason": f"x{text}", "invitee": f"x{text}"})

    assert wording.body.count("\n") == lines
    assert len(wording.subject.splitlines()) == 1
    unwanted = {one for one in wording.subject + wording.body if unicodedata.category(one) in ("Cc", "Cf", "Cs")} - {
        "\n"
    }
    assert not unwanted
