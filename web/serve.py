"""Serves the desk: on this machine alone, or to others under TLS (`python -m web.serve`; `visits up` starts it)."""

import sys

import uvicorn

from config.private_files import keep_private
from config.settings import Settings, settings
from domain.problem import Refused
from web.app import create_app
from web.desk.binding import check


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
    uvicorn.Server(config).run()


def main() -> None:
    """Serve with the settings of this process; say in one line why not."""
    keep_private()
    try:
        serve(settings())
    except Refused as refused:
        print(refused, file=sys.stderr, flush=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
