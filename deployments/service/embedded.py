"""Starts and stops what runs on one machine: server, runner, desk, local mailbox, all together or one alone (§8)."""

import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

import psutil
from sqlalchemy.exc import DBAPIError

from answers.first_accounts import ADMIN, first_admin
from config.private_files import close_to_others
from config.secret import all_given
from config.settings import Settings
from database.engine import reading, writing
from database.growth import LEAST_ROOM
from database.kept_log import KeptLog
from database.record.heads import Occasion
from database.restored import keep_head_of_record, keep_mark, notice
from database.schema import prepare
from deployments.service.code_version import CodeVersion
from deployments.service.environment import prefect_environment, serve_one_version
from deployments.service.family import Family
from deployments.service.home_lock import HomeLock
from deployments.service.leftovers import end_leftovers, marked
from deployments.service.part_log import REGISTERED, PartLog
from deployments.service.parts import Part, State
from deployments.service.ports import answers, check_open, check_ports
from deployments.service.sameness import check_secrets
from deployments.service.watch import ServiceWatch
from domain.problem import Problem, Refused
from letters.mailbox import LocalMailbox
from web.desk.binding import check as check_desk
from web.desk.binding import own_address

_GIVES_UP_AFTER = 5  # failed starts in a row, where somebody waits for the service to be there

#: The program of each kind of runner (`Settings.runner`).
_RUNNERS = {
    "warm": "deployments.warm.runner",
    "process": "deployments.process_runner",
    "pool": "deployments.pool.asker",
}

#: What there is; the first three are watched processes.
PARTS = ("server", "runner", "desk", "mailbox")


def parts_here(of: Settings) -> tuple[str, ...]:
    """What the whole service of this machine is: without what the settings say is on another one."""
    elsewhere = {"server": of.prefect_api_url, "mailbox": of.mailbox_address}
    return tuple(part for part in PARTS if not elsewhere.get(part))


