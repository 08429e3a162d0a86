"""What tests of several rooms share: a database with the shipped plan of 2024, and the desk of one visit."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from xdist.scheduler import LoadFileScheduling

import config.settings
from config.contacts_file import read_contacts
from config.settings import ROOT, Settings, use
from database import clock, plans
from database.engine import writing
from database.schema import prepare
from domain.dates import at
from domain.plan import Contacts, Plan
from planning.plan_file import read_plan
from tests.databases import databases, end_server, use_server
from tests.desk import Desk
from tests.mid_year import loaded_in_june, mid_year  # noqa: F401 - fixtures for tests of several rooms
from tests.prefect_server import prefect_port  # noqa: F401 - a fixture for the tests of flows and of the browser
from tests.slow import is_slow

if "PREFECT_HOME" not in os.environ:
    # The files of the steps import Prefect, which must not look into the home of the person who runs the tests.
    os.environ["PREFECT_HOME"] = tempfile.mkdtemp(prefix="visits-tests-")
    atexit.register(shutil.rmtree, os.environ["PREFECT_HOME"], ignore_errors=True)


#: The key of the record in every home of these tests, and of the databases that are made for many of them.
RECORD_KEY = "one-key-for-all-tests-of-the-record"
os.environ["VISITS_SECRET_RECORD"] = RECORD_KEY

#: Files that take long come first, so that neither of two workers is left with one of them at the end.
_FIRST = ("live/", "flows/", "web/browser/", "deployments/")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which database the tests are about."""
    told = "sqlite (a file each), postgresql (a server is started), or the address of a server that runs"
    parser.addoption("--database", default="sqlite", help=told)


def pytest_configure(config: pytest.Config) -> None:
    """Start the server, if one is asked for; whoever only hands tests out to workers needs none."""
    hands_out = getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput")
    if (address := config.getoption("--database")) != "sqlite" and not hands_out:
        use_server(address)


def pytest_unconfigure() -> None:
    """End the server: a worker's process ends without what was registered for its exit."""
    end_server()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read a slow file where none is wanted: what it imports takes seconds."""
    unwanted = "not slow" in config.getoption("markexpr") and collection_path.suffix == ".py"
    return True if unwanted and is_slow(collection_path) else None


class _OneServer(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Each file whole in one worker, and all that ask the real Prefect in the same: it starts once."""

    def _split_scope(self, nodeid: str) -> str:
        file = str(super()._split_scope(nodeid))
        return "flows" if file.startswith("tests/flows/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Which worker gets which test."""
    return _OneServer(config, log) if config.getvalue("dist") == "loadfile" else None


def _file_of(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT / "tests").as_posix()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark as `slow` what `make test` leaves to `make test-all`; with several workers the longest first."""
    if config.getoption("--database") != "sqlite":
        _leave_out_what_is_about_files(config, items)
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not _file_of(item).startswith(_FIRST))
    for item in items:
        if is_slow(item.path):
            item.add_marker(pytest.mark.slow)


def _leave_out_what_is_about_files(config: pytest.Config, items: list[pytest.Item]) -> None:
    """They are no part of this run, and so nothing that it skips."""
    left_out = [item for item in items if item.get_closest_marker("only_sqlite")]
    for item in left_out:
        marker = item.get_closest_marker("only_sqlite")
        assert marker is None or marker.args, f"{item.nodeid}: say why it is about SQLite alone"
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """What was read stays to the end: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI nothing is skipped: what a test needs and does not find there is a fault of CI."""
    assert item
    report = yield
    if report.skipped and call.excinfo and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {call.excinfo.value}"
    return report


@pytest.fixture(scope="session")
def shipped() -> tuple[Plan, Contacts]:
    """The plan and the addresses of 2024 as they are shipped."""
    plan, _ = read_plan(ROOT / "config" / "plans" / "2024.yaml")
    assert plan
    contacts, _ = read_contacts(ROOT / "config" / "contacts" / "2024.yaml", plan)
    assert contacts
    return plan, contacts


@pytest.fixture(scope="session")
def plan(shipped: tuple[Plan, Contacts]) -> Plan:
    """The plan of 2024 as it is shipped."""
    return shipped[0]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Puts a text into a file of its own and gives its path."""

    def _write(text: str) -> Path:
        path = tmp_path / "changed.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return _write


@pytest.fixture(scope="session")
def prepared_database(shipped: tuple[Plan, Contacts], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A database with that plan, on the day it is signed; tests get copies (`databases().put_back`)."""
    url = databases().fresh(tmp_path_factory.mktemp("prepared"))
    prepare(url)
    plan, contacts = shipped
    with writing(url) as session:
        clock.set_rehearsal(session, at(plan.issued, 7))
        plans.save(session, plan, contacts, "thử")
    return databases().keep(url)


@pytest.fixture(scope="session")
def plain_settings() -> Settings:
    """What a rehearsal goes by where nobody has set anything; reading the environment for each test takes long."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("VISITS_")]:
            patch.delenv(name)
        # Nobody listens on port 1: no service answers, and no letter goes anywhere unless the test starts a mailbox.
        return Settings(mode="rehearsal", prefect_port=1, mailbox_port=1, _env_file=None)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain_settings: Settings) -> Iterator[Settings]:
    """An empty home of its own for this test, with settings that no environment can change."""
    for name in [name for name in os.environ if name.startswith("VISITS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(config.settings, "_in_use", [])
    folder = tmp_path / "home"
    folder.mkdir()
    # A database made for many tests was sealed by one key: it is the key of each of their homes.
    (folder / "secrets").mkdir(mode=0o700)
    (folder / "secrets" / "record").write_text(RECORD_KEY, encoding="ascii")
    url = databases().fresh(folder)
    elsewhere = {} if url.startswith("sqlite") else {"database_url": SecretStr(url)}
    chosen = use(plain_settings.model_copy(update={"home": folder, **elsewhere}))
    yield chosen
    databases().remove(url)


@pytest.fixture
def office(home: Settings, prepared_database: Any) -> Settings:
    """The same home with the plan of 2024 loaded, on 03/01/2024."""
    databases().put_back(prepared_database, home.database)
    # Letters of a story told once are read in many homes: their links must be signed by one secret.
    (home.folder / "secrets" / "links").write_text("one-secret-for-all-tests-of-links", encoding="ascii")
    return home


@pytest.fixture
def desk(office: Settings) -> Desk:
    """The visit of May 2024 at Biên Hòa, planned and not begun, on 03/01/2024."""
    assert office.mode == "rehearsal"
    return Desk()
