"""The calendar entry of an invitation is understood by calendar programs, changed and taken back by its name."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any, Literal

import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from domain.nomination import Meeting
from domain.plan import Contact
from letters.invitation import calendar_file, uid
from letters.message import compose
from letters.one_line import one_line
from letters.wording import Wording

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


def other(content: bytes) -> Any:
    """The same file as a second parser reads it, which shares no code with the first."""
    return vobject.readOne(content.decode())


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


# What mail and calendar programs go by

#: What people's names and places can look like, and what a line of a calendar file must not stumble over.
AWKWARD = [
    "Phòng họp A, tầng 2; nhà B: cổng sau",
    'Nhà văn hóa "Hoa Sen"',
    "C:\\Hội trường\\nhỏ\\",
    "dòng một\r\ndòng hai\ndòng ba",
    "^n và ^^ và ^'",
    "😀 👨\u200d👩\u200d👧 𠀀",
    "\u202eảo\u200f \u2067ngược",
    "Trung tâm Bồi dưỡng chính trị " * 20,
    "Ấ" * 300,
    " khoảng   trắng\t",
    "=?utf-8?q?x?=",
    "BEGIN:VEVENT",
]


def awkward(meeting: Meeting, text: str) -> bytes:
    return made(replace(meeting, venue=text), attendee=Contact(text, INVITED.email), summary=text)


@pytest.mark.parametrize("text", AWKWARD)
def test_both_parsers_read_every_text_as_it_was_meant(meeting: Meeting, text: str) -> None:
    """RFC 5545 3.3.11: commas, semicolons and backslashes are escaped; nothing is lost or added."""
    content, meant = awkward(meeting, text), one_line(text)
    entry, second = event(content), other(content).vevent

    assert (str(entry["SUMMARY"]), second.summary.value) == (meant, meant)
    assert (str(entry["LOCATION"]), second.location.value) == (meant, meant)
    shown = meant.replace('"', "'").replace("^", "").replace("\\", "/")
    assert (entry["ATTENDEE"].params["CN"], second.attendee.params["CN"]) == (shown, [shown])


@pytest.mark.parametrize("text", AWKWARD)
def test_every_line_is_short_and_ends_as_it_must(meeting: Meeting, text: str) -> None:
    """RFC 5545 3.1: 75 octets without the line break, CRLF everywhere, no letter cut in two."""
    content = awkward(meeting, text)
    *lines, last = content.split(b"\r\n")

    assert last == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        assert all(unicodedata.category(letter) not in ("Cc", "Cf") for letter in line.decode())


@given(text=st.text(max_size=120))
@example("\u0085\u2028\u2029")
@example(",;:\\n")
@example("\\,")
@settings(max_examples=60, deadline=None)
def test_both_parsers_agree_on_any_text(meeting: Meeting, text: str) -> None:
    content = awkward(meeting, f"x{text}x")
    entry, second = event(content), other(content).vevent

    assert str(entry["LOCATION"]) == second.location.value == one_line(f"x{text}x")
    assert [entry["ATTENDEE"].params["CN"]] == second.attendee.params["CN"]
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_both_parsers_agree_on_the_moment(meeting: Meeting) -> None:
    """The zone is written out, and named by both ends of the meeting: 7.30 at the office is 0.30 UTC."""
    content = made(meeting)
    second = other(content)

    assert meeting.starts_at.astimezone(UTC) == datetime(2024, 2, 20, 0, 30, tzinfo=UTC)
    assert event(content)["DTSTART"].dt.astimezone(UTC) == meeting.starts_at
    assert second.vevent.dtstart.value.astimezone(UTC) == meeting.starts_at
    assert second.vevent.dtend.value - second.vevent.dtstart.value == timedelta(hours=2)
    assert second.vtimezone.tzid.value == "Asia/Ho_Chi_Minh"
    assert content.count(b";TZID=Asia/Ho_Chi_Minh:") == 2
    assert content.count(b"BEGIN:VTIMEZONE") == 1


def test_the_second_parser_finds_everything_that_the_rules_ask_for(meeting: Meeting) -> None:
    """RFC 5545 3.6: what must be there is there, and there once; `validate` says so or raises."""
    for method in ("REQUEST", "CANCEL"):
        calendar = other(made(meeting, sequence=1, method=method))  # type: ignore[arg-type] # the two words
        calendar.validate(raiseException=True)
        assert calendar.version.value == "2.0"
        assert calendar.method.value == method


def test_whoever_is_invited_may_come_and_is_asked_to_answer(meeting: Meeting) -> None:
    """R54, A16: an invitation by courtesy is never an obligation."""
    params = event(made(meeting))["ATTENDEE"].params

    assert (params["ROLE"], params["PARTSTAT"], params["RSVP"]) == ("OPT-PARTICIPANT", "NEEDS-ACTION", "TRUE")


def test_a_cancellation_asks_for_no_answer(meeting: Meeting) -> None:
    params = event(made(meeting, sequence=1, method="CANCEL"))["ATTENDEE"].params

    assert "RSVP" not in params
    assert "PARTSTAT" not in params


def test_the_entry_takes_the_time_and_is_not_for_everybody_s_eyes(meeting: Meeting) -> None:
    entry = event(made(meeting))

    assert (entry["STATUS"], entry["TRANSP"], entry["CLASS"]) == ("CONFIRMED", "OPAQUE", "PRIVATE")
    assert entry["DTSTAMP"].dt == entry["LAST-MODIFIED"].dt == datetime(2024, 2, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
@pytest.mark.parametrize("text", AWKWARD)
def test_the_mail_says_the_same_method_and_carries_the_same_file(
    meeting: Meeting, text: str, method: Literal["REQUEST", "CANCEL"]
) -> None:
    """RFC 6047 2.4: beside the text, with charset and method; Outlook, Gmail and Thunderbird go by them."""
    content = made(replace(meeting, venue=text), method=method, summary=text)
    raw = compose(
        sender=OFFICE, to=INVITED, wording=Wording("[KH73/2024][T02] Giấy mời", "Kính gửi: …\n"),
        message_id="<a@b.example>", date=datetime(2024, 2, 5, 1, tzinfo=UTC), calendar=(content, method),
    )  # fmt: skip
    message: Any = message_from_bytes(raw, policy=default)

    assert message.get_content_type() == "multipart/alternative"
    *words, part = message.iter_parts()
    assert [one.get_content_type() for one in (*words, part)] == ["text/plain", "text/html", "text/calendar"]
    assert (part.get_param("method"), part.get_content_charset()) == (method, "utf-8")
    assert part.get_content_disposition() is None
    assert part.get_payload(decode=True) == content
    assert Calendar.from_ical(content)["METHOD"] == method
    assert (event(content)["ORGANIZER"], raw.isascii()) == (f"mailto:{OFFICE.email}", True)
