"""`visits doctor`: looks whether everything the service needs is there, and says what to do if not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import httpx
import typer

from cli.output import refusing, say
from config.settings import settings
from database.engine import reading
from database.health import SCHEDULES
from database.record.check import faults_of_letter
from deployments.copies.keeping import look as look_at_copies
from deployments.copies.put_back import left_beside
from deployments.service.environment import prefect_auth
from domain.dates import OFFICE_ZONE
from domain.problem import Problem, Refused
from flows.engine.health import look as look_at_prefect
from overview.copies import told_of_copies
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
    bad = examine((alone,) if alone else every_look(_service, _copies))
    if not alone and has_database():
        with reading(settings().database) as session:
            for line in told_of_copies(session, settings()):
                say(f"  {line}")
    if bad:
        raise typer.Exit(1)


def examine(looks: Iterable[Look]) -> list[Problem]:
    """Say what each look finds; returns what must be seen to, without mere warnings."""
    bad: list[Problem] = []
    for look in looks:
        problems = look.taken()
        found = [problem for problem in problems if not problem.warning]
        bad += found
        say(f"{'✗' if found else '!' if problems else '✓'} {look.name}")
        for problem in problems:
            say(f"    {problem}")
    return bad


def examine_after_upgrade() -> list[Problem]:
    """The looks that decide whether a newer program may go on with the data (`visits upgrade`)."""
    return examine(look for look in every_look(_service, _copies) if look.after_upgrade)


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
    if has_database() and not settings().database_url:
        yield from look_at_copies(settings(), datetime.now(OFFICE_ZONE))
    yield from left_beside(settings().folder)
