"""Answering by a link: looking changes nothing, only its own form opens, late answers are marked (R62, A5)."""

import io
import zipfile
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import inspect, text

from config.settings import settings
from database import links
from database.engine import reading
from tests.desk import Desk
from tests.opened_mail import mail, words
from tests.web.conftest import AsRole, Visitor
from tests.web.letters_links import link_in
from tests.web.lists import GOOD

Opened = Callable[[], Visitor]


def whole_database() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with reading(settings().database) as session:
        names = inspect(session.connection()).get_table_names()
        return {name: [tuple(row) for row in session.execute(text(f'SELECT * FROM "{name}"'))] for name in names}


def send(host: Visitor, link: str, data: dict[str, str]) -> httpx.Response:
    """Send a form that was opened by the link, with the token it carried."""
    host.get(link)
    return host.post(link, data)


def confirm(host: Visitor, link: str, **more: str) -> httpx.Response:
    """The host's list, confirmed."""
    return send(host, link, GOOD | {"do": "confirm"} | more)


# What a letter brings


def test_the_request_and_its_reminders_bring_the_same_link(asked: Desk) -> None:
    first = link_in(asked, "nomination_request", "host")
    asked.set_clock(2024, 4, 3)
    asked.go_on()

    assert link_in(asked, "nomination_reminder", "host") == first


def test_each_inspector_has_a_link_of_his_own(met: Desk) -> None:
    recipients = [letter.recipient for letter in met.letters("findings_request")]
    own = {link_in(met, "findings_request", recipient) for recipient in recipients}

    assert len(own) == len(recipients) == 3


def test_the_link_is_in_the_mail_and_not_in_the_document(asked: Desk) -> None:
    """The official document goes through many hands."""
    (letter,) = asked.letters("nomination_request")

    (document,) = [one for one in mail(letter).iter_attachments() if str(one.get_filename()).endswith(".docx")]
    with zipfile.ZipFile(io.BytesIO(document.get_payload(decode=True))) as parts:
        said = b"".join(parts.read(name) for name in parts.namelist())

    assert "/tra-loi/" in words(letter)
    assert b"/tra-loi/" not in said


def test_without_a_public_address_letters_carry_no_link(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "mode", "live")
    desk.set_clock(2024, 3, 1)
    desk.ask()

    assert "/tra-loi/" not in words(desk.letters("nomination_request")[0])


def test_a_public_address_is_what_links_begin_with(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "public_url", "https://tra-loi.example/")
    desk.set_clock(2024, 3, 1)
    desk.ask()

    assert "https://tra-loi.example/tra-loi/" in words(desk.letters("nomination_request")[0])


# Looking


def test_opened_a_hundred_times_nothing_has_changed(asked: Desk, stranger: Opened) -> None:
    """Design trap 13."""
    link, before = link_in(asked, "nomination_request", "host"), whole_database()
    scanner = stranger()

    for _ in range(100):
        assert scanner.get(link).status_code == 200

    assert whole_database() == before


def test_an_inspectors_link_opened_or_asked_for_its_head_changes_nothing(met: Desk, stranger: Opened) -> None:
    link, before = link_in(met, "findings_request", "inspector:1"), whole_database()
    scanner = stranger()

    assert scanner.get(link).status_code == scanner.browser.head(link).status_code == 200
    assert scanner.get(f"{link}/da-nhan").status_code == 200
    assert whole_database() == before


def test_no_account_is_asked_for_and_none_is_shown(asked: Desk, stranger: Opened) -> None:
    page = stranger().get(link_in(asked, "nomination_request", "host"))

    assert page.status_code == 200
    assert "Đăng xuất" not in page.text
    assert "Bảng năm" not in page.text


def test_the_host_sees_its_own_month_and_nothing_of_others(asked: Desk, stranger: Opened) -> None:
    page = stranger().get(link_in(asked, "nomination_request", "host")).text

    assert "Đảng bộ thành phố Biên Hòa" in page
    for other in ("Nhơn Trạch", "Tân Phú", "Long Khánh", "Cẩm Mỹ"):
        assert other not in page


def test_the_host_never_sees_findings(desk: Desk, stranger: Opened) -> None:
    desk.until_reported()
    link = link_in(desk, "nomination_request", "host")
    host = stranger()

    for url in (link, f"{link}/da-nhan"):
        assert "Sổ nghị quyết ghi vắn tắt" not in host.get(url).text
    assert send(host, link, {"do": "review", "result-R16": "met"}).status_code != 303
    assert len(desk.answers("findings")) == 1


# Answering


