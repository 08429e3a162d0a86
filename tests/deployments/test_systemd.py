"""The systemd units: systemd itself reads them, finds them tight, and the paths in them are one installation's."""

import configparser
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from config.settings import ROOT

UNITS = ROOT / "deployments" / "systemd"
SERVICES = ("party-visits.service", "party-visits-doctor.service", "party-visits-backup.service")
#: What an office on several machines has in place of the first, or beside it; and each of several offices.
PARTS = ("party-visits-part@server.service", "party-visits-migrate.service", "party-visits-worker@process.service")
OFFICES = ("party-visits-office@bien-hoa.service",)
#: What is laid beside a unit where the database is on a server.
FOR_A_SERVER = ("party-visits-backup.service", "party-visits-doctor.service")


@pytest.fixture
def analyze() -> str:
    """The tool of systemd that reads units without running them."""
    found = shutil.which("systemd-analyze")
    if not found:
        pytest.skip("no systemd-analyze here (Debian: systemd)")
    return found


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units with a program that exists in place of the installed one, which systemd looks for."""
    for unit in UNITS.glob("party-visits*.*"):
        if unit.is_dir():
            continue
        text = re.sub(r"/opt/party-visits/bin/\w+", "/bin/true", unit.read_text(encoding="utf-8"))
        (tmp_path / _instance(unit.name)).write_text(text, encoding="utf-8")
    return tmp_path


def _instance(name: str) -> str:
    """A template by the name of one that would be enabled."""
    begins = name.partition("@")[0] + "@"
    return next((one for one in (*PARTS, *OFFICES) if "@" in name and one.startswith(begins)), name)


@pytest.fixture
def on_a_server(installed: Path) -> Path:
    """The units with what is laid beside them where the database is on a server."""
    for beside in UNITS.glob("*.d"):
        shutil.copytree(beside, installed / beside.name)
    return installed


@pytest.mark.parametrize("units_in", ["installed", "on_a_server"])
def test_systemd_has_nothing_to_say_against_the_units(
    analyze: str, units_in: str, request: pytest.FixtureRequest
) -> None:
    """A setting that is misspelt would be ignored at run time, and nobody would see it."""
    installed: Path = request.getfixturevalue(units_in)
    units = sorted(str(unit) for unit in installed.iterdir() if unit.is_file())
    assert {Path(unit).name for unit in units} >= {*SERVICES, *PARTS, *OFFICES}
    done = subprocess.run([analyze, "verify", *units], capture_output=True, text=True, timeout=60)
    ours = [line for line in done.stderr.splitlines() if "party-visits" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("service", [*SERVICES, *PARTS, *OFFICES])
def test_what_a_service_may_do_beyond_its_work_is_little(analyze: str, installed: Path, service: str) -> None:
    """systemd's own measure: 10 is everything, 0 nothing; below 2 it has only network and its own folder."""
    command = [analyze, "security", "--offline=true", "--threshold=20", str(installed / service)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("service", FOR_A_SERVER)
def test_where_the_database_is_on_a_server_copy_and_doctor_reach_it_and_may_do_nothing_else_more(
    analyze: str, on_a_server: Path, service: str
) -> None:
    """systemd itself puts a unit and what lies beside it together."""
    before, after = (fences(analyze, place / service) for place in (alone(on_a_server, service), on_a_server))
    opened = {name for name, said in after.items() if before[name] != said}
    network = {"PrivateNetwork=", "RestrictAddressFamilies=~AF_(INET|INET6)"}  # the doctor has those already
    assert opened == {"IPAddressDeny="} | (network if "backup" in service else set())


def alone(folder: Path, service: str) -> Path:
    """Another folder, with that unit as it is shipped."""
    place = folder / "alone"
    place.mkdir()
    shutil.copy(folder / service, place)
    return place


def fences(analyze: str, unit: Path) -> dict[str, str]:
    """Each thing that systemd looks at -> how the unit is kept from it, in systemd's words."""
    command = [analyze, "security", "--offline=true", "--json=short", "--threshold=20", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return {one["name"]: one["description"] for one in json.loads(done.stdout)}


@pytest.mark.parametrize(("timer", "in_utc_at"), [("doctor", "00:30:00 UTC"), ("backup", "19:15:00 UTC")])
def test_a_timer_comes_daily_before_visits_open_where_the_office_is(analyze: str, timer: str, in_utc_at: str) -> None:
    """Whatever zone the machine is in; the copy before the doctor."""
    when = _read(f"party-visits-{timer}.timer")["Timer"]["OnCalendar"]
    in_utc = {**os.environ, "TZ": "UTC"}
    done = subprocess.run([analyze, "calendar", when], env=in_utc, capture_output=True, text=True, check=True)
    assert in_utc_at in done.stdout


def test_only_visits_up_is_told_to_stop_and_has_longer_than_it_needs() -> None:
    """It ends its parts itself, within ten seconds; all told at once, they would die before the runs at work."""
    service = _read("party-visits.service")["Service"]
    assert service["KillMode"] == "mixed"
    assert int(service["TimeoutStopSec"]) > 10


@pytest.mark.parametrize("unit", ["party-visits-part@.service", "party-visits-worker@.service"])
def test_a_part_alone_is_fenced_stopped_and_kept_like_the_whole(unit: str) -> None:
    """Whichever of them a machine has, its home and its user are the same."""
    whole, part = (_read(name)["Service"] for name in ("party-visits.service", unit))
    assert {name: part.get(name) for name in whole if name != "ExecStart"} == {
        name: whole[name] for name in whole if name != "ExecStart"
    }
    assert part["ExecStart"].endswith("%i")


def test_a_worker_starts_and_stops_with_the_service_of_its_machine() -> None:
    """It was left running by the documented stop, and by every restore and upgrade after that."""
    worker = _read("party-visits-worker@.service")
    assert worker["Unit"]["PartOf"] == "party-visits.service"
    assert "party-visits.service" in worker["Unit"]["After"].split(), "it has stopped when the stop comes back"
    assert worker["Install"]["WantedBy"].split() == ["multi-user.target", "party-visits.service"]


def test_offices_on_one_machine_share_the_program_and_nothing_else() -> None:
    """User, folder and settings are named after the office; the command for it names the same."""
    office = _read("party-visits-office@.service")["Service"]
    for name in ("User", "Group", "StateDirectory", "WorkingDirectory", "Environment", "EnvironmentFile"):
        assert "%i" in office[name], name
    whole = _read("party-visits.service")["Service"]
    own = {"User", "Group", "StateDirectory", "WorkingDirectory", "Environment", "EnvironmentFile"}
    assert {name: office[name] for name in whole if name not in own} == {
        name: whole[name] for name in whole if name not in own
    }
    command = (UNITS / "visits-of").read_text(encoding="utf-8")
    assert 'folder="/var/lib/party-visits-$office"' in command
    assert 'runuser -u "party-visits-$office" -- env XDG_DATA_HOME="$folder" HOME="$folder"' in command


def test_service_doctor_and_commands_are_one_user_on_one_folder() -> None:
    """A command on another folder would say that nothing is there."""
    service, *others = (_read(name)["Service"] for name in SERVICES)
    same = ("User", "Group", "StateDirectory", "StateDirectoryMode", "WorkingDirectory", "Environment",
            "EnvironmentFile", "UMask")  # fmt: skip
    for other in others:
        assert {name: service[name] for name in same} == {name: other[name] for name in same}
    command = (UNITS / "visits").read_text(encoding="utf-8")
    program = service["ExecStart"].split()[0]
    assert f'runuser -u {service["User"]} -- env {service["Environment"]} {program} "$@"' in command


def test_nobody_else_reads_what_the_service_keeps() -> None:
    """Minutes of meetings, addresses, secrets."""
    service = _read("party-visits.service")["Service"]
    assert (service["StateDirectoryMode"], service["UMask"]) == ("0700", "0077")


def _read(name: str) -> configparser.SectionProxy | configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names of systemd are written large and small
    unit.read(UNITS / name, encoding="utf-8")
    return unit
