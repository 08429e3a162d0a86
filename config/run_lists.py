"""The lists of runs in Prefect's pages that staff look at: by which tags and states, at which address (0016)."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from domain.role import Role, role_called

#: The tags of a run that is open, of one made ahead of the day on which it opens, of one a person must start again.
OPEN, AHEAD, STOPPED = "đang mở", "chưa mở", "bị dừng"
#: Prefect's pages begin with the last seven days; a run that waits has begun months ago.
SECONDS = 2 * 366 * 24 * 3600


def waiting_tag(role: str) -> str:
    """`chờ: lãnh đạo Ban`: the tag of a parked run, by whom it waits for (`domain.outcome.Waiting`)."""
    return f"chờ: {role_called(role)}"


@dataclass(frozen=True)
class RunList:
    """One list: runs that carry all the tags. Not by state: those of parked runs have names of ours."""

    name: str
    tags: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where Prefect's pages show it."""
        chosen = [("tag", tag) for tag in self.tags]
        return f"/runs?{urlencode([*chosen, ('type', 'span'), ('seconds', -SECONDS)], quote_via=quote)}"


OPEN_RUNS = RunList("Đang mở", (OPEN,))
STOPPED_RUNS = RunList("Bị lỗi, bị dừng", (STOPPED,))
#: In the order in which they are offered: under "saved filters" of Prefect's list of runs, and at the desk.
LISTS = (
    OPEN_RUNS,
    RunList("Chờ lãnh đạo", (waiting_tag(Role.LEADER),)),
    RunList("Chờ cán bộ", (waiting_tag(Role.OFFICER),)),
    RunList("Chờ văn thư", (waiting_tag(Role.CLERK),)),
    RunList("Chờ Tổ công tác", (waiting_tag(Role.INSPECTOR),)),
    RunList("Chờ đơn vị", (waiting_tag("host"),)),
    RunList("Chờ đến ngày", (waiting_tag("date"),)),
    RunList("Chờ máy chủ thư", (waiting_tag("mail_server"),)),
    RunList("Chưa mở", (AHEAD,)),
    STOPPED_RUNS,
)
