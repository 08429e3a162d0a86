"""What lies behind when the plan is loaded waits for a person's word, which is kept and can be put right (R68, P7)."""

from dataclasses import replace
from datetime import date

import pytest

from answers.correcting import RightSheet
from answers.nominations import nominate
from answers.self_reports import receive
from answers.taking_up import take_from_plan, take_up
from config.settings import Settings, settings
from database import answers, documents, history, numbers, plans, taking_up, visits
from database.engine import reading, writing
from database.models import AnswerRow, AuditRow, VisitRow
from database.record.check import faults
from database.self_reports import reported
from domain.choice import Candidate
from domain.deadline import Timeliness
from domain.nomination import Nominations
from domain.obligation import Kind
from domain.plan import Contacts, Plan
from domain.problem import Refused
from domain.self_report import SelfReport
from domain.taking_up import Issued, TakenUp, Way
from tasks.letters.correcting import correct
from tests.may import CLERK, COMPLETE, HOST, LEADER, MAY, OFFICER, THEMATIC_CELL
from tests.mid_year import (
    APRIL,
    AUGUST,
    BEHIND,
    DONE,
    FEBRUARY,
    FROM_FIVE,
    JULY,
    JUNE,
    MARCH,
    PLAN,
    SUMMARY,
    UNIT,
    MidYear,
)  # fmt: skip

# What is asked


def test_what_lies_behind_waits_for_a_person_and_says_why(mid_year: MidYear) -> None:
    assert sorted(mid_year.undecided()) == sorted(BEHIND)
    assert mid_year.row(FEBRUARY).waiting_message == "tháng 02/2024 đã qua khi nạp kế hoạch"
    assert mid_year.row(JUNE).waiting_message == "đang trong tháng 6/2024 khi nạp kế hoạch"
    assert mid_year.row(PLAN).waiting_message == "kế hoạch đã ký từ ngày 03/01/2024 khi nạp kế hoạch"
    waits = {(mid_year.row(key).waiting_for, mid_year.row(key).waiting_state) for key in BEHIND}
    assert waits == {("officer", "Chờ quyết định")}
    assert [mid_year.row(key).state for key in (AUGUST, UNIT, SUMMARY)] == ["planned"] * 3


def test_nothing_of_it_begins_and_no_letter_leaves_to_the_end_of_the_year(mid_year: MidYear) -> None:
    """However often the trigger looks: only August to October, the units and the summary begin by themselves."""
    opened = []
    for month, day in ((6, 15), (6, 16), (7, 1), (8, 1), (9, 1), (11, 1), (12, 17)):
        mid_year.on(month, day)
        opened += mid_year.open_what_is_due()
    assert [key for key in opened if "-" in key] == [AUGUST, "2024-09/cam_my", "2024-10/quan_su_tinh", SUMMARY]
    assert sorted(mid_year.undecided()) == sorted(BEHIND)
    for key in BEHIND:
        row = mid_year.row(key)
        assert (row.opened_at, row.flow_run_id, mid_year.letters(key)) == (None, None, [])


def test_what_is_not_decided_takes_no_other_answer(mid_year: MidYear) -> None:
    with pytest.raises(Refused, match="visits take-up"):
        nominate(MAY, Nominations(COMPLETE, date(2024, 6, 15)), HOST)
    assert MAY in mid_year.undecided()


def test_loading_again_asks_nothing_new_and_loses_no_decision(
    mid_year: MidYear, shipped: tuple[Plan, Contacts]
) -> None:
    take_up(FEBRUARY, DONE, OFFICER)
    take_up(JULY, TakenUp(Way.OPEN), OFFICER)
    with writing(settings().database) as session:
        assert plans.save(session, *shipped, "thử").changed is False
    assert [mid_year.row(key).state for key in (FEBRUARY, MARCH, JULY)] == ["closed", "undecided", "planned"]


def test_what_is_no_longer_in_the_plan_is_asked_about_no_longer(
    mid_year: MidYear, shipped: tuple[Plan, Contacts]
) -> None:
    plan, contacts = shipped
    kept = tuple(visit for visit in plan.visits if visit.month != 2)
    with writing(settings().database) as session:
        assert plans.save(session, replace(plan, visits=kept), contacts, "thử").withdrawn == (FEBRUARY,)
    assert FEBRUARY not in mid_year.undecided()


def test_a_plan_loaded_on_its_day_asks_nothing(office: Settings) -> None:
    assert office.mode == "rehearsal"
    with reading(settings().database) as session:
        assert taking_up.undecided(session, 2024) == []


# What the plan itself says


