"""What a monitor reads at `/metrics`, who may, and that the rules of alerting speak of just that."""

import json
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from ruamel.yaml import YAML

from config.settings import ROOT, Copies, Settings, settings, use
from database import service_notes
from database.engine import reading, writing
from database.health import KINDS
from database.holding import RESTORED
from database.models import DocumentRow, ServiceNoteRow, VisitRow
from domain.dates import OFFICE_ZONE
from overview.gauges import examined_on
from tests.desk import Desk
from web.app import create_app
from web.connections.config import DeskConfig
from web.health.looks import every_look
from web.metrics import page

HERE, ELSEWHERE = ("127.0.0.1", 50000), ("10.0.0.7", 50000)
TOKEN = "a-token-of-the-monitor-of-this-office"
ALERTS = ROOT / "deployments" / "alerts.yaml"

#: Name with its labels -> value.
Read = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test sees what is there just now."""
    monkeypatch.setattr(page, "KEPT_SECONDS", 0.0)


def asked(caller: tuple[str, int] = HERE, **headers: str) -> httpx.Response:
    address = settings().desk_url
    answer: httpx.Response = TestClient(create_app(), base_url=address, client=caller).get("/metrics", headers=headers)
    return answer


def read(text: str) -> Read:
    """By the parser of Prometheus's own client."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(found: Read, name: str, **labels: str) -> float:
    return found[name, frozenset((key.removesuffix("_"), one) for key, one in labels.items())]


def test_who_is_waited_for_and_how_long_is_counted_by_role_and_age(desk: Desk) -> None:
    desk.set_clock(2024, 3, 1)
    desk.open()
    desk.go_on()
    desk.set_clock(2024, 3, 11)

    found = read(asked().text)

    waits = {labels: count for (name, labels), count in found.items() if name == "visits_waiting"}
    assert list(waits.values()) == [1]
    ((labels,),) = [list(waits)]
    assert dict(labels)["age"] == "under_30d"
    assert value(found, "visits_waiting_oldest_seconds", for_=dict(labels)["for"]) > 9 * 86400
    assert value(found, "visits_obligations", state="open") == 1
    assert value(found, "visits_wakeups_total") >= 0


def test_letters_copies_and_what_the_service_knows_of_itself_are_numbers(desk: Desk, tmp_path: Path) -> None:
    desk.until_asked()
    (tmp_path / "copies").mkdir()
    taken = datetime.now(OFFICE_ZONE) - timedelta(hours=30)
    (tmp_path / "copies" / f"visits-rehearsal-{taken:%Y-%m-%d_%H%M%S}.zip").touch()
    use(settings().model_copy(update={"copies": Copies(folder=tmp_path / "copies")}))
    with writing(settings().database) as session:
        service_notes.note(session, RESTORED, "bản khôi phục")
        service_notes.note(session, examined_on("may-1"), json.dumps({"record": [2, 1]}))

    found = read(asked().text)

    assert value(found, "visits_letters", state="queued") == len(desk.letters()) == 1
    assert value(found, "visits_copies") == 1
    assert value(found, "visits_copy_age_seconds") == pytest.approx(30 * 3600, abs=60)
    assert value(found, "visits_service_trouble", kind="restored") == 1
    assert value(found, "visits_service_trouble", kind="overdue") == 0
    assert value(found, "visits_doctor_findings", kind="record", severity="fault", machine="may-1") == 2
    assert value(found, "visits_doctor_findings", kind="record", severity="warning", machine="may-1") == 1
    assert value(found, "visits_doctor_age_seconds", machine="may-1") < 60


def test_each_machine_says_what_its_own_doctor_found_until_it_is_long_gone(desk: Desk) -> None:
    desk.until_asked()
    long_ago = datetime.now(OFFICE_ZONE) - timedelta(days=8)
    with writing(settings().database) as session:
        for machine, faults in (("may-1", 2), ("may-2", 0), ("may-3", 5)):
            service_notes.note(session, examined_on(machine), json.dumps({"record": [faults, 0]}))
        session.get_one(ServiceNoteRow, examined_on("may-3")).at = long_ago

    found = read(asked().text)

    faults = {
        dict(labels)["machine"]: count
        for (name, labels), count in found.items()
        if name == "visits_doctor_findings" and ("severity", "fault") in labels
    }
    assert faults == {"may-1": 2, "may-2": 0}


def test_nothing_in_it_names_a_unit_a_person_or_a_visit(desk: Desk) -> None:
    desk.until_issued()
    with writing(settings().database) as session:
        session.get_one(DocumentRow, desk.documents("selection_notice")[-1].id).secrecy = "MẬT"
        session.get_one(VisitRow, desk.visit.id).trouble = "thư gửi Chi bộ Trường THPT Mẫu bị từ chối"
    with reading(settings().database) as session:
        units = {row.unit for row in session.query(VisitRow) if row.unit}

    said = asked().text

    assert units
    assert not [unit for unit in units if unit in said]
    assert "Chi bộ" not in said
    assert not re.search(r"@|MẬT|2024-\d\d/", said)
    with_labels = {key for _name, labels in read(said) for key, _value in labels}
    assert with_labels <= {"for", "age", "state", "kind", "severity", "machine"}


