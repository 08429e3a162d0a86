"""What is not well with the service, as far as it is stored: the same reading for `visits doctor` and the desk."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from config.settings import Settings
from database import leases, outbox, service_notes
from database.growth import month_of_room
from database.holding import RESTORED
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

_PARTS = {"server": "máy chủ Prefect", "runner": "bộ chạy chuyến", "desk": "bàn làm việc"}
_PERIODS = 3  # of the reconciler; one late round is no trouble


def troubles(
    session: Session, of: Settings, now: datetime, free: int, asked: Mapping[str, str] | None = None
) -> list[Problem]:
    """Everything a person should know of, what stops the service first.

    `now` is the wall clock's, `free` the bytes left on the disk. `asked` is what Prefect has just said by itself;
    without it the last word of the reconciler counts.
    """
    notes = {name: row.text for name, row in service_notes.read(session).items()}
    notes |= {SCHEDULES: "", OVERDUE: "", **asked} if asked is not None else {}
    found = [
        *_restored(notes), *_parts(notes), *machines(session), *_tended(session, of, now), *_prefect(notes),
        *_letters(session, of), *_disk(session, of, free),
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.warning)


def _restored(notes: Mapping[str, str]) -> Iterator[Problem]:
    if text := notes.get(RESTORED):
        yield Problem("cơ sở dữ liệu", text, 'so với thư đã gửi, sổ văn thư; xem xong thì: visits restored --by "…"')


def _parts(notes: Mapping[str, str]) -> Iterator[Problem]:
    for note, text in notes.items():
        part, _, machine = note.removeprefix(PART).partition("@")
        if note.startswith(PART) and text and part in _PARTS:
            where = f"{_PARTS[part]} (máy {machine})" if machine else _PARTS[part]
            yield Problem(where, text, f"dịch vụ tự thử lại; xem logs/{part}.log")


def machines(session: Session) -> Iterator[Problem]:
    """Of several machines each must say and do the same (0046)."""
    for name, hosts in leases.differing(session).items():
        remedy = "đặt như nhau trên mọi máy rồi khởi động lại từng máy"
        yield Problem("các máy", f"{name} không giống nhau: {' ≠ '.join(hosts)}", remedy, warning=True)


def _tended(session: Session, of: Settings, now: datetime) -> Iterator[Problem]:
    """The reconciler of a live service runs by its schedule: when it does not, nothing else by schedule does either."""
    notes = service_notes.read(session)
    last, started = notes.get(TENDED), notes.get(STARTED)
    since = max((row.at for row in (last, started) if row), default=None)
    minutes = _PERIODS * of.reconcile_minutes
    if of.mode != "live" or since is None or now - since <= timedelta(minutes=minutes):
        return
    when = f"lần cuối lúc {time_of_day(last.at)}, {short_date(last.at.date())}" if last else "chưa lần nào"
    yield Problem(
        "trông nom các chuyến", f"quá {minutes:g} phút chưa chạy ({when})",
        "khởi động lại dịch vụ; trong Prefect xem lịch của trong-nom có bật không",
    )  # fmt: skip


def _prefect(notes: Mapping[str, str]) -> Iterator[Problem]:
    if text := notes.get(SCHEDULES):
        yield Problem("lịch mở chuyến (dau-thang)", text, "trong Prefect, trang Deployments, xem lịch của dau-thang")
    if text := notes.get(OVERDUE):
        yield Problem("lượt chạy trễ", text, "xem logs/runner.log; khởi động lại dịch vụ")
    if text := notes.get(ALERT):
        yield Problem("báo lỗi ra ngoài", text, "xem VISITS_ALERT_URL, VISITS_ALERT_KIND", warning=True)
    if text := notes.get(SERVER):
        yield Problem("máy chủ Prefect", text, "khởi động lại dịch vụ; còn lỗi thì báo người quản trị, kèm server.log")


def _letters(session: Session, of: Settings) -> Iterator[Problem]:
    counted = outbox.counts(session)
    if count := counted.get("uncertain"):
        yield Problem("sổ thư", f"{count} thư chưa rõ đã đi chưa", "visits letters resolve", warning=True)
    if count := counted.get("held"):
        why = "chế độ an toàn" if of.safe else "giữ lại trước đây"
        remedy = (
            "đặt máy chủ thư, bỏ VISITS_HOLD_LETTERS, rồi visits letters release"
            if of.safe
            else "visits letters release"
        )
        yield Problem("sổ thư", f"{count} thư đang giữ ({why})", remedy, warning=True)


def _disk(session: Session, of: Settings, free: int) -> Iterator[Problem]:
    needed = month_of_room(session)
    if free < needed:
        yield Problem(
            str(of.folder), f"đĩa còn {free // 2**20} MB, không đủ một tháng (cần {needed // 2**20} MB)", "dọn đĩa",
            warning=True,
        )  # fmt: skip
