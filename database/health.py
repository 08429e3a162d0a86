"""What is not well with the service, as far as it is stored: the same reading for `visits doctor` and the desk."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.settings import Settings
from database import incoming, leases, outbox, service_notes
from database.growth import month_of_room
from database.holding import RESTORED
from database.models import ServiceNoteRow
from domain.dates import short_date, time_of_day
from domain.problem import Problem

#: Names of notes: the end of each round of the reconciler, the start of the watch over the service, …
TENDED = "tended"
STARTED = "started"
#: … what the server of Prefect fails at, what is wrong with a part of the service (`part:desk`), …
SERVER = "server"
PART = "part:"
#: … and what Prefect's own runs and schedules tell (`flows.engine.health`): no next run, runs that nobody takes.
SCHEDULES = "schedules"
OVERDUE = "overdue"
#: … and that the office's own alert could not be set up (`deployments.alert`).
ALERT = "alert"

#: … the end of the last round over the inbox, and why the newest one failed.
INBOX = "inbox"
INBOX_FAULT = "inbox fault"
#: … and why the letters of this Monday could not be written.
MONDAY_FAULT = "monday fault"

_PARTS = {"server": "máy chủ Prefect", "runner": "bộ chạy", "desk": "bàn làm việc"}
_LEAST_UNREAD = 15  # minutes: mail servers are started anew
_PERIODS = 3  # of the reconciler; one late round is no trouble


#: Every kind of trouble that is told here, by the name under which monitors know it.
KINDS = (
    "restored", "part_server", "part_runner", "part_desk", "machines", "tended", "schedules", "overdue", "alert",
    "server", "letters_uncertain", "letters_held", "monday_letters", "inbox", "inbox_open", "disk_month",
)  # fmt: skip


def troubles(
    session: Session, of: Settings, now: datetime, free: int, asked: Mapping[str, str] | None = None
) -> list[Problem]:
    """Everything a person should know of, what stops the service first.

    `now` is the wall clock's, `free` the bytes left on the disk. `asked` is what Prefect has just said by itself;
    without it the last word of the reconciler counts.
    """
    found = [problem for _kind, problem in troubles_by_kind(session, of, now, free, asked)]
    return sorted(found, key=lambda one: one.warning)


def troubles_by_kind(
    session: Session, of: Settings, now: datetime, free: int, asked: Mapping[str, str] | None = None
) -> Iterator[tuple[str, Problem]]:
    """The same, each with its kind, one of `KINDS`."""
    rows = service_notes.read(session)
    notes = {name: row.text for name, row in rows.items()}
    notes |= {SCHEDULES: "", OVERDUE: "", **asked} if asked is not None else {}
    yield from _restored(notes)
    yield from _parts(notes)
    yield from (("machines", problem) for problem in machines(session))
    yield from _tended(rows, of, now)
    yield from _prefect(notes)
    yield from _letters(session, of)
    yield from _monday(notes)
    yield from _inbox(session, rows, of, now)
    yield from _disk(session, of, free)


def _restored(notes: Mapping[str, str]) -> Iterator[tuple[str, Problem]]:
    if text := notes.get(RESTORED):
        remedy = 'so với thư đã gửi, sổ văn thư; xem xong thì: visits restored --by "…"'
        yield "restored", Problem("cơ sở dữ liệu", text, remedy)


def _parts(notes: Mapping[str, str]) -> Iterator[tuple[str, Problem]]:
    for note, text in notes.items():
        part, _, machine = note.removeprefix(PART).partition("@")
        if note.startswith(PART) and text and part in _PARTS:
            where = f"{_PARTS[part]} (máy {machine})" if machine else _PARTS[part]
            yield f"part_{part}", Problem(where, text, f"dịch vụ tự thử lại; xem logs/{part}.log")


def machines(session: Session) -> Iterator[Problem]:
    """Of several machines each must say and do the same (0046)."""
    for name, hosts in leases.differing(session).items():
        remedy = "đặt như nhau trên mọi máy rồi khởi động lại từng máy"
        yield Problem("các máy", f"{name} không giống nhau: {' ≠ '.join(hosts)}", remedy, warning=True)


def _tended(notes: Mapping[str, ServiceNoteRow], of: Settings, now: datetime) -> Iterator[tuple[str, Problem]]:
    """The reconciler of a live service runs by its schedule: when it does not, nothing else by schedule does either."""
    last, started = notes.get(TENDED), notes.get(STARTED)
    since = max((row.at for row in (last, started) if row), default=None)
    minutes = _PERIODS * of.reconcile_minutes
    if of.mode != "live" or since is None or now - since <= timedelta(minutes=minutes):
        return
    when = f"lần cuối lúc {time_of_day(last.at)}, {short_date(last.at.date())}" if last else "chưa lần nào"
    remedy = "khởi động lại dịch vụ; trong Prefect xem lịch của trong-nom có bật không"
    yield "tended", Problem("theo dõi các lượt chạy", f"quá {minutes:g} phút chưa chạy ({when})", remedy)


def _prefect(notes: Mapping[str, str]) -> Iterator[tuple[str, Problem]]:
    if text := notes.get(SCHEDULES):
        remedy = "trong Prefect, trang Deployments, xem lịch của dau-thang"
        yield "schedules", Problem("lịch bắt đầu các việc (dau-thang)", text, remedy)
    if text := notes.get(OVERDUE):
        yield "overdue", Problem("lượt chạy trễ", text, "xem logs/runner.log; khởi động lại dịch vụ")
    if text := notes.get(ALERT):
        yield "alert", Problem("báo lỗi ra ngoài", text, "xem VISITS_ALERT_URL, VISITS_ALERT_KIND", warning=True)
    for note, text in notes.items():
        name, _, machine = note.partition("@")
        if name == SERVER and text:
            remedy = "khởi động lại dịch vụ; còn lỗi thì báo người quản trị, kèm server.log"
            yield "server", Problem(f"máy chủ Prefect (máy {machine})" if machine else "máy chủ Prefect", text, remedy)


def _letters(session: Session, of: Settings) -> Iterator[tuple[str, Problem]]:
    counted = outbox.counts(session)
    if count := counted.get("uncertain"):
        problem = Problem("sổ thư", f"{count} thư chưa rõ đã đi chưa", "visits letters resolve", warning=True)
        yield "letters_uncertain", problem
    if count := counted.get("held"):
        why = "chế độ an toàn" if of.safe else "giữ lại trước đây"
        remedy = (
            "đặt máy chủ thư, bỏ VISITS_HOLD_LETTERS, rồi visits letters release"
            if of.safe
            else "visits letters release"
        )
        yield "letters_held", Problem("sổ thư", f"{count} thư đang giữ ({why})", remedy, warning=True)


def _monday(notes: Mapping[str, str]) -> Iterator[tuple[str, Problem]]:
    if text := notes.get(MONDAY_FAULT):
        remedy = "xem mẫu leader_week trong thư mục mẫu của cơ quan; sửa xong thì thư tự gửi trong ngày"
        yield "monday_letters", Problem("thư sáng thứ Hai", text, remedy, warning=True)


def _inbox(
    session: Session, notes: Mapping[str, ServiceNoteRow], of: Settings, now: datetime
) -> Iterator[tuple[str, Problem]]:
    """Whether it is read at all, once the office has set one; and what waits in it for a person."""
    if of.inbox.host:
        yield from (("inbox", problem) for problem in _unread(notes, of, now))
    if count := incoming.open_count(session):
        problem = Problem(
            "thư đến", f"{count} thư chờ người xem", "trang Thư đến, hoặc: visits inbox list", warning=True
        )
        yield "inbox_open", problem


def _unread(notes: Mapping[str, ServiceNoteRow], of: Settings, now: datetime) -> Iterator[Problem]:
    """One that fails now and then is no trouble: the next round reads what this one did not."""
    last, started, fault = notes.get(INBOX), notes.get(STARTED), notes.get(INBOX_FAULT)
    since = max((row.at for row in (last, started) if row), default=None)
    minutes = max(_PERIODS * of.inbox.minutes, _LEAST_UNREAD)
    if of.mode != "live" or since is None or now - since <= timedelta(minutes=minutes):
        return
    when = f"lần cuối lúc {time_of_day(last.at)}, {short_date(last.at.date())}" if last else "chưa lần nào"
    why = f": {fault.text}" if fault else ""
    remedy = "xem máy chủ thư, các biến VISITS_INBOX__…, rồi: visits inbox read"
    yield Problem("hộp thư đến", f"quá {minutes:g} phút chưa đọc được ({when}){why}", remedy)


def _disk(session: Session, of: Settings, free: int) -> Iterator[tuple[str, Problem]]:
    needed = month_of_room(session)
    if free < needed:
        fault = f"đĩa còn {free // 2**20} MB, không đủ một tháng (cần {needed // 2**20} MB)"
        yield "disk_month", Problem(str(of.folder), fault, "dọn đĩa", warning=True)
