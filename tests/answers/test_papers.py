"""Approving and issuing: only people do it, each document once, each number once in a term (2.4, F22, F23, A2)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest

from answers.changes import move
from answers.papers import approve, issue
from answers.taking import Giver
from config.settings import settings
from database import plans, visits
from database.engine import writing
from database.models import AuditRow, DocumentRow
from domain.dates import at
from domain.problem import Refused
from tests.desk import CLERK, COMPLETE, LEADER, OFFICER, Desk


@pytest.fixture
def drafted(desk: Desk) -> Desk:
    """The visit whose notice waits for its number, on 22/3/2024."""
    desk.until_chosen()
    desk.set_clock(2024, 3, 22, 9)
    return desk


def another_visit() -> Desk:
    """April's visit, whose notice waits for its number too."""
    other = Desk("2024-04/tan_phu")
    other.open()
    in_april = [replace(one, starts_at=one.starts_at - timedelta(days=30)) for one in COMPLETE]
    other.nominate(in_april, received=date(2024, 3, 1))
    other.choose(1)
    other.go_on()
    return other


# Issuing


def test_an_issue_gives_number_date_and_name(drafted: Desk) -> None:
    assert drafted.issue("notice", 80) == "80-TB/BTCTU"

    (row,) = drafted.documents("selection_notice")
    assert (row.state, row.number, row.issued_on, row.issued_by) == ("issued", 80, date(2024, 3, 22), CLERK.name)


def test_a_number_below_ten_gets_a_zero(drafted: Desk) -> None:
    """F9."""
    assert drafted.issue("notice", 7) == "07-TB/BTCTU"


def test_a_document_is_issued_once(drafted: Desk) -> None:
    drafted.issue("notice", 80)

    with pytest.raises(Refused, match="đã phát hành số 80-TB/BTCTU"):
        drafted.issue("notice", 81)
    assert drafted.documents("selection_notice")[0].number == 80


@pytest.mark.parametrize("number", [0, -3])
def test_what_is_no_number_is_refused(drafted: Desk, number: int) -> None:
    with pytest.raises(Refused, match="không phải số văn bản"):
        drafted.issue("notice", number)
    assert drafted.documents("selection_notice")[0].state == "draft"


def test_a_day_to_come_is_no_day_of_issue(drafted: Desk) -> None:
    with pytest.raises(Refused, match="ngày 23/3/2024 chưa tới"):
        issue(drafted.key, "notice", 80, date(2024, 3, 23), CLERK)


def test_a_number_that_is_taken_is_refused(drafted: Desk) -> None:
    """F22: within organ, type and term."""
    other = another_visit()
    drafted.issue("notice", 80)

    with pytest.raises(Refused, match="số 80-TB/BTCTU đã dùng trong nhiệm kỳ 2020-2025"):
        other.issue("notice", 80)
    assert other.documents("selection_notice")[0].state == "draft"
    assert other.issue("notice", 81) == "81-TB/BTCTU"


def test_a_number_of_another_year_of_the_term_is_taken_too(drafted: Desk) -> None:
    """F22: numbers do not begin again at New Year."""
    another_year(80, "2020-2025")

    with pytest.raises(Refused, match="đã dùng trong nhiệm kỳ 2020-2025"):
        drafted.issue("notice", 80)


@pytest.mark.parametrize(
    ("type_code", "term"), [("TB", "2025-2030"), ("BC", "2020-2025")], ids=["another term", "another type"]
)
def test_the_same_number_of_another_term_or_type_is_free(drafted: Desk, type_code: str, term: str) -> None:
    """F22."""
    another_year(80, term, type_code)

    assert drafted.issue("notice", 80) == "80-TB/BTCTU"


def another_year(number: int, term: str, type_code: str = "TB") -> None:
    """A document of the visit of the year before, issued under that number."""
    with writing(settings().database) as session:
        plan, contacts = plans.read(session, 2024)
        plans.save(session, replace(plan, year=2023, issued=date(2023, 1, 4)), contacts, "thử")
        session.flush()
        before = visits.find(session, "2023-05/bien_hoa")
        session.add(
            DocumentRow(
                visit_id=before.id, kind="selection_notice", revision=1, state="issued", content_hash="", body="",
                changes=[], drafted_at=at(date(2023, 3, 1)), organ_code="BTCTU", type_code=type_code, term=term,
                number=number, issued_on=date(2023, 3, 2),
            )
        )  # fmt: skip


def test_gaps_between_numbers_are_allowed(drafted: Desk) -> None:
    """6.7 no. 6: the office issues other papers too."""
    other = another_visit()
    other.issue("notice", 310)

    assert drafted.issue("notice", 12) == "12-TB/BTCTU"


