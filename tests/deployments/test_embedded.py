"""The live service as `visits up` starts it: four parts that belong together, and nobody in who is not let in."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from config.secret import secret, secret_file
from config.settings import Settings
from deployments.embedded import Service
from deployments.environment import prefect_auth, prefect_environment


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, list[str]]]:
    """A live service with a home of its own, and what it said while it started."""
    home = tmp_path_factory.mktemp("live")
    ports = {f"{name}_port": free_port() for name in ("prefect", "mailbox", "desk")}
    of = Settings(mode="live", home=home, _env_file=None, **ports)  # type: ignore[arg-type]  # ports are numbers
    said: list[str] = []
    with Service(of, said.append) as service:
        yield service, said


@pytest.mark.prefect
def test_the_first_start_says_the_password_of_the_first_admin_once(started: tuple[Service, list[str]]) -> None:
    service, said = started

    first = next(line for line in said if "mật khẩu" in line)
    password = first.rsplit(" ", 1)[1]
    assert first.startswith("Tài khoản quản trị đầu tiên của bàn làm việc: admin")
    logs = "".join(file.read_text() for file in (service.settings.folder / "logs").iterdir())
    assert password not in logs
    assert secret("prefect", service.settings) not in logs


@pytest.mark.prefect
def test_the_desk_answers_and_is_started_again_when_it_dies(started: tuple[Service, list[str]]) -> None:
    service, said = started
    page = f"{service.settings.desk_url}/dang-nhap"
    assert "Đăng nhập" in httpx.get(page).text

    psutil.Process(service.pid("desk")).kill()
    psutil.Process(service.pid("desk")).wait(5)
    service.watch()

    assert "desk đã dừng, khởi động lại" in said
    assert httpx.get(page).is_success


@pytest.mark.prefect
def test_prefect_answers_only_who_knows_its_password(started: tuple[Service, list[str]]) -> None:
    service, _said = started
    url = f"{service.settings.prefect_url}/api/flow_runs/filter"

    assert httpx.get(f"{service.settings.prefect_url}/api/health").is_success
    assert httpx.post(url, json={}).status_code == 401
    assert httpx.post(url, json={}, auth=("visits", "falsch")).status_code == 401
    assert httpx.post(url, json={}, auth=prefect_auth(service.settings)).is_success
    assert secret_file("prefect", service.settings).stat().st_mode & 0o777 == 0o600


def test_a_rehearsal_asks_for_no_password(home: Settings) -> None:
    assert prefect_auth(home) is None
    assert "PREFECT_API_AUTH_STRING" not in set(prefect_environment(home)) - set(os.environ)
    assert not Path(home.folder / "secrets" / "prefect").exists()
