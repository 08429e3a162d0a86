"""`deployments/compose.yaml`: a schema reads it, and its very commands make an office on several machines."""

import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from config.settings import ROOT
from tests.deployments.nginx import NAME, certificate, nginx
from tests.deployments.several.composed import FILE, Composed, composed, nginx_for, services
from tests.deployments.several.stores import Postgres, postgres, redis

PARTS = ("server-1", "server-2", "runner-1", "runner-2", "desk-1", "desk-2", "mailbox")


def test_the_schema_of_compose_has_nothing_to_say() -> None:
    """The one that Docker and podman-compose go by."""
    linter = shutil.which("check-jsonschema")
    if not linter:
        pytest.skip("no check-jsonschema here (PyPI: check-jsonschema)")
    done = subprocess.run(
        [linter, "--builtin-schema", "vendor.compose-spec", str(FILE)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout


def test_no_secret_stands_in_the_file_and_no_part_is_open_beyond_the_proxy() -> None:
    """Passwords come as files; ports of the machine has the proxy alone."""
    said = {name: value for one in services().values() for name, value in one.get("environment", {}).items()}
    assert all(
        f"{value}".startswith("/run/secrets/") for name, value in said.items() if re.search("PASSWORD|SECRET", name)
    )
    assert not [value for value in said.values() if re.search(r"//[^@/]*:[^@/]*@", f"{value}")], "a word in an address"
    assert {name for name, one in services().items() if "ports" in one} == {"proxy"}
    for name in PARTS:
        one = services()[name]
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
        assert one["user"] == "10001:10001"
    volumes = [one["volumes"][0].partition(":")[0] for name, one in services().items() if name in PARTS]
    assert volumes == list(PARTS), "each machine has a home of its own"


def test_every_file_that_is_mounted_is_there() -> None:
    """A path that leads nowhere becomes a folder in Docker."""
    for one in services().values():
        for volume in one.get("volumes", []):
            if volume.startswith("./"):
                assert (FILE.parent / volume.partition(":")[0]).is_file(), volume


@contextmanager
def prepared(folder: Path) -> Iterator[tuple[Postgres, Composed]]:
    """Both stores at work, the databases made by the script that PostgreSQL's image runs at its first start."""
    with postgres(folder) as database, redis(folder, "a-word-of-redis") as messages:
        script = ROOT / "deployments" / "compose" / "databases.sql.sh"
        environment = {"PGHOST": "127.0.0.1", "PGPORT": f"{database.port}", "PATH": "/usr/bin:/bin",
                       "VISITS_PASSWORD": "a-word-of-the-database"}  # fmt: skip
        subprocess.run(["sh", script], env=environment, check=True, timeout=60)
        with composed(folder, database.port, messages.port) as office:
            yield database, office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    """Everything is up, in the order of the file: migrate, servers, proxy, the others; the plan of 2024 is loaded."""
    folder = tmp_path_factory.mktemp("compose")
    with prepared(folder) as (_database, office):
        office.start("migrate")
        assert office.started["migrate"].wait(300) == 0, office.said("migrate")
        for name in ("server-1", "server-2", "mailbox"):
            office.start(name)
        (folder / "proxy").mkdir()
        certificate(folder / "proxy")
        office.started["proxy"] = subprocess.Popen(
            [nginx(), "-p", folder / "proxy", "-c", nginx_for(office, folder / "proxy")]
        )
        office.wait_healthy("server-1", "server-2", "mailbox")
        for name in ("runner-1", "runner-2", "desk-1", "desk-2"):
            office.start(name)
        office.wait_healthy(*PARTS)
        office.types("plan", "load", str(ROOT / "config" / "plans" / "2024.yaml"), "--yes")
        yield office


def outside(office: Composed) -> httpx.Client:
    """A browser that calls the office by its name."""
    trusted = ssl.create_default_context(cafile=str(office.folder / "proxy" / "fullchain.pem"))
    return httpx.Client(verify=trusted, base_url=f"https://127.0.0.1:{office.ports['https']}", headers={"host": NAME},
                        timeout=60)  # fmt: skip


def asked(browser: httpx.Client, method: str, path: str, **more: object) -> httpx.Response:
    return browser.request(method, path, extensions={"sni_hostname": NAME}, **more)  # type: ignore[arg-type]


def prefect(office: Composed, path: str, **question: object) -> object:
    """Prefect as runners and desks ask it: by the proxy, with the office's string."""
    auth = ("visits", "prefect-of-this-office-and-no-other")
    url = f"http://127.0.0.1:{office.ports['proxy']}/api{path}"
    return httpx.post(url, json=question, auth=auth, timeout=60).raise_for_status().json()


def until(what: Callable[[], object], seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.5)


@pytest.mark.prefect
def test_both_desks_are_one_and_either_may_go(office: Composed) -> None:
    """Signed in at one is signed in at the other; the proxy leaves out the one that is gone, and takes it back."""
    password = re.findall(r"mật khẩu: (\S+)", office.said("desk-1") + office.said("desk-2"))[0]
    with outside(office) as browser:
        form = asked(browser, "GET", "/dang-nhap")
        token = re.search(r'name="csrf" value="([^"]+)"', form.text)
        assert token
        filled = {"login": "admin", "password": password, "csrf": token[1]}
        assert asked(browser, "POST", "/dang-nhap", data=filled).status_code == 303
        assert {asked(browser, "GET", "/dang-nhap").status_code for _ in range(6)} == {303}, "led on by either"
        office.kill("desk-1")
        assert {asked(browser, "GET", "/dang-nhap").status_code for _ in range(6)} == {303}
        office.start("desk-1")
        office.wait_healthy("desk-1")
        time.sleep(6)  # the proxy asks a desk that did not answer again after five seconds
        office.kill("desk-2")
        assert {asked(browser, "GET", "/dang-nhap").status_code for _ in range(6)} == {303}
        office.start("desk-2")


@pytest.mark.prefect
def test_either_server_may_go_and_the_runners_go_on(office: Composed) -> None:
    """All runs of the plan are made; with one server killed the proxy gives the other, and the runners stay alive."""
    runs = {"flows": {"name": {"any_": ["monthly-visit"]}}}
    until(lambda: prefect(office, "/flow_runs/count", **runs) == 9, 300)
    office.kill("server-1")
    assert prefect(office, "/flow_runs/count", **runs) == 9
    until(lambda: office.is_healthy("runner-1") and office.is_healthy("runner-2"))
    office.start("server-1")


@pytest.mark.prefect
def test_prefect_answers_under_tls_as_well_and_to_nobody_without_the_string(office: Composed) -> None:
    """By the third address of the proxy."""
    trusted = ssl.create_default_context(cafile=str(office.folder / "proxy" / "fullchain.pem"))
    with httpx.Client(verify=trusted, timeout=60) as client:
        url = f"https://127.0.0.1:{office.ports['prefect-tls']}/api"
        how = {"headers": {"host": NAME}, "extensions": {"sni_hostname": NAME}}
        assert client.get(f"{url}/ready", **how).status_code == 200  # type: ignore[arg-type]
        assert client.post(f"{url}/flow_runs/count", json={}, **how).status_code == 401  # type: ignore[arg-type]


def test_what_is_typed_is_what_the_image_has() -> None:
    """Every `visits` command of the file is one of the service's own."""
    known = subprocess.run([sys.executable, "-m", "cli.main", "--help"], cwd=ROOT, capture_output=True, text=True)
    for name in PARTS:
        (command,) = services()[name]["command"]
        assert re.search(rf"\b{command}\b", known.stdout), command
