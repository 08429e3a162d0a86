"""What invited people answer from their diaries: `METHOD:REPLY` (RFC 5546, 3.2.3), and times they propose (D6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.message import Message

from icalendar import Calendar, Component, vCalAddress

from domain.dates import OFFICE_ZONE, short_date
from domain.incoming import Attending, CalendarAnswer
from domain.text import nfc
from inbox.headers import addresses_in, one_line
from inbox.limits import ENTRIES, TEXT_BYTES
from inbox.parts import content, leaves, text_of

_TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_COMMENT_LETTERS = 2_000


@dataclass(frozen=True)
class CalendarMail:
    """What the calendar in a message says."""

    answers: tuple[CalendarAnswer, ...] = ()
    proposed: str = ""  #: another time that somebody proposes (`METHOD:COUNTER`), in Vietnamese


def read_calendar(message: Message, sender: str) -> CalendarMail:
    """Answers and proposals in the calendar parts of a message; the same answer in two parts counts once."""
    answers: list[CalendarAnswer] = []
    proposed = ""
    for method, entry in _entries(message):
        if method == "REPLY" and (answer := _answer(entry, sender)) and answer not in answers:
            answers.append(answer)
        if method == "COUNTER":
            proposed = proposed or _proposed(entry)
    return CalendarMail(tuple(answers), proposed)


def _entries(message: Message) -> Iterator[tuple[str, Component]]:
    """Each VEVENT with the method of its calendar, `ENTRIES` at most."""
    count = 0
    for part in leaves(message):
        if part.get_content_type() not in _TYPES and not _named_so(part):
            continue
        for calendar in _calendars(part):
            method = str(calendar.get("METHOD") or part.get_param("method") or "").strip().upper()
            for entry in calendar.walk("VEVENT"):
                count += 1
                if count > ENTRIES:
                    return
                yield method, entry


def _named_so(part: Message) -> bool:
    try:
        return str(part.get_filename("")).lower().endswith(".ics")
    except (LookupError, ValueError, TypeError):
        return False


def _calendars(part: Message) -> list[Component]:
    """Broken ones are left out: the message is still read."""
    if len(content(part)) > TEXT_BYTES:
        return []
    try:
        return list(Calendar.from_ical(text_of(part).strip("\ufeff\x00 \r\n"), multiple=True))
    except MemoryError:
        raise
    except Exception:  # zones that are folders, days beyond the calendar: it raises whatever it meets there
        return []


def _answer(entry: Component, sender: str) -> CalendarAnswer | None:
    """`None` where it does not say who answers, or what."""
    attendee = _who_answers(entry, sender)
    if attendee is None:
        return None
    try:
        attending = Attending(_parameter(attendee, "PARTSTAT").lower())
    except ValueError:
        return None
    delegate = addresses_in(_parameter(attendee, "DELEGATED-TO"))
    return CalendarAnswer(
        uid=one_line(str(entry.get("UID", "")))[:500],
        sequence=_sequence(entry),
        attendee=_address(attendee),
        attending=attending,
        delegate=delegate[0] if delegate else "",
        comment=_comment(entry, attendee),
    )


def _who_answers(entry: Component, sender: str) -> vCalAddress | None:
    """A reply names one attendee; of several it is the sender's own line, or the only one that says something."""
    named = _listed(entry.get("ATTENDEE"))
    attendees = [one for one in named if isinstance(one, vCalAddress) and _address(one)]
    own = [one for one in attendees if sender and sender in (_address(one), *addresses_in(_parameter(one, "SENT-BY")))]
    saying = [one for one in attendees if _parameter(one, "PARTSTAT").upper() not in ("", "NEEDS-ACTION")]
    if own:
        return own[0]
    return saying[0] if len(saying) == 1 else None


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _address(attendee: vCalAddress) -> str:
    found = addresses_in(str(attendee)) or addresses_in(_parameter(attendee, "EMAIL"))
    return found[0].removeprefix("mailto:") if found else ""


def _parameter(attendee: vCalAddress, name: str) -> str:
    value = attendee.params.get(name, "")
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _sequence(entry: Component) -> int:
    try:
        return max(0, min(int(entry.get("SEQUENCE", 0)), 2**31 - 1))
    except (ValueError, TypeError):
        return 0


def _comment(entry: Component, attendee: vCalAddress) -> str:
    said = [str(one) for one in _listed(entry.get("COMMENT")) if one]
    return nfc(one_line(" ".join(said) or _parameter(attendee, "X-RESPONSE-COMMENT")))[:_COMMENT_LETTERS]


def _proposed(entry: Component) -> str:
    try:
        starts = entry.decoded("DTSTART")
    except Exception:  # as above, for one line
        starts = None
    said = " ".join(str(one) for one in _listed(entry.get("COMMENT")) if one)
    when = f" vào {_moment(starts)}" if isinstance(starts, date) else ""
    return f"Đề nghị thời gian khác{when}. {one_line(said)[:_COMMENT_LETTERS]}".strip()


def _moment(starts: date) -> str:
    if not isinstance(starts, datetime):
        return f"ngày {short_date(starts)}"
    try:
        local = starts.astimezone(OFFICE_ZONE) if starts.tzinfo else starts
    except (OverflowError, ValueError, OSError):
        return f"lúc {starts:%H:%M} ngày {short_date(starts.date())} ({starts.tzname() or 'giờ khác'})"
    return f"{local:%H} giờ {local:%M} ngày {short_date(local.date())}"
