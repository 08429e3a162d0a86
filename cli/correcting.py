"""The command by which a clerk corrects number, day or signer of an issued document."""

from pathlib import Path
from typing import Annotated

import typer

from answers.answering import Giver
from answers.correcting import RightSheet, issued_as, issued_paper
from cli.deciding import Seen
from cli.given import content_of, day_of
from cli.output import refusing, say
from cli.papers import By, Paper, Reason, Visit
from cli.waking import tell
from config.settings import settings
from database import visits
from database.dossier import open_dossier
from database.engine import reading
from domain.plan import Signer
from tasks.letters.correcting import correct as correct_paper
from tasks.looking_ahead import letters_of_correction


def add_to(app: typer.Typer) -> None:
    """Put the command into the main one."""
    app.command()(correct)


@refusing
def correct(
    visit: Visit,
    name: Paper,
    by: By,
    reason: Reason,
    number: Annotated[int, typer.Option("--number", help="số đúng; không ghi thì số đã cấp là đúng")] = 0,
    on: Annotated[str, typer.Option("--date", help="ngày đúng, ví dụ 05/3/2024")] = "",
    signer: Annotated[str, typer.Option("--signer", help="họ tên người ký đúng")] = "",
    title: Annotated[str, typer.Option("--signer-title", help="chức vụ của người ký đúng")] = "",
    authority: Annotated[str, typer.Option("--signer-authority", help="quyền hạn ký, như K/T TRƯỞNG BAN")] = "",
    signed: Annotated[Path | None, typer.Option("--signed", help="bản đúng đã ký, đóng dấu (PDF)")] = None,
    signed_reason: Annotated[
        str, typer.Option("--signed-reason", help="lý do vẫn dùng bản ký có điều đáng ngờ; được ghi lại")
    ] = "",
    look: Annotated[bool, typer.Option("--look", help="chỉ xem từng thư đính chính, chưa ghi gì")] = False,
    seen: Seen = "",
) -> None:
    """Đính chính số, ngày hoặc người ký của văn bản đã phát hành; bản sai được giữ, nơi đã nhận được báo."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, visit).id)
        row = issued_paper(dossier, name)
        stands, known = issued_as(dossier, row), row.number or 0
    signs = Signer(authority, title, signer) if signer else stands.signer
    content = content_of(signed) if signed else None
    right = RightSheet(number or known, day_of(on) if on else stands.issued_on, signs, reason, content, signed_reason)
    if look:
        for letter in letters_of_correction(visit, name, right, Giver(by, "cli")):
            say(f"Tới {letter.to}: {letter.subject}\n\n{letter.text}\n")
        return
    symbol, told = correct_paper(visit, name, right, Giver(by, "cli"), looked_at=seen or None)
    say(f"Đã đính chính: số {symbol}; {told} thư đính chính được ghi vào sổ thư.")
    tell()
