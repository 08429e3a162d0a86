"""Reads the findings as they were typed, and puts findings into the fields of the form (R14–R38, 4.5)."""

import re
from collections.abc import Mapping, Sequence

from domain.dates import short_date
from domain.findings import ALL, Findings, ItemFinding, ItemResult, Recommendation
from domain.findings_check import CHECKLIST, STRENGTHS, check_visit
from domain.item_links import codes_of, items_named, linked
from domain.nomination import Meeting
from domain.plan import ChecklistItem, Plan
from domain.problem import Problem
from domain.text import clean
from web.desk.posted_form import WHOLE, Form
from web.findings import item_fields, meeting_form

#: How many of each may be written; the form must stay one that a person reads.
MAX_LINES, MAX_REMEDIES = 30, 6

#: The parts of section II as the plan calls them (R16–R38); another (R11) is called by the group of its items.
GROUPS = {
    "II.1": "Xây dựng chương trình, kế hoạch, nghị quyết, quy chế",
    "II.2": "Hồ sơ, sổ sách của chi ủy, chi bộ",
    "II.3": "Công tác xây dựng Đảng và hệ thống chính trị",
    "II.4": "Nâng cao chất lượng sinh hoạt chi bộ, học tập và làm theo Bác",
    "II.5": "Tự phê bình và phê bình",
    "II.6": "Đảng viên giữ mối liên hệ nơi cư trú",
    "II.7": "Trang trí cờ Đảng",
}

#: What the field of a recommendation holds that is to be done at once.
AT_ONCE = "1"

_FIELD = re.compile(
    r"attended_on|(strength|limitation|cause|difficulty)-\d{1,2}|limitation-\d{1,2}-items"
    rf"|remedy-\d{{1,2}}-\d{{1,2}}-(text|owner|due|followed_by|urgent)|{item_fields.FIELD}|{meeting_form.FIELD}"
)


def is_field(name: str) -> bool:
    """Whether a draft may have such a field."""
    return _FIELD.fullmatch(name) is not None


def groups(checklist: Sequence[ChecklistItem]) -> list[tuple[str, str, list[ChecklistItem]]]:
    """The checklist in its parts: `II.1`, what it is about, its items."""
    found: dict[str, list[ChecklistItem]] = {}
    for item in checklist:
        found.setdefault(".".join(item.code.split(".")[:2]), []).append(item)
    return [(code, GROUPS.get(code) or _called_by(items), items) for code, items in found.items()]


def _called_by(items: Sequence[ChecklistItem]) -> str:
    called = next((item.group for item in items if item.group), "")
    return called[:1].upper() + called[1:]


def meet_group(form: Form, plan: Plan, meetings: Sequence[Meeting], group: str) -> None:
    """Say of every item of a group (`II.1`, of one of several meetings `II.1-2`) that has no result: it was met."""
    for of in item_fields.lists(meetings):
        for part, _, items in groups(plan.checklist):
            for item in items if f"{part}{of.suffix}" == group else ():
                name = f"result-{item.id}{of.suffix}"
                form.values[name] = form.get(name) or ItemResult.MET.value


def lines(form: Form, kind: str, more: int = 0) -> list[int]:
    """The numbers of the lines of that kind to draw: the filled ones, and at least one that is empty."""
    return _drawn(
        [number for number in range(1, MAX_LINES + 1) if _line_is_filled(form, kind, number)], more, MAX_LINES
    )


def remedies(form: Form, limitation: int, more: int = 0) -> list[int]:
    """The same for the remedies of one limitation."""
    filled = [number for number in range(1, MAX_REMEDIES + 1) if _remedy_is_filled(form, limitation, number)]
    return _drawn(filled, more, MAX_REMEDIES)


