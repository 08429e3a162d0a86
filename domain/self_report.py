"""The report of a unit that supervises itself: what it says, and whether it can be taken (R66–R69, D13)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.dates import short_date
from domain.plan import ChecklistItem
from domain.problem import Problem

#: Where a problem stands that is of the checklist as a whole.
BY_ITEM = "kết quả theo nội dung giám sát"


@dataclass(frozen=True)
class ReportedItem:
    """How a unit found one item of the checklist in the party organisations that it attended, counted (D13)."""

    item: str  #: `R20`
    met: int = 0
    partly_met: int = 0
    not_met: int = 0
    remark: str = ""

    @property
    def lacking(self) -> int:
        """In how many something was lacking."""
        return self.partly_met + self.not_met

    @property
    def considered(self) -> int:
        """In how many it was looked at."""
        return self.met + self.lacking


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
    items: tuple[ReportedItem, ...] = ()  #: of the checklist; what the unit said nothing of is not among them

    def of_item(self, item: str) -> ReportedItem | None:
        """What it says of that item."""
        return next((one for one in self.items if one.item == item), None)


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


def check_self_report(report: SelfReport, today: date, checklist: Sequence[ChecklistItem] = ()) -> list[Problem]:
    """What cannot be, and what is missing; what is missing is only a warning, for a person to weigh.

    `checklist` is the plan's, by which the unit reports item by item.
    """
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
    return [*problems, *_check_items(report, checklist)]


def _check_items(report: SelfReport, checklist: Sequence[ChecklistItem]) -> Iterator[Problem]:
    codes = {item.id: item.code for item in checklist}
    attended = None if None in (report.committees, report.cells) else (report.committees or 0) + (report.cells or 0)
    for one in report.items:
        if one.item not in codes:
            yield Problem(one.item, "không có trong danh mục giám sát", "xóa dòng này")
        elif attended is not None and one.considered > attended:
            fault = f"{one.considered} tổ chức đảng trong {attended} đã dự, giám sát"
            yield Problem(codes[one.item], fault, "kiểm tra các số", warning=True)
        elif one.lacking and not one.remark:
            fault = f"{one.lacking:02d} tổ chức đảng chưa đạt hoặc đạt một phần, chưa có nhận xét"
            yield Problem(codes[one.item], fault, "đề nghị đơn vị ghi rõ thiếu gì", warning=True)
    missing = [item.code for item in checklist if report.of_item(item.id) is None]
    if missing:
        said = "chưa ghi" if len(missing) == len(checklist) else f"chưa ghi mục {', '.join(missing)}"
        yield Problem(BY_ITEM, said, "đề nghị đơn vị bổ sung nếu cần", warning=True)
