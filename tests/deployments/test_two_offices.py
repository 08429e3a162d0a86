"""Two offices on one machine, started by the same commands: nothing of one is seen at the other."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from config.settings import ROOT
from tests.deployments.offices import Office, sign_in

PLAN = ROOT / "config" / "plans" / "2024.yaml"


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Office]]:
    """Both at once, at work; the first has the plan of 2024, the second has none."""
    folder = tmp_path_factory.mktemp("offices")
    first, second = Office("bien-hoa", folder), Office("long-khanh", folder)
    try:
        for office in (first, second):
            office.up()
        for office in (first, second):
            office.until(lambda office=office: "Ctrl-C để dừng." in office.said)
        first.types("plan", "load", str(PLAN), "--yes")
        first.until(lambda: runs_of(first) >= 9)
        yield first, second
    finally:
        for office in (first, second):
            office.stop()


def runs_of(office: Office) -> int:
    """How many visits stand in its Prefect."""
    asked = office.prefect("/flow_runs/count", flows={"name": {"any_": ["monthly-visit"]}})
    return int(asked.raise_for_status().text)


@pytest.mark.prefect
def test_the_plan_of_one_is_in_no_row_no_run_and_no_letter_of_the_other(offices: tuple[Office, Office]) -> None:
    """The database, Prefect and the mailbox are each office's own."""
    first, second = offices
    assert "Nhơn Trạch" in first.types("status", "--year", "2024")
    assert runs_of(second) == 0
    said = second.types("status", "--year", "2024", refused=True) + second.types("letters", "list", refused=True)
    assert said
    assert "Nhơn Trạch" not in said
    for file in second.home.rglob("*"):
        if file.is_file() and file.suffix in (".db", ".eml", ".db-wal"):
            assert "Nhơn Trạch".encode() not in file.read_bytes(), file


@pytest.mark.prefect
def test_every_open_file_and_port_belongs_to_one_of_them(offices: tuple[Office, Office]) -> None:
    """Of no process of one anything lies in the home of the other, and all listen on this machine alone."""
    for own, other in (offices, offices[::-1]):
        listening = set()
        for process in own.processes():
            assert not [one.path for one in process.open_files() if Path(one.path).is_relative_to(other.home)]
            heard = [one.laddr for one in process.net_connections("inet") if one.status == psutil.CONN_LISTEN]
            listening |= {(one.ip, one.port) for one in heard}
        assert listening == {("127.0.0.1", port) for port in own.ports.values()}


@pytest.mark.prefect
def test_the_string_of_one_opens_no_prefect_of_the_other(offices: tuple[Office, Office]) -> None:
    """Each has made secrets of its own."""
    first, second = offices
    for office in offices:
        assert httpx.get(f"{office.desk}/dang-nhap", timeout=60).status_code == 200
    names = ("desk", "prefect", "record")  # `links` is made with the first link
    assert not {first.secret(name) for name in names} & {second.secret(name) for name in names}
    assert second.prefect("/flow_runs/count").status_code == 200
    assert second.prefect("/flow_runs/count", of=first).status_code == 401


@pytest.mark.prefect
def test_one_browser_is_signed_in_at_both_and_out_of_one_alone(offices: tuple[Office, Office]) -> None:
    """Browsers send the cookies of a host to every port of it: neither desk may take the other's for its own."""
    first, second = offices
    with httpx.Client(timeout=60) as browser:
        for office in offices:
            assert sign_in(office, browser).status_code == 303
        names = sorted(cookie.name for cookie in browser.cookies.jar if "session" in cookie.name)
        assert len(names) == len(set(names)) == 2
        for office in offices:
            assert browser.get(f"{office.desk}/dang-nhap").status_code == 303, "signed in, so led on"
        token = {cookie.name: cookie.value for cookie in browser.cookies.jar}
    with httpx.Client(timeout=60) as stranger:
        only = next(name for name in names if name in dict(signed_at(first, token)))
        swapped = next(name for name in names if name != only)
        stranger.cookies.set(swapped, token[only], domain="127.0.0.1", path="/")
        assert stranger.get(f"{second.desk}/quan-tri").headers["location"].startswith("/dang-nhap")


def signed_at(office: Office, cookies: dict[str, str]) -> list[tuple[str, str]]:
    """Which of these cookies alone opens that desk."""
    opening = []
    for name, value in cookies.items():
        answer = httpx.get(f"{office.desk}/dang-nhap", cookies={name: value}, timeout=60)
        if answer.status_code == 303:
            opening.append((name, value))
    return opening


@pytest.mark.prefect
def test_one_ends_and_the_other_goes_on(offices: tuple[Office, Office]) -> None:
    """What a start or an end clears away is of its own home alone."""
    first, second = offices
    before = {process.pid for process in first.processes()}
    second.stop()
    second.up()
    second.until(lambda: "Ctrl-C để dừng." in second.said)
    assert before <= {process.pid for process in first.processes()}
    assert httpx.get(f"{first.desk}/suc-khoe", timeout=60).status_code == 200
