"""Reads what a person says became of work that lay behind when the plan was taken up; and puts an answer back (P6)."""

from dataclasses import replace
from datetime import date

import httpx

from config.settings import settings
from database.dossier import Dossier
from domain.dates import short_date
from domain.nomination import Nominations
from domain.obligation import Kind
from domain.taking_up import LAST_START, Attended, Issued, TakenUp, Way
from domain.taking_up_words import parse_attended
from web.desk.obligation_form import NOT_RUNNING
from web.desk.posted_form import Form
from web.desk.uploads import understand

#: At which field a problem of the rules stands, by its place.
PLACES = {
    "--reason": "reason", "--from-step": "step", "--requested": "requested_on", "--received": "received_on",
    "--list": "file", "--chosen": "chosen", "lựa chọn": "chosen", "--chosen-on": "chosen_on",
    "--notice-number": "notice_number", "--notice-date": "notice_date", "--result-date": "result_date",
    "--attended": "attended", "--done": "way",
}  # fmt: skip
_WAYS = {way.value: way for way in Way}


def read_answer(form: Form, file: tuple[str, bytes] | None, dossier: Dossier) -> TakenUp | None:
    """The answer; None if it cannot be taken, with what is wrong at its field. Fields of other ways are passed over.

    `file` is the list that came with it: its name and its bytes.
    """
    way = form.one_of("way", _WAYS, "chưa chọn câu trả lời", "chọn một trong bốn")
    if way is Way.LEAVE_OUT:
        taken = TakenUp(way, reason=form.text("reason", "chưa ghi lý do", "lý do được nêu trong báo cáo tổng hợp năm"))
    elif way is Way.DONE:
        taken = _done(form, dossier)
    elif way is Way.GO_ON:
        taken = _go_on(form, file, dossier)
    else:
        taken = TakenUp(Way.OPEN)
    return None if form.fails else taken


def _done(form: Form, dossier: Dossier) -> TakenUp:
    if dossier.visit.kind == Kind.SELF_REPORT:
        return TakenUp(Way.DONE, received_on=form.day("report_on", "chưa ghi ngày nhận báo cáo", "theo sổ văn thư"))
    attended = tuple(one for line in form.lines("attended") if (one := _attended(form, line)))
    notice = _issued(form, "done_notice") if dossier.visit.kind == Kind.VISIT else None
    return TakenUp(Way.DONE, notice=notice, result=_issued(form, "result"), attended=attended)


def _go_on(form: Form, file: tuple[str, bytes] | None, dossier: Dossier) -> TakenUp:
    last = LAST_START.get(dossier.visit.obligation.kind, 0)
    steps = {f"{number}": number for number in range(2, last + 1)}
    step = form.one_of("step", steps, "chưa chọn bước", "chọn bước dịch vụ làm đầu tiên") or 0
    requested = form.day("requested_on", "chưa ghi ngày gửi đề nghị", "ghi ngày của công văn")
    if step < 3:
        return TakenUp(Way.GO_ON, step, requested)
    received = form.day("received_on", "chưa ghi ngày nhận danh sách", "ghi ngày theo sổ văn thư")
    listed = _listed(form, file, dossier, received)
    chosen: tuple[int, ...] = ()
    chosen_on: date | None = None
    notice: Issued | None = None
    if step > 3:
        chosen, chosen_on = _numbers(form), form.day("chosen_on", "chưa ghi ngày chọn", "ghi ngày lãnh đạo Ban chọn")
    if step > 4:
        notice = _issued(form, "notice", "chưa ghi số và ngày thông báo")
    return TakenUp(
        Way.GO_ON, step, requested, chosen_on, notice, nominations=listed, chosen=chosen, override=form.text("override")
    )


def _listed(form: Form, file: tuple[str, bytes] | None, dossier: Dossier, received: date | None) -> Nominations | None:
    """The list out of the file; where none is sent again, the one of the answer that is being corrected."""
    if file is None and form.get("kept_list"):
        before = dossier.said(TakenUp)
        kept = before.nominations if before else None
        if kept and received:
            return replace(kept, received_on=received)
    if file is None and not form.at_field("file"):
        form.note("file", "chưa chọn tệp", "chọn tệp .xlsx, .docx hoặc .csv")
    if file is None or received is None:
        return None
    visit = dossier.visit
    understood = understand(*file, dossier.unit, visit.year, visit.month)
    for problem in [*understood.problems, *(problem for row in understood.rows for problem in row.problems)]:
        form.note("file", f"{problem.place}: {problem.fault}", problem.remedy, warning=problem.warning)
    return Nominations(understood.meetings, received) if understood.acceptable else None


def _issued(form: Form, name: str, fault: str = "") -> Issued | None:
    """Number and day belong together."""
    number, on = form.number(f"{name}_number", fault), form.day(f"{name}_date", fault)
    if number and on:
        return Issued(number, on)
    if (number or on) and not fault:
        form.note(f"{name}_date" if number else f"{name}_number", "chỉ ghi một trong hai", "ghi cả số và ngày")
    return None


def _attended(form: Form, line: str) -> Attended | None:
    try:
        return parse_attended(line)
    except ValueError as error:
        fault, _, remedy = str(error).partition("; ")
        form.note("attended", fault, remedy)
        return None


def _numbers(form: Form) -> tuple[int, ...]:
    text = form.text("chosen", "chưa ghi số đã chọn", "ghi số trong danh sách, như 1 hoặc 1, 3")
    parts = text.replace(",", " ").split()
    if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts):
        form.note("chosen", f"“{text}” không phải dãy số", "ghi như 1 hoặc 1, 3")
        return ()
    return tuple(int(part) for part in parts)


def put_answer(form: Form, taken: TakenUp) -> None:
    """Fill the form with the answer that is there."""
    days = {
        "requested_on": taken.requested_on, "chosen_on": taken.chosen_on, "report_on": taken.received_on,
        "received_on": taken.nominations.received_on if taken.nominations else None,
    }  # fmt: skip
    form.values |= {name: short_date(day) for name, day in days.items() if day}
    form.values |= {
        "way": taken.way.value, "step": f"{taken.step}" if taken.step else "", "reason": taken.reason,
        "override": taken.override, "chosen": ", ".join(f"{number}" for number in taken.chosen),
        "kept_list": "1" if taken.nominations else "", "attended": "\n".join(map(_line, taken.attended)),
    }  # fmt: skip
    notice = "done_notice" if taken.way is Way.DONE else "notice"
    for name, issued in ((notice, taken.notice), ("result", taken.result)):
        if issued:
            form.values |= {f"{name}_number": f"{issued.number}", f"{name}_date": short_date(issued.on)}


def _line(one: Attended) -> str:
    parts = (one.organisation, short_date(one.day) if one.day else "", "chuyên đề" if one.thematic else "")
    return "; ".join(part for part in parts if part)


def let_trigger_look() -> str:
    """What a person wants opened opens at once; what to add for him when the service does not run, else nothing."""
    try:
        httpx.get(f"{settings().prefect_url}/api/health", timeout=2).raise_for_status()
        # Prefect takes seconds to import; only an answer needs it.
        from flows.engine.wake import OPENING, run_now

        run_now(OPENING)
    except httpx.HTTPError:
        return " " + NOT_RUNNING
    return ""
