"""How uvicorn serves the desk: with deadlines, a bounded door, and proxies that are believed by their address."""

from functools import partial

import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import LOGGING_CONFIG

from config.settings import Settings
from web.connections.crowd import AtOnce
from web.connections.door import Door
from web.connections.handshake import Handshake
from web.connections.in_time import InTime, quickest


class DeskConfig(uvicorn.Config):
    """uvicorn's settings for the desk. Addresses are not logged: the address of a reply page is a key."""

    def __init__(self, app: ASGIApp, of: Settings, protocol: type[InTime] | None = None) -> None:
        proxies = of.desk_trusted_proxies if of.desk_behind_proxy else ()
        self.door = Door(of.connections, proxies)
        self._protocol = protocol or quickest()
        super().__init__(
            AtOnce(app, of.connections, proxies) if of.desk_behind_proxy else app,
            host=of.desk_host,
            port=of.desk_port,
            http=self._protocol,
            ws="none",
            ssl_certfile=of.desk_tls_cert,
            ssl_keyfile=of.desk_tls_key,
            proxy_headers=of.desk_behind_proxy,
            forwarded_allow_ips=list(proxies),
            server_header=False,
            access_log=False,
            log_config=None if of.log_format == "json" else LOGGING_CONFIG,
            log_level="warning",
            timeout_keep_alive=of.connections.idle_seconds,
            timeout_graceful_shutdown=3,
        )

    def load(self) -> None:
        """As uvicorn does; but the server listens without TLS, and each connection is led into it."""
        super().load()
        if self.ssl is not None:
            led_into = partial(Handshake, self._protocol, self.ssl)
            self.http_protocol_class, self.ssl = led_into, None  # type: ignore[assignment]  # it makes a protocol