def read_findings(form: Form, plan: Plan, meetings: Sequence[Meeting]) -> Findings:
    """What was typed; half a recommendation, and a remark on an item without a result, are noted at their fields."""
    items = item_fields.read(form, plan.checklist, meetings)
    limitations: list[str] = []
    sources: list[list[str]] = []
    at: list[int] = []
    recommendations: list[Recommendation] = []
    for number in range(1, MAX_LINES + 1):
        if not _line_is_filled(form, "limitation", number):
            continue
        limitations.append(_limitation(form, number))
        at.append(item_fields.meeting_of(form, f"limitation-{number}", meetings))
        sources.append(_source(form, number, [one for one in items if at[-1] in (ALL, one.meeting)], plan))
        recommendations += _recommendations(form, number, len(limitations))
    return Findings(
        linked(items, sources, at), _texts(form, "strength"), tuple(limitations), tuple(recommendations),
        _texts(form, "difficulty"), form.day("attended_on"), _texts(form, "cause"), meeting_form.read(form, meetings),
        strengths_at=_strengths_at(form, meetings), limitations_at=tuple(at) if any(at) else (),
    )  # fmt: skip


def missing(form: Form, findings: Findings, plan: Plan, meetings: Sequence[Meeting]) -> list[tuple[str, Problem]]:
    """What is still missing or does not fit, each with the field that mends it (2.7 no. 2)."""
    of_meetings = meeting_form.fields_by_place(meetings)
    by_item = item_fields.fields_by_place(plan.checklist, meetings)
    return [
        (of_meetings.get(problem.place) or field_of(form, problem, by_item, findings), problem)
        for problem in check_visit(findings, plan, meetings)
    ]


def field_of(form: Form, problem: Problem, by_item: Mapping[str, str], findings: Findings) -> str:
    """The field that a problem of `check_findings` speaks of; `by_item` as `item_fields.fields_by_place` gives it."""
    filled = [number for number in range(1, MAX_LINES + 1) if _line_is_filled(form, "limitation", number)]
    word, _, place = problem.place.rpartition(" ")
    if problem.place in by_item:
        return f"{_field_of_item(problem)}-{by_item[problem.place]}"
    if problem.place == CHECKLIST:
        return "checklist"
    if problem.place == STRENGTHS:
        return "strength-1"
    if word == "hạn chế" and place.isdecimal():
        return f"remedy-{filled[int(place) - 1]}-1-text"
    if word == "kiến nghị" and place.isdecimal():
        return _remedy_field(form, problem, filled, findings, int(place))
    return WHOLE


def put_findings(findings: Findings, plan: Plan) -> dict[str, str]:
    """Findings as the fields of the form."""
    fields: dict[str, str] = {}
    if findings.attended_on:
        fields["attended_on"] = short_date(findings.attended_on)
    fields |= item_fields.put(findings)
    named = (
        ("strength", findings.strengths),
        ("limitation", findings.limitations),
        ("cause", findings.causes),
        ("difficulty", findings.difficulties),
    )
    for kind, texts in named:
        fields |= {f"{kind}-{number}": text for number, text in enumerate(texts, start=1)}
    fields |= meeting_form.put(findings)
    for number in range(1, len(findings.limitations) + 1):
        fields[f"limitation-{number}-items"] = ", ".join(codes_of(findings, number, plan.checklist))
    counts: dict[int, int] = {}
    for recommendation in findings.recommendations:
        counts[recommendation.limitation] = counts.get(recommendation.limitation, 0) + 1
        name = f"remedy-{recommendation.limitation}-{counts[recommendation.limitation]}"
        fields |= {
            f"{name}-text": recommendation.text,
            f"{name}-owner": recommendation.owner,
            f"{name}-due": short_date(recommendation.due),
            f"{name}-followed_by": recommendation.followed_by,
            f"{name}-urgent": AT_ONCE if recommendation.urgent else "",
        }
    return {name: text for name, text in fields.items() if text}


def typed_fields(values: Mapping[str, str]) -> dict[str, str]:
    """What of a posted form belongs into a draft."""
    return {name: text for name, text in values.items() if is_field(name)}


def belongs_to(name: str) -> str:
    """What a field is part of: an item with its remark, a limitation with its remedies; of others the field itself."""
    kind, _, rest = name.partition("-")
    first = rest.partition("-")[0]
    if kind in ("limitation", "remedy"):
        return f"limitation-{first}"
    if kind == "strength":
        return f"strength-{first}"
    return f"item-{rest}" if kind in ("result", "remark", "reason") else name


