"""The office's mail server, set by an admin: a letter must have gone through it before it counts, and is recorded."""

from dataclasses import dataclass
from typing import Literal

from answers.answering import Giver
from config import mail_server_file
from config.settings import settings
from database import audit, clock
from database.engine import reading, writing
from domain.plan import Contact
from domain.problem import Problem, Refused
from letters.message import compose, message_id
from letters.postal_error import PostalError
from letters.postman import MailServer, Postman
from letters.wording import Wording

_SUBJECT = "[VISITS] Thư thử của phần mềm dự, giám sát sinh hoạt Đảng"
_BODY = """Đồng chí nhận được thư này tức là máy chủ thư {host} đã nhận thư của phần mềm dự, giám sát sinh hoạt Đảng.

Thư do {who} gửi thử khi thiết lập. Không cần trả lời.
"""


#: What the postman says to whoever keeps the settings, said to whoever has just typed them.
_AT_THE_DESK = {
    "; sẽ thử lại": "",
    "kiểm tra VISITS_SMTP__USER và VISITS_SMTP__PASSWORD": "kiểm tra tên đăng nhập và mật khẩu",
}


@dataclass(frozen=True)
class NewServer:
    """What an admin has typed."""

    host: str
    port: int
    user: str
    password: str
    security: Literal["none", "starttls", "ssl"]


def is_from_outside() -> bool:
    """Whether the environment names the server: then it is changed there and not at the desk."""
    of = settings()
    return bool(of.smtp.host) and not mail_server_file.kept(of)


def set_server(new: NewServer, sender: Contact, to: Contact, giver: Giver) -> None:
    """Send a test letter through it; once the server has taken that, letters go by it in every part of the service.

    `Refused` with the server's own words where it has not, and nothing is kept. In a rehearsal it is tried only.
    """
    if is_from_outside():
        remedy = "sửa VISITS_SMTP__… trong tệp cấu hình rồi khởi động lại"
        raise Refused(Problem("máy chủ thư", "do biến môi trường đặt, không đổi được ở đây", remedy))
    _try(new, sender, to, giver)
    of = settings()
    if of.mode == "live":
        mail_server_file.keep(of, new.host, new.port, new.user, new.password, new.security)
    with writing(of.database) as session:
        audit.note(session, giver.name, "đặt máy chủ thư", note=f"{new.host}:{new.port}, {new.security}", to=to.email)


def _try(new: NewServer, sender: Contact, to: Contact, giver: Giver) -> None:
    with reading(settings().database) as session:
        now = clock.now(session)
    wording = Wording(_SUBJECT, _BODY.format(host=new.host, who=giver.name))
    key = message_id(f"test letter {now.isoformat()}", settings().mail_domain)
    raw = compose(sender=sender, to=to, wording=wording, message_id=key, date=now)
    server = MailServer(new.host, new.port, new.user, new.password, new.security, timeout=15)
    try:
        with Postman(server) as postman:
            postman.hand_over(raw, sender.email, [to.email])
    except PostalError as error:
        told = str(error)
        for said, better in _AT_THE_DESK.items():
            told = told.replace(said, better)
        raise Refused(Problem("máy chủ thư", told, "sửa rồi gửi thử lại; chưa ghi gì")) from None
