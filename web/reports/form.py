"""Reads a unit's report as it was typed into the form, and puts one back into it (R67, D13)."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.dates import short_date
from domain.plan import ChecklistItem
from domain.problem import Problem
from domain.self_report import BY_ITEM, SelfReport, check_self_report
from web.desk.posted_form import WHOLE, Form
from web.desk.their_letter import read_their_letter
from web.reports import item_fields

COUNTS = {
    "committees": "Số đảng ủy đã dự, giám sát", "cells": "Số chi bộ đã dự, giám sát",
    "thematic_cells": "Trong đó, số chi bộ sinh hoạt chuyên đề",
}  # fmt: skip
TEXTS = {"strengths": "Ưu điểm", "limitations": "Hạn chế, tồn tại", "difficulties": "Khó khăn, vướng mắc; kiến nghị"}
#: What the preview brings back with the confirmation, `upload` being the kept file.
FIELDS = ("seen", "received_on", "their_symbol", "their_date", *COUNTS, *TEXTS, "upload")

#: At which field a problem of the rules stands, by its place.
_PLACES = {
    "ngày nhận": "received_on", "ngày văn bản": "their_date", "số đảng ủy": "committees", "số chi bộ": "cells",
    "số chi bộ chuyên đề": "thematic_cells", BY_ITEM: "by-item",
}  # fmt: skip


def read_report(
    form: Form, today: date, checklist: Sequence[ChecklistItem], *, outside: bool, with_file: bool
) -> SelfReport | None:
    """What was typed, None if it cannot be taken; everything wrong or missing is noted at its field."""
    received, symbol, dated = read_their_letter(form, today, asks_received=not outside)
    counts = [form.count(name) for name in COUNTS]
    texts = [form.lines(name) for name in TEXTS]
    items = item_fields.read(form, checklist)
    if not with_file and not any(texts) and not items and all(count is None for count in counts):
        form.note("committees", "báo cáo chưa có nội dung", "ghi số liệu, ghi nội dung, hoặc gửi kèm tệp")
    report = SelfReport(
        received, symbol, dated, counts[0], counts[1], counts[2], texts[0], texts[1], texts[2], items,
    )  # fmt: skip
    if not form.fails:
        note_rules(form, check_self_report(report, today, checklist), checklist)
    return None if form.fails else report


def note_rules(form: Form, problems: Sequence[Problem], checklist: Sequence[ChecklistItem]) -> None:
    """Put what the rules say at its field."""
    places = _PLACES | {item.code: f"{item.id}-met" for item in checklist}
    for problem in problems:
        field = places.get(problem.place, WHOLE)
        place = "" if field in ("received_on", "their_date") else f"{problem.place}: "
        if not form.at_field(field):
            form.note(field, place + problem.fault, problem.remedy, warning=problem.warning)


def put_report(form: Form, report: SelfReport) -> None:
    """Fill the form with a report that is there."""
    form.values |= dict(_fields(report))


def said_of(report: SelfReport, file: str, checklist: Sequence[ChecklistItem]) -> list[tuple[str, tuple[str, ...]]]:
    """The report as its preview shows it: what each part is called, and its lines."""
    counts = [
        (label, ("chưa ghi" if getattr(report, name) is None else f"{getattr(report, name)}",))
        for name, label in COUNTS.items()
    ]
    texts = [(label, getattr(report, name) or ("không ghi",)) for name, label in TEXTS.items()]
    letter = [("Số, ký hiệu", (report.symbol or "không ghi",)), ("Ngày nhận", (short_date(report.received_on),))]
    items = (BY_ITEM.capitalize(), tuple(item_fields.said_of(report, checklist)) or ("không ghi",))
    return [*letter, *counts, items, *texts, ("Tệp kèm theo", (file or "không có",))]


def _fields(report: SelfReport) -> Iterator[tuple[str, str]]:
    yield "their_symbol", report.symbol
    yield "their_date", short_date(report.dated) if report.dated else ""
    for name in COUNTS:
        number = getattr(report, name)
        yield name, "" if number is None else f"{number}"
    for name in TEXTS:
        yield name, "\n".join(getattr(report, name))
    yield from item_fields.put(report).items()
