"""One office on several machines: its mail server outside, and the people of 2024 at their desks."""

import asyncio
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config.settings import Settings, Smtp, use
from domain.dates import OFFICE_ZONE
from letters.mailbox_file import keep
from rehearsal.play import Play
from tests.deployments.machines import Machine, keys, talking_to_prefect
from tests.live.service import free_ports


class Office:
    """The machines, the mail server outside, and this process as the people at their desks."""

    def __init__(self, folder: Path, url: str, secrets: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.ports = folder, dict(zip(("prefect", "desk", "smtp"), free_ports(3), strict=True))
        self.mail = SlowMail(folder / "people" / "mailbox", self.ports["smtp"])
        self.secrets = secrets or keys()
        (folder / "keys").write_text(self.secrets, encoding="ascii")
        self._url = url
        self.machines: list[Machine] = []
        self.settings = use(
            Settings(
                mode="live", home=folder / "people", database_url=url, secret_file=folder / "keys", _env_file=None,
                prefect_api_url=f"http://127.0.0.1:{self.ports['prefect']}/api",
                smtp=Smtp(host="127.0.0.1", port=self.ports["smtp"], security="none"),
            )  # type: ignore[arg-type]  # a secret as it stands in the environment
        )  # fmt: skip

    @property
    def told(self) -> dict[str, str]:
        """What every machine of the office is told, but for its own home and keys."""
        return {
            "VISITS_DATABASE_URL": self._url, "VISITS_PREFECT_BIND": f"127.0.0.1:{self.ports['prefect']}",
            "VISITS_PREFECT_API_URL": self.settings.prefect_api_url,
            "VISITS_DESK_BIND": f"127.0.0.1:{self.ports['desk']}",
            "VISITS_SMTP__HOST": "127.0.0.1", "VISITS_SMTP__PORT": f"{self.ports['smtp']}",
            "VISITS_SMTP__SECURITY": "none",
        }  # fmt: skip

    def machine(self, part: str, **more: str) -> Machine:
        """Switch on one more machine, called like all the others."""
        environment = {**self.told, "keys": self.secrets, **more}
        one = Machine(self.folder / f"machine-{len(self.machines)}", part, environment)
        self.machines.append(one)
        return one

    def said(self) -> str:
        """What all of them have said."""
        return "\n".join(f"===== {one.part}\n{one.said}" for one in self.machines)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Prefect, the desk and two runners, each on a machine of its own, until this ends."""
        self.mail.start()
        try:
            prefect = self.machine("server")
            desk, *runners = self.machine("desk"), self.machine("runner"), self.machine("runner")
            prefect.until("Prefect: ")
            desk.until("bàn làm việc đã sẵn sàng")
            for runner in runners:
                runner.until("bộ chạy đã sẵn sàng")
            with talking_to_prefect(self.settings):
                yield
        finally:
            for machine in self.machines:
                machine.end()
            self.mail.stop()


class SlowMail(Controller):
    """The office's mail server, which takes its time over one letter when it is told to."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.takes_its_time = folder, False
        self.has_one, self.goes_on = threading.Event(), threading.Event()
        super().__init__(self, hostname="127.0.0.1", port=port, server_hostname="localhost", enable_SMTPUTF8=False)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take the letter, at once or after a while."""
        del server, session
        if self.takes_its_time:
            self.has_one.set()
            await asyncio.to_thread(self.goes_on.wait, 300)
        self.folder.mkdir(parents=True, exist_ok=True)  # a copy is put back into an empty home
        content, now = envelope.original_content or b"", datetime.now(OFFICE_ZONE)
        kept = keep(self.folder, envelope.mail_from or "", tuple(envelope.rcpt_tos), content, now)
        return f"250 OK kept as {kept.name}"


class AtTheirDesks(Play):
    """The people of 2024. Nothing is healed by them: that is for the machines."""

    def play_until(self, enough: Any) -> bool:
        """Let people act and the days pass until that is so; False when the year is over before."""
        while not enough():
            self._show()
            if self._busy():
                time.sleep(0.05)
                continue
            acted, ahead = self._act_now()
            if acted:
                continue
            following = self._next_moment(ahead)
            if following is None:
                return False
            self._jump(following)
        return True

    def play_out(self) -> Mapping[str, object]:
        """Play what is left of the year; what it came to."""
        begun = time.monotonic()
        self.play_until(lambda: False)
        return self._result(time.monotonic() - begun).as_data()
