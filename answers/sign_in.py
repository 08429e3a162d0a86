"""Signing in and out: the password is checked, attempts are counted, a session begins (design §8)."""

import secrets
from datetime import datetime, timedelta

from answers.accounts import is_password, renew_hash
from config.settings import settings
from database import accounts
from database.accounts import AccountRow, AttemptRow
from database.engine import reading, writing
from domain.problem import Problem, Refused

#: From one address, or for one login, so many times the attempts of one person are too many.
_TOGETHER = 4


class Limited(Exception):  # noqa: N818 - it is an answer to a person, not a defect
    """Too many wrong attempts; `minutes` until the next one is looked at."""

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(f"quá nhiều lần sai, đợi {minutes} phút")


def sign_in(login: str, password: str, address: str, now: datetime) -> str:
    """Check the password and begin a session; gives the secret for the browser's cookie.

    `Refused` when login and password do not belong together, `Limited` after too many attempts. The attempt is
    written down before the password is looked at: a hundred at the same moment are counted like a hundred in a row.
    """
    login = login.strip().casefold()[:64]
    _count_attempt(login, address[:64], now)
    with reading(settings().database) as session:
        row = accounts.by_login(session, login)
    if not is_password(row, password) or row is None or not row.active:
        raise Refused(Problem("", "Tên đăng nhập hoặc mật khẩu không đúng", "kiểm tra bộ gõ và phím Caps Lock"))
    return _begin(row.id, password, address[:64], now)


def _count_attempt(login: str, address: str, now: datetime) -> None:
    rules, url = settings().desk, settings().database
    window = timedelta(minutes=rules.attempt_minutes)
    with writing(url) as session:
        accounts.drop_old(session, now - timedelta(hours=rules.session_hours), now - window)
        together = rules.attempts * _TOGETHER
        if (
            accounts.attempts(session, now - window, login=login, address=address) >= rules.attempts
            or accounts.attempts(session, now - window, address=address) >= together
            or accounts.attempts(session, now - window, login=login) >= together
        ):
            raise Limited(rules.attempt_minutes)
        session.add(AttemptRow(login=login, address=address, at=now))


def _begin(account_id: int, password: str, address: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    with writing(settings().database) as session:
        row = session.get_one(AccountRow, account_id)
        accounts.forget_attempts(session, row.login, address)
        renew_hash(row, password)
        accounts.come_back(session, row)
        row.signed_in_at = now
        accounts.begin_session(session, row.id, token, now)
    return token


def is_own_password(account_id: int, password: str, address: str, now: datetime) -> bool:
    """Whether somebody who is signed in knows the password of the account.

    Wrong ones count like those of signing in, and with them: whoever sits at an open desk does not try on. `Limited`
    after too many.
    """
    with reading(settings().database) as session:
        row = session.get_one(AccountRow, account_id)
    _count_attempt(row.login, address[:64], now)
    if not is_password(row, password):
        return False
    with writing(settings().database) as session:
        accounts.forget_attempts(session, row.login, address[:64])
    return True


def sign_out(token: str) -> None:
    """End the session of that cookie, if there is one."""
    with writing(settings().database) as session:
        if found := accounts.find_session(session, token):
            accounts.was_here(session, found[1].id)
        accounts.end_session(session, token)
