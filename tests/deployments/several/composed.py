"""The services of `deployments/compose.yaml` in plain folders: each with its own command, settings and secrets."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from ruamel.yaml import YAML

from config.settings import ROOT
from tests.deployments.conftest import free_port
from tests.deployments.nginx import NAME, main_file

FILE = ROOT / "deployments" / "compose.yaml"
PROXY = ROOT / "deployments" / "proxy" / "nginx-several.conf"
#: What the file of an office says (the top of `compose.yaml`).
OFFICE = {"OFFICE_HOST": NAME, "OFFICE_FOLDER": "/srv/offices/bien-hoa", "OFFICE_NET": "10.89.7"}


def services() -> dict[str, dict[str, Any]]:
    """What the file says of each, with the variables of the office filled in."""
    text = FILE.read_text(encoding="utf-8")
    text = re.sub(r"\$\{(\w+)(?::[-?][^}]*)?\}", lambda found: OFFICE.get(found[1], found[0]), text)
    parsed = YAML(typ="safe").load(text)["services"]
    return {name: dict(one) for name, one in parsed.items()}


@dataclass
class Composed:
    """The machine on which they all run, each with ports of its own in place of addresses of its own."""

    folder: Path
    database_port: int
    redis_port: int
    ports: dict[str, int] = field(default_factory=dict)
    started: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("server-1", "server-2", "desk-1", "desk-2", "mailbox", "proxy", "https", "http", "prefect-tls"):
            self.ports[name] = free_port()

    def environment(self, name: str) -> dict[str, str]:
        """That of a service as the file has it; names of machines are ports, and secrets lie in this folder."""
        clean = {one: value for one, value in os.environ.items() if not one.startswith(("VISITS_", "PREFECT_"))}
        given = {one: self.here(f"{value}", name) for one, value in services()[name]["environment"].items()}
        python = Path(sys.executable).parent
        return clean | given | {
            "VISITS_HOME": f"{self.folder / name}", "PYTHONPATH": f"{ROOT}",
            "PATH": f"{self.folder}{os.pathsep}{python}{os.pathsep}{os.environ['PATH']}",
        }  # fmt: skip

    def here(self, value: str, name: str) -> str:
        """A value of the file, where everything is on one machine."""
        value = value.replace("/run/secrets/", f"{self.folder}/secrets/")
        value = value.replace("@database/", f"@127.0.0.1:{self.database_port}/")
        value = value.replace("redis:6379", f"127.0.0.1:{self.redis_port}")
        value = value.replace("proxy:4200", f"127.0.0.1:{self.ports['proxy']}")
        value = value.replace("mailbox:8025", f"127.0.0.1:{self.ports['mailbox']}")
        for bound in ("0.0.0.0:4200", "0.0.0.0:8080", "0.0.0.0:8025"):
            value = value.replace(bound, f"127.0.0.1:{self.ports.get(name, 0)}")
        return value.replace(f"{OFFICE['OFFICE_NET']}.2", "127.0.0.1")

    def start(self, name: str) -> None:
        """Its entrypoint and command, as the image would have them."""
        (self.folder / name).mkdir(exist_ok=True)
        with (self.folder / f"{name}.log").open("ab") as log:
            self.started[name] = subprocess.Popen(
                self.command(name), cwd=self.folder / name, env=self.environment(name), stdin=subprocess.DEVNULL,
                stdout=log, stderr=log,
            )  # fmt: skip

    def command(self, name: str) -> list[str]:
        """The image's own entrypoint is `visits`."""
        one = services()[name]
        return [*one.get("entrypoint", ["visits"]), *one["command"]]

    def is_healthy(self, name: str) -> bool:
        """What the file asks to know it."""
        _kind, *question = services()[name]["healthcheck"]["test"]
        asked = subprocess.run(
            question, cwd=self.folder / name, env=self.environment(name), capture_output=True, timeout=60
        )
        return asked.returncode == 0

    def wait_healthy(self, *names: str) -> None:
        """Until they all are; that one ends meanwhile is a failure."""
        deadline = time.monotonic() + 600
        for name in names:
            while not self.is_healthy(name):
                assert self.started[name].poll() is None, self.said(name)
                assert time.monotonic() < deadline, self.said(name)
                time.sleep(1)

    def said(self, name: str) -> str:
        """Its output."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")[-4000:]

    def kill(self, name: str) -> None:
        """The machine is gone, with everything that was on it."""
        own = psutil.Process(self.started[name].pid)
        members = [own, *own.children(recursive=True)]
        for one in members:
            one.kill()
        psutil.wait_procs(members, timeout=10)

    def types(self, *words: str, at: str = "desk-1") -> str:
        """A command of `visits` on one of the machines."""
        done = subprocess.run(
            ["visits", *words], cwd=ROOT, env=self.environment(at) | {"COLUMNS": "240"}, capture_output=True,
            text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def end(self) -> None:
        """As `docker compose stop`; what is left for good."""
        running = {name: one for name, one in self.started.items() if one.poll() is None}
        members = [child for one in running.values() for child in psutil.Process(one.pid).children(recursive=True)]
        for one in running.values():
            one.terminate()
        for one in running.values():
            try:
                one.wait(30)
            except subprocess.TimeoutExpired:
                one.kill()
        for left in psutil.wait_procs(members, timeout=10)[1]:
            left.kill()


@contextmanager
def composed(folder: Path, database_port: int, redis_port: int) -> Iterator[Composed]:
    """The folder prepared as `administration.md` says it; nothing is started yet."""
    office = Composed(folder, database_port, redis_port)
    prepare_secrets(office)
    prepare_commands(office)
    try:
        yield office
    finally:
        office.end()


def prepare_secrets(office: Composed) -> None:
    """Three files, as an office writes them."""
    place = office.folder / "secrets"
    place.mkdir(mode=0o700)
    names = {"links": "", "desk": "", "prefect": "visits:", "record": ""}
    lines = [f"{name}={begins}{name}-of-this-office-and-no-other" for name, begins in names.items()]
    (place / "visits").write_text("\n".join(lines) + "\n")
    (place / "pgpass").write_text(f"127.0.0.1:{office.database_port}:*:visits:a-word-of-the-database\n")
    shutil.copy(office.folder / "redis-password", place / "redis-password")
    for file in place.iterdir():
        file.chmod(0o400)


def prepare_commands(office: Composed) -> None:
    """`visits`, as the image has it."""
    program = office.folder / "visits"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m cli.main "$@"\n')
    program.chmod(0o755)


def nginx_for(office: Composed, folder: Path) -> Path:
    """The shipped configuration with the places and ports of this machine."""
    text = PROXY.read_text(encoding="utf-8")
    text = re.sub(r"\$\{(\w+)\}", lambda found: OFFICE[found[1]], text)
    net, ports = OFFICE["OFFICE_NET"], office.ports
    changes = {
        f"{net}.11:4200": f"127.0.0.1:{ports['server-1']}", f"{net}.12:4200": f"127.0.0.1:{ports['server-2']}",
        f"{net}.21:8080": f"127.0.0.1:{ports['desk-1']}", f"{net}.22:8080": f"127.0.0.1:{ports['desk-2']}",
        "listen 443 ": f"listen 127.0.0.1:{ports['https']} ", "listen 80;": f"listen 127.0.0.1:{ports['http']};",
        "listen 4200;": f"listen 127.0.0.1:{ports['proxy']};",
        "listen 4243 ": f"listen 127.0.0.1:{ports['prefect-tls']} ",
        "/etc/ssl/party-visits/": f"{folder}/", "/var/log/nginx/": f"{folder}/",
    }  # fmt: skip
    for shipped, ours in changes.items():
        assert shipped in text, shipped
        text = text.replace(shipped, ours)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    return main_file(folder)
