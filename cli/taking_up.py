"""`visits take-up`: what lies behind when a plan is loaded, and what a person says became of it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from answers.answering import Giver
from answers.taking_up import take_up as take
from cli.deciding import Seen
from cli.given import day_if_given
from cli.output import print_json, print_table, refusing, say, say_problems
from cli.waking import open_what_is_due, tell
from config.settings import settings
from database import clock, plans, taking_up, visits
from database.dossier import open_dossier
from database.engine import reading
from domain import words
from domain.nomination import Nominations
from domain.problem import Problem, Refused
from domain.taking_up import Attended, Issued, TakenUp, Way
from domain.taking_up_words import parse_attended
from sheets.nominations.nomination_file import read_nominations

#: How each way is typed, for every place that tells a person what to do.
COMMANDS = (
    ("đã làm xong trên giấy", 'visits take-up KEY --done [--result-number … --result-date …] --by "…"'),
    ("làm tiếp từ bước N", 'visits take-up KEY --from-step N --requested … --by "…"'),
    ("mở ngay, gửi đề nghị hôm nay", 'visits take-up KEY --open --by "…"'),
    ("bỏ ra khỏi năm", 'visits take-up KEY --leave-out --reason "…" --by "…"'),
)
_Day = Annotated[str, typer.Option(help="ngày như 05/3/2024")]
_Number = Annotated[int, typer.Option(help="số theo sổ văn thư")]


def add_to(app: typer.Typer) -> None:
    """Put the command into the main one."""
    app.command("take-up")(take_up)


@refusing
def take_up(
    visit: Annotated[str, typer.Argument(metavar="VISIT", help="2024-02/nhon_trach; để trống: xem còn gì")] = "",
    by: Annotated[str, typer.Option("--by", help="họ tên người quyết định; được ghi lại")] = "",
    done: Annotated[bool, typer.Option("--done", help="đã làm xong trên giấy")] = False,
    from_step: Annotated[int, typer.Option("--from-step", help="làm tiếp từ bước này; trước đó đã làm trên giấy")] = 0,
    open_now: Annotated[bool, typer.Option("--open", help="mở ngay như vừa đến ngày")] = False,
    leave_out: Annotated[bool, typer.Option("--leave-out", help="bỏ ra khỏi năm, kèm --reason")] = False,
    reason: Annotated[str, typer.Option("--reason", help="lý do bỏ; được nêu trong báo cáo năm")] = "",
    requested: _Day = "",
    list_file: Annotated[
        Path | None, typer.Option("--list", help="danh sách của đơn vị: .xlsx, .docx, .csv, .yaml")
    ] = None,
    received: _Day = "",
    chosen: Annotated[str, typer.Option("--chosen", help="số đã chọn trong danh sách, ví dụ 1,3")] = "",
    chosen_on: _Day = "",
    override: Annotated[str, typer.Option("--override", help="lý do chọn khi không có chi bộ chuyên đề")] = "",
    notice_number: _Number = 0,
    notice_date: _Day = "",
    result_number: _Number = 0,
    result_date: _Day = "",
    attended: Annotated[
        list[str] | None, typer.Option(help="“Chi bộ A; 05/3/2024; chuyên đề”, mỗi nơi một lần")
    ] = None,
    year: Annotated[int, typer.Option("--year", help="năm cần xem khi không ghi VISIT")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")] = False,
    seen: Seen = "",
) -> None:
    """Nói việc của tháng đã qua hoặc đang chạy nay ra sao: xong trên giấy, làm tiếp, mở ngay, hoặc bỏ."""
    if not visit:
        show_undecided(year, as_json=as_json)
        return
    way = _way(visit, {Way.DONE: done, Way.GO_ON: bool(from_step), Way.OPEN: open_now, Way.LEAVE_OUT: leave_out})
    taken = TakenUp(
        way, from_step, day_if_given(requested, "--requested"), day_if_given(chosen_on, "--chosen-on"),
        _issued(notice_number, notice_date, "notice"), _issued(result_number, result_date, "result"),
        None if list_file else day_if_given(received, "--received"), tuple(_attended(one) for one in attended or ()),
        _listed(visit, list_file, day_if_given(received, "--received")) if list_file else None, _numbers(chosen),
        override, reason,
    )  # fmt: skip
    say_problems(take(visit, taken, Giver(by, "cli"), looked_at=seen or None))
    say(f"Đã ghi: {visit} · {words.TAKEN_UP[way]}{f' {from_step}' if from_step else ''}.")
    if way in (Way.OPEN, Way.GO_ON):
        open_what_is_due()
    else:
        tell()


def show_undecided(year: int, *, as_json: bool = False) -> None:
    """What waits for a decision, each with why it is asked about, and how the answers are typed."""
    with reading(settings().database) as session:
        wanted = year or clock.now(session).year
        rows = [
            {
                "key": row.key,
                "name": row.obligation.named(plans.unit_name(session, row)),
                "why": row.waiting_message or "",
            }
            for row in taking_up.undecided(session, wanted)
        ]
    if as_json:
        print_json({"year": wanted, "undecided": rows})
        return
    if not rows:
        say(f"Năm {wanted} không có việc nào chờ quyết định.")
        return
    print_table(
        f"Chờ quyết định, chưa gửi thư nào: {len(rows)} việc",
        ("KEY", "Việc", "Vì sao hỏi"),
        ([row["key"], row["name"], row["why"]] for row in rows),
    )
    say("Với mỗi việc, chạy một trong bốn lệnh (hoặc quyết định ở bàn làm việc):")
    for meaning, command in COMMANDS:
        say(f"  {meaning}: {command}")


def _way(visit: str, ways: Mapping[Way, bool]) -> Way:
    given = [way for way, is_given in ways.items() if is_given]
    if len(given) != 1:
        raise Refused(Problem(visit, "cần đúng một câu trả lời", "thêm --done, --from-step N, --open hoặc --leave-out"))
    return given[0]


def _issued(number: int, day: str, name: str) -> Issued | None:
    """Number and day belong together; either alone is asked for the other."""
    on = day_if_given(day, f"--{name}-date")
    if number and on:
        return Issued(number, on)
    if number or on:
        raise Refused(Problem(f"--{name}-number, --{name}-date", "chỉ ghi một trong hai", "ghi cả số và ngày"))
    return None


def _attended(text: str) -> Attended:
    try:
        return parse_attended(text)
    except ValueError as error:
        raise Refused(Problem("--attended", str(error))) from None


def _numbers(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(number) for number in text.replace(",", " ").split())
    except ValueError:
        raise Refused(Problem("--chosen", f"“{text}” không phải dãy số", "ghi như 1 hoặc 1,3")) from None


def _listed(visit: str, file: Path, received: date | None) -> Nominations:
    """The host's list as it came on paper, read like one that comes today."""
    if received is None:
        raise Refused(Problem("--received", "chưa ghi ngày nhận danh sách", "ghi ngày theo sổ văn thư"))
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, visit).id)
        row, unit = dossier.visit, dossier.unit
    understood = read_nominations(file, row.year, row.month, unit)
    every = [*understood.problems, *(problem for line in understood.rows for problem in line.problems)]
    if not understood.acceptable:
        raise Refused(*every)
    return Nominations(understood.meetings, received)
