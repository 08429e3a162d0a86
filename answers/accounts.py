"""Accounts of the desk: who may sign in, with which password, as what, and in whose place (design §1)."""

import re
import secrets
import threading
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from answers.password_strength import LONGEST, REHEARSAL_PASSWORD, password_problems
from config.contacts_file import is_email
from database import accounts, audit, clock, plans
from database.accounts import AccountRow, StandInRow
from database.turns import take_turn
from domain.dates import short_date
from domain.problem import Problem, Refused
from domain.role import OF_ACCOUNTS, Role
from domain.text import clean, nfc

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_AT_ONCE = threading.BoundedSemaphore(2)  # one look at a password takes 64 MB: a crowd must not fill the memory


@cache
def hasher() -> PasswordHasher:
    """Argon2id with the library's recommended cost."""
    return PasswordHasher()


def add(
    session: Session, login: str, name: str, roles: Iterable[str], password: str, by: str, *, email: str = "",
    must_change: bool = True,
) -> AccountRow:  # fmt: skip
    """A new account; `Refused` with everything that is wrong."""
    take_turn(session, "accounts")
    login, name, email, chosen = login.strip().casefold(), clean(name), email.strip(), sorted(set(roles))
    problems = [*_login_problems(session, login), *_person_problems(name, email), *_role_problems(chosen)]
    problems += _password_problems(session, password, login, name, email)
    if problems:
        raise Refused(*problems)
    row = AccountRow(
        login=login, name=name, email=email, roles=chosen, active=True, password=hasher().hash(nfc(password)),
        must_change=must_change, created_at=clock.now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.note(session, by, "thêm tài khoản", login=login, roles=chosen)
    return row


def change(
    session: Session, row: AccountRow, by: str, *, name: str, email: str, roles: Iterable[str], active: bool
) -> None:
    """Set what an account says; who may do less, or nothing, is signed out at once."""
    take_turn(session, "accounts")  # two admins may take the last place from each other
    session.refresh(row)
    name, email, chosen = clean(name), email.strip(), sorted(set(roles))
    problems = [*_person_problems(name, email), *_role_problems(chosen)]
    if not (active and Role.ADMIN in chosen):
        problems += _last_admin(session, row)
    if problems:
        raise Refused(*problems)
    if (row.active and not active) or set(row.roles) - set(chosen):
        accounts.end_sessions_of(session, row.id)
    row.name, row.email, row.roles, row.active = name, email, chosen, active
    audit.note(session, by, "sửa tài khoản", login=row.login, roles=chosen, active=active)


def wish_weekly(session: Session, account_id: int, by: str, *, wanted: bool) -> None:
    """Whether that person gets a letter on Mondays about what waits; `Refused` for who would get none (0052)."""
    row = session.get_one(AccountRow, account_id, with_for_update={"key_share": True})
    if wanted and not row.email:
        raise Refused(Problem("thư sáng thứ Hai", "tài khoản chưa có địa chỉ thư", "nhờ quản trị viên ghi địa chỉ"))
    if wanted and Role.LEADER not in row.roles:
        raise Refused(Problem("thư sáng thứ Hai", "chỉ gửi cho lãnh đạo", "xem: Việc của tôi"))
    if row.weekly != wanted:
        row.weekly = wanted
        audit.note(session, by, f"{'nhận' if wanted else 'thôi nhận'} thư sáng thứ Hai", login=row.login)


def set_password(
    session: Session, row: AccountRow, password: str, by: str, *, own: bool = False, keep: str = ""
) -> None:
    """Give an account another password and sign out every browser but the one with the cookie `keep`.

    Unless it is the person's `own` doing, the person must set another one at the next sign-in.
    """
    problems = _password_problems(session, password, row.login, row.name, row.email)
    if problems:
        raise Refused(*problems)
    row.password, row.must_change = hasher().hash(nfc(password)), not own
    accounts.end_sessions_of(session, row.id, keep)
    audit.note(session, by, "đổi mật khẩu", login=row.login)


def is_password(row: AccountRow | None, password: str) -> bool:
    """Whether that is the password; takes as long for a login that does not exist."""
    try:
        with _AT_ONCE:
            hasher().verify(row.password if row else _nobodys_password(), nfc(password)[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return row is not None


def renew_hash(row: AccountRow, password: str) -> None:
    """Hash a password that was right once more if its hash is of an older, cheaper kind."""
    if hasher().check_needs_rehash(row.password):
        row.password = hasher().hash(nfc(password))


def new_password() -> str:
    """A password to hand over: four groups of letters and digits that are not mistaken for each other."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def stand_in(session: Session, who: str, for_whom: str, first: date, last: date, by: str) -> StandInRow:
    """Let one person take another's place from the first to the last day, both inclusive."""
    taker, absent = _known(session, who), _known(session, for_whom)
    problems = []
    if taker.id == absent.id:
        problems.append(Problem("người thay", "không ai thay chính mình", "chọn người khác"))
    if last < first:
        problems.append(Problem("đến ngày", f"trước ngày bắt đầu {short_date(first)}", "sửa một trong hai ngày"))
    if last < clock.now(session).date():
        problems.append(Problem("đến ngày", "đã qua", "chọn ngày từ hôm nay trở đi"))
    if problems:
        raise Refused(*problems)
    row = StandInRow(
        who_id=taker.id, for_id=absent.id, first_day=first, last_day=last, set_by=by, set_at=clock.now(session)
    )
    session.add(row)
    session.flush()
    days = f"{first.isoformat()}/{last.isoformat()}"
    audit.note(session, by, "giao thay", taker=taker.login, place_of=absent.login, days=days)
    return row


def end_stand_in(session: Session, stand_in_id: int, by: str) -> None:
    """Take a stand-in back before its time; once more changes nothing."""
    row = session.get(StandInRow, stand_in_id)
    if row is None:
        raise Refused(Problem(f"thay số {stand_in_id}", "không có", "xem lại danh sách"))
    if row.ended_by is None:
        row.ended_by = by
        audit.note(session, by, "thôi giao thay", stand_in=stand_in_id)


def _password_problems(session: Session, password: str, *of_person: str) -> list[Problem]:
    """Why a password will not do for that person; what everybody knows of a rehearsal will do there alone."""
    if password == REHEARSAL_PASSWORD and clock.is_rehearsal(session):
        return []
    parts = [part for name in of_person for part in _parts(name)]
    return password_problems(password, [*of_person, *parts, *_of_office(session)])


def _parts(name: str) -> list[str]:
    """The names in a name, and what stands before the `@` of an address; syllables of two letters are in every word."""
    return [part for part in re.split(r"[\s@._-]+", name) if len(part) > 2]


def _of_office(session: Session) -> list[str]:
    """What the office is called, in the newest plan."""
    years = plans.years(session)
    if not years:
        return []
    issuer = plans.read(session, years[0])[0].issuer
    return [issuer.parent, issuer.name, issuer.full_name, issuer.place, issuer.organ_code, issuer.receiving_office]


def _login_problems(session: Session, login: str) -> list[Problem]:
    if not _LOGIN.fullmatch(login):
        return [Problem("tên đăng nhập", f"“{login}” không dùng được", "2 đến 40 chữ không dấu, số, dấu . - _")]
    if accounts.by_login(session, login):
        return [Problem("tên đăng nhập", f"“{login}” đã có người dùng", "chọn tên khác")]
    return []


def _person_problems(name: str, email: str) -> list[Problem]:
    problems = []
    if not name:
        problems.append(Problem("họ và tên", "chưa ghi", "ghi như sẽ hiện trong nhật ký"))
    if email and not is_email(email):
        problems.append(Problem("thư điện tử", f"“{email}” không phải địa chỉ thư", "ghi như ten@co-quan.vn"))
    return problems


def _role_problems(roles: Sequence[str]) -> list[Problem]:
    if not roles:
        return [Problem("vai trò", "chưa chọn", f"chọn ít nhất một: {', '.join(OF_ACCOUNTS)}")]
    return [
        Problem("vai trò", f"không có “{role}”", f"chọn trong: {', '.join(OF_ACCOUNTS)}")
        for role in roles
        if role not in OF_ACCOUNTS
    ]


def _last_admin(session: Session, row: AccountRow) -> list[Problem]:
    """Somebody must be left who can open the door."""
    others = [one for one in accounts.everyone(session) if one.active and Role.ADMIN in one.roles and one.id != row.id]
    if others or Role.ADMIN not in row.roles or not row.active:
        return []
    return [Problem("vai trò", "đây là quản trị viên cuối cùng", "giao quyền quản trị cho người khác trước")]


def _known(session: Session, login: str) -> AccountRow:
    row = accounts.by_login(session, login.strip().casefold())
    if row is None or not row.active:
        raise Refused(Problem("tài khoản", f"không có “{login}” đang hoạt động", "xem danh sách tài khoản"))
    return row


@cache
def _nobodys_password() -> str:
    return hasher().hash(secrets.token_urlsafe(16))
