"""All that is looked at to say how the service is: the one source of `visits doctor` and of the page (P3, P7)."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

import httpx
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from config.office_calendar import working_calendar
from config.private_files import open_to_others
from config.rubric_file import read_rubric
from config.secret import all_given, given, secret_file
from config.settings import settings
from database import clock, outbox, plans, scores, visits
from database.address import shown, why_unreadable
from database.engine import reading
from database.growth import LEAST_ROOM
from database.health import troubles
from database.kept_log import RESTORE
from database.record.check import faults as record_faults
from database.record.key import RECORD
from database.taking_up import undecided
from domain import words
from domain.dates import OFFICE_ZONE
from domain.problem import Problem, Refused
from letters.refusal import advice
from letters.template_check import check_templates
from web.desk.binding import check as check_desk
from web.desk.binding import own_address


@dataclass(frozen=True)
class Look:
    """One thing that is looked at."""

    name: str
    problems: Callable[[], Iterable[Problem]]
    kind: str = "letter"  #: by which monitors know it; the default is a single letter held against the record
    of_machine: bool = False  #: tells of files, rights and keys of this machine: whoever installs it needs them
    thorough: bool = False  #: reads everything there is, which takes a while
    after_upgrade: bool = False  #: decides whether a newer program may go on with the data

    def taken(self) -> tuple[Problem, ...]:
        """What it finds, at once; a refusal is what it finds as well, and so is a damaged database."""
        try:
            return tuple(self.problems())
        except Refused as refused:
            return refused.problems
        except OperationalError as error:
            if (known := why_unreadable(settings().database, error)) is None:
                raise
            return (known,)


def every_look(
    service: Callable[[], Iterable[Problem]], copies: Callable[[], Iterable[Problem]] | None = None
) -> tuple[Look, ...]:
    """All of them in the order in which they are told; `service` looks whether the service does what it should.

    `copies` reads the newest copy through: the command line alone does that.
    """
    return (
        Look("Đĩa", _disk, "disk", of_machine=True),
        Look("Quyền đọc tệp", _private, "private_files", of_machine=True),
        Look("Khóa và mật khẩu", _secrets, "secrets", of_machine=True),
        Look("Cơ sở dữ liệu", _database, "database", of_machine=True, thorough=True, after_upgrade=True),
        Look("Kế hoạch năm nay", _plan, "plan"),
        Look("Lịch làm việc", _calendar, "calendar"),
        Look("Mẫu thư", _wording, "wording"),
        Look("Phông chữ của văn bản", _fonts, "fonts"),
        Look("Phiếu chấm điểm", _rubrics, "rubrics", after_upgrade=True),
        Look("Danh sách tin cậy", _trusted, "trust_list", of_machine=True, thorough=True),
        Look("Nhật ký", _audit, "record", thorough=True, after_upgrade=True),
        *((Look("Bản sao", copies, "copies", of_machine=True, thorough=True),) if copies else ()),
        Look("Prefect", _prefect, "prefect"),
        Look("Bàn làm việc", _desk, "desk"),
        Look("Dịch vụ tự chạy, thư đang giữ", service, "service"),
        Look("Thư và việc đang vướng", _letters, "letters"),
    )


def service_by_its_word(asked: Mapping[str, str] | None = None) -> Iterator[Problem]:
    """Whether the service does by itself what it should: schedules, runs, the loops of the server, letters, disk.

    `asked` is what Prefect has just said; without it the last word of the reconciler counts.
    """
    if has_database():
        with reading(settings().database) as session:
            yield from troubles(session, settings(), datetime.now(OFFICE_ZONE), _free(), asked)


def _disk() -> Iterator[Problem]:
    if _free() < LEAST_ROOM:
        yield Problem(str(settings().folder), f"đĩa chỉ còn {_free() // 2**20} MB", "dọn đĩa, cần ít nhất 300 MB")


def _private() -> Iterator[Problem]:
    """Addresses, findings and keys are the office's; other users of the machine have nothing to look for in them."""
    for path in islice(open_to_others(settings().folder), 3):
        remedy = f"chạy lại visits up, hoặc: chmod -R go= {settings().folder}"
        yield Problem(str(path), "người khác trên máy này đọc được", remedy, warning=True)


def _secrets() -> Iterator[Problem]:
    """Secrets from outside can be read, by nobody else; the key of the record lies apart from what it guards."""
    for one in all_given():
        if one.path and one.path.stat().st_mode & _OTHER_USERS:
            yield Problem(str(one.path), "người khác trên máy này đọc được khóa", f"chmod o= {one.path}", warning=True)
    if settings().mode == "live" and not settings().database_url and secret_file(RECORD).exists() and not given(RECORD):
        fault = "khóa của nhật ký nằm cạnh cơ sở dữ liệu: ai lấy được cả hai thì viết lại được nhật ký"
        yield Problem(str(secret_file(RECORD)), fault, "để khóa nơi khác: VISITS_SECRET_RECORD_FILE", warning=True)


