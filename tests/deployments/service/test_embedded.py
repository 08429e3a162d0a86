"""The live service as `visits up` starts it: four parts that belong together, and nobody in who is not let in."""

import os
import random
import re
import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

import config.settings
from config.secret import secret, secret_file
from config.settings import Settings, use
from database import service_notes
from database.engine import reading
from deployments.service.embedded import Service
from deployments.service.environment import prefect_auth, prefect_environment
from deployments.service.leftovers import left_in
from domain.dates import OFFICE_ZONE
from domain.problem import Refused
from tests.deployments.conftest import free_port
from tests.deployments.service.at_the_service import Pages, doctor, kill, until

PARTS = ("server", "runner", "desk")
OPENING = "/deployments/name/open-due-visits/dau-thang"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, list[str]]]:
    """A live service with a home of its own, and what it said while it started. Its scheduler looks every 2 s."""
    home = tmp_path_factory.mktemp("live")
    ports = {f"{name}_port": free_port() for name in ("prefect", "mailbox", "desk")}
    of = Settings(mode="live", home=home, _env_file=None, **ports)  # type: ignore[arg-type]  # ports are numbers
    of = of.model_copy(update={"restart_pauses": (0.5, 1, 2)})
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS", "2")
        patch.setattr(config.settings, "_in_use", [of])
        with Service(of, said.append) as service:
            yield service, said


@pytest.fixture
def live(started: tuple[Service, list[str]]) -> Iterator[Service]:
    """The same, which this process takes for its own."""
    service, _said = started
    before = list(config.settings._in_use)
    use(service.settings)
    yield service
    config.settings._in_use[:] = before


@pytest.fixture
def api(live: Service) -> Iterator[Pages]:
    """Somebody at those pages."""
    of = live.settings
    with Pages(base_url=f"{of.prefect_url}/api", auth=prefect_auth(of), timeout=30) as client:
        yield client


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
    time.sleep(5)  # one that dies sooner after it came up is tried again after a pause

    kill(service, "desk")
    service.watch()
    assert "desk đã dừng (bị ngắt bằng tín hiệu 9), khởi động lại" in said
    service.wait_ready()

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


@pytest.mark.prefect
def test_the_same_home_is_refused_to_a_second_service_whatever_its_ports(started: tuple[Service, list[str]]) -> None:
    service, _said = started
    other = {f"{name}_port": free_port() for name in ("prefect", "mailbox", "desk")}

    with (
        pytest.raises(Refused, match=f"đang chạy: tiến trình {os.getpid()} trên máy"),
        Service(service.settings.model_copy(update=other)),
    ):
        pass

    assert service.is_ready()
    assert httpx.get(f"{service.settings.prefect_url}/api/health").is_success


@pytest.mark.prefect
def test_what_staff_change_in_prefect_outlives_the_runner(started: tuple[Service, list[str]], api: Pages) -> None:
    """A schedule that was moved, one that was paused, a limit; one that was deleted is put back, and each is told."""
    service, said = started
    opening = api.get(OPENING).json()
    first, other = sorted(opening["schedules"], key=lambda one: one["slug"] != "ngay-1-hang-thang")
    at = f"/deployments/{opening['id']}"
    moved = {**first["schedule"], "cron": "30 9 1 * *"}
    api.patch(f"{at}/schedules/{first['id']}", json={"schedule": moved})
    api.patch(f"{at}/schedules/{other['id']}", json={"active": False})
    api.patch(at, json={"concurrency_limit": 2})
    reconciling = api.get("/deployments/name/reconcile-visits/trong-nom").json()
    api.delete(f"/deployments/{reconciling['id']}/schedules/{reconciling['schedules'][0]['id']}")
    before = api.get(OPENING).json()
    said.clear()

    kill(service, "runner")
    service.watch()
    service.wait_ready()

    after = api.get(OPENING).json()
    for kept in ("id", "schedules", "concurrency_limit", "global_concurrency_limit", "paused"):
        assert after[kept] == before[kept], kept
    (again,) = api.get("/deployments/name/reconcile-visits/trong-nom").json()["schedules"]
    assert (again["slug"], again["active"]) == ("trong-nom", True)
    told = [line for line in said if line.startswith(("dau-thang", "trong-nom"))]
    assert told == [
        "dau-thang: giới hạn 2 lượt cùng lúc, giữ nguyên như đặt trong Prefect",
        "dau-thang: lịch “ngay-1-hang-thang” đã đổi trong Prefect thành 30 9 1 * * Asia/Ho_Chi_Minh, giữ nguyên"
        " (cài đặt: 0 8 1 * * Asia/Ho_Chi_Minh)",
        "dau-thang: lịch “cac-ngay-khac” đang tạm dừng trong Prefect, giữ nguyên",
        "trong-nom: lịch “trong-nom” đã bị xóa, đặt lại mỗi 5 phút; muốn ngừng thì tạm dừng lịch",
    ]

    api.patch(f"{at}/schedules/{first['id']}", json={"schedule": first["schedule"]})
    api.patch(f"{at}/schedules/{other['id']}", json={"active": True})


