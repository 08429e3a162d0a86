"""Reading a plan file: whatever the file holds, other plans than that of 2024, and plans as data."""

import json
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from database.converter import structure
from domain.plan import Plan
from domain.problem import Problem
from domain.record import to_data
from planning.plan_file import read_plan

SHIPPED = Path(__file__).parents[2] / "config" / "plans" / "2024.yaml"
TEXT = SHIPPED.read_text(encoding="utf-8")


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if not problem.warning]


def test_an_armed_forces_unit_without_the_restriction_is_only_a_warning(write: Callable[[str], Path]) -> None:
    """A20, P3."""
    read, problems = read_plan(write(TEXT.replace("    restricted: true # A20, P3\n", "", 1)))
    assert read
    assert [problem for problem in problems if "restricted" in problem.fault and problem.warning]


@pytest.mark.parametrize("text", ["", "# chỉ có ghi chú\n", "- một\n- hai\n", "chỉ một câu", "a: &a [*a]", "[" * 2000])
def test_a_file_that_is_no_plan_is_refused_and_does_not_break(write: Callable[[str], Path], text: str) -> None:
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


def test_a_plan_goes_through_json_and_comes_back_equal(plan: Plan) -> None:
    data = json.loads(json.dumps(to_data(plan)))
    assert data["issued"] == "2024-01-03"
    assert structure(data, Plan) == plan