def test_a_list_is_seen_first_then_confirmed_and_recorded_as_the_hosts(asked: Desk, stranger: Opened) -> None:
    link, host = link_in(asked, "nomination_request", "host"), stranger()

    seen = send(host, link, GOOD)
    assert seen.status_code == 200
    assert asked.answers("nominations") == []

    taken = confirm(host, link)
    assert taken.headers["location"] == f"{link}/da-nhan"
    (row,) = asked.answers("nominations")
    assert (row.by, row.source) == ("Ban Thường vụ Thành ủy Biên Hòa", "link")
    assert row.content["received_on"] == "2024-03-20"
    assert "đã nhận bản 1" in host.get(f"{link}/da-nhan").text


def test_the_host_cannot_date_its_list_back(asked: Desk, stranger: Opened) -> None:
    """The day of receipt counts (A4), and it is the day on which the answer comes."""
    confirm(stranger(), link_in(asked, "nomination_request", "host"), received_on="01/3/2024")

    assert asked.answers("nominations")[0].content["received_on"] == "2024-03-20"


def test_after_the_deadline_the_form_says_so_and_the_answer_is_marked_late(asked: Desk, stranger: Opened) -> None:
    """A5."""
    asked.set_clock(2024, 4, 20, 9)
    link, host = link_in(asked, "nomination_request", "host"), stranger()

    assert 'id="late"' in host.get(link).text
    confirm(host, link)

    assert asked.candidates() == {1: "late", 2: "late"}


def test_it_can_be_answered_again_until_the_choice_is_made(asked: Desk, stranger: Opened) -> None:
    link, host = link_in(asked, "nomination_request", "host"), stranger()
    confirm(host, link)
    confirm(host, link, **{"seen": "1", "venue-1": "Phòng họp B"})

    assert [row.version for row in asked.answers("nominations")] == [1, 2]

    asked.go_on()
    asked.choose(1)
    late = confirm(host, link, **{"seen": "2", "venue-1": "Phòng họp C"})

    assert late.status_code == 422
    assert len(asked.answers("nominations")) == 2


def test_a_confirmation_sent_twice_is_one_version_and_one_use(asked: Desk, stranger: Opened) -> None:
    link, host = link_in(asked, "nomination_request", "host"), stranger()

    for _ in range(2):
        assert confirm(host, link).status_code == 303

    assert len(asked.answers("nominations")) == 1
    with reading(settings().database) as session:
        assert [row.uses for row in links.of_visit(session, asked.visit.id)] == [1]


def test_answering_counts_as_a_use(asked: Desk, stranger: Opened) -> None:
    confirm(stranger(), link_in(asked, "nomination_request", "host"))

    with reading(settings().database) as session:
        (row,) = links.of_visit(session, asked.visit.id)
        assert (row.uses, row.last_used_at is not None) == (1, True)


def test_an_inspector_is_recorded_by_name_as_come_by_a_link(met: Desk, stranger: Opened) -> None:
    link, inspector = link_in(met, "findings_request", "inspector:1"), stranger()

    answer = send(inspector, link, {"do": "confirm", "turn": "1", "seen": "0", "strength-1": "Chuẩn bị chu đáo"})

    assert answer.status_code == 303
    (row,) = met.answers("findings")
    assert (row.by, row.source) == ("Phạm Thị Thí Dụ (qua liên kết)", "link")


def test_an_answer_without_the_token_of_the_form_is_refused(asked: Desk, stranger: Opened) -> None:
    link, host = link_in(asked, "nomination_request", "host"), stranger()
    host.get(link)

    assert host.browser.post(link, data=GOOD | {"do": "confirm"}).status_code == 403
    assert asked.answers("nominations") == []


# Somebody of the office with another's link


def test_a_link_opened_by_somebody_signed_in_shows_him_his_own_way_and_takes_nothing(
    met: Desk, as_role: AsRole
) -> None:
    """Else a leader could answer in an inspector's name, and four eyes would be two."""
    link = link_in(met, "findings_request", "inspector:1")
    leader = as_role("leader")

    shown = leader.get(link)
    assert (shown.status_code, "dành riêng cho" in shown.text, "<form" in shown.text.split("<main")[1]) == (
        403,
        True,
        False,
    )
    sent = leader.post(link, {"do": "review", "strength-1": "tự viết"})
    saved = leader.post(f"{link}/nhap", {"turn": "1"})

    assert (sent.status_code, saved.status_code) == (403, 403)
    assert leader.get(f"{link}/da-nhan").status_code == 403
    assert met.answers("findings") == []


def test_after_signing_out_the_same_browser_answers_as_the_links_recipient(asked: Desk, as_role: AsRole) -> None:
    link, officer = link_in(asked, "nomination_request", "host"), as_role("officer")
    officer.post("/dang-xuat")

    assert officer.get(link).status_code == 200