@pytest.mark.parametrize(
    ("caller", "behind_proxy", "shown", "status"),
    [
        (HERE, False, "", 200),
        (ELSEWHERE, False, "", 404),
        (ELSEWHERE, False, f"Bearer {TOKEN}", 200),
        (ELSEWHERE, False, "Bearer another", 404),
        (HERE, True, "", 404),
        (HERE, True, f"Bearer {TOKEN}", 200),
    ],
)
def test_beyond_this_machine_and_behind_a_proxy_only_the_token_opens_it(
    caller: tuple[str, int], behind_proxy: bool, shown: str, status: int, desk: Desk
) -> None:
    assert desk.visit.state == "planned"
    change = {"mode": "live", "secret_metrics": SecretStr(TOKEN), "desk_behind_proxy": behind_proxy}
    use(settings().model_copy(update=change))

    answer = asked(caller, **({"Authorization": shown} if shown else {}))

    assert answer.status_code == status
    assert ("visits_letters" in answer.text) is (status == 200)
    assert TOKEN not in answer.text


def test_where_no_token_is_set_none_opens_it_from_elsewhere(desk: Desk) -> None:
    assert desk.visit.state == "planned"
    assert [asked(ELSEWHERE, Authorization=one).status_code for one in ("Bearer ", "Bearer None", "")] == [404] * 3


@pytest.fixture
def served(office: Settings) -> Iterator[str]:
    """The desk by its real server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    of = use(office.model_copy(update={"desk_port": port}))
    server = uvicorn.Server(DeskConfig(create_app(), of))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def test_a_real_client_scrapes_a_real_desk(served: str) -> None:
    answer = httpx.get(f"{served}/metrics", headers={"Accept": "text/plain"})

    assert answer.headers["content-type"].startswith("text/plain; version=")
    found = read(answer.text)
    assert value(found, "visits_disk_free_bytes") > 0
    assert value(found, "visits_scrape_seconds") > 0


def rules() -> list[Mapping[str, str]]:
    groups = YAML(typ="safe").load(ALERTS)["groups"]
    return [rule for group in groups for rule in group["rules"]]


def kinds_in_rules(name: str) -> list[str]:
    return [kind for rule in rules() for kind in re.findall(rf'{name}{{kind="(\w+)"', rule["expr"])]


def test_each_finding_of_the_doctor_and_each_trouble_of_the_service_has_one_rule(home: Settings) -> None:
    looks = [look.kind for look in every_look(lambda: (), lambda: ())]

    assert home.folder.exists()
    assert sorted(kinds_in_rules("visits_doctor_findings")) == sorted(looks)
    assert len(set(looks)) == len(looks)
    assert sorted(kinds_in_rules("visits_service_trouble")) == sorted(KINDS)


def test_a_fault_that_the_doctor_found_is_critical_and_a_warning_is_a_warning() -> None:
    """A warning that never goes away must not look like a fault."""
    of_doctor = [rule for rule in rules() if "visits_doctor_findings" in rule["expr"]]
    faults = [rule for rule in of_doctor if 'severity="fault"' in rule["expr"]]
    (warnings,) = [rule for rule in of_doctor if rule not in faults]
    assert {rule["labels"]["severity"] for rule in faults} == {"critical"}  # type: ignore[index]
    assert 'severity="warning"' in warnings["expr"]
    assert warnings["labels"]["severity"] == "warning"  # type: ignore[index]


def test_where_no_folder_for_copies_is_set_no_rule_asks_for_one(desk: Desk) -> None:
    """`absent` of a figure that is not given would be an alarm for good."""
    assert desk.visit.state == "planned"
    given = {name for name, _labels in read(asked().text)}
    (rule,) = [one for one in rules() if one["alert"] == "VisitsNoFreshCopy"]
    assert "absent" not in rule["expr"]
    assert not set(re.findall(r"\bvisits_\w+", rule["expr"])) & given


def test_a_rule_speaks_of_figures_that_are_given(desk: Desk, tmp_path: Path) -> None:
    """A name that is misspelt would be a rule that never fires."""
    desk.until_asked()
    (tmp_path / "visits-rehearsal-2024-03-01_021500.zip").touch()
    use(settings().model_copy(update={"copies": Copies(folder=tmp_path)}))
    with writing(settings().database) as session:
        service_notes.note(session, examined_on("may-1"), json.dumps({"record": [0, 0]}))
    given = {name for name, _labels in read(asked().text)}

    named = {name for rule in rules() for name in re.findall(r"\bvisits_\w+", rule["expr"])}

    assert named <= given
    assert len({rule["alert"] for rule in rules()}) == len(rules())
    assert all(rule["annotations"]["summary"] and rule["annotations"]["action"] for rule in rules())  # type: ignore[index]
