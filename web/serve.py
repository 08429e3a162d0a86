"""Serves the desk: on this machine alone, or to others under TLS (`python -m web.serve`; `visits up` starts it)."""

import os
import socket
import sys
import threading
from importlib import import_module

import uvicorn

from config.secret import secret
from config.settings import Settings, settings
from domain.problem import Refused
from web.app import create_app
from web.binding import check


def serve(of: Settings) -> None:
    """Serve until told to stop. Addresses are not logged: the address of a reply page is a key."""
    check(of)
    config = uvicorn.Config(
        create_app(),
        host=of.desk_host,
        port=of.desk_port,
        ssl_certfile=of.desk_tls_cert,
        ssl_keyfile=of.desk_tls_key,
        proxy_headers=of.desk_behind_proxy,
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
        limit_concurrency=200,
    )
    _Server(config, of).run()


class _Server(uvicorn.Server):
    """The server, which loads what is slow to load when the first page can already be had."""

    def __init__(self, config: uvicorn.Config, of: Settings) -> None:
        super().__init__(config)
        self._settings = of

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the door, then warm up."""
        await super().startup(sockets)
        threading.Thread(target=_warm_up, args=(self._settings,), daemon=True).start()


def _warm_up(of: Settings) -> None:
    """Load what the first answer would wait seconds for: waking a visit imports Prefect, which reads these two once."""
    os.environ.setdefault("PREFECT_API_URL", f"{of.prefect_url}/api")
    if of.mode == "live":
        os.environ.setdefault("PREFECT_API_AUTH_STRING", secret("prefect"))
    import_module("flows.wake")


def main() -> None:
    """Serve with the settings of this process; say in one line why not."""
    try:
        serve(settings())
    except Refused as refused:
        print(refused, file=sys.stderr, flush=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
