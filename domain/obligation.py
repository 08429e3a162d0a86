"""What the service follows with a run of its own, and how people call it (R40–R48, R66–R69, R74, R77–R82, D11)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.dates import month_and_year
from domain.problem import Problem, Refused
from domain.step import RunStep, Step


class Kind(StrEnum):
    """The kinds of obligations; each has its own steps and its own flow."""

    VISIT = "visit"  #: one host in one month (R40–R48)
    SELF_REPORT = "self_report"  #: the report of a unit that supervises itself (R66–R69)
    PLAN = "plan"  #: the plan goes out to its recipients (R77–R82)
    SUMMARY = "summary"  #: the report of the year to the leadership (R68, R74)
    FOLLOW_UP = "follow_up"  #: what became of a visit's recommendations (D11)


class SelfReportStep(RunStep):
    """The steps of a unit's report."""

    REQUEST_REPORT = 1, "Đề nghị báo cáo"
    RECEIVE_REPORT = 2, "Nhận báo cáo"
    REVIEW_REPORT = 3, "Xem xét báo cáo"


class PlanStep(RunStep):
    """The steps by which the plan becomes known."""

    ISSUE_PLAN = 1, "Phát hành kế hoạch"
    SEND_PLAN = 2, "Gửi kế hoạch"


class SummaryStep(RunStep):
    """The steps of the annual summary."""

    GATHER = 1, "Tổng hợp số liệu"
    ISSUE = 2, "Duyệt, phát hành báo cáo"


class FollowUpStep(RunStep):
    """The one step of a follow-up."""

    WAIT_FOR_REMEDIES = 1, "Theo dõi kiến nghị"


STEPS: dict[Kind, type[RunStep]] = {
    Kind.VISIT: Step,
    Kind.SELF_REPORT: SelfReportStep,
    Kind.PLAN: PlanStep,
    Kind.SUMMARY: SummaryStep,
    Kind.FOLLOW_UP: FollowUpStep,
}

PLAN_WORD, SUMMARY_WORD, FOLLOW_UP_WORD = "ke-hoach", "tong-hop", "kien-nghi"


@dataclass(frozen=True)
class Obligation:
    """One of them, as a key: month is 0 and unit empty where there is none."""

    kind: Kind
    year: int
    month: int = 0
    unit: str = ""

    @property
    def key(self) -> str:
        """`2024-02/nhon_trach`, `2024/long_thanh`, `2024/ke-hoach`, `2024/tong-hop`, `2024-02/nhon_trach/kien-nghi`."""
        visit = f"{self.year}-{self.month:02d}/{self.unit}"
        return {
            Kind.VISIT: visit,
            Kind.SELF_REPORT: f"{self.year}/{self.unit}",
            Kind.PLAN: f"{self.year}/{PLAN_WORD}",
            Kind.SUMMARY: f"{self.year}/{SUMMARY_WORD}",
            Kind.FOLLOW_UP: f"{visit}/{FOLLOW_UP_WORD}",
        }[self.kind]

    def named(self, unit_name: str) -> str:
        """How its run is called: `2024-02 · Nhơn Trạch`, `2024 · Long Thành · báo cáo`."""
        when = f"{self.year}-{self.month:02d}" if self.month else f"{self.year}"
        what = {
            Kind.SELF_REPORT: "báo cáo", Kind.PLAN: "kế hoạch", Kind.SUMMARY: "tổng hợp",
            Kind.FOLLOW_UP: "kiến nghị",
        }.get(self.kind, "")  # fmt: skip
        return " · ".join(part for part in (when, unit_name, what) if part)

    def about(self, unit_name: str) -> str:
        """The same as the beginning of a sentence: `Đợt dự, giám sát sinh hoạt Đảng tháng 02/2024 tại …`."""
        when = month_and_year(self.year, self.month)
        return {
            Kind.VISIT: f"Đợt dự, giám sát sinh hoạt Đảng tháng {when} tại {unit_name}",
            Kind.SELF_REPORT: f"Báo cáo tự dự, giám sát sinh hoạt năm {self.year} của {unit_name}",
            Kind.PLAN: f"Kế hoạch dự, giám sát sinh hoạt năm {self.year}",
            Kind.SUMMARY: f"Báo cáo tổng hợp kết quả dự, giám sát sinh hoạt năm {self.year}",
            Kind.FOLLOW_UP: f"Việc thực hiện kiến nghị sau đợt dự, giám sát tháng {when} tại {unit_name}",
        }[self.kind]


def parse_reference(reference: str) -> Obligation:
    """What people mean by a key; the unit is empty where they call a visit by its month alone.

    Raises `Refused` when it is no key at all.
    """
    text = reference.strip()
    if found := re.fullmatch(rf"(\d{{4}})-(\d{{1,2}})(?:/(\w+)(/{FOLLOW_UP_WORD})?)?", text):
        kind = Kind.FOLLOW_UP if found[4] else Kind.VISIT
        return Obligation(kind, int(found[1]), int(found[2]), found[3] or "")
    if found := re.fullmatch(rf"(\d{{4}})/({PLAN_WORD}|{SUMMARY_WORD})", text):
        return Obligation(Kind.PLAN if found[2] == PLAN_WORD else Kind.SUMMARY, int(found[1]))
    if found := re.fullmatch(r"(\d{4})/([^\W\d]\w*)", text):
        return Obligation(Kind.SELF_REPORT, int(found[1]), 0, found[2])
    raise Refused(Problem(reference, "không đúng cách gọi một đợt hay một việc", "ghi như 2024-02/nhon_trach"))
