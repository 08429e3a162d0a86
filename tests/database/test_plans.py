"""Loading a plan: versions, the visits that follow from it, and what a change may not undo (R40–R49, C8, C10)."""

from dataclasses import replace

import pytest

from answers.changes import cancel
from config.settings import Settings
from database import plans, visits
from database.engine import reading, writing
from database.models import PlanRow, VisitRow
from database.plans import Loaded
from domain.obligation import Kind, parse_reference
from domain.plan import Contact, Contacts, Plan, PlannedVisit, Unit
from domain.problem import Refused
from tests.desk import Desk
from tests.may import LEADER

Shipped = tuple[Plan, Contacts]


def save(of: Settings, plan: Plan, contacts: Contacts) -> Loaded:
    """Load that plan."""
    with writing(of.database) as session:
        return plans.save(session, plan, contacts, "Cán bộ thử")


def states(of: Settings) -> dict[str, str]:
    """Every visit there ever was, with its state."""
    with reading(of.database) as session:
        return {
            row.key: row.state
            for row in session.query(VisitRow).filter_by(kind="visit").order_by(VisitRow.month, VisitRow.id)
        }


def visit(key: str) -> bool:
    """Whether that is a visit, and not another obligation of the year."""
    return parse_reference(key).kind is Kind.VISIT


def with_host(plan: Plan, month: int, unit: str) -> Plan:
    """The plan with another host in that month."""
    kept = tuple(one for one in plan.visits if one.month != month)
    return replace(plan, visits=(*kept, PlannedVisit(month, unit)))


def test_the_plan_of_2024_makes_nine_visits_that_have_not_begun(office: Settings) -> None:
    """R40–R48."""
    assert list(states(office)) == [
        "2024-02/nhon_trach", "2024-03/cong_an_tinh", "2024-04/tan_phu", "2024-05/bien_hoa",
        "2024-06/cao_su_dong_nai", "2024-07/long_khanh", "2024-08/thong_nhat", "2024-09/cam_my",
        "2024-10/quan_su_tinh",
    ]  # fmt: skip
    assert set(states(office).values()) == {"planned"}


def test_what_was_loaded_is_read_back_whole(office: Settings, shipped: Shipped) -> None:
    with reading(office.database) as session:
        assert plans.read(session, 2024) == shipped


def test_the_same_file_twice_changes_nothing(office: Settings, shipped: Shipped) -> None:
    before = states(office)

    assert save(office, *shipped) == Loaded(version=1, changed=False)

    assert states(office) == before
    with reading(office.database) as session:
        assert session.query(PlanRow).count() == 1


def test_another_address_is_a_new_version_with_the_same_visits(office: Settings, shipped: Shipped) -> None:
    plan, contacts = shipped
    moved = replace(contacts, office=Contact("Ban Tổ chức", "moi@ban-to-chuc.example"))

    assert save(office, plan, moved) == Loaded(version=2, changed=True)

    with reading(office.database) as session:
        assert plans.read(session, 2024)[1].office.email == "moi@ban-to-chuc.example"
        assert session.query(PlanRow).count() == 2


def test_a_changed_host_keeps_the_history(office: Settings, shipped: Shipped) -> None:
    """C8, 6.7 no. 12: the old visit is withdrawn, its row and the old plan stay."""
    plan, contacts = shipped

    loaded = save(office, with_host(plan, 5, "long_thanh"), contacts)

    assert loaded == Loaded(2, True, added=("2024-05/long_thanh",), withdrawn=("2024-05/bien_hoa",))
    assert states(office)["2024-05/bien_hoa"] == "withdrawn"
    assert states(office)["2024-05/long_thanh"] == "planned"
    with reading(office.database) as session:
        assert visits.find(session, "2024-05").unit == "long_thanh"
        old = session.query(PlanRow).filter_by(version=1).one()
        assert (5, "bien_hoa") in [(one["month"], one["unit"]) for one in old.plan["visits"]]


def test_a_host_that_comes_back_gets_its_visit_back(office: Settings, shipped: Shipped) -> None:
    plan, contacts = shipped
    save(office, with_host(plan, 5, "long_thanh"), contacts)

    loaded = save(office, plan, contacts)

    assert loaded == Loaded(3, True, added=("2024-05/bien_hoa",), withdrawn=("2024-05/long_thanh",))
    assert list(states(office).values()).count("planned") == 9


