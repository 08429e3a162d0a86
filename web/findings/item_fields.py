"""The fields of the findings form for items of the checklist, and for whose meeting a text is (R16–R38)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.findings import ALL, Findings, ItemFinding, ItemResult, at
from domain.findings_check import NO_RESULT, place_of_item
from domain.nomination import Meeting
from domain.plan import ChecklistItem
from domain.problem import Problem
from web.desk.posted_form import Form

RESULTS = {result.value: result for result in ItemResult}

#: `result-R16`, of one of several meetings `result-R16-2`; `strength-1-meeting` says whose meeting a text is of.
FIELD = r"(result|remark|reason)-R\d{1,3}(-\d{1,3})?|(strength|limitation)-\d{1,2}-meeting"
_OF_ALL = re.compile(r"(result|remark|reason)-R\d{1,3}")


@dataclass(frozen=True)
class ItemList:
    """One list of the checklist in the form: of the visit, or of one meeting where several were attended."""

    meeting: int  #: its number in the host's list; 0 for the visit
    organisation: str = ""  #: empty for the visit

    @property
    def suffix(self) -> str:
        """What the names of its fields end with."""
        return f"-{self.meeting}" if self.meeting else ""


def lists(meetings: Sequence[Meeting]) -> list[ItemList]:
    """The lists that the form has, at least one."""
    if len(meetings) < 2:
        return [ItemList(ALL)]
    return [ItemList(meeting.number, meeting.organisation) for meeting in meetings]


def read(form: Form, checklist: Sequence[ChecklistItem], meetings: Sequence[Meeting]) -> list[ItemFinding]:
    """The items that have a result; a remark without one is noted at its field."""
    found = (_item(form, item.id, one) for one in lists(meetings) for item in checklist)
    return [one for one in found if one]


def put(findings: Findings) -> dict[str, str]:
    """The items, and whose meeting the texts are of, as fields."""
    fields: dict[str, str] = {}
    for item in findings.items:
        name = f"{item.item}-{item.meeting}" if item.meeting else item.item
        fields |= {
            f"result-{name}": item.result.value, f"remark-{name}": item.remark, f"reason-{name}": item.no_limitation
        }  # fmt: skip
    for kind, numbers in (("strength", findings.strengths_at), ("limitation", findings.limitations_at)):
        fields |= {f"{kind}-{place}-meeting": f"{at(numbers, place) or ''}" for place in range(1, len(numbers) + 1)}
    return fields


def spread(values: Mapping[str, str], meetings: Sequence[Meeting]) -> dict[str, str]:
    """The values with what was written of the visit as a whole, before each meeting had its list, at each meeting."""
    spread_out = {
        f"{name}{one.suffix}": text
        for name, text in values.items()
        if _OF_ALL.fullmatch(name)
        for one in lists(meetings)
    }
    return {**spread_out, **values}


def fields_by_place(checklist: Sequence[ChecklistItem], meetings: Sequence[Meeting]) -> dict[str, str]:
    """What the names of an item's fields end with, by the place of a problem of that item."""
    return {
        place_of_item(item.code, one.organisation): f"{item.id}{one.suffix}"
        for one in lists(meetings)
        for item in checklist
    }


def without_result(problems: Sequence[Problem]) -> list[str]:
    """The items that have no result, those of one meeting after its name: `Chi bộ A: II.1.a, II.1.b`."""
    by_list: dict[str, list[str]] = {}
    for problem in problems:
        if problem.fault.startswith(NO_RESULT):
            organisation, _, code = problem.place.rpartition(": ")
            by_list.setdefault(organisation, []).append(code)
    return [place_of_item(", ".join(codes), organisation) for organisation, codes in by_list.items()]


def meeting_of(form: Form, line: str, meetings: Sequence[Meeting]) -> int:
    """Whose meeting the text of a line like `strength-1` is of; 0 for all that were attended."""
    if len(meetings) < 2:
        return ALL
    return form.one_of(f"{line}-meeting", {f"{meeting.number}": meeting.number for meeting in meetings}) or ALL


def _item(form: Form, item: str, of: ItemList) -> ItemFinding | None:
    name = f"{item}{of.suffix}"
    result = form.one_of(f"result-{name}", RESULTS)
    remark, reason = form.text(f"remark-{name}"), form.text(f"reason-{name}")
    if (remark or reason) and result is None and not form.at_field(f"result-{name}"):
        form.note(f"result-{name}", "có ghi chú nhưng chưa chọn kết quả", "chọn một trong năm kết quả")
    return ItemFinding(item, result, remark, no_limitation=reason, meeting=of.meeting) if result else None
