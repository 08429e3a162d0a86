"""`visits rubric`: checks a score sheet file, and shows a sheet as people read it (4.5)."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output import print_json, print_table, refusing, say, say_problems
from config.rubric_file import read_rubric
from domain.problem import Refused
from domain.record import to_data
from domain.rubric import CRITERION_KINDS, MEETING_KINDS, TREATMENTS, Band, Criterion, Rubric
from domain.rubric_bands import plain

app = typer.Typer(help="Phiếu chấm điểm buổi sinh hoạt: kiểm tra, xem.", no_args_is_help=True)

RubricFile = Annotated[Path, typer.Argument(help="tệp phiếu, ví dụ config/rubrics/vi-du-42hd-khung.yaml")]
AsJson = Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")]


@app.command()
@refusing
def check(file: RubricFile, as_json: AsJson = False) -> None:
    """Nêu mọi lỗi của phiếu cùng một lúc, kèm dòng và cách sửa."""
    rubric, problems = read_rubric(file)
    if as_json:
        print_json({"ok": rubric is not None, "problems": problems})
    else:
        say_problems(problems)
    if rubric is None:
        raise typer.Exit(1)
    if not as_json:
        criteria = len(list(rubric.criteria))
        say(
            f"{_title(rubric)}: {len(rubric.groups)} nhóm, {criteria} tiêu chí, {plain(rubric.total)} điểm — dùng được."
        )


@app.command()
@refusing
def show(file: RubricFile, as_json: AsJson = False) -> None:
    """In phiếu như người chấm đọc: nhóm, tiêu chí, mức điểm, xếp loại."""
    rubric, problems = read_rubric(file)
    if rubric is None:
        raise Refused(*problems)
    if as_json:
        print_json(_ends_left_out(to_data(rubric)))
        return
    say(_title(rubric))
    say(f"Nguồn: {rubric.source}")
    if rubric.example:
        say("Đây là ví dụ cách lập phiếu, không phải tiêu chí của tỉnh nào.")
    say(f"Dùng cho: {', '.join(MEETING_KINDS[kind] for kind in rubric.meeting_kinds)}")
    for group in rubric.groups:
        print_table(
            f"{group.label} ({plain(group.max_points)} điểm)",
            ("Mã", "Tiêu chí", "Điểm", "Cách chấm"),
            (
                (criterion.id, criterion.label, plain(criterion.max_points), "\n".join(_how(criterion)))
                for criterion in group.criteria
            ),
        )
    print_table(
        "Xếp loại, xét từ trên xuống",
        ("Mức", "Từ điểm", "Điều kiện kèm theo"),
        ((grade.label, plain(grade.min), _gate(grade.requires_full)) for grade in rubric.grades),
    )


def _title(rubric: Rubric) -> str:
    return f"{rubric.label}, bản {rubric.version}"


def _gate(names: tuple[str, ...]) -> str:
    return f"tối đa điểm: {', '.join(names)}" if names else ""


def _how(one: Criterion) -> list[str]:
    """How the criterion gets its points, a line for each band."""
    lines = [CRITERION_KINDS[one.kind] + (" (điểm thưởng)" if one.bonus else "")]
    if one.kind == "ratio":
        lines[0] += f": {one.part} / {one.of}"
    if one.kind == "bands":
        lines[0] += f": {one.measure}"
    unit = " %" if one.kind == "ratio" else ""
    lines += [_band(band, unit) for band in one.bands]
    for case in one.cases:
        lines.append(f"{case.label or _range(case.min, case.min_inclusive, case.max, case.max_inclusive)}:")
        lines += [f"  {_band(band, unit)}" for band in case.bands]
    lines += [f"{cap.when}: nhiều nhất {plain(cap.points)}" for cap in one.caps]
    if one.applies_when or one.applies_unless:
        asked = [*(MEETING_KINDS.get(name, name) for name in one.applies_when)]
        asked += [f"không có {name}" for name in one.applies_unless]
        lines.append(f"chỉ khi {', '.join(asked)}; nếu không: {TREATMENTS[one.not_applicable.treat_as]}")
    return lines


def _band(band: Band, unit: str) -> str:
    label = f" ({band.label})" if band.label else ""
    said = _range(band.min, band.min_inclusive, band.max, band.max_inclusive)
    return f"{said}{unit}: {plain(band.points)}{label}"


def _range(low: Decimal, from_there: bool, high: Decimal, up_to_there: bool) -> str:
    """`từ 40 đến dưới 50`, `trên 15 đến 30`, `từ 90`: as people write it."""
    begin = f"{'từ' if from_there else 'trên'} {plain(low)}" if low.is_finite() else ""
    if not high.is_finite():
        return begin or "mọi giá trị"
    if not begin:
        return f"{'đến' if up_to_there else 'dưới'} {plain(high)}"
    return f"{begin} đến {'' if up_to_there else 'dưới '}{plain(high)}"


def _ends_left_out(data: Any) -> Any:
    """A band without an end has none in JSON either."""
    if isinstance(data, dict):
        return {name: _ends_left_out(item) for name, item in data.items()}
    if isinstance(data, list):
        return [_ends_left_out(item) for item in data]
    return None if data in ("Infinity", "-Infinity") else data
