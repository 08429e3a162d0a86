"""Nothing is open on a network by mistake, and a port that is in use is named."""

import socket

import pytest

from config.settings import Settings, use
from deployments.service.ports import check_open, check_ports
from domain.problem import Refused


def told(home: Settings, **what: object) -> Settings:
    return use(Settings(home=home.folder, _env_file=None, **what))  # type: ignore[arg-type]


@pytest.mark.parametrize("part", ["server", "mailbox"])
def test_beyond_this_machine_only_where_somebody_says_that_the_network_is_the_machines_own(
    home: Settings, part: str
) -> None:
    bind = {f"{'prefect' if part == 'server' else part}_bind": "0.0.0.0:4300"}
    with pytest.raises(Refused, match="mở ra mạng mà không mã hóa → đặt VISITS_PRIVATE_NETWORK=true"):
        check_open(told(home, **bind), (part,))

    check_open(told(home, **bind, private_network=True), (part,))
    check_open(told(home, **bind), ("runner",))  # it does not run here


def test_a_rehearsal_is_never_open(home: Settings) -> None:
    of = told(home, mode="rehearsal", prefect_bind="10.0.0.5:4200", private_network=True)
    with pytest.raises(Refused, match="buổi diễn tập chỉ mở Prefect trên máy này"):
        check_open(of, ("server",))


@pytest.mark.parametrize("bind", ["127.0.0.1:4300", "[::1]:4300", ":4300", "localhost:4300"])
def test_on_this_machine_nothing_need_be_said(home: Settings, bind: str) -> None:
    of = told(home, prefect_bind=bind)
    check_open(of, ("server",))
    assert of.prefect_port == 4300


def test_a_port_that_another_program_has_is_named(home: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        of = told(home, mailbox_bind=f"127.0.0.1:{other.getsockname()[1]}")
        with pytest.raises(Refused, match=r"\(hộp thư\): đang có chương trình khác dùng → đặt VISITS_MAILBOX_PORT"):
            check_ports(of, ("mailbox",))
        check_ports(of, ("runner",))
