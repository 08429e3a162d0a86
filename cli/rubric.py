"""`visits rubric`: checks a score sheet file, and shows a sheet as people read it (4.5)."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output import print_json, print_table, refusing, say, say_problems
from config.rubric_file import read_rubric
from domain.problem import Refused
from domain.record import to_data
from domain.rubric import MEETING_KINDS
from domain.rubric_bands import plain
from domain.rubric_words import gate, how, title_of

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
        groups = len(rubric.groups)
        say(f"{title_of(rubric)}: {groups} nhóm, {criteria} tiêu chí, {plain(rubric.total)} điểm — dùng được.")


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
    say(title_of(rubric))
    say(f"Nguồn: {rubric.source}")
    if rubric.example:
        say("Đây là ví dụ cách lập phiếu, không phải tiêu chí của tỉnh nào.")
    say(f"Dùng cho: {', '.join(MEETING_KINDS[kind] for kind in rubric.meeting_kinds)}")
    for group in rubric.groups:
        print_table(
            f"{group.label} ({plain(group.max_points)} điểm)",
            ("Mã", "Tiêu chí", "Điểm", "Cách chấm"),
            (
                (criterion.id, criterion.label, plain(criterion.max_points), "\n".join(how(criterion)))
                for criterion in group.criteria
            ),
        )
    print_table(
        "Xếp loại, xét từ trên xuống",
        ("Mức", "Từ điểm", "Điều kiện kèm theo"),
        ((grade.label, plain(grade.min), gate(grade)) for grade in rubric.grades),
    )


def _ends_left_out(data: Any) -> Any:
    """A band without an end has none in JSON either."""
    if isinstance(data, dict):
        return {name: _ends_left_out(item) for name, item in data.items()}
    if isinstance(data, list):
        return [_ends_left_out(item) for item in data]
    return None if data in ("Infinity", "-Infinity") else data
