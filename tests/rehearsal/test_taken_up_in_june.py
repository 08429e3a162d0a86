"""The office begins on 15/6/2024, on real parts: nothing leaves about what lies behind, and the year ends right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from answers.answering import Giver
from answers.taking_up import take_up
from config.settings import settings
from database import clock, outbox, plans, taking_up, visits
from database.dossier import open_dossier
from database.engine import reading
from domain.taking_up import Attended, Issued, TakenUp, Way
from flows.open_due_visits import open_due
from papers.annual import summarise
from rehearsal.outside import message_ids
from rehearsal.play import Play
from rehearsal.run import files_of, load
from rehearsal.script import Script
from tests.deployments.conftest import service_with
from tests.mid_year import APRIL, AUGUST, BEHIND, FEBRUARY, JULY, JUNE, MARCH, PLAN, SUMMARY

OFFICER = Giver("Nguyễn Văn Ví Dụ", "rehearsal")
MAY = "2024-05/bien_hoa"


def what_became_of_them(script: Script) -> dict[str, TakenUp]:
    """All four answers; May's list came on paper as the script has it, July's too, and July waits for its choice."""
    may, july = script.visits[MAY], script.visits[JULY]
    return {
        PLAN: TakenUp(Way.DONE),
        FEBRUARY: TakenUp(
            Way.DONE, notice=Issued(60, date(2024, 1, 31)), result=Issued(66, date(2024, 3, 1)),
            attended=(Attended("Chi bộ Trường THPT Mẫu Một", date(2024, 2, 20), thematic=True),),
        ),
        MARCH: TakenUp(Way.DONE),
        APRIL: TakenUp(Way.LEAVE_OUT, reason="Đơn vị đang kiện toàn cấp ủy"),
        MAY: TakenUp(
            Way.GO_ON, 5, requested_on=date(2024, 3, 1), nominations=may.lists[-1].as_nominations(date(2024, 4, 1)),
            chosen=may.choose, override=may.override, chosen_on=date(2024, 4, 3), notice=Issued(70, date(2024, 4, 5)),
        ),
        JUNE: TakenUp(Way.DONE, result=Issued(72, date(2024, 6, 14))),
        JULY: TakenUp(
            Way.GO_ON, 3, requested_on=date(2024, 5, 2), nominations=july.lists[-1].as_nominations(date(2024, 5, 20)),
        ),
    }  # fmt: skip


def letters(*keys: str) -> list[str]:
    """What the service wrote about these to anybody outside: `2024-05/bien_hoa result_notice → host`."""
    with reading(settings().database) as session:
        rows = [visits.find(session, key) for key in keys]
        return [
            f"{row.key} {one.purpose} → {one.recipient}"
            for row in rows
            for one in outbox.of_visit(session, row.id)
            if one.state not in ("on_paper", "by_hand") and not one.recipient.startswith(("staff:", "inspector:"))
        ]


@pytest.mark.year
def test_the_year_taken_up_in_june_ends_right_and_writes_about_no_month_that_was_over(tmp_path: Path) -> None:
    plan, contacts, script = files_of("2024")
    script = replace(script, start=date(2024, 6, 15))
    with service_with("warm", tmp_path) as service:
        load(service.settings, plan, contacts, script)
        assert open_due() == [AUGUST]
        assert_only_august_hears(service.settings.mailbox)
        for key, taken in what_became_of_them(script).items():
            take_up(key, taken, OFFICER)

        result = Play(script, lambda _progress: service.watch(), patience=300).to_the_end()

        print(result)
        assert (result.visits, result.completed, result.stuck, result.duplicates) == (9, 8, [], 0)
        assert sum(result.letters.values()) == result.letters["sent"], "none refused, held or in doubt"
        arrived = Counter(message_ids(service.settings.mailbox))
        assert (len(arrived), max(arrived.values())) == (result.letters["sent"], 1)
        assert letters(PLAN, FEBRUARY, MARCH, APRIL, JUNE) == []
        assert letters(MAY) == [f"{MAY} result_notice → host"]
        assert f"{JULY} nomination_request → host" not in letters(JULY)
        assert_the_annual_report_is_right(BEHIND)


def assert_only_august_hears(mailbox: Path) -> None:
    with reading(settings().database) as session:
        assert sorted(row.key for row in taking_up.undecided(session, 2024)) == sorted(BEHIND)
        assert clock.now(session).date() == date(2024, 6, 15)
    assert letters(*BEHIND) == []
    assert len(message_ids(mailbox)) <= 1


def assert_the_annual_report_is_right(behind: Sequence[str]) -> None:
    with reading(settings().database) as session:
        year = summarise(session, 2024)
        assert plans.read(session, 2024)[0].symbol == "73-KH/BTCTU"
        report = open_dossier(session, visits.find(session, SUMMARY).id).document("annual_report")
    assert report is not None
    assert report.state == "issued"
    assert (year.count("rounds_held"), year.count("rounds_not_held"), year.count("done_before")) == (8, 1, 5)
    assert [one.month for one in year.done_before] == [2, 3, 5, 6, 7]
    assert year.count("notices") == 7, "two of paper, February's and June's, and those of May and of July to October"
    assert "Đảng bộ huyện Tân Phú (Đơn vị đang kiện toàn cấp ủy)" in report.body
    assert report.body.count("thực hiện trước khi dùng phần mềm") >= len(behind) - 2