def load_with(shipped: tuple[Plan, Contacts], **before: str) -> list[str]:
    """Load the plan with these words beside its visits; what could not be taken."""
    plan, contacts = shipped
    said = {name.removeprefix("m"): text for name, text in before.items()}
    told = tuple(replace(one, before=said.get(f"{one.month}", "")) for one in plan.visits)
    with writing(settings().database) as session:
        fresh = replace(plan, visits=told)
        plans.save(session, fresh, contacts, "thử")
        return [str(problem) for problem in take_from_plan(session, fresh, replace(OFFICER, source="plan"))]


def test_the_column_of_the_plan_answers_and_a_person_is_asked_about_the_rest(
    mid_year: MidYear, shipped: tuple[Plan, Contacts]
) -> None:
    wrong = load_with(
        shipped, m2="xong; TB 90 ngày 20/01/2024; KQ 99 ngày 10/3/2024", m3="bỏ: kiện toàn cấp ủy",
        m8="đã đề nghị 03/6/2024", m9="xong", m4="xong; KQ 99 ngày 02/5/2024",
    )  # fmt: skip
    assert [mid_year.row(key).state for key in (FEBRUARY, MARCH, AUGUST)] == ["closed", "cancelled", "planned"]
    assert mid_year.row(AUGUST).taken_up == "from_step"
    assert len(wrong) == 2
    assert any("99-TB/BTCTU đã dùng" in one for one in wrong), "April names February's number"
    assert any("tháng 9/2024 chưa tới" in one for one in wrong)
    assert {APRIL, "2024-09/cam_my", MAY} <= set(mid_year.undecided()), "nothing begins by mistake"


def test_a_decision_of_a_person_stays_whatever_the_plan_says_later(
    mid_year: MidYear, shipped: tuple[Plan, Contacts]
) -> None:
    take_up(FEBRUARY, TakenUp(Way.OPEN), LEADER)
    assert load_with(shipped, m2="xong") == []
    assert (mid_year.row(FEBRUARY).state, mid_year.row(FEBRUARY).taken_up) == ("planned", "open")


# Done on paper


def test_what_was_done_on_paper_is_closed_with_its_papers_and_nobody_is_written_to(mid_year: MidYear) -> None:
    """F22: its numbers are used; coverage knows the host."""
    take_up(FEBRUARY, DONE, OFFICER)

    row = mid_year.row(FEBRUARY)
    assert (row.state, row.waiting_state, row.closed_at and row.closed_at.date()) == ("closed", None, date(2024, 6, 15))
    assert mid_year.letters(FEBRUARY) == []
    with reading(settings().database) as session:
        papers = {one.kind: one for one in documents.of_visit(session, row.id)}
        assert papers["selection_notice"].on_paper
        assert (papers["result_notice"].symbol, papers["result_notice"].issued_on) == ("99-TB/BTCTU", date(2024, 3, 10))
        assert history.host_years(session)["nhon_trach"] == [2024]
        still = history.still_planned(session, 2024)
        assert (still.get("nhon_trach"), still["tan_phu"]) == (None, 4)
        said = session.query(AuditRow).filter(AuditRow.visit_id == row.id).order_by(AuditRow.id).all()
        assert [line.who for line in said] == [OFFICER.name] * 3
        assert said[-1].what == "tiếp nhận: đã làm xong trên giấy"
        assert [one for one in faults(session, settings()) if not one.warning] == []
    with pytest.raises(Refused, match="đã dùng trong nhiệm kỳ"):
        take_up(MARCH, TakenUp(Way.DONE, result=Issued(99, date(2024, 4, 1))), OFFICER)
    assert mid_year.row(MARCH).state == "undecided"


def test_a_later_visit_of_that_unit_knows_who_was_attended_on_paper(mid_year: MidYear) -> None:
    """R64: what is chosen next is weighed by it, with its own day, or the last of the month."""
    take_up(FEBRUARY, DONE, OFFICER)
    below = replace(THEMATIC_CELL, parent="Đảng bộ xã Mẫu")
    known = (below, replace(COMPLETE[2], organisation="Đảng uỷ xã Mẫu"), COMPLETE[1])
    assert mid_year.row(FEBRUARY).state == "closed"
    with writing(settings().database) as session:
        later = VisitRow(kind=Kind.VISIT.value, year=2025, month=3, unit="nhon_trach", opens_on=date(2025, 1, 1))
        session.add(later)
        session.flush()
        candidates = history.with_history(session, later, [Candidate(one, Timeliness.ON_TIME) for one in known])
    assert [one.past.last_visit for one in candidates] == [date(2024, 2, 20), date(2024, 2, 29), None]


def test_the_plan_that_went_out_on_paper_goes_out_no_more_and_keeps_its_number(mid_year: MidYear) -> None:
    take_up(PLAN, TakenUp(Way.DONE), OFFICER)
    assert (mid_year.row(PLAN).state, mid_year.letters(PLAN)) == ("closed", [])
    with reading(settings().database) as session:
        register = numbers.register(session, numbers.Series("BTCTU", "KH", "2020-2025"))
        assert [(entry.number, entry.state) for entry in register] == [(73, "used")]


