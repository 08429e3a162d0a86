"""How many requests of one person are worked on at once where a proxy brings those of all."""

from collections import Counter

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from web.connections.callers import caller_of

_TOO_MANY = "Quá nhiều yêu cầu cùng lúc từ một địa chỉ. Thử lại sau ít phút."


class AtOnce:
    """Lets so many requests of one caller through at once; stands behind what reads `X-Forwarded-For`."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most
        self._under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one request while it lasts."""
        client = scope.get("client")
        if scope["type"] != "http" or not client:
            await self._app(scope, receive, send)
            return
        caller = caller_of(client[0])
        if self._under_way[caller] >= self._most:
            await PlainTextResponse(_TOO_MANY, 429, {"retry-after": "60"})(scope, receive, send)
            return
        self._under_way[caller] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._under_way[caller] -= 1
            if not self._under_way[caller]:
                del self._under_way[caller]
