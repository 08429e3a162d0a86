"""What the desk hands to a browser and wants back unchanged: the cookies, the form token, the message of a redirect."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Literal

from fastapi import HTTPException, Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

from config.secret import secret
from config.settings import settings

#: The name of the token in a form, and of the header in which a script may send it instead.
FIELD = "csrf"
HEADER = "x-csrf-token"
#: The name of the mark in a form that says who has opened it.
TYPIST = "typist"

_SAFE = ("GET", "HEAD", "OPTIONS")


def session_cookie() -> str:
    """The name of the cookie that keeps one signed in; under TLS the browser guards it by its name."""
    return _named("visits_session")


def form_cookie() -> str:
    """The name of the cookie that forms are bound to, for people with and without an account."""
    return _named("visits_form")


def message_cookie() -> str:
    """The name of the cookie that carries one message over a redirect."""
    return _named("visits_message")


def set_cookie(
    response: Response,
    name: str,
    value: str,
    *,
    same_site: Literal["lax", "strict"] = "strict",
    seconds: int | None = None,
) -> None:
    """Give the browser a cookie that no script reads and no other site sends."""
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=settings().desk_is_encrypted, httponly=True, samesite=same_site
    )


def drop_cookie(response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(name, path="/", secure=settings().desk_is_encrypted, httponly=True)


def form_seed(request: Request) -> str:
    """What this browser's forms are bound to: its own cookie, or a new one that the page must set."""
    if not hasattr(request.state, "form_seed"):
        request.state.form_seed = request.cookies.get(form_cookie()) or secrets.token_urlsafe(24)
    seed: str = request.state.form_seed
    return seed


def form_token(cookies: Mapping[str, str], seed: str) -> str:
    """The token that a form of this browser must bring back; another session of the same browser needs another."""
    bound_to = f"form\n{seed}\n{cookies.get(session_cookie(), '')}"
    return hmac.new(secret("desk").encode(), bound_to.encode(), hashlib.sha256).hexdigest()


async def check_form(request: Request) -> None:
    """For every route: refuse what would change something and does not come from a page of this desk (403)."""
    if request.method in _SAFE:
        return
    given = request.headers.get(HEADER, "")
    if not given:
        field = (await request.form()).get(FIELD)
        given = field if isinstance(field, str) else ""
    seed = request.cookies.get(form_cookie(), "")
    right = form_token(request.cookies, seed)
    # A token is ASCII; what is not cannot be compared in constant time and is wrong anyway.
    if not seed or not given.isascii() or not hmac.compare_digest(given, right):
        raise HTTPException(403, detail="form")


def draft_seal(owner: str) -> str:
    """The key, 32 bytes in base64, that seals what a browser keeps of the drafts of that person or link.

    Whoever is not signed in as the owner, or has not the link, sees a browser's storage and cannot read it.
    """
    return base64.b64encode(hmac.digest(secret("desk").encode(), f"draft\n{owner}".encode(), "sha256")).decode("ascii")


def typist_mark(account: int) -> str:
    """Who has opened a form, signed: what he types is kept for him alone when his session ends meanwhile."""
    return str(_signer(TYPIST).dumps(account))


def typist_in(mark: str) -> int | None:
    """The account of such a mark, None if it is not ours."""
    try:
        return int(_signer(TYPIST).loads(mark))
    except (BadSignature, ValueError, TypeError):
        return None


def pack(message: str) -> str:
    """A message for the next page, signed so that nobody else can put words on it."""
    return str(_signer().dumps(message))


def unpack(packed: str) -> str:
    """The message, or nothing if it is not ours."""
    try:
        return str(_signer().loads(packed))
    except BadSignature:
        return ""


def _signer(salt: str = "message") -> URLSafeSerializer:
    return URLSafeSerializer(secret("desk"), salt=salt)


def _named(name: str) -> str:
    """Browsers send cookies to every port of a host: two offices on one machine must not call theirs the same (0047).

    All desks of one office have the same secret, and so the same names; the name gives nothing of it away.
    """
    office = hmac.new(secret("desk").encode(), b"cookies", hashlib.sha256).hexdigest()[:8]
    return f"__Host-{name}_{office}" if settings().desk_is_encrypted else f"{name}_{office}"
