"""A mark of secrecy belongs to information: whatever is made from it bears it, from then on (A20, P3, trap 22)."""

from pathlib import Path

import pytest

from answers.letters import resend, resolve
from answers.links import LinkIsOver, open_link
from answers.papers import Sheet, issue, said_of_a_mark
from config.settings import ROOT, settings, use
from database import plans, visits
from database.engine import reading, writing
from database.models import DocumentRow, LetterRow, VisitRow
from database.secrecy import mark_of
from domain.problem import Refused
from tasks.letters.sending import send_queued
from tests.desk import Desk
from tests.letter_states import put
from tests.may import CLERK, MAY, OFFICER
from tests.numbering import number_next
from tests.obligations import Obliged
from tests.tasks.conftest import Mailbox
from tests.web.letters_links import link_in

FOLLOW_UP = f"{MAY}/kien-nghi"


def states(desk: Desk) -> dict[str, set[str]]:
    """In which states the letters of each purpose are."""
    found: dict[str, set[str]] = {}
    for letter in desk.letters():
        found.setdefault(letter.purpose, set()).add(letter.state)
    return found


def mark(desk: Desk, kind: str, secrecy: str = "MẬT") -> None:
    """Give an issued document a mark afterwards."""
    with writing(settings().database) as session:
        row = session.get_one(DocumentRow, desk.documents(kind)[-1].id)
        row.secrecy = secrecy


def test_after_a_secret_notice_no_letter_of_the_visit_leaves(desk: Desk) -> None:
    """Not the notice alone: invitations with place and time, requests, reminders, mails to staff."""
    desk.until_chosen()
    desk.go_on()
    desk.postman_calls()
    issue(MAY, "notice", Sheet(80, desk.today, secrecy="TUYỆT MẬT"), CLERK)
    number_next(MAY, "invitation")
    desk.go_on()
    desk.set_clock(2024, 5, 18, 8)
    desk.go_on()
    desk.report(desk.findings())
    desk.go_on()

    after = {purpose: found for purpose, found in states(desk).items() if purpose not in ("nomination_request",)}
    assert {"selection_notice", "invitation", "findings_request", "staff_task"} <= after.keys()
    assert {
        state for purpose in ("selection_notice", "invitation", "findings_request") for state in after[purpose]
    } == {"withheld"}


def test_the_reminder_of_a_secret_notice_s_recommendations_is_withheld(desk: Desk) -> None:
    """It was mailed with every recommendation, the notice's number, Word, PDF and an open link."""
    desk.until_reported()
    desk.approve("result")
    desk.go_on()
    issue(MAY, "result", Sheet(95, desk.today, secrecy="MẬT"), CLERK)
    desk.go_on()
    followed = Obliged(FOLLOW_UP)
    followed.set_clock(2024, 5, 19, 8)
    followed.open()
    followed.on(6, 24)
    followed.on(7, 1)

    reminders = followed.letters("remedy_reminder")
    assert reminders
    assert {letter.state for letter in reminders} == {"withheld"}
    assert b"/tra-loi/" not in b"".join(letter.raw for letter in reminders)


def test_the_annual_report_bears_the_mark_of_any_visit_of_its_year(desk: Desk) -> None:
    desk.until_issued()
    with reading(settings().database) as session:
        other, summary = visits.find(session, "2024-02/nhon_trach"), visits.find(session, "2024/tong-hop")
        assert (mark_of(session, other), mark_of(session, summary)) == ("", "")
    mark(desk, "selection_notice", "TỐI MẬT")

    with reading(settings().database) as session:
        assert mark_of(session, visits.find(session, MAY)) == "TỐI MẬT"
        assert mark_of(session, visits.find(session, "2024/tong-hop")) == "TỐI MẬT"
        assert mark_of(session, visits.find(session, "2024-02/nhon_trach")) == ""


def test_a_mark_that_comes_later_keeps_back_what_was_written_before(desk: Desk, mailbox: Mailbox) -> None:
    desk.until_signed()
    mark(desk, "selection_notice")

    result = send_queued(desk.visit.id)

    assert result.sent == 0
    assert mailbox.messages() == []
    assert states(desk)["invitation"] == {"withheld"}


def test_with_the_mark_whatever_was_held_is_withheld_at_once_and_nobody_releases_it(desk: Desk) -> None:
    """Seen on a live service in safe mode: what was written before stood there as held, with its button."""
    desk.until_chosen()
    desk.go_on()
    with writing(settings().database) as session:
        for letter in session.query(LetterRow):
            put(letter, "held")

    issue(MAY, "notice", Sheet(80, desk.today, secrecy="MẬT"), CLERK)

    assert {state for found in states(desk).values() for state in found} == {"withheld"}
    (request,) = desk.letters("nomination_request")
    with writing(settings().database) as session:
        put(session.get_one(LetterRow, request.id), "uncertain")
    with pytest.raises(Refused, match="độ mật MẬT"):
        resolve(request.id, "send_again", OFFICER)
    with writing(settings().database) as session:
        put(session.get_one(LetterRow, request.id), "refused")
    with pytest.raises(Refused, match="độ mật MẬT"):
        resend(request.id, OFFICER)
    resolve(desk.letters("staff_task")[0].id, "went_out", OFFICER)


