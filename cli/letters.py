"""`visits letters`: the ledger of letters, and the decisions about uncertain, held and refused ones."""

from typing import Annotated, Any

import typer
from sqlalchemy import select

from answers import letters
from answers.answering import Giver
from cli.output import print_json, print_table, refusing, say
from cli.waking import tell
from config.settings import settings
from database import visits
from database.engine import reading
from database.holding import held_letters, said_of_letters
from database.models import LetterRow, RecipientRow
from database.secrecy import marks_of, subject_shown
from domain import words
from domain.dates import date_and_time
from domain.problem import Problem, Refused
from domain.state import LetterState
from letters.refusal import advice, reason

app = typer.Typer(
    help="Sổ thư: xem, xác nhận thư chưa rõ, cho gửi thư đang giữ, gửi lại thư bị từ chối.", no_args_is_help=True
)

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
        about = {row.visit_id: visits.get(session, row.visit_id) for row in rows}
        marks = marks_of(session, about.values())
        ledger: list[dict[str, Any]] = [
            {
                "id": row.id, "visit": about[row.visit_id].key, "subject": subject_shown(row, marks[row.visit_id]),
                "to": row.addresses, "state": row.state, "sent_at": row.sent_at, "reply": row.reply or "",
                "message_id": row.message_id, "told": row.told, "called": row.called,
                "recipients": [_recipient(recipient) for recipient in row.recipients],
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
                f"{one['id']}", one["subject"], one["told"], one["called"],
                date_and_time(one["sent_at"]) if one["sent_at"] else "", _answers(one),
            )
            for one in ledger
        ),
    )  # fmt: skip


def _recipient(row: RecipientRow) -> dict[str, Any]:
    return {
        "address": row.address, "role": "cc" if row.is_copy else "to", "state": row.state, "reply": row.reply or "",
        "settled_at": row.settled_at, "advice": advice(row.reply) if row.state == LetterState.REFUSED else "",
        "returned_at": row.returned_at, "reason": reason(row.reply) if row.was_returned else "",
    }  # fmt: skip


def _answers(letter: dict[str, Any]) -> str:
    """What the server said of those who refused it, and what to do; else what it said of the letter."""
    refused = [one for one in letter["recipients"] if one["state"] == "refused"]
    return "; ".join(f"{_why(one)}{one['reply']} → {one['advice']}" for one in refused) or str(letter["reply"])


def _why(recipient: dict[str, Any]) -> str:
    return f"{recipient['address']} đã trả lại, {recipient['reason']}: " if recipient["reason"] else ""


@app.command()
@refusing
def resend(
    by: By,
    letter: Annotated[int | None, typer.Argument(metavar="LETTER", help="số thư trong sổ")] = None,
    every: Annotated[bool, typer.Option("--all-refused", help="mọi thư bị từ chối của các đợt đang thực hiện")] = False,
    visit: Annotated[str, typer.Option("--visit", help="với --all-refused: chỉ đợt này, ví dụ 2024-05")] = "",
) -> None:
    """Gửi lại thư bị từ chối tới địa chỉ hôm nay trong danh bạ; ai đã nhận thì không nhận lần nữa."""
    if (letter is None) is not every or (visit and not every):
        raise typer.BadParameter("ghi số thư, hoặc --all-refused [--visit …]", param_hint="LETTER")
    if letter is not None:
        letters.resend(letter, Giver(by, "cli"))
        say(said_of_letters(settings(), "Thư sẽ được gửi lại."))
        tell()
        return
    with reading(settings().database) as session:
        only = visits.find(session, visit).id if visit else None
    done = letters.resend_all(only, Giver(by, "cli"))
    again = f"{len(done.letters)} thư."
    if done.letters:
        say(said_of_letters(settings(), f"Gửi lại {again}", f"Đã xếp lại {again}"))
    else:
        say(f"Gửi lại {again}" if done.left else "Không có thư nào bị từ chối.")
    for problem in done.left:
        say(f"Để lại · {problem}")
    if done.letters:
        tell()


@app.command()
@refusing
def resolve(
    letter: Letter,
    word: Annotated[str, typer.Argument(metavar="WORD", help="went_out: đã đến nơi; send_again: gửi lại")],
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
def release(
    by: By,
    letter: Annotated[int | None, typer.Argument(metavar="LETTER", help="số thư trong sổ")] = None,
    every: Annotated[bool, typer.Option("--all-held", help="mọi thư đang giữ; xem trước: visits letters list")] = False,
    visit: Annotated[str, typer.Option("--visit", help="với --all-held: chỉ của việc này, ví dụ 2024-05")] = "",
    purpose: Annotated[str, typer.Option("--purpose", help="với --all-held: chỉ loại thư này")] = "",
) -> None:
    """Cho gửi thư đang được giữ: một thư, hoặc nhiều thư một lần."""
    if (letter is None) is not every or ((visit or purpose) and not every):
        raise typer.BadParameter("ghi số thư, hoặc --all-held [--visit …] [--purpose …]", param_hint="LETTER")
    numbers = [letter] if letter is not None else _held(visit, purpose)
    if not numbers:
        say("Không có thư nào như vậy đang giữ.")
        return
    done = letters.release_many(numbers, Giver(by, "cli"))
    say(f"{len(done.letters)} thư sẽ được gửi đi.")
    for problem in done.left:
        say(f"Để lại · {problem}")
    tell()


def _held(visit: str, purpose: str) -> list[int]:
    with reading(settings().database) as session:
        only = visits.find(session, visit).id if visit else None
        return [
            letter.id
            for letter, about in held_letters(session)
            if only in (None, about.id) and purpose in ("", letter.purpose)
        ]
