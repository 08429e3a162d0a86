"""`visits doctor`: looks whether everything the service needs is there, and says what to do if not."""

import json
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import httpx
import typer
from sqlalchemy.exc import SQLAlchemyError

from cli.output import refusing, say
from config.settings import settings
from database import service_notes
from database.engine import reading, writing
from database.health import SCHEDULES
from database.record.check import faults_of_letter
from deployments.copies import server
from deployments.copies.homes import left_beside
from deployments.copies.keeping import look as look_at_copies
from deployments.service.environment import prefect_auth
from deployments.service.home_lock import HomeLock
from domain.dates import OFFICE_ZONE
from domain.problem import Problem, Refused
from flows.engine.health import look as look_at_prefect
from overview.copies import told_of_copies
from overview.gauges import EXAMINED, examined_on
from overview.inbox import told_of_inbox
from web.health.looks import Look, every_look, has_database, service_by_its_word


def add_to(app: typer.Typer) -> None:
    """Put the command into the main one."""
    app.command()(doctor)


@refusing
def doctor(
    letter: Annotated[Path | None, typer.Option("--letter", help="chỉ đối chiếu nhật ký với thư này (.eml)")] = None,
) -> None:
    """Kiểm tra dịch vụ: đĩa, khóa, dữ liệu, kế hoạch, lịch, mẫu thư, phiếu chấm, nhật ký, Prefect, thư vướng."""
    alone = letter and Look(f"Nhật ký, so với {letter.name}", lambda: _letter(letter))
    found = examine((alone,) if alone else _looks_here())
    bad = [problem for problems in found.values() for problem in problems if not problem.warning]
    if not alone and has_database():
        _keep_for_monitors(found)
        with reading(settings().database) as session:
            for line in (*told_of_copies(session, settings()), *told_of_inbox(session, settings())):
                say(f"  {line}")
    if bad:
        raise typer.Exit(1)


def _looks_here() -> Iterator[Look]:
    """All of them, without the desk on a machine whose parts run alone and of which that is none."""
    for look in every_look(_service, _copies):
        if look.kind != "desk" or HomeLock.has(settings().folder, "desk"):
            yield look


def examine(looks: Iterable[Look]) -> Mapping[str, tuple[Problem, ...]]:
    """Say what each look finds; returns it by the kind of look."""
    found: dict[str, tuple[Problem, ...]] = {}
    for look in looks:
        problems = found[look.kind] = look.taken()
        bad = any(not problem.warning for problem in problems)
        say(f"{'✗' if bad else '!' if problems else '✓'} {look.name}")
        for problem in problems:
            say(f"    {problem}")
    return found


def _keep_for_monitors(found: Mapping[str, tuple[Problem, ...]]) -> None:
    """How much of each kind, faults and warnings, for `/metrics`; what it says in words stays here."""
    warnings = {kind: sum(one.warning for one in problems) for kind, problems in found.items()}
    told = {kind: (len(problems) - warnings[kind], warnings[kind]) for kind, problems in found.items()}
    with suppress(SQLAlchemyError), writing(settings().database) as session:  # a database that is broken was told above
        service_notes.note(session, examined_on(socket.gethostname()), json.dumps(told))
        service_notes.forget(session, EXAMINED)  # of a release that knew of one machine


def examine_after_upgrade() -> list[Problem]:
    """The looks that decide whether a newer program may go on with the data (`visits upgrade`)."""
    found = examine(look for look in every_look(_service, _copies) if look.after_upgrade)
    return [problem for problems in found.values() for problem in problems if not problem.warning]


def _service() -> Iterator[Problem]:
    """What the service says of itself, with what Prefect says just now."""
    asked = _asked_of_prefect() if has_database() else None
    for problem in service_by_its_word(asked):
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


def _letter(kept: Path) -> Iterator[Problem]:
    """The record against a letter that somebody outside has kept: nobody here can have changed that one."""
    try:
        raw = kept.read_bytes()
    except OSError as error:
        raise Refused(Problem(f"{kept}", f"không đọc được: {error.strerror}", "ghi đường dẫn của tệp thư")) from None
    with reading(settings().database) as session:
        yield from faults_of_letter(session, raw, kept.name)


def _copies() -> Iterator[Problem]:
    """Whether there is a copy for the day on which this machine is lost: how old it is, and whether it can be read."""
    if has_database():
        yield from look_at_copies(settings(), datetime.now(OFFICE_ZONE))
    yield from left_beside(settings().folder)
    if server.is_on_server(settings()) and server.is_left_beside(settings().database):
        remedy = "chạy lại visits restore; nếu không cần nữa thì: DROP SCHEMA visits_putting_back CASCADE"
        yield Problem(
            server.BESIDE, "một lần khôi phục bị ngắt giữa chừng, còn lại schema trải dở", remedy, warning=True
        )
