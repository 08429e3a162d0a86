"""With VISITS_LOG_FORMAT=json the logs of a rehearsal can be collected: line by line, with visit and run, no secret."""

import json
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from prefect.client.schemas.objects import StateType

from config.settings import use
from deployments.service.embedded import Service
from domain.plan import Contacts, Plan
from tests.deployments.conftest import service_with
from tests.deployments.running import Running

MAY = "2024-05/bien_hoa"


@pytest.fixture(scope="module")
def json_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with service_with("warm", tmp_path_factory.mktemp("json"), log_format="json", step_seconds=45) as service:
        yield service


@pytest.fixture
def office(json_service: Service, shipped: tuple[Plan, Contacts]) -> Running:
    use(json_service.settings)
    running = Running(json_service, json_service.settings.folder.parent / "wording", *shipped)
    running.begin()
    return running


def lines(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((folder / "logs").glob("*.log")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield path.name, line


def test_a_visit_that_fails_and_goes_on_is_told_in_lines_of_json(office: Running) -> None:
    folder = office.service.settings.folder
    office.break_wording("nomination_request", "Biên Hòa", "{{ khong_co.gi_ca }}")
    office.open(MAY)
    office.wait(lambda: office.state(MAY).type is StateType.FAILED)
    office.mend_wording("nomination_request")
    office.press(MAY, "Retry")
    office.wait(lambda: office.parked(MAY))

    told = [json.loads(line) for _name, line in lines(folder) if line.startswith("{")]

    of_visit = [line for line in told if line.get("visit") == office.row(MAY).id]
    assert of_visit
    assert {line["run"] for line in of_visit} == {office.row(MAY).flow_run_id}
    assert any("Traceback" in line.get("exc_info", "") for line in told)
    assert set.intersection(*(set(line) for line in told)) == {"time", "level", "logger", "message"}
    assert_nothing_else_is_logged(folder)
    assert_no_secret(folder)


def assert_nothing_else_is_logged(folder: Path) -> None:
    """What is not JSON was not logged: a server says where it listens, parts tell `visits up` what they want said."""
    others = [line for _name, line in lines(folder) if not line.startswith("{")]
    assert not [line for line in others if re.match(r"\d\d:\d\d:\d\d|INFO|WARNING|ERROR|Traceback| +File ", line)], (
        others
    )


def assert_no_secret(folder: Path) -> None:
    secrets = [path.read_text(encoding="utf-8").strip() for path in (folder / "secrets").iterdir()]
    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in (folder / "mailbox").glob("*.eml")]
    texts = [
        part.get_content() for letter in letters for part in letter.walk() if part.get_content_type() == "text/plain"
    ]
    links = [token for text in texts for token in re.findall(r"/tra-loi/([\w.-]+)", text)]
    logged = "\n".join(line for _name, line in lines(folder))
    assert secrets
    assert links
    assert not [one for one in [*secrets, *links] if one in logged]
