"""Says by its exit code whether a part of the service answers on this machine: `python -m deployments.alive [PART]`.

For containers and whoever watches from outside. Without a part it is the desk, which asks the database as well.
"""

import socket
import sys

import httpx

from config.listening import called_here
from config.settings import Settings, settings
from web.desk.binding import own_address

_PATIENCE = 10.0


def trouble(of: Settings, part: str = "desk") -> str:
    """Why that part does not answer; empty when it does."""
    match part:
        case "desk":
            return _asked(f"{own_address(of)}/suc-khoe", "bàn làm việc")
        case "server":
            return _asked(f"{of.own_prefect_url}/api/ready", "máy chủ Prefect")
        case "mailbox":
            return _greeted((called_here(of.mailbox_host).strip("[]"), of.mailbox_port))
        case "runner":
            return _runs(of) if of.runner == "process" else _called()
    return f"không có phần “{part}”: desk, server, runner, mailbox"


def _asked(url: str, name: str) -> str:
    try:
        # The certificate is for the name outside; here one only asks whether it answers.
        httpx.get(url, timeout=_PATIENCE, verify=False).raise_for_status()
    except httpx.HTTPError as error:
        return f"{name} không trả lời: {error}"
    return ""


def _called() -> str:
    from flows.engine.wake_pipe import ring  # half a second of CPU, which the other parts are asked without

    return "" if ring() else "không có bộ chạy nào của thư mục này đang nghe"


def _runs(of: Settings) -> str:
    """Prefect's own runner listens at no pipe: the lease that it renews tells, on this machine (0046)."""
    from database import leases
    from database.engine import reading
    from tasks.worker import RUNNER, is_alive, machine

    with reading(of.database) as session:
        for row in leases.running(session):
            # Whoever watches a runner that runs alone has the same part, and says what its machine uses.
            if (row.part, row.machine, row.uses) == (RUNNER, machine(), None) and is_alive(session, row.id):
                return ""
    return "không có bộ chạy nào của máy này đang chạy"


def _greeted(at: tuple[str, int]) -> str:
    try:
        with socket.create_connection(at, timeout=_PATIENCE) as line:
            greeting = line.recv(3)
    except OSError as error:
        return f"hộp thư tại chỗ không trả lời: {error}"
    return "" if greeting == b"220" else "hộp thư tại chỗ không chào"


def main() -> None:
    """Exit 0 when it does, 1 with the reason when it does not."""
    if why := trouble(settings(), *sys.argv[1:2]):
        print(why, file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    main()