@pytest.mark.prefect
def test_a_deployment_that_now_has_another_name_is_taken_away(started: tuple[Service, list[str]], api: Pages) -> None:
    """Its schedule would go on laying out runs whose code is gone."""
    service, _said = started
    flow = api.post("/flows/", json={"name": "tend-visits"}).json()
    api.post("/deployments/", json={"name": "trong-nom", "flow_id": flow["id"]})
    assert len(_of_flow(api, "tend-visits")) == 1

    kill(service, "runner")
    service.watch()
    service.wait_ready()

    assert (len(_of_flow(api, "tend-visits")), len(_of_flow(api, "reconcile-visits"))) == (0, 1)


def _of_flow(api: Pages, name: str) -> list[object]:
    found: list[object] = api.post("/deployments/filter", json={"flows": {"name": {"any_": [name]}}}).json()
    return found


@pytest.mark.prefect
def test_doctor_says_when_no_visit_will_open_by_itself(live: Service, api: Pages) -> None:
    opening = api.get(OPENING).json()
    at = f"/deployments/{opening['id']}"
    coming = {
        "deployments": {"id": {"any_": [opening["id"]]}},
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
    }
    until(lambda: len(api.post("/flow_runs/filter", json=coming).json()) >= 3, live)
    assert "lịch bắt đầu" not in doctor()

    api.post(f"{at}/pause_deployment")
    assert (
        "lịch bắt đầu các việc (dau-thang): deployment đang tạm dừng: không việc nào tự bắt đầu → trong Prefect"
        in doctor()
    )
    api.post(f"{at}/resume_deployment")

    one = opening["schedules"][0]
    api.patch(f"{at}/schedules/{one['id']}", json={"active": False})
    assert f"lịch bắt đầu các việc (dau-thang): lịch đang tạm dừng: {one['slug']}" in doctor()
    api.patch(f"{at}/schedules/{one['id']}", json={"active": True})
    assert "lịch bắt đầu" not in doctor()


@pytest.mark.prefect
def test_doctor_says_when_a_run_lies_there_ten_minutes_after_its_time(api: Pages) -> None:
    """A run of no deployment, which no runner asks for."""
    flow = api.get(OPENING).json()["flow_id"]

    def put(minutes: int) -> str:
        due = (datetime.now(OFFICE_ZONE) - timedelta(minutes=minutes)).isoformat()
        state = {"type": "SCHEDULED", "name": "Scheduled", "state_details": {"scheduled_time": due}}
        answer = api.post("/flow_runs/", json={"flow_id": flow, "name": f"{minutes} phút", "state": state})
        return str(answer.json()["id"])

    runs = [put(9)]
    assert "lượt chạy trễ" not in doctor()
    runs.append(put(11))

    assert re.search(r"✗ .*\n    lượt chạy trễ: “11 phút” đến giờ lúc \d+ giờ \d\d, .* mà chưa ai nhận → xem", doctor())
    for run in runs:
        api.delete(f"/flow_runs/{run}")


@pytest.mark.prefect
def test_doctor_says_when_a_loop_of_the_server_keeps_failing_until_it_works_again(
    live: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scheduler's table is taken away from it, as a real fault of the server that no page of Prefect shows."""
    monkeypatch.setattr("deployments.service.watch._EVERY", 0.5)

    def rename(before: str, after: str) -> None:
        with sqlite3.connect(live.settings.folder / "prefect" / "prefect.db", timeout=60) as prefect:
            prefect.execute(f"ALTER TABLE {before} RENAME TO {after}")

    def noted() -> str:
        with reading(live.settings.database) as session:
            note = service_notes.read(session).get("server")
        return note.text if note else ""

    rename("deployment_schedule", "elsewhere")
    try:
        until(noted, live)
        assert re.search(
            r"✗ Dịch vụ.*\n.*\n.*máy chủ Prefect: việc xếp lịch \(.*lỗi liên tiếp: .*no such table", doctor()
        )
    finally:
        rename("elsewhere", "deployment_schedule")
    assert live._watch
    live._watch._server_log._window = 3
    until(lambda: not noted(), live)


@pytest.mark.prefect
def test_up_outlives_a_storm_of_kills(started: tuple[Service, list[str]]) -> None:
    """Every part is killed again and again, starting or not; each comes back, and one server is on the database."""
    service, said = started
    chance = random.Random(7)
    said.clear()
    for _ in range(20):
        name = chance.choice(PARTS)
        if service._parts[name].process:
            kill(service, name)
        for _ in range(chance.randrange(1, 6)):
            service.watch()
            time.sleep(0.2)

    until(service.is_ready, service)

    assert httpx.get(f"{service.settings.prefect_url}/api/health").is_success
    assert httpx.get(f"{service.settings.desk_url}/dang-nhap").is_success
    assert sum("không khởi động được" in line for line in said) > 3
    servers = [one for one in left_in(service.settings.folder) if "server" in one.cmdline()]
    assert [one.pid for one in servers] == [service.pid("server")]


def test_a_rehearsal_asks_for_no_password(home: Settings) -> None:
    assert prefect_auth(home) is None
    assert "PREFECT_API_AUTH_STRING" not in set(prefect_environment(home)) - set(os.environ)
    assert not Path(home.folder / "secrets" / "prefect").exists()
