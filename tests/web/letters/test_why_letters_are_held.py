"""Every reason for which letters are held has its own words and its own way out, on every page about letters (P3)."""

from collections.abc import Callable

import pytest

from config.settings import Settings, Smtp, settings, use
from database import audit, service_notes
from database.engine import reading, writing
from database.holding import RESTORED, HeldFor, why_held
from database.models import AuditEndRow, LetterRow
from database.restored import keep_mark, notice
from tests.desk import Desk
from tests.letter_states import put
from tests.web.conftest import AsRole
from tests.web.letters.test_held_letters import PAGE

#: The form itself; the page of the held letters names its button as well.
BUTTON = 'action="/thu/da-xem-ban-khoi-phuc"'


@pytest.fixture
def asked_for(desk: Desk) -> Desk:
    """May's request, of which nobody knows whether it went, on a live desk with a mail server."""
    desk.until_asked()
    state("uncertain")
    use(settings().model_copy(update={"mode": "live", "smtp": Smtp(host="mail.example")}))
    return desk


def state(of_letter: str) -> None:
    with writing(settings().database) as session:
        put(session.query(LetterRow).one(), of_letter)


def older_copy(of: Settings) -> None:
    """The mark beside the database says that the record had come further."""
    keep_mark(of)
    (of.folder / "mark.json").write_text('{"line": 100000, "hash": "0"}', encoding="ascii")


def other_key(of: Settings) -> None:
    """The record was sealed with a key that is not here."""
    with writing(of.database) as session:
        audit.note(session, "thử", "có việc")
    with writing(of.database) as session:
        session.query(AuditEndRow).one().sealed_by = "khóa khác"


@pytest.mark.parametrize(("harm", "said"), [(older_copy, "bản cũ được khôi phục"), (other_key, "mà không kèm khóa")])
def test_an_officer_lets_letters_go_again_however_the_database_was_put_back(
    asked_for: Desk, as_role: AsRole, harm: Callable[[Settings], None], said: str
) -> None:
    assert asked_for.letters()
    harm(settings())
    assert said in notice(settings())
    officer = as_role("officer")

    assert BUTTON in officer.get("/thu").text
    assert BUTTON not in as_role("leader").get("/thu").text
    assert said in officer.get(PAGE).text
    assert "bấm “Đã xem bản khôi phục, cho thư đi lại”" in officer.get(PAGE).text
    answer = officer.follow(officer.post("/thu/da-xem-ban-khoi-phuc"))

    assert "Thư từ nay lại được gửi đi" in answer.text
    assert BUTTON not in answer.text


@pytest.mark.parametrize(
    ("update", "reason", "way_out"),
    [
        ({"smtp": Smtp()}, HeldFor.NO_SERVER, "VISITS_SMTP__HOST"),
        ({"hold_letters": True}, HeldFor.ASKED, "bỏ cấu hình này"),
    ],
)
def test_what_an_admin_must_change_has_no_button(
    asked_for: Desk, as_role: AsRole, update: dict[str, object], reason: HeldFor, way_out: str
) -> None:
    assert asked_for.letters()
    of = use(settings().model_copy(update=update))
    with reading(of.database) as session:
        held = why_held(session, of)
    assert held is not None
    assert held.reason is reason
    officer = as_role("officer")

    assert held.text in officer.get("/thu").text
    assert BUTTON not in officer.get("/thu").text
    assert way_out in officer.get(PAGE).text


@pytest.mark.parametrize("safe", [True, False])
def test_a_letter_that_is_held_is_not_said_to_go(asked_for: Desk, as_role: AsRole, safe: bool) -> None:
    use(settings().model_copy(update={"hold_letters": safe}))
    number, officer = asked_for.letters()[0].id, as_role("officer")

    said = officer.follow(officer.post(f"/thu/{number}/gui-lai")).text

    assert ("Thư sẽ được gửi lại." in said) is not safe
    assert ("Đã ghi. Thư đang được giữ lại, chưa ra ngoài" in said) is safe


@pytest.mark.parametrize("safe", [True, False])
def test_neither_is_one_that_was_refused(asked_for: Desk, as_role: AsRole, safe: bool) -> None:
    use(settings().model_copy(update={"hold_letters": safe}))
    state("refused")
    assert asked_for.letters()
    officer = as_role("officer")

    said = officer.follow(officer.post("/thu/gui-lai-bi-tu-choi")).text

    assert ("Gửi lại 1 thư." in said) is not safe
    assert ("Đã xếp lại 1 thư. Thư đang được giữ lại, chưa ra ngoài" in said) is safe


def test_letters_held_on_request_stay_so_after_a_look_at_the_copy(asked_for: Desk, as_role: AsRole) -> None:
    assert asked_for.letters()
    with writing(settings().database) as session:
        service_notes.note(session, RESTORED, "bản khôi phục")
    use(settings().model_copy(update={"hold_letters": True}))
    officer = as_role("officer")

    said = officer.follow(officer.post("/thu/da-xem-ban-khoi-phuc")).text

    assert "Thư từ nay lại được gửi đi" not in said
    assert "Thư đang được giữ lại, chưa ra ngoài" in said
