"""The commands that take the records out: a year as tables, a visit or a year as one archive."""

from pathlib import Path
from typing import Annotated

import typer

from archive.folder import note_taken, write_visit, write_year
from archive.table_files import as_csv, as_workbook
from archive.year_tables import tables_of
from cli.output import refusing, say
from config.settings import settings
from database import plans, visits
from database.engine import reading, writing
from domain.problem import Problem, Refused
from overview.archives import TAKEN


def add_to(app: typer.Typer) -> None:
    """Put the commands into the main one."""
    app.command()(export)
    app.command()(archive)


@refusing
def export(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="năm của kế hoạch")],
    to: Annotated[Path, typer.Option("--to", help="tệp .xlsx, hoặc thư mục nhận các tệp .csv")] = Path(),
) -> None:
    """Cả năm thành bảng: đợt, báo cáo, kiến nghị, văn bản, thư; một tệp Excel, hoặc mỗi bảng một tệp CSV."""
    with reading(settings().database) as session:
        tables, plan = tables_of(session, year), plans.read(session, year)[0]
    if to.suffix.casefold() == ".xlsx":
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(as_workbook(tables, plan.issued))
        say(f"→ {to}")
        return
    if to.suffix:
        raise Refused(Problem(f"{to}", "không phải tệp .xlsx và cũng không phải thư mục", "ghi --to nam.xlsx"))
    to.mkdir(parents=True, exist_ok=True)
    for table in tables:
        (to / f"{year}_{table.name}.csv").write_bytes(as_csv(table))
        say(f"→ {to / f'{year}_{table.name}.csv'}: {len(table.rows)} dòng")


@refusing
def archive(
    what: Annotated[str, typer.Argument(metavar="VISIT|YEAR", help="2024-02/nhon_trach, 2024/long_thanh, hoặc 2024")],
    to: Annotated[Path, typer.Option("--to", help="tệp .zip sẽ ghi")],
    by: Annotated[str, typer.Option("--by", help="họ tên người lấy hồ sơ; được ghi lại")],
) -> None:
    """Hồ sơ của một đợt hoặc cả năm thành một tệp ZIP: văn bản, thư, trả lời, nhật ký, mục lục có mã băm."""
    unfinished = to.with_name(to.name + ".tam")
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        with reading(settings().database) as session, unfinished.open("wb") as file:
            whole_year = what.isdecimal()
            visit_id = None if whole_year else visits.find(session, what).id
            count = write_year(session, int(what), file) if whole_year else write_visit(session, what, file)
    except BaseException:
        unfinished.unlink(missing_ok=True)  # half an archive is worse than none
        raise
    with writing(settings().database) as session:
        note_taken(session, by, f"{TAKEN} {what}", visit_id)
    unfinished.replace(to)
    say(f"→ {to}: {count} tệp, xem mục lục MUC-LUC.csv trong đó")
    say("  Tệp không mã hóa, không chứa khóa bí mật, không thay bản sao lưu; mang đi đâu thì mã hóa trước.")
