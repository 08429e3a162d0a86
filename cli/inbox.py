"""`visits inbox`: read the office's inbox now, see what came and what became of it."""

from typing import Annotated, Any

import typer

from cli.output import print_json, print_table, refusing, say
from cli.waking import tell
from config.settings import settings
from database import incoming, stored, visits
from database.engine import reading
from database.incoming import IncomingRow
from database.secrecy import mark_of
from domain.dates import date_and_time
from domain.incoming import MailKind, MailReading, MailState, MatchedBy, Trust
from domain.problem import Problem, Refused

app = typer.Typer(help="Thư đến: đọc hộp thư của cơ quan, xem thư nào đã xử lý, thư nào chờ.", no_args_is_help=True)

_STATES = [state.value for state in MailState]


@app.command()
@refusing
def read() -> None:
    """Đọc hộp thư ngay, không chờ đến lượt; thư nào cũng chỉ ghi một lần."""
    from tasks.incoming import InboxUnavailable, note_fault, read_inbox  # what steps are made of takes a second to load

    if not settings().inbox.host:
        raise Refused(Problem("hộp thư đến", "chưa đặt hộp thư nào", "đặt VISITS_INBOX__HOST, xem hướng dẫn quản trị"))
    try:
        result = read_inbox()
    except InboxUnavailable as error:
        note_fault(str(error))
        raise
    say(f"{str(result)[:1].upper()}{str(result)[1:]}.")
    if not result.quiet:
        tell()


@app.command("list")
@refusing
def list_incoming(
    state: Annotated[str, typer.Option("--state", help=f"chỉ một trạng thái: {', '.join(_STATES)}")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="bao nhiêu thư mới nhất")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")] = False,
) -> None:
    """Thư đến, mới nhất trước: ai gửi, về đợt nào, đã làm gì."""
    if state and state not in _STATES:
        raise Refused(Problem("--state", f"không có trạng thái “{state}”", f"một trong: {', '.join(_STATES)}"))
    with reading(settings().database) as session:
        found = [_told(row, _key(session, row)) for row in incoming.newest(session, limit, state)]
    if as_json:
        print_json(found)
        return
    print_table(
        "Thư đến",
        ("Số", "Nhận lúc", "Từ", "Tiêu đề", "Là", "Về", "Trạng thái", "Kết quả"),
        (
            (
                f"{one['id']}", date_and_time(one["received_at"]), one["sender"], one["subject"],
                MailKind(one["kind"]).called, one["visit"], MailState(one["state"]).called, one["outcome"],
            )
            for one in found
        ),
    )  # fmt: skip


@app.command()
@refusing
def show(number: Annotated[int, typer.Argument(metavar="N", help="số thư đến")]) -> None:
    """Một thư đến: đọc được gì, về thư nào, đã làm gì."""
    with reading(settings().database) as session:
        row = incoming.find(session, number)
        if row is None:
            raise Refused(Problem(f"thư đến số {number}", "không có thư này", "xem: visits inbox list"))
        visit = visits.get(session, row.visit_id) if row.visit_id else None
        key, marked = visit.key if visit else "", bool(visit and mark_of(session, visit))
        read: MailReading = stored.READING.read(row.reading, row.shape)
    say(f"Thư đến số {row.id} · {MailKind(row.kind).called} · {MailState(row.state).called}")
    for name, value in _lines(row, read, key, marked):
        if value:
            say(f"  {name}: {value}")
    if read.text and not marked:
        say(f"\n{read.text}")


def _lines(row: IncomingRow, read: MailReading, key: str, marked: bool) -> list[tuple[str, str]]:
    matched = MatchedBy(row.matched_by).called
    return [
        ("từ", f"{read.sender_name} <{row.sender}>" if read.sender_name else row.sender),
        ("nhận lúc", date_and_time(row.received_at)),
        ("tiêu đề", "" if marked else row.subject),
        ("về", f"{key} ({matched})" if key else matched),
        ("thư đã gửi", f"số {row.letter_id}" if row.letter_id else ""),
        ("người gửi", Trust(row.trust).called),
        ("không tới được", "" if marked else "; ".join(f"{one.address} ({one.reply})" for one in read.failed)),
        ("tệp", "" if marked else "; ".join(f"{one.name} ({one.size} byte)" for one in read.files)),
        ("kết quả", "" if marked else row.outcome),
        ("người xử lý", row.settled_by or ""),
    ]


def _key(session: Any, row: IncomingRow) -> tuple[str, bool]:
    if row.visit_id is None:
        return "", False
    visit = visits.get(session, row.visit_id)
    return visit.key, bool(mark_of(session, visit))


def _told(row: IncomingRow, about: tuple[str, bool]) -> dict[str, Any]:
    """Of a visit with a mark the list, which goes to everybody, says neither subject nor outcome, which names files."""
    key, marked = about
    return {
        "id": row.id, "received_at": row.received_at, "sender": row.sender, "subject": "" if marked else row.subject,
        "kind": row.kind, "visit": key, "letter": row.letter_id, "matched_by": row.matched_by, "state": row.state,
        "trust": row.trust, "outcome": "" if marked else row.outcome, "size": row.size,
    }  # fmt: skip
