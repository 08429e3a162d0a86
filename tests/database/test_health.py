"""What is not well with the service is read from what is stored, in one place, for doctor and desk."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from answers.incoming.storing import Arrived, store
from config.settings import Inbox, Settings, Smtp
from database import service_notes
from database.engine import reading, writing
from database.health import troubles
from database.incoming import IncomingRow
from database.models import LetterRow, ServiceNoteRow
from domain.dates import OFFICE_ZONE
from domain.incoming import MailKind, MailReading
from domain.problem import Problem
from tests.desk import Desk

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=OFFICE_ZONE)
PLENTY = 10 * 2**30


@pytest.fixture
def live(office: Settings) -> Settings:
    """The office as a live service that can send mail."""
    return office.model_copy(update={"mode": "live", "smtp": Smtp(host="mail.example")})


def noted(of: Settings, name: str, text: str = "", minutes_ago: int = 0) -> None:
    with writing(of.database) as session:
        service_notes.note(session, name, text)
        session.get_one(ServiceNoteRow, name).at = NOW - timedelta(minutes=minutes_ago)


def found(of: Settings, free: int = PLENTY, asked: Mapping[str, str] | None = None) -> list[Problem]:
    with reading(of.database) as session:
        return troubles(session, of, NOW, free, asked)


def test_a_service_that_is_well_has_nothing_to_say(live: Settings) -> None:
    noted(live, "started", minutes_ago=600)
    noted(live, "tended", minutes_ago=14)
    noted(live, "grew", "{}")

    assert found(live) == []


def test_a_home_that_never_ran_has_nothing_to_say(live: Settings) -> None:
    assert found(live) == []


@pytest.mark.parametrize(
    ("tended", "when"), [(16, "lần cuối lúc 7 giờ 44, 01/3/2026"), (None, "chưa lần nào")]
)  # fmt: skip
def test_a_reconciler_that_misses_three_of_its_rounds_is_told(live: Settings, tended: int | None, when: str) -> None:
    noted(live, "started", minutes_ago=600)
    if tended:
        noted(live, "tended", minutes_ago=tended)

    (problem,) = found(live)

    assert f"{problem}".startswith(f"theo dõi các lượt chạy: quá 15 phút chưa chạy ({when}) → khởi động lại dịch vụ")
    assert not problem.warning


def test_a_service_that_has_just_started_gets_its_time(live: Settings) -> None:
    noted(live, "tended", minutes_ago=60 * 24 * 30)
    noted(live, "started", minutes_ago=10)

    assert found(live) == []


@pytest.mark.parametrize(("read", "when"), [(16, "lần cuối lúc 7 giờ 44, 01/3/2026"), (None, "chưa lần nào")])
def test_an_inbox_that_was_not_read_for_a_quarter_of_an_hour_is_told_with_the_reason(
    live: Settings, read: int | None, when: str
) -> None:
    with_inbox = live.model_copy(update={"inbox": Inbox(host="imap.example")})
    noted(live, "started", minutes_ago=600)
    noted(live, "tended", minutes_ago=1)
    noted(live, "inbox fault", "máy chủ không trả lời")
    if read:
        noted(live, "inbox", minutes_ago=read)

    (problem,) = found(with_inbox)

    assert f"{problem}" == (
        f"hộp thư đến: quá 15 phút chưa đọc được ({when}): máy chủ không trả lời"
        " → xem máy chủ thư, các biến VISITS_INBOX__…, rồi: visits inbox read"
    )
    assert found(live) == [], "without an inbox nothing is missed"
    noted(live, "inbox", minutes_ago=14)
    assert found(with_inbox) == []


def test_messages_that_wait_for_a_person_are_told_as_a_warning(live: Settings) -> None:
    with writing(live.database) as session:
        read = MailReading(MailKind.ANSWER, "la@x.example", "", "", "<1@x.example>")
        kept = store(session, Arrived(b"x", 1, NOW, read))
        session.get_one(IncomingRow, kept.row_id).state = "open"

    (problem,) = found(live)

    assert (problem.place, problem.fault, problem.warning) == ("thư đến", "1 thư chờ người xem", True)


def test_a_rehearsal_has_no_rounds_to_miss(office: Settings) -> None:
    noted(office, "started", minutes_ago=600)

    assert found(office) == []


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("schedules", "lịch bắt đầu các việc (dau-thang)"), ("overdue", "lượt chạy trễ"), ("server", "máy chủ Prefect"),
        ("part:server", "máy chủ Prefect"), ("part:runner", "bộ chạy"), ("part:desk", "bàn làm việc"),
    ],
)  # fmt: skip
def test_what_was_noted_is_told_with_a_way_out(live: Settings, name: str, place: str) -> None:
    noted(live, name, "có chuyện")

    (problem,) = found(live)

    assert (problem.place, problem.fault, problem.warning) == (place, "có chuyện", False)
    assert problem.remedy


def test_mondays_letters_that_cannot_be_written_are_a_warning(live: Settings) -> None:
    noted(live, "monday fault", "không soạn được")

    (problem,) = found(live)

    assert (problem.place, problem.warning) == ("thư sáng thứ Hai", True)
    assert "leader_week" in problem.remedy


def test_what_prefect_says_itself_counts_more_than_the_last_word_about_it(live: Settings) -> None:
    noted(live, "schedules", "hôm qua không có lịch")

    assert found(live, asked={"schedules": "", "overdue": ""}) == []
    assert [one.fault for one in found(live, asked={"schedules": "", "overdue": "trễ"})] == ["trễ"]


def test_letters_that_are_held_or_uncertain_are_told_after_what_stops_the_service(desk: Desk, live: Settings) -> None:
    desk.until_issued()
    with writing(live.database) as session:
        first, second, *_ = session.query(LetterRow).order_by(LetterRow.id)
        first.state, second.state = "held", "uncertain"
    noted(live, "server", "lỗi")

    assert [f"{one}" for one in found(live)[1:]] == [
        "sổ thư: 1 thư chưa rõ đã đi chưa → visits letters resolve",
        "sổ thư: 1 thư đang giữ (giữ lại trước đây) → visits letters release",
    ]
    safe = live.model_copy(update={"smtp": Smtp()})
    assert (
        "(chế độ an toàn) → đặt máy chủ thư, bỏ VISITS_HOLD_LETTERS, rồi visits letters release" in f"{found(safe)[-1]}"
    )


def test_a_disk_without_room_for_a_month_is_told(live: Settings) -> None:
    noted(live, "grew", '{"2026-02-01": 0, "2026-02-28": 1048576000}')

    (problem,) = found(live, free=999 * 2**20)

    assert "đĩa còn 999 MB, không đủ một tháng (cần 1000 MB) → dọn đĩa" in f"{problem}"
    assert problem.warning
    assert found(live, free=1000 * 2**20) == []
