"""The fields of a unit's report that say how the items of the checklist were found, counted (R16–R38, D13)."""

from collections.abc import Sequence

from domain.plan import ChecklistItem
from domain.self_report import ReportedItem, SelfReport
from web.desk.posted_form import Form

#: What is counted of each item, and what it is called.
RESULTS = {"met": "Đạt", "partly_met": "Đạt một phần", "not_met": "Chưa đạt"}


def names(checklist: Sequence[ChecklistItem]) -> list[str]:
    """Every field, as a preview carries them on."""
    return [f"{item.id}-{field}" for item in checklist for field in (*RESULTS, "remark")]


def read(form: Form, checklist: Sequence[ChecklistItem]) -> tuple[ReportedItem, ...]:
    """The items of which anything was typed; a remark alone is noted, as nobody knows of how many it is."""
    found = []
    for item in checklist:
        counts = {field: form.count(f"{item.id}-{field}") for field in RESULTS}
        remark = form.text(f"{item.id}-remark")
        if any(count is not None for count in counts.values()):
            found.append(ReportedItem(item.id, **{field: count or 0 for field, count in counts.items()}, remark=remark))
        elif remark and not any(form.at_field(f"{item.id}-{field}") for field in RESULTS):
            form.note(f"{item.id}-met", f"mục {item.code} có nhận xét nhưng chưa có số", "ghi số tổ chức đảng")
    return tuple(found)


def put(report: SelfReport) -> dict[str, str]:
    """The items of a report that is there as fields."""
    fields = {f"{one.item}-{field}": f"{getattr(one, field)}" for one in report.items for field in RESULTS}
    return fields | {f"{one.item}-remark": one.remark for one in report.items}


def said_of(report: SelfReport, checklist: Sequence[ChecklistItem]) -> list[str]:
    """One line for each item that the report speaks of: `II.2.b Sổ nghị quyết: đạt 10, đạt một phần 2, chưa đạt 0`."""
    return [_said(item, one) for item in checklist if (one := report.of_item(item.id))]


def _said(item: ChecklistItem, one: ReportedItem) -> str:
    counts = ", ".join(f"{label.lower()} {getattr(one, field)}" for field, label in RESULTS.items())
    return f"{item.code} {item.text}: {counts}" + (f" ({one.remark})" if one.remark else "")
