"""Serves the desk: on this machine alone, or to others under TLS (`python -m web.serve`; `visits up` starts it)."""

import sys

import uvicorn

from config.log_form import set_up
from config.private_files import keep_private
from config.settings import Settings, settings
from domain.problem import Refused
from web.app import create_app
from web.connections.config import DeskConfig
from web.desk.binding import check


def serve(of: Settings) -> None:
    """Serve until told to stop."""
    check(of)
    uvicorn.Server(DeskConfig(create_app(), of)).run()


def main() -> None:
    """Serve with the settings of this process; say in one line why not."""
    keep_private()
    set_up(settings().log_format)
    try:
        serve(settings())
    except Refused as refused:
        print(refused, file=sys.stderr, flush=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
