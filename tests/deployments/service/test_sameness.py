"""A machine with other secrets is refused, and what else differs between machines is named."""

from pathlib import Path

import pytest

from config.secret import secret
from config.settings import Settings, settings, use
from database import leases
from database.engine import reading, writing
from database.health import machines
from database.schema import prepare
from deployments.service.sameness import check_secrets, forget_secrets, used
from domain.problem import Refused
from tasks.worker import keep_lease, process


@pytest.fixture
def live(home: Settings) -> Settings:
    """A home of the live service with an empty database."""
    prepare(home.database)
    return use(home.model_copy(update={"mode": "live"}))


def look(of: Settings) -> None:
    with writing(of.database) as session:
        check_secrets(session, of)


def other_keys(of: Settings, tmp_path: Path) -> Settings:
    file = tmp_path / "keys"
    file.write_text(f"links={'x' * 30}\n", encoding="ascii")
    return of.model_copy(update={"secret_file": file})


def is_of_one_machine(of: Settings) -> bool:
    return of.database.startswith("sqlite")


def test_another_secret_is_refused_until_all_have_stopped_and_somebody_says_that_it_is_new(
    live: Settings, tmp_path: Path
) -> None:
    look(live)
    look(live)
    other = other_keys(live, tmp_path)
    if is_of_one_machine(live):
        look(other)  # a file has one machine, which may lose its secrets and go on
        return
    with pytest.raises(Refused, match=r"khóa “links” của máy này khác khóa mà máy .* đã dùng"):
        look(other)
    keep_lease("up")
    with writing(live.database) as session, pytest.raises(Refused, match="dừng mọi máy trước"):
        forget_secrets(session)
    with writing(live.database) as session:
        leases.end(session, process().id)
        forget_secrets(session)
    look(other)


def test_what_is_kept_of_a_secret_does_not_say_it(live: Settings) -> None:
    look(live)
    with reading(live.database) as session:
        from database import service_notes

        kept = " ".join(row.text for row in service_notes.read(session).values())
    assert secret("links", live) not in kept


def test_machines_with_another_wording_or_another_mail_server_are_named(live: Settings, tmp_path: Path) -> None:
    wording = tmp_path / "wording" / "nomination_request"
    wording.mkdir(parents=True)
    (wording / "subject.txt").write_text("Kính gửi", encoding="utf-8")
    other = live.model_copy(update={"templates": wording.parent, "wake_hour": 9})
    assert told(live, {"a": live, "b": live}) == []

    said = told(live, {"a": live, "b": live, "c": other})

    assert said == [
        "các máy: mẫu lời thư không giống nhau: a, b ≠ c → đặt như nhau trên mọi máy rồi khởi động lại từng máy",
        "các máy: cấu hình không giống nhau: a, b ≠ c → đặt như nhau trên mọi máy rồi khởi động lại từng máy",
    ]


def told(of: Settings, hosts: dict[str, Settings]) -> list[str]:
    """What is said when machines of these names are at work with these settings."""
    own = vars(process("runner"))
    with writing(of.database) as session:
        for number, (host, its) in enumerate(hosts.items()):
            one = leases.Process(**{**own, "id": f"worker-{number}", "host": host})
            leases.grant(session, one, settings().lease_seconds, used(its))
    with reading(of.database) as session:
        return [f"{problem}" for problem in machines(session)]
