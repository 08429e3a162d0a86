"""Starts and stops everything on one machine together: server, runner, desk, local mailbox (design §8)."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
import psutil

from answers.first_accounts import ADMIN, first_admin
from config.settings import ROOT, Settings
from database.engine import writing
from database.schema import prepare
from deployments.code_version import CodeVersion
from deployments.environment import prefect_auth, prefect_environment, serve_one_version
from domain.problem import Problem, Refused
from letters.mailbox import LocalMailbox
from web.binding import check as check_desk
from web.binding import own_address

_ROOM = 300 * 1024 * 1024  # bytes; a year with its Prefect history needs about a third of it
_DEPLOYMENTS = ("monthly-visit/chuyen-thang", "open-due-visits/dau-thang", "tend-visits/trong-nom")


class Service:
    """The whole service as one context: `with Service(settings): …`; leaving it leaves no process behind."""

    def __init__(self, of: Settings, say: Callable[[str], None] = lambda _line: None, *, afresh: bool = False) -> None:
        self.settings = of
        self._afresh = afresh and of.mode == "rehearsal"  # a live folder is never wiped
        self.environment = prefect_environment(of)
        self._say = say
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._mailbox: LocalMailbox | None = None
        self._code = CodeVersion(wording=of.templates)
        self._strangers: set[int] = set()  # children of this process that have nothing to do with the service

    def __enter__(self) -> Self:
        self._check()
        if self._afresh:
            shutil.rmtree(self.settings.folder)
            self.settings.folder.mkdir(parents=True)
        self._strangers = {child.pid for child in psutil.Process().children()}
        _adopt_orphans()
        prepare(self.settings.database)
        self._open_house()
        try:
            self._mailbox = LocalMailbox(self.settings.mailbox, port=self.settings.mailbox_port)
            self._mailbox.start()
            self._say("hộp thư tại chỗ đã chạy")
            self._start_server()
            self.start_runner()
            self._start_desk()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()

    def _check(self) -> None:
        """Refuse in one line what would otherwise fail somewhere in the middle."""
        folder = self.settings.folder
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
        if free < _ROOM:
            raise Refused(Problem(str(folder), f"đĩa chỉ còn {free // 2**20} MB", "dọn đĩa, cần ít nhất 300 MB"))
        check_desk(self.settings)
        ports = (
            ("Prefect", self.settings.prefect_port, "VISITS_PREFECT_PORT"),
            ("hộp thư", self.settings.mailbox_port, "VISITS_MAILBOX_PORT"),
            ("bàn làm việc", self.settings.desk_port, "VISITS_DESK_PORT"),
        )
        for name, port, variable in ports:
            if _in_use(port):
                raise Refused(Problem(f"cổng {port} ({name})", "đang có chương trình khác dùng", f"đặt {variable}=…"))

    def _open_house(self) -> None:
        """At the very first start of a live service: an account for whoever installs it, its password said once."""
        if self.settings.mode != "live":
            return
        with writing(self.settings.database) as session:
            password = first_admin(session)
        if password:
            self._say(f"Tài khoản quản trị đầu tiên của bàn làm việc: {ADMIN}, mật khẩu: {password}")
            self._say("  (chỉ hiện lần này; đăng nhập lần đầu phải đổi; quên thì: visits users password admin)")

    def _start_server(self) -> None:
        serve_one_version(self.settings)
        port = str(self.settings.prefect_port)
        command = ["-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", port]
        self._start("server", command)
        self._wait(lambda: httpx.get(f"{self.settings.prefect_url}/api/health", timeout=2).is_success, "server")
        self._say(f"Prefect: {self.settings.prefect_url}")

    def start_runner(self) -> None:
        """Start the process that runs visits, and wait until its deployments are there."""
        self._start("runner", ["-m", f"deployments.{self.settings.runner}_runner"])
        self._wait(self._deployments_are_there, "runner")
        self._say("bộ chạy chuyến đã sẵn sàng")

    def _deployments_are_there(self) -> bool:
        base = f"{self.settings.prefect_url}/api/deployments/name"
        auth = prefect_auth(self.settings)
        return all(httpx.get(f"{base}/{name}", timeout=5, auth=auth).is_success for name in _DEPLOYMENTS)

    def _start_desk(self) -> None:
        """Start the desk and wait until it answers."""
        self._start("desk", ["-m", "web.serve"])
        url = f"{own_address(self.settings)}/suc-khoe"
        # The certificate is for the name outside; here one only asks whether our own process answers.
        self._wait(lambda: httpx.get(url, timeout=2, verify=False).is_success, "desk")
        self._say("bàn làm việc đã sẵn sàng")

    def _start(self, name: str, arguments: list[str]) -> None:
        log = self.settings.folder / "logs" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self._processes[name] = subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip

    def _wait(self, ready: Callable[[], bool], name: str, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._processes[name].poll() is not None:
                break
            try:
                if ready():
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        log = self.settings.folder / "logs" / f"{name}.log"
        raise Refused(Problem(name, "không khởi động được", f"xem {log}: {_last_line(log)}"))

    def pid(self, name: str) -> int:
        """The process number of `server`, `runner` or `desk`."""
        return self._processes[name].pid

    def watch(self) -> None:
        """Start again what has died; called every second or so while the service runs."""
        self._reap_adopted()
        if self._code.has_moved():
            self._say("mã nguồn hoặc cấu hình đã đổi, dịch vụ vẫn chạy bản cũ: Ctrl-C rồi chạy lại để dùng bản mới")
        starters = {"server": self._start_server, "runner": self.start_runner, "desk": self._start_desk}
        for name, start in starters.items():
            if self._processes[name].poll() is not None:
                self._say(f"{name} đã dừng, khởi động lại")
                start()

    def _reap_adopted(self) -> None:
        """Forks of a runner that was killed have become our children; when they end, nobody else takes note."""
        own = {process.pid for process in self._processes.values()} | self._strangers
        for child in psutil.Process().children():
            with suppress(psutil.NoSuchProcess, ChildProcessError):
                if child.pid not in own and child.status() == psutil.STATUS_ZOMBIE:
                    os.waitpid(child.pid, os.WNOHANG)

    def _family(self) -> list[psutil.Process]:
        """Every process of the service, those of a runner that was killed included: they have become ours."""
        members = [child for child in psutil.Process().children() if child.pid not in self._strangers]
        for child in list(members):
            with suppress(psutil.NoSuchProcess):
                members += child.children(recursive=True)
        return members

    def stop(self) -> None:
        """End everything within ten seconds: politely first, then for good, orphans included."""
        family = self._family()
        for name in ("desk", "runner", "server"):
            process = self._processes.get(name)
            if process and process.poll() is None:
                process.send_signal(signal.SIGTERM)
        _gone, alive = psutil.wait_procs(family, timeout=5)
        for left in {*alive, *self._family()}:
            left.kill()
        psutil.wait_procs(alive, timeout=3)
        if self._mailbox:
            self._mailbox.stop()
            self._mailbox = None


def _in_use(port: int) -> bool:
    with socket.socket() as probe:
        # Without it a port that was in use a moment ago counts as in use for a minute.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _adopt_orphans() -> None:
    """On Linux, children of a runner that was killed become ours, so that stopping finds them."""
    if sys.platform == "linux":
        set_child_subreaper = 36
        ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if log.exists() else []
    return lines[-1] if lines else "(trống)"