class Service:
    """The whole service as one context: `with Service(settings): …`; leaving it leaves no process behind.

    It is entered when all its parts are ready, or with `wait=False` at once: then `watch` brings them up. `alone`: one
    part of it, and the others run elsewhere or in the same home beside it.
    """

    def __init__(
        self, of: Settings, say: Callable[[str], None] = lambda _line: None, *, afresh: bool = False,
        wait: bool = True, told_to_stop: Callable[[], bool] = lambda: False, alone: str = "",
    ) -> None:  # fmt: skip
        self.settings = of
        self._alone, self._here = alone, (alone,) if alone else parts_here(of)
        self._afresh = afresh and of.mode == "rehearsal"  # a live folder is never wiped
        self._wait, self._told_to_stop = wait, told_to_stop
        self.environment = prefect_environment(of) | marked(of.folder, alone)
        self._say = say
        made = {"server": self._server, "runner": self._runner, "desk": self._desk}
        self._parts = {name: make() for name, make in made.items() if name in self._here}
        self._mailbox: LocalMailbox | None = None
        self._code = CodeVersion(wording=of.templates)
        self._lock = HomeLock(of.folder, alone)
        self._kept = KeptLog(of.database)
        self._family: Family | None = None
        self._watch: ServiceWatch | None = None

    def __enter__(self) -> Self:
        of = self.settings
        self._check()
        self._lock.take()
        try:
            if line := end_leftovers(of.folder, self._alone):
                self._say(line)
            check_ports(of, self._here)
            if self._afresh:
                self._wipe()
            if closed := close_to_others(of.folder):
                self._say(f"đã khóa {closed} tệp, thư mục trước đây người khác trên máy đọc được")
            self._family = Family()
            serve_one_version(of)
            if self._has_database:
                self._open_database()
            if "mailbox" in self._here:
                self._open_mailbox()
            if self._wait:
                self.wait_ready()
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
        if free < LEAST_ROOM:
            raise Refused(Problem(str(folder), f"đĩa chỉ còn {free // 2**20} MB", "dọn đĩa, cần ít nhất 300 MB"))
        if "desk" in self._here:
            check_desk(self.settings)
        check_open(self.settings, self._here)
        list(all_given(self.settings))

    @property
    def _has_database(self) -> bool:
        """Whether what runs here has to do with our database; Prefect's server alone has where there is one already."""
        there = bool(self.settings.database_url) or (self.settings.folder / "visits.db").exists()
        return not {"runner", "desk"}.isdisjoint(self._here) or ("server" in self._here and there)

    def _wipe(self) -> None:
        """Everything but the lock, which is held."""
        for one in self.settings.folder.iterdir():
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one)
            elif one.name != HomeLock.NAME:
                one.unlink()

    def _open_database(self) -> None:
        of = self.settings
        self._kept.begin()
        prepare(of.database)
        self._kept.keep()
        with writing(of.database) as session:
            check_secrets(session, of)
        self._open_house()
        self._keep_head(Occasion.START)
        self._watch = ServiceWatch(of, self._alone, has_server="server" in self._here)
        for problem in self._watch.differences():
            self._say(f"cảnh báo · {problem}")

    def _open_mailbox(self) -> None:
        of = self.settings
        self._mailbox = LocalMailbox(of.mailbox, of.mailbox_host, of.mailbox_port)
        self._mailbox.start()
        self._say("hộp thư tại chỗ đã chạy")

    def _open_house(self) -> None:
        """A copy that was put back is noticed; at the very first start of a live service whoever installs it gets an
        account, its password said once."""
        if said := notice(self.settings):
            self._say(f"{said}: xem xong thì chạy visits restored --by …")
        if self.settings.mode != "live" or "desk" not in self._here:
            return
        with writing(self.settings.database) as session:
            password = first_admin(session)
        if password:
            self._say(f"Tài khoản quản trị đầu tiên của bàn làm việc: {ADMIN}, mật khẩu: {password}")
            self._say("  (chỉ hiện lần này; đăng nhập lần đầu phải đổi; quên thì: visits users password admin)")

    def _keep_head(self, occasion: Occasion) -> None:
        # A full disk and a damaged database are told by others, and keep nobody from ending; the next day has a head.
        with suppress(OSError, DBAPIError), reading(self.settings.database) as session:
            keep_head_of_record(session, self.settings, occasion)

    def _server(self) -> Part:
        command = ["-m", "prefect", "server", "start", "--host", self.settings.prefect_host]
        url = self.settings.own_prefect_url
        return self._part(
            "server", [*command, "--port", str(self.settings.prefect_port)],
            lambda _log: answers(f"{url}/api/health"), f"Prefect: {url}",
        )  # fmt: skip

    def _runner(self) -> Part:
        return self._part(
            "runner", ["-m", _RUNNERS[self.settings.runner]],
            lambda log: log.has(REGISTERED), "bộ chạy đã sẵn sàng",
        )  # fmt: skip

    def _desk(self) -> Part:
        url = f"{own_address(self.settings)}/suc-khoe"
        return self._part("desk", ["-m", "web.serve"], lambda _log: answers(url), "bàn làm việc đã sẵn sàng")

    def _part(self, name: str, arguments: list[str], is_ready: Callable[[PartLog], bool], greeting: str) -> Part:
        return Part(
            name, arguments, is_ready, greeting, PartLog(self.settings.folder / "logs" / f"{name}.log"),
            self.environment, self.settings.restart_pauses, self.settings.start_seconds,
        )  # fmt: skip

    def pid(self, name: str) -> int:
        """The process number of `server`, `runner` or `desk`."""
        process = self._parts[name].process
        assert process, name
        return process.pid

    def is_ready(self, *names: str) -> bool:
        """Whether these parts, or all, do their work."""
        return all(self._parts[name].is_ready for name in names or self._parts)

    def watch(self) -> None:
        """Start again what has died; called every second or so while the service runs. It waits for nothing."""
        assert self._family
        self._kept.look()
        self._family.reap({part.process.pid for part in self._parts.values() if part.process})
        if self._code.has_moved():
            self._say("mã nguồn hoặc cấu hình đã đổi, dịch vụ vẫn chạy bản cũ: Ctrl-C rồi chạy lại để dùng bản mới")
        for part in self._parts.values():
            said = part.look(may_start=part.name != "runner" or self._server_is_there())
            for line in said:
                self._say(line)
            if said and part.name == "server":  # Prefect copies its pages with the rights of its package
                close_to_others(self.settings.folder / "prefect" / "pages")
            if self._watch:
                self._watch.of_part(part.name, part.trouble)
        if self._watch:
            self._watch.look()

    def _server_is_there(self) -> bool:
        """Whether the runner may begin, which it does by writing its deployments into the server."""
        if "server" in self._parts:
            return self.is_ready("server")
        runner = self._parts["runner"]
        return runner.state in (State.STARTING, State.READY) or answers(f"{self.settings.prefect_url}/api/health")

    def wait_ready(self, seconds: float | None = None) -> None:
        """Watch until every part does its work; `Refused` with the real error when one does not come up."""
        deadline = time.monotonic() + (seconds or self.settings.start_seconds)
        while True:
            self.watch()
            if self.is_ready():
                return
            if self._told_to_stop():
                raise Refused(Problem("dịch vụ", "đã dừng theo yêu cầu khi đang khởi động"))
            late = time.monotonic() > deadline
            for part in self._parts.values():
                if part.fruitless >= _GIVES_UP_AFTER or (late and not part.is_ready):
                    fault = part.trouble or f"{part.state.value}: {part.log.error()}"
                    raise Refused(Problem(part.name, fault, f"xem {part.log.path}"))
            time.sleep(0.2)

    def stop(self) -> None:
        """End everything within ten seconds: politely first, then for good, orphans included."""
        watch, self._watch = self._watch, None
        if watch:
            watch.close()
        if self._family:
            self._end(self._family)
            self._family.leave()
            self._family = None
        if watch:
            with suppress(OSError, DBAPIError):
                keep_mark(self.settings)
            self._keep_head(Occasion.STOP)
        self._kept.close()
        if self._mailbox:
            self._mailbox.stop()
            self._mailbox = None
        self._lock.release()

    def _end(self, family: Family) -> None:
        members = family.members()
        for name in ("desk", "runner", "server"):
            process = self._parts[name].process if name in self._parts else None
            if process and process.poll() is None:
                process.send_signal(signal.SIGTERM)
        _gone, alive = psutil.wait_procs(members, timeout=5)
        for left in {*alive, *family.members()}:
            left.kill()
        psutil.wait_procs(alive, timeout=3)
