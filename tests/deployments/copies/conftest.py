"""What tests of copies share: a live home in which a visit has begun, with letters, secrets and wording of its own."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from config.settings import Settings, Smtp, use
from database.engine import engine_for
from deployments.copies import package, server
from deployments.copies.put_back import put_back
from deployments.copies.putting_back import PuttingBack
from deployments.copies.take import Taken, take
from domain.dates import OFFICE_ZONE
from tests.databases import Server, started_server
from tests.desk import Desk

NOW = datetime(2024, 5, 3, 2, 15, tzinfo=OFFICE_ZONE)
PASSPHRASE = "bốn từ chẳng ai đoán"
LETTER = b"Message-ID: <held@visits.example>\r\nSubject: giu lai\r\n\r\nKinh gui\r\n"

PutBack = Callable[..., tuple[PuttingBack, Path | None]]


@pytest.fixture
def live(office: Settings, desk: Desk, tmp_path: Path) -> Settings:
    """May's host has been asked; a letter lies in the mailbox, a wording of the office's own beside the home."""
    desk.set_clock(2024, 3, 1)
    desk.open()
    desk.go_on()
    desk.postman_calls()
    (tmp_path / "wording" / "parts").mkdir(parents=True)
    (tmp_path / "wording" / "parts" / "greeting.txt").write_text("Kính gửi các đồng chí", encoding="utf-8")
    office.mailbox.mkdir(exist_ok=True)
    (office.mailbox / "0001.eml").write_bytes(LETTER)
    changes = {"mode": "live", "smtp": Smtp(host="mail.example"), "templates": tmp_path / "wording"}
    return use(office.model_copy(update=changes))


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """The folder in which copies stand."""
    return tmp_path / "copies"


@pytest.fixture
def taken(live: Settings, copies: Path) -> Taken:
    """A copy of that home, with its secrets."""
    return take(live, copies, NOW, PASSPHRASE)


@pytest.fixture
def elsewhere(live: Settings, tmp_path: Path) -> Settings:
    """Another machine: nothing of the first home is there."""
    return live.model_copy(update={"home": tmp_path / "elsewhere" / "live"})


@pytest.fixture
def put(live: Settings) -> PutBack:
    """Puts a copy back, and goes by the home in which it lies then."""

    def _put(copy: Path, of: Settings = live, **also: object) -> tuple[PuttingBack, Path | None]:
        engine_for(of.database).dispose()
        use(of)
        with package.opened(copy) as opened:
            work = PuttingBack(of, opened, NOW + timedelta(days=1), "Nguyễn Văn Ví Dụ", **also)  # type: ignore[arg-type]
            return work, put_back(work)

    return _put


@pytest.fixture(scope="module")
def servers() -> Server:
    return Server(started_server())


@pytest.fixture
def url(servers: Server, tmp_path: Path) -> Iterator[str]:
    """An empty database of a server that runs."""
    address = servers.fresh(tmp_path)
    with engine_for(address).connect():
        pass
    engine_for(address).dispose()
    yield address
    engine_for(server.beside(address)).dispose()
    servers.remove(address)


@pytest.fixture
def on_server(elsewhere: Settings, url: str) -> Settings:
    """Another machine whose database is on that server."""
    return elsewhere.model_copy(update={"database_url": SecretStr(url)})
