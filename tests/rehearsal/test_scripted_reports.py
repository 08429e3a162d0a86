"""What the units report in a rehearsed year: two of them count items of the checklist, so that D14 has its lines."""

from config.settings import ROOT
from domain.plan import Plan
from domain.self_report import BY_ITEM, check_self_report
from rehearsal.script import read_script


def test_two_units_count_items_of_the_checklist_and_no_count_is_doubtful(plan: Plan) -> None:
    units = read_script(ROOT / "config" / "rehearsals" / "2024.yaml").units
    reports = {unit: sent.reports[0].as_report(sent.reports[0].on) for unit, sent in units.items()}

    assert [unit for unit, report in reports.items() if report.items] == ["long_thanh", "trang_bom"]
    for unit in ("long_thanh", "trang_bom"):
        problems = check_self_report(reports[unit], reports[unit].received_on, plan.checklist)
        assert [problem.place for problem in problems] == [BY_ITEM], "not every item is counted, and nothing else"
