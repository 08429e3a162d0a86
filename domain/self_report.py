"""The report of a unit that supervises itself: what it says, and whether it can be taken (R66–R69, D13)."""

from dataclasses import dataclass
from datetime import date

from domain.dates import short_date
from domain.problem import Problem


@dataclass(frozen=True)
class SelfReport:
    """One report as it came. A figure that the unit did not give is None, which is not the same as none at all."""

    received_on: date
    symbol: str = ""  #: `88-BC/HU`, theirs
    dated: date | None = None
    committees: int | None = None  #: party committees attended
    cells: int | None = None  #: cells attended
    thematic_cells: int | None = None  #: … of which at a thematic meeting
    strengths: tuple[str, ...] = ()
    limitations: tuple[str, ...] = ()
    difficulties: tuple[str, ...] = ()


#: What is said of a unit whose year ended without its report: that it is closed would sound as if it had come.
NEVER_REPORTED = "không có báo cáo"


@dataclass(frozen=True)
class Reported:
    """How the report of one unit stands: the newest version, when the first one came, what was said about it."""

    report: SelfReport | None = None
    version: int = 0
    first_on: date | None = None  #: being sent back does not make a report late that was in time
    accepted: bool = False
    returned: str = ""  #: the reason, while the newest version is the one that was sent back

    def late(self, due: date) -> bool:
        """Whether it came after the date, which is inclusive (R67, R87)."""
        return self.first_on is not None and self.first_on > due

    @property
    def counts(self) -> bool:
        """Whether its figures may stand in the annual summary: it has come and was not sent back."""
        return self.report is not None and not self.returned


def check_self_report(report: SelfReport, today: date) -> list[Problem]:
    """What cannot be, and what is missing; what is missing is only a warning, for a person to weigh."""
    problems = []
    if report.received_on > today:
        problems.append(Problem("ngày nhận", f"{short_date(report.received_on)} chưa tới", "ghi ngày đến thật"))
    if report.dated and report.dated > report.received_on:
        problems.append(Problem("ngày văn bản", "sau ngày nhận", "kiểm tra hai ngày"))
    counts = {"đảng ủy": report.committees, "chi bộ": report.cells, "chi bộ chuyên đề": report.thematic_cells}
    for name, count in counts.items():
        if count is None:
            problems.append(Problem(f"số {name}", "chưa ghi", "đề nghị đơn vị bổ sung nếu cần", warning=True))
        elif count < 0:
            problems.append(Problem(f"số {name}", f"{count} không phải số lượng", "ghi số từ 0"))
    if report.thematic_cells is not None and report.cells is not None and report.thematic_cells > report.cells:
        fault = f"{report.thematic_cells} chi bộ chuyên đề trong {report.cells} chi bộ"
        problems.append(Problem("số chi bộ chuyên đề", fault, "số này nằm trong số chi bộ đã dự"))
    return problems