def test_a_visit_that_has_begun_cannot_be_dropped(office: Settings, shipped: Shipped, desk: Desk) -> None:
    """People have been written to; the way is to cancel it."""
    plan, contacts = shipped
    desk.open()

    with pytest.raises(Refused, match=r"đã bắt đầu, không thể bỏ khỏi kế hoạch.*visits cancel 2024-05/bien_hoa"):
        save(office, with_host(plan, 5, "long_thanh"), contacts)

    assert states(office)["2024-05/bien_hoa"] == "open"
    assert "2024-05/long_thanh" not in states(office)
    with reading(office.database) as session:
        assert session.query(PlanRow).count() == 1


def test_once_cancelled_its_month_can_go_to_another_host(office: Settings, shipped: Shipped, desk: Desk) -> None:
    plan, contacts = shipped
    desk.open()
    cancel(desk.key, "Đơn vị kiện toàn tổ chức", LEADER)

    save(office, with_host(plan, 5, "long_thanh"), contacts)

    assert states(office)["2024-05/bien_hoa"] == "cancelled"
    assert states(office)["2024-05/long_thanh"] == "planned"


def test_other_rules_move_the_day_of_visits_that_have_not_begun(office: Settings, shipped: Shipped, desk: Desk) -> None:
    """R86: one that has begun was asked on its day already."""
    plan, contacts = shipped
    desk.open()

    save(office, replace(plan, rules=replace(plan.rules, request_months_ahead=3)), contacts)

    with reading(office.database) as session:
        assert visits.find(session, "2024-05").opens_on.month == 3
        assert visits.find(session, "2024-06").opens_on.month == 3
        assert visits.find(session, "2024-10").opens_on.month == 7


def test_a_year_is_nothing_to_another_year(office: Settings, shipped: Shipped) -> None:
    plan, contacts = shipped
    before = states(office)

    loaded = save(office, replace(plan, year=2025), contacts)

    assert loaded.version == 1
    assert len([key for key in loaded.added if visit(key)]) == 9
    assert {key: state for key, state in states(office).items() if key.startswith("2024")} == before


def test_a_year_without_a_plan_is_told_what_to_do(office: Settings) -> None:
    with pytest.raises(Refused, match=r"chưa nạp kế hoạch.*visits plan load"), reading(office.database) as session:
        plans.read(session, 2031)


def test_ninety_nine_units_with_months_of_none_and_of_several_hosts(office: Settings, shipped: Shipped) -> None:
    """C8–C10: 95 communes and wards and four others since 2025, and no district any more."""
    plan, contacts = shipped
    units = tuple(
        Unit(
            f"xa_{number}", f"Đảng bộ xã Mẫu {number}", "commune", f"Mẫu {number}",
            f"Ban Thường vụ Đảng ủy xã Mẫu {number}", "Đảng ủy",
        )
        for number in range(1, 100)
    )  # fmt: skip
    hosts = tuple(PlannedVisit(1 + number % 5 * 2, f"xa_{number}") for number in range(1, 41))
    boards = {unit.code: Contact(unit.standing_board, f"{unit.code}@mau.example") for unit in units}
    large = replace(
        plan, year=2026, units=units, visits=hosts,
        self_supervising=replace(plan.self_supervising, units=tuple(unit.code for unit in units[40:])),
    )  # fmt: skip

    loaded = save(office, large, replace(contacts, standing_boards=boards, organisation_boards=boards))

    assert len([key for key in loaded.added if visit(key)]) == 40
    with reading(office.database) as session:
        months = [row.month for row in visits.of_year(session, 2026)]
        assert {month: months.count(month) for month in range(1, 13)} == {
            1: 8, 2: 0, 3: 8, 4: 0, 5: 8, 6: 0, 7: 8, 8: 0, 9: 8, 10: 0, 11: 0, 12: 0,
        }  # fmt: skip
        assert plans.read(session, 2026)[0].unit("xa_99").name == "Đảng bộ xã Mẫu 99"
        assert visits.find(session, "2026-01/xa_5").unit == "xa_5"
        with pytest.raises(Refused, match="tháng này có 8 đợt"):
            visits.find(session, "2026-01")
