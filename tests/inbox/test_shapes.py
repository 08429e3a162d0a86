"""Real-world shapes of mail: what is a machine's is known, what is a person's is never taken for a machine's."""

from collections import Counter

import pytest

from domain.incoming import MailKind, MailReading
from inbox.reading import read_mail
from tests.inbox.mail_shapes import LETTER_ID, OWN, Shape, shapes

RETURNED = (MailKind.BOUNCE, MailKind.DELAY)


@pytest.fixture(scope="module")
def read() -> list[tuple[Shape, MailReading]]:
    return [(shape, read_mail(shape.raw, OWN, "")) for shape in shapes()]


def test_there_are_enough_shapes_of_each_kind() -> None:
    count = Counter(shape.kind for shape in shapes())

    assert count[MailKind.BOUNCE] + count[MailKind.DELAY] >= 110
    assert count[MailKind.ABSENCE] >= 60
    assert count[MailKind.ANSWER] >= 60
    assert len({shape.raw for shape in shapes()}) == count.total()


def test_at_least_98_of_100_are_recognised(read: list[tuple[Shape, MailReading]]) -> None:
    right = Counter(shape.kind for shape, reading in read if reading.kind == shape.kind)
    every = Counter(shape.kind for shape, _ in read)
    for kind, count in every.items():
        print(f"{kind.called:24} {right[kind]:4} of {count:4}  {right[kind] / count:.1%}")

    assert all(right[kind] >= 0.98 * count for kind, count in every.items())


def test_no_machine_is_taken_for_an_answer(read: list[tuple[Shape, MailReading]]) -> None:
    answers = [shape.name for shape, reading in read if reading.kind in (MailKind.ANSWER, MailKind.CALENDAR)]

    assert answers == [shape.name for shape in shapes() if shape.kind == MailKind.ANSWER]


def test_no_person_is_taken_for_a_machine(read: list[tuple[Shape, MailReading]]) -> None:
    people = [(shape, reading) for shape, reading in read if shape.kind == MailKind.ANSWER]

    assert [shape.name for shape, reading in people if reading.kind != MailKind.ANSWER] == []


def test_it_is_known_to_whom_a_letter_did_not_come_and_whether_for_good(
    read: list[tuple[Shape, MailReading]],
) -> None:
    told = {
        shape.name: " ".join(
            failed.address + ("" if failed.for_good or shape.kind == MailKind.DELAY else "-")
            for failed in reading.failed
        )
        for shape, reading in read
        if shape.kind in RETURNED
    }

    assert told == {shape.name: shape.expected for shape in shapes() if shape.kind in RETURNED}


def test_a_delay_says_of_nobody_that_it_is_for_good(read: list[tuple[Shape, MailReading]]) -> None:
    delays = [reading for _, reading in read if reading.kind == MailKind.DELAY]

    assert not any(failed.for_good for reading in delays for failed in reading.failed)


def test_the_letter_inside_a_report_is_the_nearest_that_it_refers_to(read: list[tuple[Shape, MailReading]]) -> None:
    holds_it = [
        (shape, reading) for shape, reading in read if shape.kind in RETURNED and LETTER_ID.encode() in shape.raw
    ]

    assert len(holds_it) > 70
    assert [shape.name for shape, reading in holds_it if reading.refers_to[:1] != (LETTER_ID,)] == []


def test_the_day_of_an_absence_is_the_one_that_it_names(read: list[tuple[Shape, MailReading]]) -> None:
    told = {shape.name: str(reading.back_on or "") for shape, reading in read if shape.kind == MailKind.ABSENCE}

    assert told == {shape.name: shape.expected for shape in shapes() if shape.kind == MailKind.ABSENCE}


def test_what_the_server_said_is_told_in_one_line(read: list[tuple[Shape, MailReading]]) -> None:
    replies = [failed.reply for _, reading in read for failed in reading.failed]

    assert len(replies) > 110
    assert all(reply and "\n" not in reply and len(reply) <= 520 for reply in replies)
