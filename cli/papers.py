"""The commands about documents: look at one, approve, return, override, issue."""

import re
from pathlib import Path
from typing import Annotated

import typer

from answers import papers
from answers.answering import Giver, refuse_if
from answers.papers import SECRECY, URGENCY, Sheet
from answers.signed_files import Weighed
from cli.deciding import Seen
from cli.given import content_of, day_of
from cli.output import refusing, say, say_problems
from cli.waking import tell
from config.settings import settings
from database import documents, visits
from database.dossier import open_dossier
from database.engine import reading
from domain.letters_and_documents import BY_NAME
from domain.problem import Problem, Refused
from domain.state import DocumentState
from papers.checks import faults_of
from papers.drafts import current_paper
from papers.files import acts_of, drawn
from scans.said import doubts_of, lines_of

Visit = Annotated[str, typer.Argument(metavar="VISIT", help="2024-02/nhon_trach, hoặc 2024-02")]
By = Annotated[str, typer.Option("--by", help="họ tên người quyết định; được ghi lại")]
Reason = Annotated[str, typer.Option("--reason", help="lý do; được ghi lại")]
Paper = Annotated[
    str,
    typer.Argument(
        help="request: công văn đề nghị danh sách; notice: thông báo dự sinh hoạt; invitation: giấy mời; "
        "report: báo cáo của Tổ; result: thông báo kết quả; plan: kế hoạch năm; "
        "report-request: công văn đề nghị báo cáo năm; summary: báo cáo tổng hợp năm"
    ),
]

#: How a content hash begins. `approve --seen` took it before it was called `--content`, and still does.
_HASH = re.compile(r"[0-9a-fA-F]+")


def add_to(app: typer.Typer) -> None:
    """Put the commands into the main one."""
    for command in (paper, approve, override, issue):
        app.command()(command)
    app.command("return")(send_back)


@refusing
def paper(
    visit: Visit,
    name: Paper,
    folder: Annotated[Path, typer.Option("--out", help="thư mục nhận tệp Word và PDF")] = Path(),
) -> None:
    """Xem một văn bản: bản soạn hiện tại, hoặc đúng bản đã phát hành; ghi tệp Word và PDF."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, visit).id)
        row = dossier.document(_kind(name))
        if row is None:
            raise Refused(Problem(name, "chưa soạn, đợt chưa tới bước này", f"xem: visits show {visit}"))
        if row.on_paper:
            told = f"số {row.symbol}: văn bản giấy, phát hành trước khi dùng phần mềm"
            raise Refused(Problem(name, told, "xem bản giấy"))
        kept = {form: (file.name, file.content) for form, file in documents.files(session, row).items()}
        now = current_paper(dossier, row.kind, acts_of(row))
        files = kept or drawn(row.kind, dossier.visit.key, now)
        faults = (
            []
            if row.state in (DocumentState.ISSUED, DocumentState.SUPERSEDED) or name == "report"
            else faults_of(dossier, row.kind, now)
        )
    folder.mkdir(parents=True, exist_ok=True)
    say(f"Bản {row.revision}, mã nội dung {row.content_hash[:12]}{f', số {row.symbol}' if row.symbol else ''}")
    for line in row.redrafted:
        say(f"  {line}")
    say_problems(faults)
    for file_name, content in files.values():
        (folder / file_name).write_bytes(content)
        say(f"→ {folder / file_name}")


@refusing
def approve(
    visit: Visit,
    name: Paper,
    by: By,
    content: Annotated[
        str,
        typer.Option("--content", help="mã nội dung của bản đã xem, do `visits paper` in: bản khác thì không duyệt"),
    ] = "",
    seen: Seen = "",
) -> None:
    """Duyệt đúng bản đang có; bản đổi sau đó phải duyệt lại."""
    if _HASH.fullmatch(seen):
        content, seen = content or seen, ""
    content_hash = papers.approve(visit, name, Giver(by, "cli"), seen=content, looked_at=seen or None)
    say(f"Đã duyệt (mã nội dung {content_hash[:12]}).")
    tell()


@refusing
def send_back(visit: Visit, by: By, reason: Reason, seen: Seen = "") -> None:
    """Trả lại báo cáo của Tổ công tác để sửa kết quả; bản duyệt trước đó hết hiệu lực."""
    papers.send_back(visit, reason, Giver(by, "cli"), looked_at=seen or None)
    say("Đã trả lại báo cáo; Tổ công tác sửa rồi nhập lại kết quả.")
    tell()


@refusing
def override(visit: Visit, name: Paper, by: By, reason: Reason, seen: Seen = "") -> None:
    """Cho phép phát hành bản này dù chưa đạt kiểm tra; lãnh đạo quyết định, có lý do."""
    faults = papers.override(visit, name, reason, Giver(by, "cli"), looked_at=seen or None)
    say(f"Đã ghi; bỏ qua {len(faults)} lỗi kiểm tra của bản này:")
    say_problems(faults)


@refusing
def issue(
    visit: Visit,
    name: Paper,
    number: Annotated[int, typer.Option("--number", help="số văn bản do văn thư cấp (visits numbers show)")],
    by: By,
    on: Annotated[str, typer.Option("--date", help="ngày phát hành, ví dụ 05/3/2024")],
    signed: Annotated[
        Path | None, typer.Option("--signed", help="bản ký, đóng dấu đã quét (PDF); là bản gửi đi")
    ] = None,
    secrecy: Annotated[str, typer.Option("--secrecy", help=f"độ mật, không gửi thư: {', '.join(SECRECY)}")] = "",
    urgency: Annotated[str, typer.Option("--urgency", help=f"độ khẩn: {', '.join(URGENCY)}")] = "",
    reason: Annotated[
        str, typer.Option("--signed-reason", help="lý do vẫn dùng bản ký có điều đáng ngờ; được ghi lại")
    ] = "",
    look: Annotated[bool, typer.Option("--look", help="chỉ xem bản ký đáng tin đến đâu, không phát hành")] = False,
    seen: Seen = "",
) -> None:
    """Ghi số và ngày phát hành; thư đi ngay sau đó, trừ khi mật hoặc thư đang được giữ. Bản ký được kiểm tra trước."""
    sheet = Sheet(number, day_of(on), secrecy, urgency, content_of(signed) if signed else None, reason)
    _say_of_signed(papers.weigh_issued(visit, name, sheet))
    if look:
        return
    symbol = papers.issue(visit, name, sheet, Giver(by, "cli"), looked_at=seen or None)
    say(f"Đã phát hành số {symbol}.")
    if secrecy:
        say(f"{papers.said_of_a_mark(visit)} Ghi lại bằng: visits letters resolve")
    tell()


def _say_of_signed(weighed: Weighed | None) -> None:
    """What was seen of the signed file, and what is doubtful about it; nothing where there is none."""
    if weighed is None:
        return
    refuse_if(list(weighed.file.refused))
    for line in lines_of(weighed.file):
        say(line)
    for doubt in doubts_of(weighed.file):
        say(f"! {doubt}")


def _kind(name: str) -> str:
    if name not in BY_NAME:
        raise Refused(Problem(name, "không có văn bản tên này", f"ghi một trong: {', '.join(BY_NAME)}"))
    return BY_NAME[name]