def test_a_held_letter_that_is_released_stays_here_once_the_visit_is_secret(desk: Desk, mailbox: Mailbox) -> None:
    desk.until_signed()
    use(settings().model_copy(update={"hold_letters": True}))
    send_queued(desk.visit.id)
    mark(desk, "selection_notice")
    before = len(mailbox.messages())
    use(settings().model_copy(update={"hold_letters": False}))

    send_queued(desk.visit.id)

    assert len(mailbox.messages()) == before
    assert "held" not in states(desk)["invitation"]


def test_its_links_are_over(desk: Desk) -> None:
    desk.until_asked()
    token = link_in(desk, "nomination_request", "host").rpartition("/")[2]
    assert open_link(token).purpose == "nominations"
    with writing(settings().database) as session:
        session.add(
            DocumentRow(
                visit_id=desk.visit.id, kind="selection_notice", revision=1, state="draft", content_hash="x", body="",
                drafted_at=desk.dossier().now, organ_code="BTCTU", type_code="TB", term="2020-2025", secrecy="MẬT",
            )
        )  # fmt: skip

    with pytest.raises(LinkIsOver):
        open_link(token)


def test_no_letter_is_lost_by_it(desk: Desk) -> None:
    """Withheld is kept, with its text: somebody hands it over and says so."""
    desk.until_signed()
    mark(desk, "selection_notice")
    send_queued(desk.visit.id)
    with reading(settings().database) as session:
        kept = session.query(LetterRow).filter_by(visit_id=desk.visit.id, state="withheld").all()
        assert kept
        assert all(letter.raw for letter in kept)


def test_whoever_sets_a_mark_is_told_how_much_has_gone_already(desk: Desk) -> None:
    desk.until_asked()
    assert "Trước đó" not in said_of_a_mark(MAY)
    desk.postman_calls()

    assert "từ nay mọi thư của việc này cũng vậy" in said_of_a_mark(MAY)
    assert "Trước đó đã gửi 01 thư" in said_of_a_mark(MAY)


def test_only_one_place_decides() -> None:
    """Whoever asks for a document's own mark to decide what may leave would overlook what is made from it."""
    root = Path(__file__).parents[3]
    asking = {
        path.relative_to(root).as_posix()
        for room in ("tasks", "answers", "flows", "web", "archive", "papers")
        for path in (root / room).rglob("*.py")
        if ".secrecy" in path.read_text("utf-8").replace("database.secrecy", "").replace("domain.secrecy", "")
    }
    showing = {"archive/year_tables.py", "papers/files.py", "web/standing/papers.py"}
    assert asking == showing | {"answers/papers.py", "answers/issuing.py", "web/papers/page.py"}


@pytest.mark.usefixtures("desk")
def test_whatever_is_known_of_a_restricted_unit_bears_the_mark_that_the_office_sets() -> None:
    """A20: before any document is marked, from the first letter on; other units are not touched, the summary is."""
    with reading(settings().database) as session:
        unit = next(unit.code for unit in plans.read(session, 2024)[0].units if unit.restricted)
    summary = "2024/tong-hop"

    def marks(*keys: str) -> list[str]:
        with reading(settings().database) as session:
            return [mark_of(session, visits.find(session, key)) for key in keys]

    theirs = [key for key in all_keys() if key.endswith(f"/{unit}")]
    assert theirs
    assert set(marks(*theirs, MAY, summary)) == {""}

    use(settings().model_copy(update={"restricted_mark": "TỐI MẬT"}))

    assert set(marks(*theirs)) == {"TỐI MẬT"}
    assert marks(MAY, summary) == ["", "TỐI MẬT"]


def all_keys() -> list[str]:
    with reading(settings().database) as session:
        return [row.key for row in session.query(VisitRow)]


def test_every_letter_is_made_where_the_mark_is_asked_for() -> None:
    """A new purpose cannot go another way: one file makes letters, one tells of corrections to those who had the wrong
    paper, one notes those that left on paper."""
    assert _files_that_say("LetterRow(\n") == {"tasks/letters/ledger.py"}
    written = {"tasks/letters/correspondence.py", "tasks/letters/correcting.py", "tasks/taken_over.py"}
    assert _files_that_say("    enter(\n") == written
    assert _files_that_say("tasks.letters.ledger import") == written


def _files_that_say(words: str) -> set[str]:
    every = (path.relative_to(ROOT) for path in ROOT.glob("*/**/*.py"))
    ours = (path for path in every if path.parts[0] not in ("tests", "benchmarks") and path.parts[0][0] != ".")
    read = {f"{path}": (ROOT / path).read_text("utf-8") for path in ours}
    return {path for path, text in read.items() if words in text and "class LetterRow(" not in text}


def test_the_subject_of_a_withheld_invitation_names_no_organisation(desk: Desk) -> None:
    desk.until_chosen()
    desk.set_clock(2024, 3, 22, 9)
    issue(desk.key, "notice", Sheet(80, desk.today, secrecy="MẬT"), CLERK)
    number_next(desk.key, "invitation")
    desk.go_on()

    subjects = [one.subject for one in desk.letters("invitation")]
    assert subjects
    assert not [one for one in subjects if "Chi bộ" in one]
