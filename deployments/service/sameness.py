"""Do the machines of one service have the same secrets, wording, score sheets, settings? Fingerprints tell (0046).

A machine with another secret is refused; what else differs is said, at the start and by the doctor.
"""

import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from config.secret import NAMES, inbox_password, mail_password, secret
from config.settings import ROOT, Settings
from database import leases, service_notes
from domain.problem import Problem, Refused

#: Under such a name stands by which a secret is known again.
_SECRET = "secret:"
_LENGTH = 16
#: What an office sets once for all of its machines.
_OF_ALL = (
    "ladders", "delivery", "numbering", "wake_hour", "score_of_group", "mail_domain", "public_url", "link_days",
    "restricted_mark", "four_eyes", "planning", "hold_letters", "commands_in_letters", "lease_seconds",
)  # fmt: skip


def check_secrets(session: Session, of: Settings) -> None:
    """Keep by which the secrets are known again; `Refused` on a machine that has others than those before it.

    Of a file of SQLite there is one machine, whose secrets may be made anew at any time.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    known = service_notes.read(session)
    for name in NAMES:
        mark = hmac.new(secret(name, of).encode(), f"visits {name}".encode(), "sha256").hexdigest()[:_LENGTH]
        before, _, machine = known[_SECRET + name].text.partition(" ") if _SECRET + name in known else ("", "", "")
        if before and before != mark:
            remedy = (
                "đặt cùng một VISITS_SECRET_FILE trên mọi máy; nếu đổi khóa thật thì dừng mọi máy, "
                "rồi chạy: visits migrate --new-secrets"
            )
            fault = f"khóa “{name}” của máy này khác khóa mà máy {machine} đã dùng với cơ sở dữ liệu này"
            raise Refused(Problem("khóa", fault, remedy))
        if not before:
            service_notes.note(session, _SECRET + name, f"{mark} {socket.gethostname()}")


def forget_secrets(session: Session) -> None:
    """The office has new secrets: whoever comes first says which; `Refused` while a machine is at work with the old."""
    if rows := leases.running(session):
        hosts = ", ".join(sorted({row.host for row in rows}))
        raise Refused(Problem("khóa", f"còn máy đang chạy với khóa cũ: {hosts}", "dừng mọi máy trước"))
    for name in NAMES:
        service_notes.forget(session, _SECRET + name)


def used(of: Settings) -> dict[str, str]:
    """What every machine must have alike -> its fingerprint, under the name that people read."""
    told = of.model_dump(mode="json", include=set(_OF_ALL))
    smtp = [of.smtp.host, of.smtp.port, of.smtp.user, of.smtp.security, mail_password(of)]
    inbox = [of.inbox.model_dump(mode="json", exclude={"password", "password_file"}), inbox_password(of)]
    return {
        "chương trình": _of_files(ROOT / "domain", ROOT / "tasks", ROOT / "flows", ROOT / "database", ends=".py"),
        "mẫu lời thư": _of_files(ROOT / "letters" / "templates", of.templates),
        "phiếu chấm": _of_files(of.rubrics),
        "mẫu cơ cấu": _of_files(of.structures),
        "luật chọn": _of_files(of.choice_rules),
        "chứng thư tin cậy": _of_files(of.trusted_signers),
        "máy chủ thư": _mark(json.dumps(smtp).encode()),
        "hộp thư đến": _mark(json.dumps(inbox, sort_keys=True).encode()),
        "cấu hình": _mark(json.dumps(told, sort_keys=True).encode()),
    }


def _of_files(*places: Path | None, ends: str = "") -> str:
    """Of the files there, by their names below their place and what they say; of a place not set, of nothing."""
    return _mark(b"".join(part for place in places if place is not None for part in _parts(place, ends)))


def _parts(place: Path, ends: str) -> Iterator[bytes]:
    files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
    for path in files:
        if path.name.endswith(ends) and not path.name.endswith(".pyc"):
            yield f"{path.relative_to(place)}\n".encode() + hashlib.sha256(path.read_bytes()).digest()


def _mark(told: bytes) -> str:
    return hashlib.sha256(told).hexdigest()[:_LENGTH]
