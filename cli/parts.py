"""`visits server`, `runner`, `desk`, `mailbox`, `migrate`: each part alone, for a service on several machines (0046).

Each runs in the foreground until Ctrl-C or SIGTERM, is started again when it dies, and says when it is ready.
"""

from typing import Annotated

import httpx
import typer

from cli.output import refusing, say
from cli.until_stopped import until_told_to_stop
from config.settings import settings
from database.address import shown
from database.engine import writing
from database.kept_log import KeptLog
from database.schema import prepare
from deployments.service.embedded import Service
from deployments.service.environment import enter
from deployments.service.sameness import check_secrets, forget_secrets


def add_to(app: typer.Typer) -> None:
    """Put the five commands into the main one."""
    for command in (server, runner, desk, mailbox, migrate):
        app.command()(command)


@refusing
def server() -> None:
    """Chỉ chạy máy chủ Prefect trên máy này (VISITS_PREFECT_BIND). Ctrl-C để dừng."""
    _serve("server")


@refusing
def runner() -> None:
    """Chỉ chạy bộ chạy trên máy này; Prefect ở VISITS_PREFECT_API_URL. Ctrl-C để dừng."""
    _serve("runner")


@refusing
def desk() -> None:
    """Chỉ chạy bàn làm việc trên máy này (VISITS_DESK_BIND). Ctrl-C để dừng."""
    _serve("desk")


@refusing
def mailbox() -> None:
    """Chỉ chạy hộp thư tại chỗ trên máy này (VISITS_MAILBOX_BIND). Ctrl-C để dừng."""
    _serve("mailbox")


@refusing
def migrate(
    new_secrets: Annotated[bool, typer.Option("--new-secrets", help="mọi máy đã dừng; từ nay dùng khóa mới")] = False,
) -> None:
    """Đưa cơ sở dữ liệu về dạng mới nhất rồi thôi; nhiều máy cùng gọi thì một máy làm, các máy khác chờ."""
    KeptLog(settings().database).begin()
    prepare(settings().database)
    with writing(settings().database) as session:
        if new_secrets:
            forget_secrets(session)
        check_secrets(session, settings())
    say(f"cơ sở dữ liệu {shown(settings().database)} đã ở dạng mới nhất")


def begin() -> bool:
    """Whatever came due, or was lost, while nothing ran is seen to at once; False if it must be tried again."""
    from flows.engine.wake import OPENING, READING, RECONCILING, run_now

    try:
        run_now(OPENING, RECONCILING, *([READING] if settings().inbox.host else []))
    except httpx.HTTPError as error:
        say(f"Prefect chưa nhận việc mở đầu: {error}; thử lại")
        return False
    return True


def _serve(part: str) -> None:
    enter(settings())
    begun = part != "runner"
    with until_told_to_stop() as stop, Service(settings(), say, wait=False, alone=part) as service:
        while not stop.wait(1 if service.is_ready() else 0.2):
            service.watch()
            begun = begun or (service.is_ready("runner") and begin())
        say("đang dừng…")
