"""The office's mail server: typed, tried with a letter to whoever sets it, and in use from then on."""

from typing import Literal, cast

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from answers.mail_server import NewServer, is_from_outside, set_server
from answers.sign_in import Limited, is_own_password
from config.contacts_file import is_email
from config.settings import settings
from database import plan_drafts, plans
from database.engine import reading
from domain.plan import Contact
from domain.problem import Refused
from web.desk.access import Person, caller, wall_clock
from web.desk.obligation_form import Posted
from web.desk.posted_form import Form
from web.desk.render import go_to, page
from web.setting_up.admin import Admin

router = APIRouter(prefix="/thiet-lap")

SECURITY = {
    "starttls": "STARTTLS (thường là cổng 587)", "ssl": "SSL/TLS (thường là cổng 465)",
    "none": "không mã hóa, chỉ trong mạng nội bộ (thường là cổng 25)",
}  # fmt: skip


@router.get("/may-chu-thu")
def form(request: Request, person: Admin) -> Response:
    """What is in use; a password is never shown again."""
    return _page(request, person, Form({}))


@router.post("/may-chu-thu")
def save(request: Request, person: Admin, posted: Posted) -> Response:
    """Try it with a letter, keep it if the server has taken that. Where letters go is asked with one's own password."""
    form = Form.of(posted)
    new, sender, to = _typed(form), _contact(form, "sender", "Người gửi"), _contact(form, "to", person.name)
    _check_password(form, request, person)
    if form.fails or new is None:
        return _page(request, person, form, 422)
    try:
        set_server(new, sender, to, person.giver)
    except Refused as refused:
        form.refused(refused.problems)
        return _page(request, person, form, 422)
    said = f"Máy chủ {new.host} đã nhận thư thử gửi {to.email}; xem hộp thư ấy. Thư của dịch vụ đi qua máy chủ này."
    return go_to("/thiet-lap", f"{said} Thư đang giữ thì cho gửi ở mục Thư đang giữ.")


def _typed(form: Form) -> NewServer | None:
    host = form.text("host", "chưa ghi máy chủ", "ghi như mail.tinhuy.vn")
    port = form.number("port", "chưa ghi cổng", "ghi như 587")
    security = form.one_of("security", {name: name for name in SECURITY}, "chưa chọn cách mã hóa")
    user, password = form.text("user"), form.get("password")
    if user and not password:
        form.note("password", "chưa ghi mật khẩu của tài khoản thư", "ghi mật khẩu, hoặc để trống cả tên đăng nhập")
    if port is not None and port > 65535:
        form.note("port", f"không có cổng {port}", "ghi như 587")
    if form.fails or port is None or security is None:
        return None
    return NewServer(host, port, user, password, cast(Literal["none", "starttls", "ssl"], security))


def _contact(form: Form, field: str, name: str) -> Contact:
    email = form.text(field, "chưa ghi địa chỉ thư", "ghi như ten@co-quan.vn, không dấu")
    if email and not is_email(email):
        form.note(field, f"“{email}” không phải địa chỉ thư", "ghi như ten@co-quan.vn, không dấu")
    return Contact(name, email)


def _check_password(form: Form, request: Request, person: Person) -> None:
    """Whoever sits at an open desk shall not lead the office's letters elsewhere."""
    try:
        if not is_own_password(person.id, form.get("own"), caller(request), wall_clock()):
            form.note("own", "mật khẩu đăng nhập của bạn không đúng", "nhập lại")
    except Limited as limited:
        form.note("own", "sai quá nhiều lần", f"thử lại sau {limited.minutes} phút")


def _page(request: Request, person: Person, form: Form, status: int = 200) -> Response:
    smtp = settings().smtp
    with reading(settings().database) as session:
        sender = _sender(session)
    shown = {"host": smtp.host, "port": f"{smtp.port}", "user": smtp.user, "security": smtp.security}
    for name, value in {**shown, "sender": sender, "to": person.email}.items():
        form.values.setdefault(name, value)
    for secret in ("password", "own"):
        form.values.pop(secret, None)
    return page(
        request, person, "setting_up/mail_server.html", status=status, form=form, security=SECURITY,
        from_outside=is_from_outside(), in_use=smtp.host,
    )  # fmt: skip


def _sender(session: Session) -> str:
    """The office's own address, from its plan or from the draft of its first one."""
    drafts, known = plan_drafts.every(session), plans.years(session)
    if known:
        return plans.read(session, known[0])[1].office.email
    return drafts[0].contacts.office.email if drafts else ""
