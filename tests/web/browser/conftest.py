"""What the tests in a real browser share: Chromium, the desk on a port of its own, and people who sit at it."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from config.settings import Delivery, Settings, settings, use
from letters.mailbox import LocalMailbox
from tests.web.browser.service import Service
from tests.web.conftest import AsRole
from web.app import create_app
from web.desk.security_tokens import session_cookie

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}

#: Opens a page for somebody: `opened("leader")`, `opened(phone=True)` for somebody without an account.
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser of this machine. One for each file: as long as it is there, no other event loop runs beside it."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine: install the package `chromium` to run the tests in a browser")
    with sync_playwright() as driver:
        # Playwright gives every launch a user data folder of its own and takes it away again.
        browser = driver.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def port() -> Iterator[int]:
    """The port of the desk, served by a thread of this process on the database of whichever test is running."""
    door = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(), access_log=False, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    yield int(door.getsockname()[1])
    server.should_exit = True
    thread.join(5)


@pytest.fixture
def home(home: Settings, port: int) -> Settings:
    """The home of this test, whose letters lead to the desk on that port."""
    return use(home.model_copy(update={"desk_port": port}))


class Watch:
    """What must not happen in any browser during a test: a script that fails, a request to another machine."""

    def __init__(self, port: int) -> None:
        self._own = f"http://127.0.0.1:{port}/"
        self.seen: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Look at everything that this browser does."""
        context.on("request", lambda one: self._note(one.url, not one.url.startswith((self._own, "data:", "blob:"))))
        context.on("weberror", lambda one: self._note(str(one.error), True))
        # An answer that is an error is what many tests are about; a refused script or style (CSP) is not.
        context.on(
            "console", lambda one: self._note(one.text, one.type == "error" and "Failed to load" not in one.text)
        )

    def _note(self, what: str, is_wrong: bool) -> None:
        if is_wrong:
            self.seen.append(what)


@pytest.fixture
def opened(chromium: Browser, port: int, home: Settings, as_role: AsRole) -> Iterator[Opened]:
    """Makes a browser window of its own for a person, signed in already; call it after `desk.until_…`."""
    watch, contexts = Watch(port), []

    def opened_for(role: str = "", *, phone: bool = False, **more: str) -> Page:
        look = PHONE if phone else DESKTOP
        context = chromium.new_context(base_url=f"http://127.0.0.1:{port}", locale="vi-VN", **look)
        contexts.append(context)
        context.set_default_timeout(20_000)
        watch.over(context)
        if role:
            token = as_role(role, **more).browser.cookies[session_cookie()]
            context.add_cookies([{"name": session_cookie(), "value": token, "domain": "127.0.0.1", "path": "/"}])
        return context.new_page()

    assert home.folder == Path(settings().folder)
    yield opened_for
    for context in contexts:
        context.close()
    assert watch.seen == []


@pytest.fixture
def service(office: Settings, prefect_port: int) -> Iterator[Service]:
    """The whole service behind the desk: a mail server, a runner, and Prefect, on the day the plan is signed."""
    mailbox = LocalMailbox(office.mailbox)
    mailbox.start()
    quick = Delivery(retries=1, retry_seconds=0.05)
    use(office.model_copy(update={"prefect_port": prefect_port, "mailbox_port": mailbox.port, "delivery": quick}))
    try:
        with Service.running() as running:
            yield running
    finally:
        mailbox.stop()
