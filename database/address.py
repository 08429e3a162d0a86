"""The address of the database: read once, and shown without its password, in whatever is said of it."""

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from database.log_numbers import LogDeleted
from database.sqlite_trouble import way_out
from domain.problem import Problem, Refused

_KINDS = ("sqlite", "postgresql")
#: What PostgreSQL says of a table that is not there.
_NO_TABLE = "42P01"


def url_of(address: str) -> URL:
    """The address in its parts; `Refused` for one that cannot be read, which says nothing of what stands in it."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        url = None
    if url is None or "@" in (url.host or "") or url.get_backend_name() not in _KINDS:
        marks = "trong mật khẩu các dấu @ : / # ? % viết %40 %3A %2F %23 %3F %25"
        remedy = f"ghi như postgresql://tên:mật-khẩu@máy:5432/cơ-sở; {marks}"
        raise Refused(Problem("VISITS_DATABASE_URL", "không đọc được địa chỉ cơ sở dữ liệu", remedy)) from None
    return url


def need_driver(url: URL) -> None:
    """`Refused` where the library is not installed that speaks to that database."""
    try:
        url.get_dialect().import_dbapi()
    except ImportError:
        remedy = "cài thêm phần postgres (psycopg), xem docs/administration.md"
        raise Refused(Problem(shown(f"{url}"), "chưa cài thư viện để nối tới PostgreSQL", remedy)) from None


def shown(address: str) -> str:
    """The same for people to read, with stars for the password."""
    return url_of(address).render_as_string(hide_password=True)


def why_unreadable(address: str, error: DBAPIError) -> Problem | None:
    """What a person can do about a database that does not answer as ours does; None for another error."""
    said = getattr(error.orig, "sqlstate", None)
    if said == _NO_TABLE or "no such table" in f"{error.orig}":
        return Problem(shown(address), "cơ sở dữ liệu còn trống", "chạy trước: visits plan load FILE, hoặc visits up")
    if "FATAL" in f"{error.orig}" and "does not exist" in f"{error.orig}" and "database" in f"{error.orig}":
        remedy = "người quản trị tạo trước (createdb, UTF8), xem docs/administration.md"
        return Problem(shown(address), "máy chủ chưa có cơ sở dữ liệu này", remedy)
    if remedy := way_out(error.orig):
        fault = f"{error.orig}" if isinstance(error.orig, LogDeleted) else f"tệp cơ sở dữ liệu hỏng ({error.orig})"
        return Problem(shown(address), fault, remedy)
    return None