def test_of_two_clerks_at_the_same_moment_one_issues_and_there_is_one_number(drafted: Desk) -> None:
    barrier = Barrier(2)

    def act(number: int, name: str) -> str:
        barrier.wait()
        try:
            return issue(drafted.key, "notice", number, drafted.today, Giver(name, "cli"))
        except Refused as refused:
            return f"refused: {refused}"

    with ThreadPoolExecutor(2) as pool:
        for _ in range(10):
            words = [
                future.result() for future in (pool.submit(act, 80, "Văn thư A"), pool.submit(act, 81, "Văn thư B"))
            ]
            (row,) = drafted.documents("selection_notice")
            assert sorted(one.startswith("refused") for one in words) == [False, True]
            assert row.symbol in words
            assert any(f"đã phát hành số {row.symbol}" in one for one in words)
            with writing(settings().database) as session:
                session.query(DocumentRow).update({"state": "draft", "number": None, "issued_by": None})


def test_of_two_documents_at_the_same_moment_one_gets_the_number(drafted: Desk) -> None:
    """F22: the number is given once although two visits ask for it at once."""
    other = another_visit()
    barrier = Barrier(2)

    def act(key: str) -> str:
        barrier.wait()
        try:
            return issue(key, "notice", 80, drafted.today, CLERK)
        except Refused as refused:
            return f"refused: {refused}"

    with ThreadPoolExecutor(2) as pool:
        words = [future.result() for future in (pool.submit(act, drafted.key), pool.submit(act, other.key))]

    assert sorted(one.startswith("refused") for one in words) == [False, True]
    assert any("đã dùng trong nhiệm kỳ" in one for one in words)


def test_a_draft_whose_meeting_has_just_moved_is_not_issued(drafted: Desk) -> None:
    """A23: not before the service has drafted it anew."""
    drafted.set_clock(2024, 3, 22, 10)
    move(drafted.key, 1, at(date(2024, 5, 15), 8), OFFICER, reason="trùng lịch")

    with pytest.raises(Refused, match="đang soạn lại vì dữ liệu vừa đổi"):
        drafted.issue("notice", 80)

    drafted.go_on()
    assert drafted.issue("notice", 80) == "80-TB/BTCTU"
    assert [row.state for row in drafted.documents("selection_notice")] == ["superseded", "issued"]


# Approving


@pytest.fixture
def reported(desk: Desk) -> Desk:
    """The visit whose group report waits for its approval."""
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()
    return desk


def test_an_approval_is_of_one_content(reported: Desk) -> None:
    """P7: the record holds the hash of what was approved."""
    content_hash = reported.approve("report")

    (row,) = reported.documents("group_report")
    assert (row.state, row.content_hash, row.approved_by) == ("approved", content_hash, LEADER.name)
    with writing(settings().database) as session:
        (line,) = session.query(AuditRow).filter_by(what="duyệt bản 1").all()
        assert line.details == {"paper": "report", "hash": content_hash}


def test_a_report_is_approved_once(reported: Desk) -> None:
    reported.approve("report")

    with pytest.raises(Refused, match="bản 1 đang ở trạng thái"):
        reported.approve("report")


def test_a_report_whose_findings_have_just_changed_is_not_approved(reported: Desk) -> None:
    reported.set_clock(2024, 5, 18, 10)
    reported.report(reported.findings(strengths=("Khác",)))

    with pytest.raises(Refused, match="đang soạn lại"):
        reported.approve("report")

    reported.go_on()
    reported.approve("report")
    assert [row.state for row in reported.documents("group_report")] == ["superseded", "approved"]


def test_a_result_is_issued_only_after_its_approval(desk: Desk) -> None:
    """A2, 6.7 no. 6."""
    desk.until_reported()

    with pytest.raises(Refused, match="chưa được duyệt"):
        desk.issue("result", 90)
    desk.approve("result")
    assert desk.issue("result", 90) == "90-TB/BTCTU"


def test_notice_and_result_take_their_numbers_from_one_series(desk: Desk) -> None:
    """F22: both are of the type TB."""
    desk.until_reported()
    desk.approve("result")

    with pytest.raises(Refused, match="số 80-TB/BTCTU đã dùng"):
        desk.issue("result", 80)


# What does not go together


def test_each_paper_has_its_own_way(desk: Desk) -> None:
    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()

    with pytest.raises(Refused, match="chỉ cần duyệt"):
        desk.issue("report", 90)
    with pytest.raises(Refused, match="không qua bước duyệt riêng"):
        approve(desk.key, "notice", LEADER)


def test_a_paper_that_does_not_exist_yet_is_refused(drafted: Desk) -> None:
    with pytest.raises(Refused, match="chưa soạn, chuyến chưa tới bước này"):
        drafted.approve("result")


def test_an_unknown_name_is_told_the_known_ones(drafted: Desk) -> None:
    with pytest.raises(Refused, match="ghi một trong: notice, report, result"):
        drafted.issue("letter", 80)
