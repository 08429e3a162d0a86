"""Writes the year's dates as an iCalendar file that calendars ask for again and again (RFC 5545, RFC 7986)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from domain.dates import OFFICE_ZONE
from domain.text import slug
from letters.invitation import office_zone
from letters.one_line import one_line
from web.feeds.dates import YearDate

_PRODUCT = "-//party-visits//desk//VI"
_NAME = "Dự, giám sát sinh hoạt Đảng"
_REFRESHED_EVERY = timedelta(hours=4)


def calendar_of(dates: Iterable[YearDate], desk_url: str, domain: str) -> bytes:
    """The file. It is the same, byte for byte, while the dates are: that is how a calendar knows that nothing is new.

    `desk_url` is what its links begin with, `domain` what makes the names of its entries unlike any other's. Whoever
    looks into its owner's diary sees only that the time is taken (as with invitations).
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _NAME)
    calendar.add("x-wr-calname", _NAME)
    calendar.add("refresh-interval", _REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add_component(office_zone())
    for one in dates:
        calendar.add_component(_entry(one, desk_url, domain))
    return bytes(calendar.to_ical())


def _entry(one: YearDate, desk_url: str, domain: str) -> Event:
    event = Event()
    event.add("uid", f"{slug(one.name)}@{domain}")
    event.add("dtstamp", one.stamp.astimezone(UTC).replace(microsecond=0))
    event.add("summary", one_line(one.title))
    event.add("class", "PRIVATE")
    event.add("url", f"{desk_url}{one.url}")
    if isinstance(one.begins, datetime):
        event.add("dtstart", one.begins.astimezone(OFFICE_ZONE))
        event.add("dtend", (one.ends or one.begins).astimezone(OFFICE_ZONE))
        event.add("transp", "OPAQUE")
    else:
        event.add("dtstart", one.begins)
        event.add("dtend", _day_after(one.begins))
        event.add("transp", "TRANSPARENT")  # a day to know of, at which nobody is away
    if one.place:
        event.add("location", one_line(one.place))
    return event


def _day_after(day: date) -> date:
    return day + timedelta(days=1)