def _free() -> int:
    folder = settings().folder.absolute()
    return shutil.disk_usage(folder if folder.exists() else folder.anchor).free


def _database() -> Iterator[Problem]:
    url = settings().database
    if not has_database():
        yield Problem(shown(url), "chưa có cơ sở dữ liệu", "chạy: visits plan load FILE", warning=True)
        return
    with reading(url) as session:
        if url.startswith("sqlite") and session.scalar(text("PRAGMA integrity_check")) != "ok":
            yield Problem(shown(url), "tệp cơ sở dữ liệu hỏng", RESTORE)


def _plan() -> Iterator[Problem]:
    """The plan of this year, loaded (`Refused` if there is none), and nothing of it that still waits for a word."""
    if not has_database():
        return
    with reading(settings().database) as session:
        year = clock.now(session).year
        plans.read(session, year)
        behind = len(undecided(session, year))
    if behind:
        fault = f"{behind} việc đã qua ngày khi nạp kế hoạch, chưa ai nói đã làm đến đâu"
        yield Problem(
            f"kế hoạch năm {year}", fault, f"visits take-up, hoặc {own_address(settings())}/nam/{year}", warning=True
        )


def _calendar() -> list[Problem]:
    """The office's calendar file, readable; `Refused` with its faults if it is not."""
    working_calendar((datetime.now(OFFICE_ZONE).year,), settings().office_calendar)
    return []


def has_database() -> bool:
    """Whether there is anything to look into."""
    return bool(settings().database_url) or (settings().folder / "visits.db").exists()


def _wording() -> Iterator[Problem]:
    yield from check_templates(settings().templates)


def _fonts() -> Iterator[Problem]:
    """Which font the PDFs are set in; every one in use has all Vietnamese letters (P22)."""
    from letters.form.fonts import families  # looks through every font of the machine: only here worth the time

    best = families()[0]
    if best != "Times New Roman":
        yield Problem(
            "phông chữ", f"máy không có Times New Roman, tệp PDF dùng {best}", "cài phông nếu cần", warning=True
        )


def _rubrics() -> Iterator[Problem]:
    """Score sheets that cannot be used are not offered to anybody: here one sees why; and scores that were altered."""
    for path in sorted(settings().rubrics.glob("*.yaml")):
        yield from (replace(problem, warning=True) for problem in read_rubric(path)[1])
    if has_database():
        with reading(settings().database) as session:
            for key, row in scores.not_reproduced(session):
                yield Problem(key, f"điểm của {row.by} (bản {row.version}) tính lại ra khác", "so với bản sao lưu")


def _trusted() -> Iterator[Problem]:
    if (folder := settings().trusted_signers) is None:
        return
    from scans.trusted import read_trust_list  # pyHanko takes a second to load

    found = read_trust_list(folder)
    for name in found.unread:
        yield Problem(str(folder), f"không đọc được {name}", "đặt chứng thư dạng .pem hoặc .crt", warning=True)
    if not found.certificates:
        yield Problem(str(folder), "danh sách tin cậy chưa có chứng thư nào", "đặt chứng thư vào thư mục", warning=True)


def _prefect() -> Iterator[Problem]:
    try:
        httpx.get(f"{settings().prefect_url}/api/health", timeout=3).raise_for_status()
    except httpx.HTTPError:
        yield Problem(settings().prefect_url, "Prefect chưa chạy", "chạy: visits up", warning=True)


def _audit() -> Iterator[Problem]:
    """The record of who did what, the heads kept outside, each row it speaks of: is it what was written (P7)?"""
    if has_database():
        with reading(settings().database) as session:
            yield from record_faults(session, settings())


def _desk() -> Iterator[Problem]:
    of = settings()
    check_desk(of)
    try:
        # The certificate is for the name outside; here one only asks whether the desk answers.
        httpx.get(f"{own_address(of)}/suc-khoe", timeout=3, verify=False).raise_for_status()
    except httpx.HTTPError:
        yield Problem(of.desk_url, "bàn làm việc chưa chạy", "chạy: visits up", warning=True)


def _letters() -> Iterator[Problem]:
    if not has_database():
        return
    with reading(settings().database) as session:
        counted = outbox.counts(session)
        for row in visits.with_runs(session):
            if row.trouble:
                yield Problem(row.key, row.trouble, f"visits retry {row.key}", warning=True)
    for state in ("refused", "partly"):
        if counted.get(state):
            fault = f"{counted[state]} thư {words.LETTERS[state]}{_advised(state)}"
            yield Problem("sổ thư", fault, f"visits letters list --state {state}, visits letters resend", warning=True)


def _advised(state: str) -> str:
    """What must be done before they go again, each once."""
    with reading(settings().database) as session:
        found = outbox.refusals(session, state)
    said = dict.fromkeys(advice(reply) for reply in found)
    return f" ({'; '.join(said)})" if said else ""


#: Whoever is neither the owner of a file nor of its group: a file of the administrator's may be for the group.
_OTHER_USERS = 0o007
