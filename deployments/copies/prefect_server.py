"""Prefect's own database where a PostgreSQL server keeps it: taken by `pg_dump`, put back by `pg_restore` (0048).

Its tables are Prefect's, so its server's own means copy them. It may be lost: runs are made anew from our rows.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from config.settings import Settings
from deployments.copies.contents import PREFECTS_DUMP
from domain.problem import Problem, Refused

_PLACE = "VISITS_PREFECT_DATABASE_URL"
_WITHOUT = "thêm --without-prefect: lượt chạy được tạo lại từ dữ liệu của ta"
_SECONDS = 3600


def address_of(of: Settings) -> URL | None:
    """Where a server keeps it; None where it is a file in the home. `Refused` for an address that is none."""
    given = of.prefect_database_url.get_secret_value()
    try:
        url = make_url(given) if given else None
    except (ArgumentError, ValueError):  # the latter of a port that is none
        remedy = "ghi như postgresql://tên@máy/prefect?passfile=/đường/dẫn"
        raise Refused(Problem(_PLACE, "không đọc được địa chỉ PostgreSQL", remedy)) from None
    return url if url is not None and url.get_backend_name() == "postgresql" else None


def copy_at_one_moment(of: Settings, to: Path) -> None:
    """Copy it as it is at one moment into a file of `pg_dump`; `Refused` with the way out where that cannot be."""
    if (url := address_of(of)) is None:
        return
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if said := _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={to}"):
        raise Refused(Problem(_PLACE, f"không sao được cơ sở dữ liệu của Prefect: {said}", _WITHOUT))
    if said := _listed(to):
        raise Refused(Problem(_PLACE, f"bản sao của Prefect không đọc lại được: {said}", _WITHOUT))


def _listed(dump: Path) -> str:
    return _said_by(["pg_restore", "--list", str(dump)], os.environ)


def put_back(of: Settings, home: Path) -> Iterator[Problem]:
    """In one transaction, over what is there; a warning where it cannot be, for its runs are made anew then."""
    dump = home / PREFECTS_DUMP
    if not dump.exists():
        return
    if said := _over_what_is_there(of, dump):
        remedy = "lượt chạy được tạo lại khi dịch vụ khởi động"
        yield Problem(str(dump), f"không khôi phục được dữ liệu của Prefect: {said}", remedy, warning=True)


def _over_what_is_there(of: Settings, dump: Path) -> str:
    try:
        url = address_of(of)
    except Refused as refusal:  # by now the new home is the home
        return f"{refusal}"
    if url is None:
        return "Prefect ở đây không dùng PostgreSQL"
    return _run("pg_restore", url, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(dump))


def _run(program: str, url: URL, *words: str) -> str:
    """What went wrong, empty when nothing did. The password goes by the environment, for a command is seen by all."""
    if shutil.which(program) is None:
        return f"máy này không có {program}"
    address = URL.create("postgresql", url.username, None, url.host, url.port, url.database, _query(url))
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    return _said_by([program, f"--dbname={address.render_as_string()}", *words], environment)


def _said_by(command: Sequence[str], environment: Mapping[str, str]) -> str:
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return f"{command[0]} chạy quá {_SECONDS // 60} phút mà chưa xong, đã dừng"
    return "" if done.returncode == 0 else _last_line(done.stderr)


def _query(url: URL) -> dict[str, str | tuple[str, ...]]:
    """Prefect's driver calls `ssl` what PostgreSQL's own programs call `sslmode`."""
    return {"sslmode" if name == "ssl" else name: value for name, value in url.query.items()}


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or ["không rõ"])[-1]
