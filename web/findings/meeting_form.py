"""The fields of the findings form that tell how each attended meeting went (R15, R52)."""

from collections.abc import Sequence

from domain.findings import Findings
from domain.meeting_finding import MEETING_FACTS, RESOLUTIONS, MeetingFact, MeetingFinding, made, place_of
from domain.nomination import Meeting
from web.desk.posted_form import Form

#: What such a field is called: `meeting-2-chaired_by`, with the number of the meeting in the host's list.
FIELD = r"meeting-\d{1,3}-(" + "|".join(fact.name for fact in MEETING_FACTS) + ")"


def read(form: Form, meetings: Sequence[Meeting]) -> tuple[MeetingFinding, ...]:
    """What was typed of each meeting; what is no number or no time is noted at its field."""
    found = (
        made(
            meeting.number, {fact.name: _read(form, _field(meeting.number, fact.name), fact) for fact in MEETING_FACTS}
        )
        for meeting in meetings
    )
    return tuple(one for one in found if one)


def put(findings: Findings) -> dict[str, str]:
    """What was found of each meeting as fields of the form."""
    return {
        _field(one.meeting, fact.name): str(value)
        for one in findings.meetings
        for fact in MEETING_FACTS
        if (value := getattr(one, fact.name)) is not None
    }


def expected(meetings: Sequence[Meeting]) -> dict[str, str]:
    """What the host's list says already: how many should come."""
    return {_field(one.number, "members"): str(one.members) for one in meetings if one.members is not None}


def fields_by_place(meetings: Sequence[Meeting]) -> dict[str, str]:
    """The field that mends a problem, by the place of the problem."""
    return {place_of(one, fact.name): _field(one.number, fact.name) for one in meetings for fact in MEETING_FACTS}


def _field(number: int, name: str) -> str:
    return f"meeting-{number}-{name}"


def _read(form: Form, field: str, fact: MeetingFact) -> object:
    if fact.kind == "count":
        return form.count(field)
    if fact.kind == "resolution":
        return form.one_of(field, RESOLUTIONS)
    if fact.kind == "time":
        time = form.time(field)
        return f"{time[0]:02d}:{time[1]:02d}" if time else ""
    return form.text(field)
