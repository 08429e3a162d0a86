"""`visits reports`: the reports of the units that supervise themselves — see, receive, accept, send back (R66–R69)."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from answers import self_reports
from answers.answering import Giver
from answers.self_reports import ReportFile
from cli.deciding import Seen
from cli.given import day_if_given
from cli.importing import FormFile, write_form
from cli.output import print_json, print_table, refusing, say, say_problems
from cli.waking import tell
from config.settings import settings
from database import clock, plans, visits
from database.engine import reading
from database.models import VisitRow
from database.self_reports import never_reported, reported
from domain import words
from domain.dates import short_date
from domain.obligation import Kind, parse_reference
from domain.plan import Plan
from domain.problem import Problem, Refused
from domain.self_report import NEVER_REPORTED, ReportedItem, SelfReport
from domain.state import VisitState
from sheets.reports.items_sheet import items_form, read_items

app = typer.Typer(help="Báo cáo của các đơn vị tự dự, giám sát: xem, nhận, tiếp nhận, trả lại.", no_args_is_help=True)

Report = Annotated[str, typer.Argument(metavar="REPORT", help="2024/long_thanh")]
By = Annotated[str, typer.Option("--by", help="họ tên người nhập hoặc quyết định; được ghi lại")]
Texts = Annotated[list[str] | None, typer.Option(help="ghi nhiều lần được")]


@app.command("list")
@refusing
def list_reports(
    year: Annotated[int | None, typer.Option("--year", help="năm; mặc định là năm hiện tại của đồng hồ")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")] = False,
) -> None:
    """Từng đơn vị: đã báo cáo chưa, ngày nhận, đúng hạn hay trễ, đang chờ gì."""
    with reading(settings().database) as session:
        wanted = year or clock.now(session).year
        plan, _contacts = plans.read(session, wanted)
        lines = [_line(session, plan, row) for row in visits.of_year(session, wanted, Kind.SELF_REPORT)]
        overdue = clock.now(session).date() > plan.self_supervising.due
    if as_json:
        print_json(lines)
        return
    due = short_date(plan.self_supervising.due)
    print_table(
        f"Báo cáo năm {wanted}, chậm nhất {due}",
        ("Đơn vị", "Gọi là", "Bản", "Nhận ngày", "Thời hạn", "Tình trạng"),
        (list(line.values()) for line in lines),
    )
    missing = [line["unit"] for line in lines if line["version"] == "0" and line["timeliness"] != "không tính"]
    if missing:
        say(f"{'Quá hạn, chưa báo cáo' if overdue else 'Chưa báo cáo'}: {', '.join(missing)}")


def _line(session: Session, plan: Plan, row: VisitRow) -> dict[str, str]:
    state, due = reported(session, row.id), plan.self_supervising.due
    timeliness = ("trễ hạn" if state.late(due) else "đúng hạn") if state.first_on else ""
    told = (
        row.waiting_state
        if row.state == VisitState.OPEN and row.waiting_state
        else words.VISITS.get(row.state, row.state)
    )
    never = never_reported(row, came=state.report is not None)
    return {
        "unit": plan.unit(row.unit).name,
        "key": row.key,
        "version": f"{state.version}",
        "received": short_date(state.first_on) if state.first_on else "",
        "timeliness": "không tính" if row.state == VisitState.FILED else timeliness,
        "state": "đã tiếp nhận" if state.accepted else NEVER_REPORTED if never else told,
    }


@app.command()
@refusing
def form(
    year: Annotated[int, typer.Argument(metavar="YEAR")],
    file: FormFile = Path(),
) -> None:
    """Ghi mẫu Excel để đơn vị ghi số tổ chức đảng theo kết quả từng mục giám sát."""
    with reading(settings().database) as session:
        plan, _contacts = plans.read(session, year)
    write_form(file, f"{year}_bao-cao-theo-muc.xlsx", items_form(plan))


@app.command()
@refusing
def receive(
    report: Report,
    by: By,
    received: Annotated[str, typer.Option("--received", help="ngày đến theo sổ văn thư; mặc định hôm nay")] = "",
    symbol: Annotated[str, typer.Option("--symbol", help="số, ký hiệu báo cáo của đơn vị")] = "",
    dated: Annotated[str, typer.Option("--dated", help="ngày báo cáo của đơn vị")] = "",
    committees: Annotated[int | None, typer.Option(help="số đảng ủy đã dự, giám sát")] = None,
    cells: Annotated[int | None, typer.Option(help="số chi bộ đã dự, giám sát")] = None,
    thematic_cells: Annotated[int | None, typer.Option(help="trong đó số chi bộ sinh hoạt chuyên đề")] = None,
    strength: Texts = None,
    limitation: Texts = None,
    difficulty: Texts = None,
    items: Annotated[
        Path | None, typer.Option("--items", help="số theo từng mục giám sát (.xlsx, .csv); mẫu: visits reports form")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", help="tệp báo cáo (.docx, .pdf, .xlsx), được lưu kèm")] = None,
) -> None:
    """Ghi nhận báo cáo của một đơn vị; gửi lại thì ghi thành bản mới."""
    with reading(settings().database) as session:
        today = clock.now(session).date()
    taken = SelfReport(
        day_if_given(received, "--received") or today, symbol, day_if_given(dated, "--dated"),
        committees, cells, thematic_cells,
        tuple(strength or ()), tuple(limitation or ()), tuple(difficulty or ()), _items(items, report) if items else (),
    )  # fmt: skip
    receipt = self_reports.receive(report, taken, Giver(by, "cli"), file=_file(file) if file else None)
    say_problems(receipt.warnings)
    say(f"Đã nhận báo cáo, bản {receipt.version}, {'trễ hạn' if receipt.late else 'đúng hạn'}.")
    if not receipt.counted:
        say("Đơn vị này được Tổ công tác dự, giám sát: báo cáo được lưu, không tính vào số báo cáo phải có.")
        return
    tell()


@app.command()
@refusing
def accept(report: Report, by: By, seen: Seen = "") -> None:
    """Tiếp nhận báo cáo đang có."""
    self_reports.accept(report, Giver(by, "cli"), looked_at=seen or None)
    say("Đã tiếp nhận báo cáo.")
    tell()


@app.command("return")
@refusing
def send_back(
    report: Report,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="lý do; được nêu trong thư")],
    seen: Seen = "",
) -> None:
    """Trả lại báo cáo để đơn vị bổ sung và gửi lại."""
    self_reports.send_back(report, reason, Giver(by, "cli"), looked_at=seen or None)
    say("Đã trả lại báo cáo; đơn vị được đề nghị gửi lại.")
    tell()


def _items(path: Path, report: str) -> tuple[ReportedItem, ...]:
    """How the unit found each item of its plan's checklist; nothing is received of a file with faults."""
    found, problems = read_items(path, _plan_of(report))
    if found is None:
        raise Refused(*problems)
    say_problems(problems)
    return found


def _plan_of(report: str) -> Plan:
    with reading(settings().database) as session:
        plan, _contacts = plans.read(session, parse_reference(report).year)
    return plan


def _file(path: Path) -> ReportFile:
    try:
        return ReportFile(path.name, path.read_bytes())
    except OSError as error:
        raise Refused(Problem(f"{path}", f"không đọc được: {error.strerror}", "kiểm tra đường dẫn")) from None
