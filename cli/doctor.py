"""`visits doctor`: looks whether everything the service needs is there, and says what to do if not."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated

import httpx
import typer
from sqlalchemy import text

from cli.output import refusing, say
from config.office_calendar import working_calendar
from config.private_files import open_to_others
from config.rubric_file import read_rubric
from config.secret import all_given, given, secret_file
from config.settings import settings
from database import clock, outbox, plans, scores, visits
from database.address import shown
from database.engine import reading
from database.growth import LEAST_ROOM
from database.health import SCHEDULES, troubles
from database.record.check import faults as record_faults
from database.record.check import faults_of_letter
from database.record.key import RECORD
from database.taking_up import undecided
from deployments.service.environment import prefect_auth
from domain import words
from domain.dates import OFFICE_ZONE
from domain.problem import Problem, Refused
from flows.engine.health import look as look_at_prefect
from letters.refusal import advice
from letters.template_check import check_templates
from web.desk.binding import check as check_desk
from web.desk.binding import own_address


def add_to(app: typer.Typer) -> None:
    """Put the command into the main one."""
    app.command()(doctor)


@refusing
def doctor(
    letter: Annotated[Path | None, typer.Option("--letter", help="chỉ đối chiếu nhật ký với thư này (.eml)")] = None,
) -> None:
    """Khám dịch vụ: đĩa, khóa, dữ liệu, kế hoạch, lịch, mẫu thư, phiếu chấm, nhật ký, Prefect, lịch chạy, thư vướng."""
    looks = _LOOKS if letter is None else ((f"Nhật ký, so với {letter.name}", lambda: _letter(letter)),)
    sick = False
    for name, look in looks:
        try:
            problems = list(look())
        except Refused as refused:
            problems = list(refused.problems)
        bad = [problem for problem in problems if not problem.warning]
        sick = sick or bool(bad)
        say(f"{'✗' if bad else '!' if problems else '✓'} {name}")
        for problem in problems:
            say(f"    {problem}")
    if sick:
        raise typer.Exit(1)


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
    if not _has_database():
        yield Problem(shown(url), "chưa có cơ sở dữ liệu", "chạy: visits plan load FILE", warning=True)
        return
    with reading(url) as session:
        if url.startswith("sqlite") and session.scalar(text("PRAGMA integrity_check")) != "ok":
            yield Problem(shown(url), "tệp cơ sở dữ liệu hỏng", "khôi phục từ bản sao lưu")


def _plan() -> Iterator[Problem]:
    """The plan of this year, loaded (`Refused` if there is none), and nothing of it that still waits for a word."""
    if not _has_database():
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


def _has_database() -> bool:
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
    if _has_database():
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


def _service() -> Iterator[Problem]:
    """Whether the service does by itself what it should: schedules, runs, the loops of the server, letters, disk."""
    if not _has_database():
        return
    asked = _asked_of_prefect()
    with reading(settings().database) as session:
        for problem in troubles(session, settings(), datetime.now(OFFICE_ZONE), _free(), asked):
            # While the service is off, nobody looks after anything; that it is off was said above.
            yield problem if asked is not None else replace(problem, warning=True)


def _asked_of_prefect() -> Mapping[str, str] | None:
    """What Prefect says just now, of a live service; a rehearsal has no schedules. None when it does not answer."""
    of = settings()
    try:
        if of.mode != "live":
            return {} if httpx.get(f"{of.prefect_url}/api/health", timeout=3).is_success else None
        with httpx.Client(base_url=f"{of.prefect_url}/api", auth=prefect_auth(of), timeout=10) as api:
            return look_at_prefect(api.request, datetime.now(OFFICE_ZONE))
    except httpx.HTTPStatusError as error:
        return {SCHEDULES: f"không hỏi được: Prefect trả lời lỗi {error.response.status_code}"}
    except httpx.HTTPError:
        return None


def _audit() -> Iterator[Problem]:
    """The record of who did what, the heads kept outside, each row it speaks of: is it what was written (P7)?"""
    if _has_database():
        with reading(settings().database) as session:
            yield from record_faults(session, settings())


def _letter(kept: Path) -> Iterator[Problem]:
    """The record against a letter that somebody outside has kept: nobody here can have changed that one."""
    try:
        raw = kept.read_bytes()
    except OSError as error:
        raise Refused(Problem(f"{kept}", f"không đọc được: {error.strerror}", "ghi đường dẫn của tệp thư")) from None
    with reading(settings().database) as session:
        yield from faults_of_letter(session, raw, kept.name)


def _desk() -> Iterator[Problem]:
    of = settings()
    check_desk(of)
    try:
        # The certificate is for the name outside; here one only asks whether the desk answers.
        httpx.get(f"{own_address(of)}/suc-khoe", timeout=3, verify=False).raise_for_status()
    except httpx.HTTPError:
        yield Problem(of.desk_url, "bàn làm việc chưa chạy", "chạy: visits up", warning=True)


def _letters() -> Iterator[Problem]:
    if not _has_database():
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

_LOOKS: tuple[tuple[str, Callable[[], Iterable[Problem]]], ...] = (
    ("Đĩa", _disk),
    ("Quyền đọc tệp", _private),
    ("Khóa và mật khẩu", _secrets),
    ("Cơ sở dữ liệu", _database),
    ("Kế hoạch năm nay", _plan),
    ("Lịch làm việc", _calendar),
    ("Mẫu thư", _wording),
    ("Phông chữ của văn bản", _fonts),
    ("Phiếu chấm điểm", _rubrics),
    ("Danh sách tin cậy", _trusted),
    ("Nhật ký", _audit),
    ("Prefect", _prefect),
    ("Bàn làm việc", _desk),
    ("Dịch vụ tự chạy, thư đang giữ", _service),
    ("Thư và chuyến đang vướng", _letters),
)
