"""`visits calendar`: which days the office works; what a change moves; letting it count, and going back."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from answers import working_calendar
from answers.open_dates import open_dates, waiting_visits
from answers.working_calendar import Change
from cli.deciding import giver
from cli.output import print_json, print_table, refusing, say
from cli.waking import tell
from config.settings import settings
from database import calendars
from database.calendars import InForce
from database.engine import reading
from domain.dates import date_and_time, short_date, weekday

app = typer.Typer(help="Lịch làm việc của cơ quan: xem, nạp thay đổi, hoàn tác.", no_args_is_help=True)

By = Annotated[str, typer.Option("--by", help="họ tên người quyết định; được ghi lại")]
AsJson = Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")]


@app.command()
@refusing
def show(year: Annotated[int, typer.Argument(metavar="YEAR", help="năm")], as_json: AsJson = False) -> None:
    """Ngày nghỉ, thứ Bảy làm bù của một năm; các bản lịch; mọi ngày đang chờ và cách tính."""
    with reading(settings().database) as session:
        now, rows = calendars.in_force(session), calendars.versions(session)
        dates = [open_date for dossier in waiting_visits(session) for open_date in open_dates(dossier, now)]
    off = [day_off for day_off in now.content.days_off if day_off.day.year == year]
    saturdays = [day for day in now.content.working_saturdays if day.year == year]
    if as_json:
        print_json({"version": now.version, "hash": now.hash, "year": year, "provisional": _is_early(now, year),
                    "days_off": off, "working_saturdays": saturdays, "open_dates": dates})  # fmt: skip
        return
    early = " · TẠM TÍNH: chưa có thông báo chính thức" if _is_early(now, year) else ""
    days = [(one.day, one.why, "cơ quan" if one.by_office else now.content.library) for one in off]
    days += [(day, "làm bù", "làm việc") for day in saturdays]
    print_table(
        f"Năm {year} · lịch bản {now.version}{early}",
        ("Ngày", "Thứ", "Lý do", "Theo"),
        ((short_date(day), weekday(day), why, by) for day, why, by in sorted(days)),
    )
    print_table(
        "Các ngày đang chờ",
        ("Đợt", "Việc", "Ngày", "Cách tính"),
        ((one.visit, one.what, _day(one.day, one.provisional), one.why) for one in dates if one.day.year == year),
    )
    print_table(
        "Các bản lịch",
        ("Bản", "Nạp lúc", "Người nạp", "Nguồn", "Mã nội dung"),
        ((f"{row.version}", date_and_time(row.loaded_at), row.loaded_by, row.source, row.hash[:12]) for row in rows),
    )


@app.command("import")
@refusing
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="như config/calendars/office.yaml")],
    apply: Annotated[bool, typer.Option("--apply", help="ghi thay đổi; không có thì chỉ xem")] = False,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Nêu mọi ngày đang chờ bị chuyển, cũ → mới; --apply --by thì ghi thành bản lịch mới."""
    change = working_calendar.load(file, giver(by)) if apply else working_calendar.preview(file)
    _tell(change, as_json)
    if as_json or not change.is_new:
        return
    if apply:
        say(f'Đã ghi lịch bản {change.version}. Trở lại: visits calendar undo --by "…"')
        if change.to_wake:
            tell()
    else:
        say(f'Chưa ghi gì. Để ghi: visits calendar import {file} --apply --by "…"')


@app.command()
@refusing
def undo(by: By, as_json: AsJson = False) -> None:
    """Trở lại bản lịch trước; nêu mọi ngày chuyển lại."""
    change = working_calendar.undo(giver(by))
    _tell(change, as_json)
    if not as_json:
        say(f"Đã trở lại lịch trước; nay là bản {change.version}.")
        if change.to_wake:
            tell()


def _tell(change: Change, as_json: bool) -> None:
    if as_json:
        print_json(change)
        return
    if not change.is_new:
        say(f"Lịch bản {change.version} đã đúng như vậy; không có gì đổi.")
        return
    for one in change.moves:
        say(f"{one}" + (f" ({one.why})" if one.why else ""))
    say(f"{len(change.moves)} ngày bị chuyển." if change.moves else "Không ngày nào bị chuyển.")
    if change.settled:
        names = "; ".join(f"{one.visit} · {one.what}: {short_date(one.day)}" for one in change.settled)
        say(f"{len(change.settled)} ngày tạm tính giữ nguyên, nay là chính thức: {names}")
    if change.unknown:
        say(f"Chưa rõ cách tính ngày, sẽ tính lại khi đợt chạy tiếp: {', '.join(change.unknown)}")


def _is_early(now: InForce, year: int) -> bool:
    through = now.content.official_through
    return bool(through) and year > through


def _day(day: date, provisional: bool) -> str:
    return f"{short_date(day)}{' (tạm tính)' if provisional else ''}"
