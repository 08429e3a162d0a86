"""What the desk says when something goes wrong, in Vietnamese, and without anything that helps an intruder."""

import logging
import secrets
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, OperationalError, ProgrammingError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from config.settings import settings
from database.address import why_unreadable
from database.log_numbers import LogDeleted
from database.sqlite_trouble import way_out
from domain.problem import Problem, Refused
from web.desk.access import NotSignedIn, Person, someone
from web.desk.render import go_to, page
from web.desk.unsent import KeptForm, keep_typed, path_of

_log = logging.getLogger("desk")

#: Title and advice for each status.
_SAID = {
    400: ("Yêu cầu không đọc được", "Quay lại trang trước rồi thử lại."),
    403: ("Không có quyền", "Tài khoản này không được làm việc đó. Nếu cần, báo người quản trị."),
    404: ("Không có trang này", "Địa chỉ sai, hoặc nội dung không còn."),
    405: ("Không làm được theo cách đó", "Quay lại trang trước và bấm nút trên trang."),
    410: ("Không còn hiệu lực", "Đường dẫn này đã hết hạn hoặc đã được thu hồi."),
    413: ("Tệp quá lớn", "Chọn tệp nhỏ hơn rồi gửi lại."),
    429: ("Quá nhiều lần thử", "Đợi một lúc rồi thử lại."),
    503: ("Chưa dùng được", "Dịch vụ đang khởi động hoặc đang bận. Thử lại sau ít phút."),
}
_FORM_IS_OLD = (
    "Biểu mẫu đã cũ",
    "Trang mở quá lâu, hoặc đã đăng nhập lại ở cửa sổ khác. Mở lại trang rồi gửi lần nữa; chưa có gì được ghi.",
)


_TELL = "Báo người quản trị chạy visits doctor và làm theo."


def add_handlers(app: FastAPI) -> None:
    """Tell the application who answers which error."""
    app.add_exception_handler(NotSignedIn, _to_sign_in)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(OverflowError, _not_understood)  # a number in an address that no database can hold
    app.add_exception_handler(DataError, _not_understood)  # and what only PostgreSQL cannot: NUL, four bytes of number
    app.add_exception_handler(OperationalError, _no_database)
    app.add_exception_handler(ProgrammingError, _no_database_or_defect)
    app.add_exception_handler(Exception, _defect)


async def _to_sign_in(request: Request, error: Exception) -> Response:
    wanted = path_of(request)
    late = isinstance(error, NotSignedIn) and error.was
    said = "Đã hết phiên làm việc, mời đăng nhập lại." if late else ""
    if request.method == "POST":
        if kept := await keep_typed(request):
            return _to_kept(kept, None)
        wanted = "/"
        said = "Chưa đăng nhập, hoặc đã hết phiên làm việc: nội dung vừa gửi chưa được ghi. Đăng nhập rồi gửi lại."
    back = f"?tiep={quote(wanted, safe='/')}" if wanted != "/" else ""
    return go_to(f"/dang-nhap{back}", said)


def _to_kept(kept: KeptForm, person: Person | None) -> Response:
    """Back to the form: at once, or by the sign-in page, where another person does not get what was typed."""
    if person is not None:
        still = " Nội dung đã ghi vẫn còn đây." if kept.has_text else ""
        return go_to(kept.path, f"Chưa có gì được ghi: trang mở từ phiên làm việc trước.{still}")
    said = "Đã hết phiên làm việc, chưa có gì được ghi: đăng nhập lại để làm tiếp."
    if kept.has_text:
        said = (
            "Đã hết phiên làm việc. Nội dung vừa ghi chưa gửi nhưng được giữ: đăng nhập lại đúng tài khoản đó để tiếp."
        )
    return go_to(f"/dang-nhap?tiep={quote(kept.path, safe='/')}", said)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _say(
        request,
        422,
        "Chưa làm được",
        "Chưa có gì được ghi. Quay lại, sửa những điểm trên rồi làm lại.",
        *error.problems,
    )


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=error.headers)
    kept = await keep_typed(request) if _is_old_form(error) else None
    return await run_in_threadpool(_http_said, request, error, kept)


def _is_old_form(error: HTTPException) -> bool:
    return error.status_code == 403 and error.detail == "form"


def _http_said(request: Request, error: HTTPException, kept: KeptForm | None) -> Response:
    """The page about it; where only the token of a form was old, back to the form with what was typed."""
    person = someone(request)
    if kept and (person is None or person.id == kept.account):
        return _to_kept(kept, person)
    title, advice = _FORM_IS_OLD if _is_old_form(error) else _SAID.get(error.status_code, ("Có lỗi", "Thử lại sau."))
    return _say(request, error.status_code, title, advice)


def _not_understood(request: Request, _error: Exception) -> Response:
    status = 422 if request.method == "POST" else 404
    if status == 404:
        return _say(request, 404, *_SAID[404])
    return _say(request, 422, "Biểu mẫu thiếu hoặc sai mục", "Quay lại trang trước, điền đủ rồi gửi lại.")


def _no_database(_request: Request, error: Exception) -> Response:
    _log.error("database: %s", type(error).__name__)
    said = "Chưa đọc được cơ sở dữ liệu. Thử lại sau ít phút."
    if isinstance(error, OperationalError) and way_out(error.orig):
        is_deleted = isinstance(error.orig, LogDeleted)
        fault = "Dịch vụ tạm ngừng đọc, ghi cơ sở dữ liệu" if is_deleted else "Chưa đọc được cơ sở dữ liệu"
        said = f"{fault}; việc vừa bấm có thể đã được ghi, xem lại sau khi sửa xong. {_TELL}"
    return Response(said, 503, media_type="text/plain; charset=utf-8")


def _no_database_or_defect(request: Request, error: Exception) -> Response:
    """A database without tables is one that nobody has prepared; any other such error is a defect of ours."""
    unprepared = isinstance(error, ProgrammingError) and why_unreadable(settings().database, error)
    return _no_database(request, error) if unprepared else _defect(request, error)


def _defect(request: Request, error: Exception) -> Response:
    """Something nobody thought of: a number for the log, nothing else for the reader."""
    number = secrets.token_hex(3)
    # The pattern of the route, not the address: the address of a reply page is a key.
    route = getattr(request.scope.get("route"), "path", "?")
    _log.error("lỗi %s ở %s %s", number, request.method, route, exc_info=error)
    advice = f"Lỗi đã được ghi lại với số {number}. Thử lại; nếu vẫn lỗi, báo người quản trị số này."
    return _say(request, 500, "Có lỗi trong dịch vụ", advice)


def _say(request: Request, status: int, title: str, advice: str, *problems: Problem) -> Response:
    person = someone(request)
    return page(
        request,
        person,
        "desk/error.html",
        status=status,
        title=title,
        advice=advice,
        status_code=status,
        problems=problems,
    )
