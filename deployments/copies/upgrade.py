"""A newer program takes over a home: a copy, the copy migrated beside it, and only then does it become the home."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from config.settings import Settings
from database.engine import engine_for
from deployments.copies import package, server
from deployments.copies.exchange import exchange
from deployments.copies.homes import held, told_in_words
from deployments.copies.put_back import put_back_alone, refuse_unless_it_may
from deployments.copies.putting_back import PuttingBack
from deployments.copies.take import take
from domain.problem import Problem, Refused


@dataclass(frozen=True)
class Upgraded:
    """What stands where after an upgrade."""

    copy: Path
    old_home: Path
    problems: Sequence[Problem]  #: what the doctor still finds, and somebody has accepted
    old_tables: str  #: the schema in which a PostgreSQL server keeps those of before; empty elsewhere


def upgrade(
    of: Settings, folder: Path, now: datetime, by: str, doctor: Callable[[], Sequence[Problem]], *, despite: bool
) -> Upgraded:
    """Take a copy into that folder and let its migrated twin take the home's place; letters are held until a look.

    Nobody else is at work from before the copy to the end: a letter that left in between would not be in it, and leave
    once more. `Refused` when a step fails or, unless `despite`, when the doctor finds something: the home is the old
    one then.
    """
    with told_in_words(of.folder), held(of), server.alone_where_shared(of):
        taken = take(of, folder, now)
        with package.opened(taken.path) as copy:
            work = PuttingBack(of, copy, now, by, over=True, upgrade=True)
            refuse_unless_it_may(work)
            try:
                old = put_back_alone(work)
            except SQLAlchemyError as error:
                raise Refused(_failed(work.home, f"không nâng cấp được: {error}")) from None
        assert old, "a home that was copied is not empty"
        problems = _examined(doctor)
        if problems and not despite:
            _go_back(work, old)
            raise Refused(*problems, _failed(work.home, "kiểm tra sau nâng cấp còn lỗi"))
    return Upgraded(taken.path, old, problems, work.old_tables)


def _examined(doctor: Callable[[], Sequence[Problem]]) -> Sequence[Problem]:
    try:
        return doctor()
    except SQLAlchemyError as error:
        return [Problem("cơ sở dữ liệu", f"không đọc được sau nâng cấp: {error}")]


def _go_back(work: PuttingBack, old: Path) -> None:
    engine_for(work.of.database).dispose()
    if work.on_server:
        server.go_back(work.of.database, work.old_tables, work.now)
    exchange(old, work.home)
    old.rename(work.home.with_name(f"{work.home.name}.failed-{work.now:%Y-%m-%d_%H%M%S}"))


def _failed(home: Path, fault: str) -> Problem:
    remedy = "dữ liệu vẫn như trước khi nâng cấp; cài lại phiên bản trước rồi chạy visits up, và báo người phát triển"
    return Problem(str(home), fault, remedy)
