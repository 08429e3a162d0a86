"""Stands before every page: which names the desk answers to, how much one may send, what browsers are told."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.settings import settings

#: Everything from this desk alone; nothing inline; nobody frames it; forms go nowhere else.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'"
)
#: A document shown beside a form is framed by the desk itself; a page may ask for that with this policy.
POLICY_FOR_FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_YEAR = 365 * 24 * 3600


class TooMuch(HTTPException):
    """The body of a request is longer than it said, and longer than the desk takes."""

    def __init__(self) -> None:
        super().__init__(413)


class Guard:
    """The outermost layer of the desk, for every request that comes in and every answer that goes out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the request, let it through, and put the headers on the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sending = _with_headers(send)
        refused = _refused(Headers(scope=scope))
        if refused:
            await refused(scope, receive, sending)
            return
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}  # the server drops the body; a page answers as to GET
        await self._app(scope, _limited(receive), sending)


def allowed_hosts() -> frozenset[str]:
    """The names by which browsers may call the desk; a foreign name that points here (DNS rebinding) is none."""
    public = settings().desk_public_host.split(":")[0].casefold()
    own = settings().desk_host.casefold()
    return _LOOPBACK | {one for one in (public, own) if one and one not in ("0.0.0.0", "::")}


def _refused(headers: Headers) -> PlainTextResponse | None:
    host = headers.get("host", "").casefold()
    name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.split(":")[0]
    if name not in allowed_hosts():
        return PlainTextResponse("Địa chỉ này không phải của bàn làm việc.", status_code=400)
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > _limit():
        return _too_much()
    return None


def _limited(receive: Receive) -> Receive:
    """The same, counting: a body may come without saying how long it is."""
    taken = 0

    async def counting() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > _limit():
            raise TooMuch
        return message

    return counting


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if settings().desk_is_encrypted:
                headers["strict-transport-security"] = f"max-age={_YEAR}"
        await send(message)

    return sending


def _limit() -> int:
    return settings().desk.upload_megabytes * 2**20


def _too_much() -> PlainTextResponse:
    text = f"Tệp hoặc biểu mẫu quá lớn: nhiều nhất {settings().desk.upload_megabytes} MB."
    return PlainTextResponse(text, status_code=413, headers={"connection": "close"})