def test_a_report_that_came_on_paper_is_received_on_its_day(mid_year: MidYear) -> None:
    """R67: in time is in time, whenever it is entered; its figures can still be entered before."""
    mid_year.on(12, 20)
    mid_year.open_what_is_due()
    assert mid_year.row(UNIT).waiting_message == "hạn báo cáo 16/12/2024 đã qua khi dịch vụ chạy lại"
    take_up(UNIT, TakenUp(Way.DONE, received_on=date(2024, 12, 12)), OFFICER)
    assert (mid_year.row(UNIT).state, mid_year.letters(UNIT)) == ("closed", [])
    receive(UNIT, SelfReport(date(2024, 12, 12), cells=7), OFFICER)
    with reading(settings().database) as session:
        state = reported(session, visits.find(session, UNIT).id)
    assert (state.first_on, state.report and state.report.cells) == (date(2024, 12, 12), 7)


# Correcting


def test_a_decision_is_corrected_while_nothing_was_sent(mid_year: MidYear) -> None:
    """Done with a wrong number, then the right one, then left out, then opened; each word is kept."""
    take_up(FEBRUARY, DONE, OFFICER)
    take_up(FEBRUARY, replace(DONE, result=Issued(98, date(2024, 3, 10))), OFFICER)
    take_up(MARCH, TakenUp(Way.DONE, result=Issued(99, date(2024, 4, 1))), OFFICER)  # 99 is free again
    take_up(FEBRUARY, TakenUp(Way.LEAVE_OUT, reason="Đơn vị kiện toàn"), LEADER)
    assert mid_year.row(FEBRUARY).state == "cancelled"
    take_up(FEBRUARY, TakenUp(Way.OPEN), LEADER)
    assert (mid_year.row(FEBRUARY).state, mid_year.row(FEBRUARY).closed_at) == ("planned", None)
    with reading(settings().database) as session:
        visit = visits.find(session, FEBRUARY)
        assert documents.of_visit(session, visit.id) == []
        assert [one.content["way"] for one in _words(visit.id)] == ["done", "done", "leave_out", "open"]

    mid_year.open_what_is_due()
    mid_year.go_on(FEBRUARY)
    with pytest.raises(Refused, match="đã gửi thư"):
        take_up(FEBRUARY, DONE, OFFICER)


def test_a_number_that_was_given_wrongly_stays_in_the_register_whatever_is_said_later(mid_year: MidYear) -> None:
    """The paper of 99 was corrected to 97; then its visit is said to have been left out."""
    take_up(FEBRUARY, DONE, OFFICER)
    with reading(settings().database) as session:
        plan, _version = plans.read(session, 2024)
    right = RightSheet(97, date(2024, 3, 10), plan.signer, "ghi nhầm số")
    correct(FEBRUARY, "result", right, CLERK)

    take_up(FEBRUARY, TakenUp(Way.LEAVE_OUT, reason="Đơn vị kiện toàn"), LEADER)

    assert mid_year.letters(FEBRUARY) == []
    with reading(settings().database) as session:
        series = numbers.Series(plan.issuer.organ_code, "TB", plan.term)
        known = {one.number: one for one in numbers.register(session, series)}
        assert known[99].state == "corrected"
        assert known[99].row
        assert known[99].row.document_id is None
        assert 97 not in known, "the right one is free again"
        assert not [one for one in faults(session, settings()) if not one.warning]
    with pytest.raises(Refused, match="không dùng lại"):
        take_up(MARCH, TakenUp(Way.DONE, result=Issued(99, date(2024, 4, 1))), OFFICER)


def _words(visit_id: int) -> list[AnswerRow]:
    with reading(settings().database) as session:
        return [one for one in answers.versions(session, visit_id) if one.kind == "taken_up"]


def test_what_has_begun_and_sent_nothing_can_still_be_said_to_be_done(mid_year: MidYear) -> None:
    take_up(MAY, FROM_FIVE, LEADER)
    mid_year.open_what_is_due()
    with pytest.raises(Refused, match="đang chạy"):
        take_up(MAY, TakenUp(Way.LEAVE_OUT, reason="nhầm"), LEADER)
    take_up(MAY, TakenUp(Way.DONE, result=Issued(120, date(2024, 5, 30))), LEADER)
    assert mid_year.row(MAY).state == "closed"
    assert mid_year.letters(MAY) == []


def test_a_visit_that_the_service_itself_closed_or_began_is_not_taken_up(mid_year: MidYear) -> None:
    mid_year.open_what_is_due()
    mid_year.go_on(AUGUST)
    with pytest.raises(Refused, match="đã gửi thư"):
        take_up(AUGUST, TakenUp(Way.LEAVE_OUT, reason="nhầm"), LEADER)
