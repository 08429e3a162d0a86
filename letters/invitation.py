"""Writes the calendar entry of an invitation, so that it lands in the invited person's diary (D6)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Literal

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vCalAddress

from domain.dates import OFFICE_ZONE
from domain.nomination import Meeting
from domain.plan import Contact
from domain.text import slug
from letters.one_line import one_line

_PRODUCT = "-//party-visits//letters//VI"


def uid(visit: str, meeting_number: int, domain: str) -> str:
    """The name of a meeting's entry, always the same: a change or a cancellation finds it by this."""
    return f"{slug(visit)}-{meeting_number}@{domain}"


def entry_of(entry_uid: str, domain: str) -> tuple[str, int] | None:
    """`slug` of the visit and number of the meeting by the name of an entry; None where it is not one of ours."""
    before, _, after = entry_uid.strip().casefold().rpartition("@")
    visit, _, number = before.rpartition("-")
    is_ours = after == domain.casefold() and visit and re.fullmatch(r"[0-9]{1,4}", number)
    return (visit, int(number)) if is_ours else None


def calendar_file(
    *,
    uid: str,
    sequence: int,
    method: Literal["REQUEST", "CANCEL"],
    meeting: Meeting,
    organiser: Contact,
    attendee: Contact,
    stamp: datetime,
    summary: str,
    required: bool = False,
) -> bytes:
    """One meeting as an iCalendar file (RFC 5545, 5546); a higher `sequence` replaces what was sent before.

    The attendee is `required` where the working group is sent, and may come where somebody is invited (R54, A16).
    Whoever looks into the attendee's diary sees only that the time is taken: where the Party meets is not public.
    The contact of the meeting is never printed (P3).
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(office_zone())
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("last-modified", stamp.astimezone(UTC))
    starts_at = meeting.starts_at.astimezone(OFFICE_ZONE)
    event.add("dtstart", starts_at)
    event.add("dtend", meeting.ends_at.astimezone(OFFICE_ZONE))
    event.add("summary", one_line(summary))
    event.add("location", one_line(meeting.venue))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", _person(organiser))
    event.add("attendee", _attendee(attendee, asked=method == "REQUEST", required=required))
    if method == "REQUEST":
        event.add("transp", "OPAQUE")
        event.add_component(_reminder(summary))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def office_zone() -> Timezone:
    """The office's zone, written out: it has had no summer time since 1975."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 - a zone's own onset is local by definition
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", OFFICE_ZONE.key)
    zone.add_component(standard)
    return zone


def _person(contact: Contact) -> vCalAddress:
    address = vCalAddress(f"mailto:{one_line(contact.email)}")
    # A parameter cannot hold a double quote; a circumflex would be doubled (RFC 6868), which few programs undo; a
    # backslash is an ordinary letter there, but some programs take it for an escape.
    address.params["CN"] = one_line(contact.name).replace('"', "'").replace("^", "").replace("\\", "/")
    return address


def _attendee(contact: Contact, *, asked: bool, required: bool) -> vCalAddress:
    """Only an invitation asks for an answer."""
    address = _person(contact)
    address.params["ROLE"] = "REQ-PARTICIPANT" if required else "OPT-PARTICIPANT"
    if asked:
        address.params |= {"PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    return address


def _reminder(summary: str) -> Alarm:
    """A notice one day ahead."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(summary))
    alarm.add("trigger", timedelta(days=-1))
    return alarm
