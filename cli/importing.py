"""`visits nominations` and `visits findings`: writes the forms, and takes what came as Excel, CSV or YAML."""

import sys
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from answers.answering import Giver
from answers.findings import report_findings
from answers.nominations import nominate
from cli.given import day_if_given
from cli.output import print_json, refusing, say, say_problems
from cli.waking import tell
from config.settings import settings
from database import visits
from database.dossier import open_dossier
from database.engine import reading
from database.list_due import due_of_list
from domain.nomination import Nominations, check_nominations
from domain.problem import Problem, Refused
from sheets.findings.findings_file import read_findings
from sheets.findings.findings_form import findings_form
from sheets.nominations.nomination_file import Understood, read_nominations
from sheets.nominations.nomination_form import nomination_form

nominations_app = typer.Typer(help="Danh sách giới thiệu: nhập từ tệp, xuất mẫu.", no_args_is_help=True)
findings_app = typer.Typer(help="Kết quả giám sát: nhập từ tệp, xuất mẫu.", no_args_is_help=True)

Visit = Annotated[str, typer.Argument(metavar="VISIT", help="2024-02/nhon_trach, hoặc 2024-02")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="tệp .xlsx, .csv hoặc .yaml")]
FormFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="tệp .xlsx để ghi, hoặc thư mục", show_default="thư mục hiện tại")
]
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
        row, unit, today = dossier.visit, dossier.unit, dossier.today
    received_on, dated_on = day_if_given(received, "--received") or today, day_if_given(dated, "--dated")
    understood = read_nominations(file, row.year, row.month, unit)
    rules = _rules(understood, row.year, row.month, received_on)
    good = understood.acceptable and all(problem.warning for problem in rules)
    if not as_json:
        _say_understood(understood, rules)
    if good and apply:
        nominate(visit, Nominations(understood.meetings, received_on, symbol, dated_on), Giver(by, "cli"))
    if as_json:
        every = [*understood.problems, *rules]
        print_json({"rows": understood.rows, "problems": every, "good": good, "applied": good and apply})
    elif good:
        say("Đã nhận danh sách." if apply else "Chưa nhận; thêm --apply --by “họ tên” để nhận.")
    else:
        say("Không nhận: sửa các lỗi trên trong tệp rồi nhập lại.")
    if not good:
        raise typer.Exit(1)
    if apply:
        with redirect_stdout(sys.stderr if as_json else sys.stdout):  # JSON stands alone on its stream
            tell()


def _rules(understood: Understood, year: int, month: int, received_on: date) -> list[Problem]:
    """What the rules of a list say of the meetings (R88), each at the line of the file in which it stands.

    Of a line that is refused already nothing more is said: it has to be written anew.
    """
    refused = {problem.place for problem in understood.problems if not problem.warning}
    places = {f"dòng {row.meeting.number}": row.place for row in understood.rows if row.meeting}
    found = check_nominations(understood.meetings, year, month, received_on) if places else []
    placed = [replace(problem, place=places.get(problem.place, problem.place)) for problem in found]
    return [problem for problem in placed if problem.place not in refused]


def _say_understood(understood: Understood, rules: list[Problem]) -> None:
    """Line by line what was understood, with the number by which it will be chosen, and what is wrong with it."""
    others = [*understood.problems, *rules]
    lines = {row.place for row in understood.rows}
    for number, row in enumerate(understood.rows, start=1):
        say(f"{number}. {row.place}: {row.said}")
        say_problems([*row.problems, *(problem for problem in others if problem.place == row.place)])
    say_problems(problem for problem in others if problem.place not in lines)
    every = [*others, *(problem for row in understood.rows for problem in row.problems)]
    doubts = sum(problem.warning for problem in every)
    count = f"{len(every) - doubts} lỗi, {doubts} cảnh báo"
    say(f"Hiểu {len(understood.meetings)} trong {len(understood.rows)} dòng; {count}.")


@nominations_app.command("form")
@refusing
def write_nomination_form(visit: Visit, file: FormFile = Path()) -> None:
    """Ghi mẫu Excel để đơn vị điền: đúng đơn vị, đúng tháng, có hạn gửi."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, visit).id)
        plan, unit, row, due = dossier.plan, dossier.unit, dossier.visit, due_of_list(dossier)
    name = f"{row.year}-{row.month:02d}_{unit.code}_danh-sach-de-cu.xlsx"
    write_form(file, name, nomination_form(plan, unit, row.year, row.month, due))


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
    tell()


@findings_app.command("form")
@refusing
def write_findings_form(visit: Visit, file: FormFile = Path()) -> None:
    """Ghi mẫu Excel cho Tổ công tác điền."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, visit).id)
        plan, unit, row, meetings = dossier.plan, dossier.unit, dossier.visit, dossier.chosen
    write_form(file, f"{row.year}-{row.month:02d}_{unit.code}_ket-qua-giam-sat.xlsx", findings_form(plan, meetings))


def write_form(file: Path, name: str, content: bytes) -> None:
    """Write a form under its own name into a folder, or under a name that is free: a filled one is never lost (P25)."""
    path = file / name if file.is_dir() else file
    if path.suffix.casefold() != ".xlsx":
        raise Refused(Problem(str(path), "mẫu là tệp Excel", "đặt tên tệp có đuôi .xlsx"))
    try:
        with path.open("xb") as written:
            written.write(content)
    except FileExistsError:
        raise Refused(Problem(str(path), "đã có tệp này, có thể đã điền", "đặt tên khác, hoặc xóa tệp cũ")) from None
    except OSError as error:
        remedy = "kiểm tra thư mục và quyền ghi"
        raise Refused(Problem(str(path), f"không ghi được ({error.strerror})", remedy)) from None
    say(f"Đã ghi {path}.")
