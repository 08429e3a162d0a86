"""How many requests of one person are worked on at once where a proxy brings those of all."""

from collections import Counter
from collections.abc import Iterable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from config.settings import Connections
from web.connections.callers import caller_of, is_within, networks_of

_TOO_MANY = "Quá nhiều yêu cầu cùng lúc từ một địa chỉ. Thử lại sau ít phút."


class AtOnce:
    """Lets so many requests of one caller through at once; stands behind what reads `X-Forwarded-For`."""

    def __init__(self, app: ASGIApp, rules: Connections, proxies: Iterable[str]) -> None:
        self._app, self._rules, self._proxies = app, rules, networks_of(proxies)
        self._under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one request while it lasts."""
        client = scope.get("client")
        if scope["type"] != "http" or not client:
            await self._app(scope, receive, send)
            return
        caller = caller_of(client[0])
        # A proxy that does not say for whom it asks asks for many.
        is_proxy = is_within(client[0], self._proxies)
        most = self._rules.at_once if is_proxy else self._rules.at_once_per_address
        if self._under_way[caller] >= most:
            await PlainTextResponse(_TOO_MANY, 429, {"retry-after": "60"})(scope, receive, send)
            return
        self._under_way[caller] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._under_way[caller] -= 1
            if not self._under_way[caller]:
                del self._under_way[caller]
