"""`visits restored`: somebody has looked at a database that was put back from a copy."""

import typer

from answers.answering import Giver
from answers.letters import trust_restored
from cli.deciding import By
from cli.output import refusing, say
from cli.waking import tell
from config.settings import settings
from database.holding import said_of_letters


def add_to(app: typer.Typer) -> None:
    """Put the command into the main one."""
    app.command()(restored)


@refusing
def restored(by: By) -> None:
    """Đã xem cơ sở dữ liệu khôi phục từ bản sao: thư mới không còn bị giữ vì vậy, thư đã giữ thì xem rồi cho gửi."""
    trust_restored(Giver(by, "cli"))
    say(said_of_letters(settings(), "Thư từ nay lại được gửi đi."))
    say("Thư đã giữ: visits letters list --state held, rồi visits letters release.")
    tell()
