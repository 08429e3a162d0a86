"""`visits letters`: the ledger of letters, and the decisions about uncertain and held ones."""

from typing import Annotated, Any

import typer
from sqlalchemy import select

from answers import letters
from answers.taking import Giver
from cli.output import print_json, print_table, refusing, say
from cli.waking import tell
from config.settings import settings
from database import visits
from database.engine import reading
from database.models import LetterRow
from domain import words
from domain.dates import date_and_time
from domain.problem import Problem, Refused

app = typer.Typer(help="Sổ thư: xem, xác nhận thư chưa rõ, cho gửi thư đang giữ.", no_args_is_help=True)

Letter = Annotated[int, typer.Argument(metavar="LETTER", help="số thư trong sổ")]
By = Annotated[str, typer.Option("--by", help="họ tên người quyết định; được ghi lại")]


@app.command("list")
@refusing
def list_letters(
    state: Annotated[str, typer.Option("--state", help=f"chỉ một trạng thái: {', '.join(words.LETTERS)}")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")] = False,
) -> None:
    """Mọi thư theo thứ tự soạn: gửi ai, trạng thái, máy chủ trả lời gì."""
    if state and state not in words.LETTERS:
        raise Refused(Problem("--state", f"không có trạng thái “{state}”", f"một trong: {', '.join(words.LETTERS)}"))
    with reading(settings().database) as session:
        query = select(LetterRow).order_by(LetterRow.id)
        rows = session.scalars(query.where(LetterRow.state == state) if state else query).all()
        ledger: list[dict[str, Any]] = [
            {
                "id": row.id, "visit": visits.get(session, row.visit_id).key, "subject": row.subject,
                "to": row.addresses, "state": row.state, "sent_at": row.sent_at, "reply": row.reply or "",
                "message_id": row.message_id,
            }
            for row in rows
        ]  # fmt: skip
    if as_json:
        print_json(ledger)
        return
    print_table(
        "Sổ thư",
        ("Số", "Thư", "Gửi tới", "Trạng thái", "Lúc", "Máy chủ trả lời"),
        (
            (
                f"{one['id']}", one["subject"], ", ".join(one["to"]), words.LETTERS[one["state"]],
                date_and_time(one["sent_at"]) if one["sent_at"] else "", one["reply"],
            )
            for one in ledger
        ),
    )  # fmt: skip


@app.command()
@refusing
def resolve(
    letter: Letter,
    word: Annotated[str, typer.Argument(help="went_out: đã đến nơi; send_again: gửi lại")],
    by: By,
) -> None:
    """Quyết định về thư chưa rõ đã đi hay chưa."""
    if word == "went_out":
        letters.resolve(letter, "went_out", Giver(by, "cli"))
    elif word == "send_again":
        letters.resolve(letter, "send_again", Giver(by, "cli"))
    else:
        raise typer.BadParameter("ghi went_out hoặc send_again", param_hint="WORD")
    say("Đã ghi.")
    tell()


@app.command()
@refusing
def release(letter: Letter, by: By) -> None:
    """Cho gửi một thư đang được giữ (chế độ an toàn)."""
    letters.release(letter, Giver(by, "cli"))
    say("Thư sẽ được gửi đi.")
    tell()
