"""A plan file names its profile of levels; what does not fit it is told with its line (5.4, C9, C11)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.settings import settings, use
from config.structure_file import FOLDER, read_structure, structure_files
from database import stored
from database.models import PlanRow
from domain.plan import Plan
from domain.problem import Problem
from domain.record import to_data
from domain.structure import UNNAMED, Structure
from planning.plan_file import read_plan
from planning.plan_structure import structure_for
from planning.plan_yaml import plan_text

SHIPPED = Path(__file__).parents[2] / "config" / "plans" / "2024.yaml"
TEXT = SHIPPED.read_text(encoding="utf-8")
NAMED = next(line for line in TEXT.splitlines() if line.startswith("structure:"))


@pytest.fixture
def own_folder(tmp_path: Path) -> Iterator[Path]:
    """An office's own folder of profiles."""
    before, folder = settings(), tmp_path / "co-cau"
    folder.mkdir()
    use(before.model_copy(update={"structures": folder}))
    yield folder
    use(before)


def read(write: Callable[[str], Path], text: str) -> tuple[Plan | None, list[Problem]]:
    return read_plan(write(text))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_profile_can_be_read_and_names_its_sources(path: Path) -> None:
    structure, problems = read_structure(path)
    assert structure
    assert not problems
    assert structure.name == path.stem
    assert len(structure.sources) >= 2
    assert structure.succeeded_by in ("", *structure_files())


def test_the_plan_holds_what_the_profile_said_and_its_file_the_name_alone(write: Callable[[str], Path]) -> None:
    plan, _ = read_plan(SHIPPED)
    assert plan
    assert (plan.structure.name, plan.structure.committee) == ("tinh-ba-cap", "Tỉnh ủy")
    again, problems = read(write, plan_text(plan))
    assert (again, [one for one in problems if not one.warning]) == (plan, [])


def test_a_plan_that_names_none_is_as_plans_were_before(write: Callable[[str], Path]) -> None:
    plan, problems = read(write, TEXT.replace(NAMED + "\n", ""))
    assert plan
    assert plan.structure == UNNAMED
    assert not [one for one in problems if not one.warning]


def test_a_stored_plan_of_before_is_read_as_one_that_names_none() -> None:
    plan, _ = read_plan(SHIPPED)
    assert plan
    data = {name: value for name, value in to_data(plan).items() if name != "structure"}
    contacts = {"office": {"name": "", "email": ""}, "staff": {}, "inspectors": [], "bodies": {}} | {
        "standing_boards": {}, "organisation_boards": {},
    }  # fmt: skip
    read_again, _contacts = stored.plan_of(PlanRow(plan=data, contacts=contacts, shape=stored.PLAN.shape))
    assert read_again.structure == UNNAMED


def test_a_name_that_no_profile_has_is_told_with_those_there_are(write: Callable[[str], Path]) -> None:
    plan, problems = read(write, TEXT.replace(NAMED, "structure: tinh-bon-cap"))
    assert plan is None
    (fault,) = [one for one in problems if not one.warning]
    assert fault.place.endswith(f":{TEXT[: TEXT.index(NAMED)].count(chr(10)) + 1}")
    assert "tinh-bon-cap" in fault.fault
    assert "tinh-ba-cap" in fault.remedy or "tinh-hai-cap" in fault.remedy


@pytest.mark.parametrize("value", ["[a, b]", "2025", "{name: x}"])
def test_what_is_no_name_is_told_and_does_not_break(write: Callable[[str], Path], value: str) -> None:
    plan, problems = read(write, TEXT.replace(NAMED, f"structure: {value}"))
    assert plan is None
    assert any("cơ cấu" in one.fault for one in problems)


def test_districts_under_a_profile_without_them_are_warned_of_with_their_line(write: Callable[[str], Path]) -> None:
    text = TEXT.replace(NAMED, "structure: tinh-hai-cap")
    plan, problems = read(write, text)
    assert plan
    said = [one for one in problems if "không có loại này" in one.fault]
    assert all(one.warning for one in said)
    # Districts ended with June 2025, before this profile began; the blocs have no last day and are told.
    assert {one.fault.split(" là ")[0] for one in said} == {
        "Đảng bộ Khối Các cơ quan tỉnh", "Đảng bộ Khối Doanh nghiệp tỉnh",
    }  # fmt: skip
    endless, _ = read(write, text.replace("    valid_to: 2025-06-30\n", "", 1))
    assert endless
    _, more = read(write, text.replace("    valid_to: 2025-06-30\n", "", 1))
    assert len([one for one in more if "không có loại này" in one.fault]) == 3


def test_a_profile_of_other_years_or_with_another_committee_above_is_doubted(write: Callable[[str], Path]) -> None:
    _, problems = read(write, TEXT.replace(NAMED, "structure: thanh-pho-hai-cap"))
    told = " ".join(str(one) for one in problems if one.warning)
    assert "áp dụng từ 01/7/2025, không phải năm 2024" in told
    assert "issuer.parent là “TỈNH ỦY ĐỒNG NAI”, cơ cấu “thanh-pho-hai-cap” gọi là Thành ủy" in told


def test_an_office_s_own_profile_stands_before_a_shipped_one(own_folder: Path, write: Callable[[str], Path]) -> None:
    (own_folder / "tinh-ba-cap.yaml").write_text("host_level: Cấp huyện, thị\n", encoding="utf-8")
    (own_folder / "rieng.yaml").write_text("upper: thành phố\n", encoding="utf-8")
    plan, _ = read(write, TEXT)
    assert plan
    assert plan.host_level == "Cấp huyện, thị"
    other, _ = read(write, TEXT.replace(NAMED, "structure: rieng"))
    assert other
    assert other.structure.upper == "thành phố"


def test_a_fault_in_a_profile_is_told_at_the_plan_s_line_with_the_profile_s(
    own_folder: Path, write: Callable[[str], Path]
) -> None:
    (own_folder / "rieng.yaml").write_text("title: Riêng\nname: khac\nuper: tỉnh\n", encoding="utf-8")
    plan, problems = read(write, TEXT.replace(NAMED, "structure: rieng"))
    assert plan is None
    told = " ".join(one.fault for one in problems)
    assert "rieng.yaml:2: “name” không ghi trong tệp" in told
    assert "rieng.yaml:3" in told
    assert "uper" in told


@pytest.mark.parametrize(("year", "name"), [(2025, "tinh-ba-cap"), (2026, "tinh-hai-cap"), (2030, "tinh-hai-cap")])
def test_the_next_year_has_the_profile_that_followed(year: int, name: str) -> None:
    plan, _ = read_plan(SHIPPED)
    assert plan
    assert structure_for(plan.structure, year).name == name


def test_a_profile_without_a_successor_stays(own_folder: Path) -> None:
    assert own_folder.exists()
    assert structure_for(UNNAMED, 2030) == UNNAMED
    (own_folder / "a.yaml").write_text("valid_to: 2025-06-30\nsucceeded_by: a\n", encoding="utf-8")
    own, _ = read_structure(own_folder / "a.yaml")
    assert own
    assert isinstance(structure_for(own, 2030), Structure)
