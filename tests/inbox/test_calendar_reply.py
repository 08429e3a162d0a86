"""Answers from the diaries of many programs are read, and what is no answer is not taken for one (RFC 5546)."""

import pytest

from domain.incoming import Attending, CalendarAnswer, MailKind, MailReading
from inbox.reading import read_mail

UID = "nhon_trach_2024_05-1@tinhuy.example"


def reading(
    entry: str, *, method: str = "REPLY", mime: str = "text/calendar", extra: str = "", head: str = ""
) -> MailReading:
    calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:{method}\r\n{entry}\r\nEND:VCALENDAR\r\n"
    raw = (
        f"From: Hoa <hoa@dangbo.example>\n{head}Subject: Re: Moi du\nMIME-Version: 1.0\n"
        f"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nTôi sẽ dự.\n"
        f"--b\nContent-Type: {mime}; charset=utf-8; method={method}{extra}\n\n{calendar}\n--b--\n"
    )
    return read_mail(raw.encode(), frozenset({"btc@tinhuy.example"}), "")


def event(*lines: str, uid: str = UID) -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"))


OUTLOOK = event(
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:hoa@dangbo.example", "COMMENT;LANGUAGE=vi-VN:Tôi dự được\\, đến sớm\\n",
    "SUMMARY;LANGUAGE=en-US:Accepted: Dự sinh hoạt", "DTSTART;TZID=SE Asia Standard Time:20240515T080000",
    "CLASS:PUBLIC", "PRIORITY:5", "DTSTAMP:20240501T010101Z", "SEQUENCE:2", "X-MICROSOFT-CDO-APPT-SEQUENCE:2",
)  # fmt: skip
GOOGLE = event(
    "DTSTART:20240515T010000Z", "DTEND:20240515T030000Z", "DTSTAMP:20240501T010101Z",
    "ORGANIZER;CN=Ban To chuc:mailto:btc@tinhuy.example",
    "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Hoa;X-NUM-GUESTS=0",
    ' ;X-RESPONSE-COMMENT="Tôi dự được, đến sớm":',
    " mailto:hoa@dangbo.example", "SEQUENCE:2", "STATUS:CONFIRMED",
)  # fmt: skip
APPLE = event(
    'ATTENDEE;CN="Hoa Le";CUTYPE=INDIVIDUAL;EMAIL="hoa@dangbo.example";PARTSTAT=ACCEPTED:mailto:HOA@dangbo.example',
    "COMMENT:Tôi dự được\\, đến sớm", "SEQUENCE:2",
)  # fmt: skip
THUNDERBIRD = event(
    "ATTENDEE;CN=Hoa;PARTSTAT=ACCEPTED;ROLE=OPT-PARTICIPANT:MAILTO:hoa@dangbo.example", "SEQUENCE:2",
    "COMMENT:Tôi dự được\\, đến sớm",
)  # fmt: skip
ZIMBRA = event(
    'ATTENDEE;CN="Lê Thị Hoa";ROLE=REQ-PARTICIPANT;PARTSTAT=accepted:mailto:hoa@dangbo.exam', " ple", "SEQUENCE:2",
    "COMMENT:Tôi dự được\\, đến sớm", "X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY",
)  # fmt: skip


@pytest.mark.parametrize("entry", [OUTLOOK, GOOGLE, APPLE, THUNDERBIRD, ZIMBRA])
def test_the_forms_of_common_programs_say_the_same(entry: str) -> None:
    read = reading(entry)

    assert read.kind == MailKind.CALENDAR
    assert read.calendar == (
        CalendarAnswer(UID, 2, "hoa@dangbo.example", Attending.ACCEPTED, comment="Tôi dự được, đến sớm"),
    )
    assert read.text == "Tôi sẽ dự."


@pytest.mark.parametrize(
    ("partstat", "attending"),
    [("ACCEPTED", Attending.ACCEPTED), ("Tentative", Attending.TENTATIVE), ("declined", Attending.DECLINED)],
)
def test_each_word_of_an_answer_is_known(partstat: str, attending: Attending) -> None:
    (answer,) = reading(event(f"ATTENDEE;PARTSTAT={partstat}:mailto:hoa@dangbo.example")).calendar

    assert answer.attending == attending


