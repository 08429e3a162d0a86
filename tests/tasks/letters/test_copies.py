"""A link is its addressee's alone: whoever gets a copy gets the same letter without the key (0013)."""

import re

import pytest

from letters.masked import MASK, original_id
from tasks.letters.sending import send_queued
from tests.desk import Desk
from tests.tasks.conftest import Mailbox
from tests.tasks.letters.test_recipients import CC, LATER, NEVER, TAKEN, TO, answer, deliver

LINK = re.compile(r"/tra-loi/([^\s\"<]+)")


def keys(mailbox: Mailbox) -> dict[str, list[str]]:
    """What stands in the place of the key, in each letter that came to an address."""
    found: dict[str, list[str]] = {}
    for mail in mailbox.messages():
        forms = [part for part in mail.walk() if part.get_content_type() in ("text/plain", "text/html")]
        said = {one for part in forms for one in LINK.findall(part.get_payload(decode=True).decode())}  # type: ignore[union-attr]
        (key,) = said
        for address in str(mail["X-Envelope-To"]).split(","):
            found.setdefault(address.strip(), []).append(key)
    return found


def test_the_addressee_gets_the_key_and_the_copy_does_not(copied: Desk, mailbox: Mailbox) -> None:
    """An escalated reminder brought the host's live link to the leader who may approve what is sent by it."""
    assert send_queued(copied.visit.id).sent == 1

    came = keys(mailbox)
    assert came[CC] == [MASK]
    (key,) = came[TO]
    assert key != MASK
    first, second = mailbox.messages()
    assert first["Message-ID"] != second["Message-ID"], "what reads differently is another letter"
    assert original_id(str(second["Message-ID"])) == first["Message-ID"]
    assert (first["To"], first["Cc"], first["Subject"]) == (second["To"], second["Cc"], second["Subject"])


@pytest.mark.parametrize("cc", [TAKEN, LATER, NEVER])
@pytest.mark.parametrize("to", [TAKEN, LATER, NEVER])
def test_each_part_is_taken_or_refused_by_itself_and_never_twice(
    to: str, cc: str, copied: Desk, mailbox: Mailbox
) -> None:
    answer(mailbox, to=to, cc=cc)
    deliver(copied)
    (letter,) = copied.letters()
    assert letter.states == [{TAKEN: "sent", LATER: "queued", NEVER: "refused"}[said] for said in (to, cc)]

    mailbox.mend()
    deliver(copied)
    deliver(copied)

    # A person starts the run that failed for its addressee again; a refused copy alone fails nothing.
    wanted = {TO: 1} if cc == NEVER and to != NEVER else {TO: 1, CC: 1}
    assert mailbox.received() == wanted
    assert all(key == MASK for key in keys(mailbox).get(CC, []))


def test_a_server_that_dies_between_the_two_parts_leaves_the_copy_for_the_next_round(
    copied: Desk, mailbox: Mailbox
) -> None:
    answer(mailbox, cc="421 4.3.2 closing")
    deliver(copied)
    (letter,) = copied.letters()
    assert letter.states == ["sent", "queued"]

    mailbox.mend()
    deliver(copied)

    assert mailbox.received() == {TO: 1, CC: 1}
