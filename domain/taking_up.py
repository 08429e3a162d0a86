"""What a plan asks for that lies behind already when the service takes it up: what is asked, what may be answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.choice import check_choice
from domain.dates import last_day_of, month_and_year, short_date
from domain.deadline import nomination_deadline
from domain.nomination import Nominations, check_nominations
from domain.obligation import Kind, Obligation, SelfReportStep
from domain.plan import Plan
from domain.problem import Problem
from domain.step import Step
from domain.working_days import WorkingCalendar


class Way(StrEnum):
    """What a person answers."""

    DONE = "done"  #: done on paper, with its documents as far as they are known
    GO_ON = "from_step"  #: the steps before that one were done on paper
    OPEN = "open"  #: begin now as if its day were today
    LEAVE_OUT = "leave_out"  #: it is not done, for a reason


@dataclass(frozen=True)
class Issued:
    """Number and day of a document that left the office on paper."""

    number: int
    on: date


@dataclass(frozen=True)
class Attended:
    """One party organisation that was attended on paper, as far as anybody knows."""

    organisation: str
    day: date | None = None
    thematic: bool = False

    @property
    def is_thematic_cell(self) -> bool:
        """Whether it counts for R51; who says so has seen that it was a cell."""
        return self.thematic


@dataclass(frozen=True)
class TakenUp:
    """One answer whole; what belongs to another way than its own stays empty."""

    way: Way
    step: int = 0  #: of `GO_ON`: the first step that the service does itself
    requested_on: date | None = None  #: the request went to the host
    chosen_on: date | None = None
    notice: Issued | None = None  #: the notice of the chosen meetings (D4)
    result: Issued | None = None  #: the result notice of a visit (D10), the report of a summary (D14)
    received_on: date | None = None  #: a unit's own report came (D13)
    attended: tuple[Attended, ...] = ()
    nominations: Nominations | None = None  #: the host's list, with the day it came
    chosen: tuple[int, ...] = ()  #: numbers in that list
    override: str = ""  #: why there is no thematic cell among them
    reason: str = ""  #: of `LEAVE_OUT`


#: The last step from which a run can go on: the one after it needs what this one takes.
LAST_START = {Kind.VISIT: Step.COLLECT_FINDINGS.value, Kind.SELF_REPORT: SelfReportStep.RECEIVE_REPORT.value}


def why_ask(one: Obligation, plan: Plan, opens_on: date, today: date, grace: int, calendar: WorkingCalendar) -> str:
    """Why it must not begin without a person's word, as part of a sentence; empty when it may begin by itself.

    A service that was off over the day makes up for it within `grace` days, as long as the host can still keep the
    30-day rule with a meeting in its month (R62, R85, A5). A report is useful until its date is over (R67).
    """
    if today <= opens_on or one.kind is Kind.FOLLOW_UP:
        return ""
    if one.kind is Kind.VISIT:
        return _why_ask_visit(one, plan, opens_on, today, grace, calendar)
    if one.kind is Kind.SELF_REPORT:
        due = plan.self_supervising.due
        return f"hạn báo cáo {short_date(due)} đã qua" if today > due else ""
    if today - opens_on <= timedelta(days=grace):
        return ""
    if one.kind is Kind.PLAN:
        return f"kế hoạch đã ký từ ngày {short_date(plan.issued)}"
    return f"kỳ tổng hợp năm {one.year} đã đến từ ngày {short_date(opens_on)}"


def _why_ask_visit(
    one: Obligation, plan: Plan, opens_on: date, today: date, grace: int, calendar: WorkingCalendar
) -> str:
    first, last = date(one.year, one.month, 1), last_day_of(one.year, one.month)
    month = month_and_year(one.year, one.month)
    if today > last:
        return f"tháng {month} đã qua"
    if opens_on < first <= today:
        return f"đang trong tháng {month}"
    if today - opens_on > timedelta(days=grace):
        return f"đã quá ngày gửi đề nghị {short_date(opens_on)}"
    latest = nomination_deadline(last, plan.rules, calendar).last_day
    # A plan signed too late, or one that asks too late, leaves no time from the first day on; that is its own matter.
    if opens_on <= latest < today:
        return f"không còn đủ thời hạn báo trước cho tháng {month}"
    return ""


def check_taken_up(taken: TakenUp, one: Obligation, plan: Plan, today: date) -> list[Problem]:
    """Everything for which an answer cannot be taken; warnings among it do not stop it."""
    return [*_check_way(taken, one, today), *_check_days(taken, plan, today), *_check_content(taken, one, plan)]


def _check_way(taken: TakenUp, one: Obligation, today: date) -> Iterator[Problem]:
    if one.kind is Kind.FOLLOW_UP:
        yield Problem(one.key, "việc theo dõi kiến nghị không phải tiếp nhận", "xem: visits remedies list")
    if taken.way is Way.LEAVE_OUT and not taken.reason:
        yield Problem("--reason", "bỏ ra khỏi năm cần lý do", 'thêm --reason "…"; lý do được nêu trong báo cáo năm')
    if taken.way is Way.DONE and one.kind is Kind.VISIT and today < date(one.year, one.month, 1):
        fault = f"tháng {month_and_year(one.year, one.month)} chưa tới nên chưa thể làm xong"
        yield Problem("--done", fault, "dùng --from-step nếu đã làm một phần")
    if taken.way is not Way.GO_ON:
        return
    last = LAST_START.get(one.kind, 0)
    if not last:
        yield Problem("--from-step", "việc này không tiếp nhận dở dang được", "dùng --done, --open hoặc --leave-out")
    elif not 2 <= taken.step <= last:
        remedy = f"ghi số từ 2 đến {last}"
        if one.kind is Kind.VISIT:
            remedy += "; đã dự rồi thì --from-step 5 và nhập kết quả, hoặc --done"
        yield Problem("--from-step", f"không tiếp nhận từ bước {taken.step} được", remedy)


def _check_days(taken: TakenUp, plan: Plan, today: date) -> Iterator[Problem]:
    named = {
        "--requested": taken.requested_on, "--chosen-on": taken.chosen_on,
        "--notice-date": taken.notice.on if taken.notice else None,
        "--result-date": taken.result.on if taken.result else None, "--received": _received(taken),
    }  # fmt: skip
    for place, day in named.items():
        if day is not None and day > today:
            yield Problem(place, f"ngày {short_date(day)} chưa tới", "ghi ngày thật trên văn bản")
        elif day is not None and day < plan.issued and place != "--received":
            yield Problem(place, f"ngày {short_date(day)} trước cả kế hoạch", "ghi ngày thật trên văn bản")
    if taken.notice and taken.result and taken.result.on < taken.notice.on:
        yield Problem("--result-date", "thông báo kết quả trước cả thông báo dự", "kiểm tra hai ngày")
    for attended in taken.attended:
        if attended.day is not None and attended.day > today:
            fault = f"“{attended.organisation}” sinh hoạt ngày {short_date(attended.day)}, chưa tới"
            yield Problem("--attended", fault, "ghi ngày đã dự")


def _received(taken: TakenUp) -> date | None:
    return taken.nominations.received_on if taken.nominations else taken.received_on


def _check_content(taken: TakenUp, one: Obligation, plan: Plan) -> Iterator[Problem]:
    """What the step from which it goes on needs to know of those before it."""
    if taken.way is Way.DONE and one.kind is Kind.SELF_REPORT and taken.received_on is None:
        yield Problem("--received", "chưa ghi ngày nhận báo cáo", "ghi ngày theo sổ văn thư")
    if taken.way is not Way.GO_ON:
        return
    if taken.requested_on is None:
        yield Problem("--requested", "chưa ghi ngày gửi đề nghị", "ghi ngày của công văn")
    if one.kind is not Kind.VISIT:
        return
    if taken.step > Step.CHECK_DEADLINE:
        yield from _check_list(taken, one)
    if taken.step > Step.SELECT_THEMATIC_CELL:
        yield from _check_chosen(taken, plan)
    if taken.step > Step.NOTIFY_PARTICIPANTS and taken.notice is None:
        yield Problem("--notice-number", "chưa ghi số, ngày thông báo", "ghi theo sổ văn thư")


def _check_list(taken: TakenUp, one: Obligation) -> Iterator[Problem]:
    if taken.nominations is None:
        yield Problem("--list", "chưa có danh sách của đơn vị", "thêm --list FILE và --received ngày nhận")
        return
    listed = taken.nominations
    yield from check_nominations(listed.meetings, one.year, one.month, listed.received_on)


def _check_chosen(taken: TakenUp, plan: Plan) -> Iterator[Problem]:
    if taken.chosen_on is None:
        yield Problem("--chosen-on", "chưa ghi ngày chọn", "ghi ngày lãnh đạo Ban chọn")
    meetings = taken.nominations.meetings if taken.nominations else ()
    known = {meeting.number: meeting for meeting in meetings}
    for number in taken.chosen:
        if number not in known:
            yield Problem("--chosen", f"danh sách không có số {number}", "ghi số trong danh sách")
    chosen = [known[number] for number in taken.chosen if number in known]
    yield from check_choice(chosen, plan.rules, taken.override)


def said_before(taken: TakenUp) -> str:
    """How the annual report says that a visit, or part of it, was done on paper; empty where none of it was."""
    if taken.way is Way.DONE:
        return BEFORE
    if taken.way is Way.GO_ON:
        steps = "bước 1" if taken.step == 2 else f"bước 1–{taken.step - 1}"
        return f"{steps} {BEFORE}"
    return ""


BEFORE = "thực hiện trước khi dùng phần mềm"
