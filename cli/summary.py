"""`visits summary`: the year in figures, each with the records behind it; the proposals for the next year (D14)."""

from collections.abc import Sequence
from typing import Annotated

import typer

from answers.answering import Giver
from answers.summary import propose as take_proposals
from cli.output import print_json, print_table, refusing, say
from cli.waking import tell
from config.settings import settings
from database.engine import reading
from domain.annual import AnnualSummary, ReportLine, RoundLine
from domain.dates import short_date
from domain.obligation import Kind, Obligation
from papers.annual import summarise

app = typer.Typer(
    help="Báo cáo tổng hợp năm: số liệu, bản ghi đứng sau từng số, nhiệm vụ năm sau.", no_args_is_help=True
)

Year = Annotated[int, typer.Argument(metavar="YEAR", help="năm của kế hoạch")]


@app.command()
@refusing
def show(
    year: Year,
    records: Annotated[bool, typer.Option("--records", help="dưới mỗi số, ghi các bản ghi đã đếm")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")] = False,
) -> None:
    """Số liệu của năm như báo cáo tổng hợp dùng; chưa có gì thì ghi là chưa có."""
    with reading(settings().database) as session:
        summary = summarise(session, year)
    if as_json:
        figures = [
            {"key": figure.key, "name": figure.name, "value": figure.value, "records": figure.records}
            for figure in summary.figures
        ]
        print_json({"year": year, "figures": figures, "summary": summary})
        return
    print_table(f"Năm {year}", ("Số liệu", "Giá trị"), ((figure.name, f"{figure.value}") for figure in summary.figures))
    _say_names(summary)
    if records:
        for figure in summary.figures:
            say(f"{figure.name} = {figure.value}")
            for record in figure.records:
                say(f"  {record.count} · {record.table} {record.id} · {record.about}")
            if not figure.records:
                say("  chưa có")


def _say_names(summary: AnnualSummary) -> None:
    """Who and what the report names (R67, R51, R62)."""
    named: dict[str, Sequence[RoundLine | ReportLine]] = {
        "Đợt không tổ chức": summary.not_held, "Đợt không có chi bộ chuyên đề": summary.without_thematic_cell,
        "Danh sách trễ hạn": summary.late_lists, "Báo cáo trễ hạn": summary.late_reports,
        "Chưa báo cáo": summary.missing_reports,
    }  # fmt: skip
    for name, lines in named.items():
        say(f"{name}: {'; '.join(line.unit for line in lines) or 'không có'}")
    for recommendation in summary.open_recommendations:
        say(
            f"Kiến nghị chưa báo cáo thực hiện: {recommendation.unit}, hạn {short_date(recommendation.due)}: "
            f"{recommendation.text}"
        )


@app.command()
@refusing
def propose(
    year: Year,
    by: Annotated[str, typer.Option("--by", help="họ tên người ghi; được ghi lại")],
    text: Annotated[
        list[str] | None, typer.Option("--text", help="một nhiệm vụ, giải pháp; ghi nhiều lần được")
    ] = None,
) -> None:
    """Ghi nhiệm vụ, giải pháp năm sau cho báo cáo tổng hợp; không ghi --text nào thì mục ấy để là chưa có."""
    key = Obligation(Kind.SUMMARY, year).key
    version = take_proposals(key, text or (), Giver(by, "cli"))
    say(f"Đã ghi {len(text or ())} nhiệm vụ, giải pháp (bản {version}).")
    tell()