def clear_line(form: Form, what: str) -> None:
    """Empty a line that was removed: `limitation-2` with its remedies, `remedy-2-1`."""
    kind, _, number = what.partition("-")
    names = [name for name in form.values if name == what or name.startswith(f"{what}-")]
    if kind == "limitation":
        names += [name for name in form.values if name.startswith(f"remedy-{number}-")]
    for name in names:
        form.values[name] = ""


def _limitation(form: Form, number: int) -> str:
    said = "kiến nghị" if any(_remedy_is_filled(form, number, one) for one in range(1, MAX_REMEDIES + 1)) else "mục"
    remedy = "ghi hạn chế mà kiến nghị khắc phục" if said == "kiến nghị" else "ghi nội dung hạn chế"
    return form.text(f"limitation-{number}", f"có {said} nhưng chưa ghi hạn chế", remedy)


def _source(form: Form, limitation: int, items: Sequence[ItemFinding], plan: Plan) -> list[str]:
    """The ids of the items that a limitation comes of; what names none, or one without a result, is noted."""
    field = f"limitation-{limitation}-items"
    ids, strangers = items_named(form.text(field), plan.checklist)
    if strangers:
        form.note(
            field, f"danh mục không có mục {', '.join(strangers)}", "ghi như II.2.b; nhiều mục thì cách nhau dấu phẩy"
        )
    given = {item.item for item in items}
    without = [item.code for item in plan.checklist if item.id in ids and item.id not in given]
    if without:
        form.note(field, f"mục {', '.join(without)} chưa có kết quả", "chọn kết quả của mục trước")
    return ids


def _field_of_item(problem: Problem) -> str:
    """Which field of an item mends that problem."""
    if "ghi chú" in problem.fault:
        return "remark"
    return "reason" if "chưa nêu thành hạn chế" in problem.fault else "result"


def _recommendations(form: Form, limitation: int, place: int) -> list[Recommendation]:
    found = []
    for number in range(1, MAX_REMEDIES + 1):
        if not _remedy_is_filled(form, limitation, number):
            continue
        name = f"remedy-{limitation}-{number}"
        text = form.text(f"{name}-text", "chưa ghi nội dung kiến nghị", "ghi giải pháp khắc phục")
        owner = form.text(f"{name}-owner")
        due = form.day(f"{name}-due", "kiến nghị chưa có thời hạn")
        if due:
            urgent, followed_by = form.get(f"{name}-urgent") == AT_ONCE, form.text(f"{name}-followed_by")
            found.append(Recommendation(place, text, owner, due, urgent, followed_by))
    return found


def _remedy_field(form: Form, problem: Problem, filled: Sequence[int], findings: Findings, place: int) -> str:
    one = findings.recommendations[place - 1]
    before = sum(other.limitation == one.limitation for other in findings.recommendations[: place - 1])
    limitation = filled[one.limitation - 1]
    number = remedies(form, limitation)[before]
    field = "owner" if "nơi thực hiện" in problem.fault else "due" if "thời hạn" in problem.fault else "text"
    return f"remedy-{limitation}-{number}-{field}"


def _strengths_at(form: Form, meetings: Sequence[Meeting]) -> tuple[int, ...]:
    lines_told = (f"strength-{number}" for number in range(1, MAX_LINES + 1) if form.text(f"strength-{number}"))
    at = tuple(item_fields.meeting_of(form, line, meetings) for line in lines_told)
    return at if any(at) else ()


def _texts(form: Form, kind: str) -> tuple[str, ...]:
    found = (form.text(f"{kind}-{number}") for number in range(1, MAX_LINES + 1))
    return tuple(text for text in found if text)


def _line_is_filled(form: Form, kind: str, number: int) -> bool:
    own = bool(clean(form.get(f"{kind}-{number}")) or clean(form.get(f"{kind}-{number}-items")))
    return own or (
        kind == "limitation" and any(_remedy_is_filled(form, number, one) for one in range(1, MAX_REMEDIES + 1))
    )


def _remedy_is_filled(form: Form, limitation: int, number: int) -> bool:
    fields = ("text", "owner", "due", "followed_by")
    return any(clean(form.get(f"remedy-{limitation}-{number}-{field}")) for field in fields)


def _drawn(filled: list[int], more: int, most: int) -> list[int]:
    last = max(filled, default=0)
    return [*filled, *range(last + 1, min(last + (more if filled else max(more, 1)), most) + 1)]
