"""The calendar entry of an invitation is understood by calendar programs, changed and taken back by its name."""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from domain.nomination import Meeting
from domain.plan import Contact
from letters.invitation import calendar_file, uid

Facts = dict[str, object]
OFFICE = Contact("Ban Tổ chức Tỉnh ủy Đồng Nai", "van-thu@ban-to-chuc.example")
INVITED = Contact("Văn phòng Tỉnh ủy", "van-phong@tinh-uy.example")


@pytest.fixture(scope="session")
def meeting(ordinary: Facts) -> Meeting:
    meetings = ordinary["meetings"]
    assert isinstance(meetings, tuple)
    assert isinstance(meetings[0], Meeting)
    return meetings[0]


def made(
    meeting: Meeting,
    sequence: int = 0,
    method: Literal["REQUEST", "CANCEL"] = "REQUEST",
    attendee: Contact = INVITED,
    summary: str = "Dự, giám sát; sinh hoạt",
) -> bytes:
    return calendar_file(
        uid=uid("2024-02/nhon_trach", meeting.number, "visits.example"),
        sequence=sequence,
        method=method,
        meeting=meeting,
        organiser=OFFICE,
        attendee=attendee,
        stamp=datetime(2024, 2, 5, 1, tzinfo=UTC),
        summary=summary,
    )


def event(content: bytes) -> Any:
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    return found


def test_the_entry_has_the_meeting_at_its_local_time(meeting: Meeting) -> None:
    content = made(meeting)
    entry = event(content)

    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20240220T073000" in content
    assert b"BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\n" in content
    assert entry["DTSTART"].dt == meeting.starts_at
    assert entry["DTEND"].dt - entry["DTSTART"].dt == timedelta(hours=2)
    assert entry["SUMMARY"] == "Dự, giám sát; sinh hoạt"
    assert entry["LOCATION"] == meeting.venue
    assert entry["ORGANIZER"] == "mailto:van-thu@ban-to-chuc.example"
    assert entry["ATTENDEE"].params["CN"] == "Văn phòng Tỉnh ủy"


def test_an_invitation_reminds_one_day_ahead(meeting: Meeting) -> None:
    (alarm,) = event(made(meeting)).walk("VALARM")

    assert alarm["TRIGGER"].dt == timedelta(days=-1)


def test_a_cancellation_has_the_same_name_a_higher_sequence_and_no_alarm(meeting: Meeting) -> None:
    invited, cancelled = event(made(meeting)), event(made(meeting, sequence=1, method="CANCEL"))

    assert Calendar.from_ical(made(meeting, method="CANCEL"))["METHOD"] == "CANCEL"
    assert cancelled["UID"] == invited["UID"]
    assert cancelled["SEQUENCE"] > invited["SEQUENCE"]
    assert cancelled["STATUS"] == "CANCELLED"
    assert not cancelled.walk("VALARM")


def test_the_same_invitation_has_the_same_bytes(meeting: Meeting) -> None:
    assert made(meeting) == made(meeting)


def test_the_contact_of_the_meeting_is_not_in_the_entry(meeting: Meeting) -> None:
    assert meeting.contact.split(",")[0] not in made(meeting).decode().replace("\r\n ", "")


def test_the_name_of_an_entry_differs_between_meetings_and_visits() -> None:
    names = {uid(visit, number, "v.example") for visit in ("2024-02/a", "2024-03/a") for number in (1, 2)}

    assert len(names) == 4


@given(text=st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_name_or_summary_can_add_a_line_to_the_entry(meeting: Meeting, text: str) -> None:
    hostile = f'x"\r\nSTATUS:CANCELLED\n{text}'

    entry = event(made(meeting, attendee=Contact(hostile, "a@b.example"), summary=hostile))

    assert entry["STATUS"] == "CONFIRMED"
    assert entry["ATTENDEE"] == "mailto:a@b.example"
