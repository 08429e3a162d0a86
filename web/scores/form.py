"""The fields of a score sheet on a page: read into what was seen at the meeting, filled with an earlier sheet (4.5)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from domain.nomination import Meeting
from domain.rubric import Criterion, Rubric
from domain.rubric_bands import number_of, plain
from domain.rubric_inputs import Inputs
from domain.score_sheet import check_sheet
from web.desk.posted_form import Form

T = TypeVar("T")

#: What a `boolean` criterion is ticked as.
TICKS = {"yes": True, "no": False}
_FIELDS = ("measure-", "fact-", "mark-", "na-", "note-")


def read_inputs(form: Form, rubric: Rubric, meeting: Meeting) -> Inputs:
    """What was typed, every fault noted at its field; what is blank is not scored."""
    inputs = Inputs(
        kind=meeting.kind.value,
        measures=_kept({measure.id: _number(form, f"measure-{measure.id}") for measure in rubric.measures}),
        marks=_kept({criterion.id: _mark(form, criterion) for criterion in rubric.criteria}),
        facts=frozenset(fact.id for fact in rubric.facts if form.get(f"fact-{fact.id}")),
        not_applicable=_texts(form, rubric, "na-"),
        notes=_texts(form, rubric, "note-"),
    )
    form.refused(check_sheet(rubric, meeting, inputs), _places(rubric))
    return inputs


def put_inputs(inputs: Inputs) -> dict[str, str]:
    """The same as fields."""
    marks = {
        f"mark-{name}": ("yes" if mark else "no") if isinstance(mark, bool) else plain(mark)
        for name, mark in inputs.marks.items()
    }
    return {
        **{f"measure-{name}": plain(count) for name, count in inputs.measures.items()},
        **{f"fact-{name}": "1" for name in inputs.facts},
        **marks,
        **{f"na-{name}": reason for name, reason in inputs.not_applicable.items()},
        **{f"note-{name}": note for name, note in inputs.notes.items()},
    }


def typed_fields(values: Mapping[str, str]) -> dict[str, str]:
    """What the review carries on to the answer."""
    return {name: value for name, value in values.items() if value and name.startswith(_FIELDS)}


def field_of(one: Criterion) -> str:
    """Where the criterion is found on the page: its own field, or the count that it is computed from."""
    if one.kind in ("boolean", "points"):
        return f"mark-{one.id}"
    return f"note-{one.id}" if one.kind == "info" else f"measure-{one.part or one.measure}"


def _places(rubric: Rubric) -> dict[str, str]:
    return {
        **{measure.id: f"measure-{measure.id}" for measure in rubric.measures},
        **{fact.id: f"fact-{fact.id}" for fact in rubric.facts},
        **{criterion.id: field_of(criterion) for criterion in rubric.criteria},
    }


def _number(form: Form, name: str) -> Decimal | None:
    text = form.text(name)
    found = number_of(text) if text else None
    if text and found is None:
        form.note(name, f"“{text[:40]}” không phải số", "ghi như 27 hoặc 4,5")
    return found


def _mark(form: Form, one: Criterion) -> Decimal | bool | None:
    if one.kind == "boolean":
        return form.one_of(f"mark-{one.id}", TICKS)
    return _number(form, f"mark-{one.id}") if one.kind == "points" else None


def _texts(form: Form, rubric: Rubric, prefix: str) -> dict[str, str]:
    read = {criterion.id: form.text(f"{prefix}{criterion.id}") for criterion in rubric.criteria}
    return {name: text for name, text in read.items() if text}


def _kept(values: Mapping[str, T | None]) -> dict[str, T]:
    return {name: value for name, value in values.items() if value is not None}
