"""`visits nominations import` and `visits findings import`: takes what came as Excel, CSV or YAML."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from answers.findings import report_findings
from answers.findings_file import read_findings
from answers.forms import write_findings_form, write_nomination_form
from answers.nomination_file import Understood, read_nominations
from answers.nominations import nominate
from answers.taking import Giver
from cli.output import print_json, refusing, say, say_problems
from cli.waking import tell
from config.settings import settings
from database import visits
from database.dossier import open_dossier
from database.engine import reading
from domain.dates import parse_date
from domain.nomination import Nominations, check_nominations
from domain.problem import Problem, Refused

nominations_app = typer.Typer(help="Danh sách đề cử: nhập từ tệp, xuất mẫu.", no_args_is_help=True)
findings_app = typer.Typer(help="Kết quả giám sát: nhập từ tệp, xuất mẫu.", no_args_is_help=True)

Visit = Annotated[str, typer.Argument(metavar="VISIT", help="2024-02/nhon_trach, hoặc 2024-02")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="tệp .xlsx, .csv hoặc .yaml")]
Apply = Annotated[bool, typer.Option("--apply", help="nhận danh sách; không có thì chỉ xem thử")]
By = Annotated[str, typer.Option("--by", help="họ tên người nhập; được ghi lại")]


@nominations_app.command("import")
@refusing
def import_nominations(
    visit: Visit,
    file: File,
    apply: Apply = False,
    by: By = "",
    received: Annotated[str, typer.Option("--received", help="ngày đến theo sổ văn thư; mặc định hôm nay")] = "",
    symbol: Annotated[str, typer.Option("--symbol", help="số, ký hiệu công văn của đơn vị")] = "",
    dated: Annotated[str, typer.Option("--dated", help="ngày công văn của đơn vị")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")] = False,
) -> None:
    """Đọc danh sách và nói đã hiểu từng dòng thế nào; --apply thì nhận."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, visit).id)
        row, today = dossier.visit, dossier.today
    understood = read_nominations(file, row.year, row.month)
    received_on = _day(received, "--received") or today
    rules = check_nominations(understood.meetings, row.year, row.month, received_on)
    if as_json:
        print_json({"rows": understood.rows, "problems": [*understood.problems, *rules], "applied": apply})
    else:
        _say_understood(understood)
        say_problems(rules)
    if not understood.acceptable or any(not problem.warning for problem in rules):
        raise typer.Exit(1)
    if not apply:
        say("Chưa nhận; thêm --apply --by “họ tên” để nhận.") if not as_json else None
        return
    nominate(visit, Nominations(understood.meetings, received_on, symbol, _day(dated, "--dated")), Giver(by, "cli"))
    if not as_json:
        say("Đã nhận danh sách.")
    tell(visit)


def _say_understood(understood: Understood) -> None:
    for row in understood.rows:
        say(f"{row.place}: {row.said}")
        say_problems(row.problems)
    say_problems(understood.problems)


@nominations_app.command("form")
@refusing
def nominations_form(
    visit: Visit, file: Annotated[Path, typer.Argument(metavar="FILE", help="tệp .xlsx để ghi")]
) -> None:
    """Ghi mẫu Excel để đơn vị điền."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, visit).id)
        plan, unit, row = dossier.plan, dossier.unit, dossier.visit
    write_nomination_form(plan, unit, row.year, row.month, file)
    say(f"Đã ghi {file}.")


@findings_app.command("import")
@refusing
def import_findings(visit: Visit, file: File, apply: Apply = False, by: By = "") -> None:
    """Đọc kết quả giám sát, nói còn thiếu gì; --apply thì ghi, kể cả khi chưa đủ."""
    with reading(settings().database) as session:
        plan = open_dossier(session, visits.find(session, visit).id).plan
    findings, problems = read_findings(file, plan)
    say_problems(problems)
    if findings is None:
        raise typer.Exit(1)
    say(f"Hiểu: {len(findings.items)} mục, {len(findings.strengths)} ưu điểm, {len(findings.limitations)} hạn chế.")
    if not apply:
        say("Chưa ghi; thêm --apply --by “họ tên” để ghi.")
        return
    missing = report_findings(visit, findings, Giver(by, "cli"))
    say_problems(missing)
    say("Đã ghi; còn thiếu các mục trên." if missing else "Đã ghi, đầy đủ.")
    tell(visit)


@findings_app.command("form")
@refusing
def findings_form(visit: Visit, file: Annotated[Path, typer.Argument(metavar="FILE", help="tệp .xlsx để ghi")]) -> None:
    """Ghi mẫu Excel cho Tổ công tác điền."""
    with reading(settings().database) as session:
        plan = open_dossier(session, visits.find(session, visit).id).plan
    write_findings_form(plan, file)
    say(f"Đã ghi {file}.")


def _day(text: str, option: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError as error:
        raise Refused(Problem(option, str(error))) from None
