"""How the command line asks before it replaces what is in use; without an answer nothing is replaced."""

import typer

from domain.problem import Problem, Refused


def agreed(question: str, *, yes: bool) -> None:
    """Go on if the person at the terminal agrees, or has said so beforehand; else `Refused`, with the way out."""
    if yes:
        return
    try:
        answer = typer.prompt(f"{question} Ghi “có” để làm", default="không", show_default=False)
    except typer.Abort:
        raise Refused(
            Problem("--yes", "chưa ai trả lời, chưa ghi gì", "xem thay đổi nêu trên rồi thêm --yes")
        ) from None
    if str(answer).strip().casefold() not in ("có", "co", "c", "y", "yes"):
        raise Refused(Problem("câu trả lời", "không làm, chưa ghi gì", "cần thì chạy lại và trả lời “có”"))
