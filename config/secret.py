"""The secrets of this installation: given from outside, or made at the first use and kept beside the data.

Where each is looked for, first to last: its variable (`VISITS_SECRET_LINKS`), the file that another variable names
(`VISITS_SECRET_LINKS_FILE`), the one file of all (`VISITS_SECRET_FILE`, with lines such as `links=…`), the credentials
of systemd (`$CREDENTIALS_DIRECTORY/visits-links`), the folder of `VISITS_SECRETS_DIR` (`/run/secrets/visits-links`),
the home (`secrets/links`). What comes from outside is never written into the home. Several machines of one service
have the same (`database.sameness`).
"""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from config.settings import Settings, settings
from domain.problem import Problem, Refused

#: What there is, and how it begins: signing of cookies and forms, signing of links in letters, what Prefect's API is
#: asked with (as `user:password`), sealing of the record.
NAMES = {"desk": "", "links": "", "prefect": "visits:", "record": ""}
#: The password of the mail server: given from outside or not at all.
MAIL = "smtp-password"
#: The password of the inbox: given from outside or not at all.
INBOX = "inbox-password"
#: What closes the secrets in a copy: given from outside, or asked for by `visits backup`.
COPIES = "copy-passphrase"
#: What a monitor on another machine shows to read the figures: given from outside, or it reads none.
METRICS = "metrics"
_SHORTEST = 24  # characters; what is made here has 43


@dataclass(frozen=True)
class Given:
    """A secret that comes from outside, and where from."""

    value: str = field(repr=False)
    where: str  #: the variable or the file
    path: Path | None = None


def secret(name: str, of: Settings | None = None) -> str:
    """The secret of that name; the first one who asks makes it. It is never logged and never leaves this machine.

    `Refused` with the place where one from outside cannot be used.
    """
    if value := found(name, of):
        return value
    path = secret_file(name, of)
    _make(path, NAMES[name])
    return path.read_text(encoding="ascii").strip()


def found(name: str, of: Settings | None = None) -> str:
    """The same, without making one: empty where there is none."""
    if one := given(name, of):
        return one.value
    try:
        return secret_file(name, of).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def secret_file(name: str, of: Settings | None = None) -> Path:
    """Where it is kept if it does not come from outside: below the home of these settings, or of this process's."""
    if name not in NAMES:
        raise ValueError(f"no secret of that name: {name}")
    return (of or settings()).folder / "secrets" / name


def mail_password(of: Settings | None = None) -> str:
    """The password for the mail server; empty where none is needed."""
    one = given(MAIL, of)
    return one.value if one else ""


def inbox_password(of: Settings | None = None) -> str:
    """The password for the inbox; empty where none is needed. A rehearsal has one of its own, which is no secret."""
    of = of or settings()
    if of.mode == "rehearsal":
        return of.inbox.password.get_secret_value()
    one = given(INBOX, of)
    return one.value if one else ""


def given(name: str, of: Settings | None = None) -> Given | None:
    """That secret from outside, from the first place that has it; None where it does not come from outside."""
    of = of or settings()
    if of.mode == "rehearsal" and name != COPIES:
        return None  # everybody may have what a rehearsal is made of: it gets no key of the office
    direct, variable, file = _told(name, of)
    if direct:
        return _checked(name, Given(direct, variable))
    if file is not None:
        return _checked(name, _read(file, f"{variable}_FILE"))
    if of.secret_file is not None and (one := _in_file(name, of.secret_file)):
        return _checked(name, one)
    for folder in (of.credentials_directory, of.secrets_dir):
        path = folder / f"visits-{name}" if folder else None
        if path is not None and path.exists():
            return _checked(name, _read(path, str(path)))
    return None


def all_given(of: Settings | None = None) -> Iterator[Given]:
    """Every secret that comes from outside; `Refused` at the first that cannot be used."""
    for name in (*NAMES, MAIL, INBOX, COPIES, METRICS):
        if one := given(name, of):
            yield one


def _told(name: str, of: Settings) -> tuple[str, str, Path | None]:
    """What its two variables say, and what the first is called."""
    if name == MAIL:
        return of.smtp.password.get_secret_value(), "VISITS_SMTP__PASSWORD", of.smtp.password_file
    if name == INBOX:
        return of.inbox.password.get_secret_value(), "VISITS_INBOX__PASSWORD", of.inbox.password_file
    if name == COPIES:
        return of.copies.passphrase.get_secret_value(), "VISITS_COPIES__PASSPHRASE", of.copies.passphrase_file
    value = getattr(of, f"secret_{name}").get_secret_value()
    return value, f"VISITS_SECRET_{name.upper()}", getattr(of, f"secret_{name}_file")


def _read(path: Path, where: str) -> Given:
    if not path.is_absolute():  # parts of the service are at work in other folders
        raise Refused(Problem(where, f"{path} không phải đường dẫn đầy đủ", "ghi từ thư mục gốc: /etc/…"))
    try:
        return Given(path.read_text(encoding="utf-8").strip(), where, path)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "không phải văn bản"
        remedy = "xem tên tệp và quyền đọc của người dùng chạy dịch vụ"
        raise Refused(Problem(where, f"không đọc được khóa trong tệp {path}: {why}", remedy)) from None


def _in_file(name: str, path: Path) -> Given | None:
    """That secret of the one file in which each has a line, `links=…`; None where it has none there."""
    where = "VISITS_SECRET_FILE"
    for line in _read(path, where).value.splitlines():
        called, _, value = line.partition("=")
        if called.strip() == name:
            return Given(value.strip(), f"{where} ({path}, dòng {name}=)", path)
    return None


def _checked(name: str, one: Given) -> Given:
    """`Refused` for one that cannot do its work; what it says is never told."""
    if not one.value:
        raise Refused(Problem(one.where, "khóa để trống", "ghi khóa, hoặc bỏ biến và tệp này"))
    if name in (MAIL, INBOX, COPIES):
        return one
    if not one.value.isascii() or len(one.value) < _SHORTEST:
        remedy = "tạo khóa mới: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        raise Refused(Problem(one.where, f"khóa phải có ít nhất {_SHORTEST} chữ không dấu", remedy))
    if name == "prefect" and not all(one.value.partition(":")[::2]):
        raise Refused(Problem(one.where, "chuỗi vào Prefect phải có dạng tên:mật-khẩu", "ghi lại, ví dụ visits:…"))
    return one


def _make(path: Path, begins: str) -> None:
    """Write a new secret whole or not at all; of two processes that try at once one wins and both read the same."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(begins + secrets.token_urlsafe(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other one was first
    finally:
        draft.unlink()
