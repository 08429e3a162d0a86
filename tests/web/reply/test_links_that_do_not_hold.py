"""A link that was forged, has expired, was taken back or is another's opens nothing."""

from collections.abc import Callable

import pytest

from answers.answering import Giver
from answers.links import address, renew, revoke
from config.settings import settings
from database import links
from database.engine import reading
from tests.desk import Desk
from tests.may import MAY, OFFICER
from tests.opened_mail import words
from tests.web.conftest import Visitor, token_in
from tests.web.letters_links import link_in
from tests.web.lists import GOOD
from tests.web.reply.test_reply import confirm

Opened = Callable[[], Visitor]


@pytest.mark.parametrize("presented", ["x", "abc.def", "", "a" * 500, "ủy.ban", "..%2f..", "0.0"])
@pytest.mark.usefixtures("asked")
def test_a_forged_link_gets_one_polite_page(stranger: Opened, presented: str) -> None:
    answer = stranger().get(f"/tra-loi/{presented}")

    assert answer.status_code == 404
    if presented and "%2f" not in presented:
        assert "Liên kết không dùng được" in answer.text
        assert "Biên Hòa" not in answer.text


def test_a_link_with_one_letter_changed_is_forged(asked: Desk, stranger: Opened) -> None:
    link = link_in(asked, "nomination_request", "host")
    changed = link[:-2] + ("A" if link[-2] != "A" else "B") + link[-1]

    assert stranger().get(changed).status_code == 404


def test_an_expired_link_is_gone_for_looking_and_for_answering(asked: Desk, stranger: Opened) -> None:
    link, host = link_in(asked, "nomination_request", "host"), stranger()
    token = token_in(host.get(link))
    asked.set_clock(2024, 6, 1, 0, 0)

    looked = host.get(link)
    answered = host.browser.post(link, data=GOOD | {"do": "confirm", "csrf": token})

    assert (looked.status_code, answered.status_code) == (410, 410)
    assert "Biên Hòa" not in looked.text
    assert asked.answers("nominations") == []


def test_a_revoked_link_is_gone_and_a_new_one_works(asked: Desk, stranger: Opened) -> None:
    link, host = link_in(asked, "nomination_request", "host"), stranger()
    with reading(settings().database) as session:
        (row,) = links.of_visit(session, asked.visit.id)
    revoke(MAY, row.id, OFFICER)

    assert host.get(link).status_code == 410
    assert host.get(f"{link}/mau.xlsx").status_code == 410

    fresh = address(renew(MAY, "nominations", "host", OFFICER))
    assert host.get(fresh[fresh.index("/tra-loi") :]).status_code == 200


def test_a_new_link_takes_the_old_one_back(asked: Desk, stranger: Opened) -> None:
    link = link_in(asked, "nomination_request", "host")
    renew(MAY, "nominations", "host", OFFICER)

    assert stranger().get(link).status_code == 410


def test_after_a_revocation_reminders_bring_no_link_until_a_person_makes_one(asked: Desk) -> None:
    with reading(settings().database) as session:
        (row,) = links.of_visit(session, asked.visit.id)
    revoke(MAY, row.id, OFFICER)
    asked.set_clock(2024, 4, 3)
    asked.go_on()

    assert "/tra-loi/" not in words(asked.letters("nomination_reminder")[-1])


def test_a_cancelled_visit_has_no_forms_any_more(asked: Desk, stranger: Opened) -> None:
    from answers.changes import cancel

    link = link_in(asked, "nomination_request", "host")
    cancel(MAY, "Đơn vị hợp nhất", Giver("Trần Thị Minh Họa", "desk"))

    assert stranger().get(link).status_code == 410


def test_the_link_of_one_unit_opens_no_form_of_another(asked: Desk, stranger: Opened) -> None:
    other = Desk("2024-06/cao_su_dong_nai")
    other.open()
    renew(other.key, "nominations", "host", OFFICER)
    host, link = stranger(), link_in(asked, "nomination_request", "host")

    confirm(host, link)

    assert len(asked.answers("nominations")) == 1
    assert other.answers("nominations") == []
