"""Who is at work with the database of a home that is to be replaced, as far as its leases tell (0046)."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from config.settings import Settings
from database.address import shown
from database.engine import engine_for, reading
from database.leases import WorkerRow
from domain.problem import Problem, Refused
from tasks.worker import others_at_work

_NAMED = 3  # so many of them are enough to know where to look


def refuse_others_at_work(of: Settings) -> None:
    """`Refused` with part, number and machine of those whose lease runs; a killed one of this machine has none."""
    if found := _others(of):
        who = ", ".join(f"{row.part} {row.pid} ({row.host})" for row in found[:_NAMED])
        fault = f"còn {len(found)} tiến trình đang làm việc với cơ sở dữ liệu: {who}"
        remedy = (
            "dừng dịch vụ và mọi worker (systemctl stop party-visits 'party-visits-worker@*'), rồi chạy lại; "
            f"tiến trình đã chết ở máy hoặc container khác thì chờ {of.lease_seconds:g} giây"
        )
        raise Refused(Problem(shown(of.database), fault, remedy))


def _others(of: Settings) -> Sequence[WorkerRow]:
    """Nobody where there is no database, or one that has no leases yet or cannot be read: that is to be replaced."""
    url = make_url(of.database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return ()
    try:
        with reading(of.database) as session:
            known = inspect(session.connection()).has_table(WorkerRow.__tablename__)
            return others_at_work(session) if known else ()
    except SQLAlchemyError:
        return ()
    finally:
        engine_for(of.database).dispose()