def test_whoever_sends_another_is_read_with_whom() -> None:
    (answer,) = reading(
        event(
            'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:binh@dangbo.example":mailto:hoa@dangbo.example',
            'ATTENDEE;PARTSTAT=NEEDS-ACTION;DELEGATED-FROM="mailto:hoa@dangbo.example":mailto:binh@dangbo.example',
        )
    ).calendar

    assert (answer.attending, answer.attendee, answer.delegate) == (
        Attending.DELEGATED, "hoa@dangbo.example", "binh@dangbo.example",
    )  # fmt: skip


def test_a_secretary_answers_for_whom_was_invited() -> None:
    line = 'ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:hoa@dangbo.example":mailto:bithu@dangbo.example'

    (answer,) = reading(event(line, "ATTENDEE;PARTSTAT=DECLINED:mailto:khac@dangbo.example")).calendar

    assert answer.attendee == "bithu@dangbo.example"


def test_several_entries_are_several_answers_and_the_same_twice_is_one() -> None:
    accepted = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:hoa@dangbo.example"
    both = event(accepted) + "\r\n" + event(accepted, uid="khac@tinhuy.example") + "\r\n" + event(accepted)

    assert [answer.uid for answer in reading(both).calendar] == [UID, "khac@tinhuy.example"]


def test_an_answer_that_comes_as_a_file_is_read() -> None:
    read = reading(OUTLOOK, mime="application/octet-stream", extra='; name="invite.ics"')

    assert (read.kind, len(read.calendar)) == (MailKind.CALENDAR, 1)


def test_an_answer_that_a_program_sends_for_a_person_counts() -> None:
    read = reading(GOOGLE, head="Auto-Submitted: auto-generated\nPrecedence: bulk\n")

    assert read.kind == MailKind.CALENDAR


@pytest.mark.parametrize("method", ["REQUEST", "PUBLISH", "CANCEL", "REFRESH"])
def test_an_invitation_of_theirs_is_no_answer_to_ours(method: str) -> None:
    read = reading(OUTLOOK, method=method)

    assert (read.kind, read.calendar) == (MailKind.ANSWER, ())


def test_another_time_that_is_proposed_is_told_in_words() -> None:
    proposed = event(
        "ATTENDEE;PARTSTAT=TENTATIVE:mailto:hoa@dangbo.example", "DTSTART:20240516T070000Z", "COMMENT:Sáng bận họp",
    )  # fmt: skip

    read = reading(proposed, method="COUNTER")

    assert (read.kind, read.calendar) == (MailKind.ANSWER, ())
    assert read.text == "Đề nghị thời gian khác vào 14 giờ 00 ngày 16/5/2024. Sáng bận họp\n\nTôi sẽ dự."


@pytest.mark.parametrize(
    "entry",
    [
        event("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:hoa@dangbo.example"),
        event("ATTENDEE:mailto:hoa@dangbo.example"),
        event("ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x.example", "ATTENDEE;PARTSTAT=DECLINED:mailto:b@x.example"),
        event("SUMMARY:x"),
        "BEGIN:VEVENT\r\nUID:1",
        "BEGIN:VTODO\r\nUID:1\r\nEND:VTODO",
        "\x00\xff",
    ],
)
def test_what_does_not_say_who_answers_or_what_is_left_to_a_person(entry: str) -> None:
    read = reading(entry)

    assert (read.kind, read.calendar) == (MailKind.ANSWER, ())


def test_odd_numbers_and_charsets_do_not_stop_it() -> None:
    (answer,) = reading(event("ATTENDEE;PARTSTAT=ACCEPTED:mailto:hoa@dangbo.example", "SEQUENCE:hai")).calendar
    head = b"From: hoa@dangbo.example\nContent-Type: text/calendar; method=REPLY; charset=windows-1258\n\n"
    words = (
        f"BEGIN:VCALENDAR\nMETHOD:REPLY\n{APPLE}\nEND:VCALENDAR".replace("ự", "u")
        .replace("ợ", "o")
        .encode("cp1258", "replace")
    )

    assert answer.sequence == 0
    assert read_mail(head + words, frozenset(), "").kind == MailKind.CALENDAR
