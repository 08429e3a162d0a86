"""A công văn that goes to several units waits for the clerk as one task, and one click issues it for all (D12, F22)."""

from config.settings import Settings, settings
from database.engine import reading
from database.numbers import Series, register
from domain.plan import Plan
from tests.obligations import Obliged
from tests.web.conftest import AsRole

UNITS = ("long_thanh", "trang_bom", "vinh_cuu")
FORM = "/nam/2024/bao-cao/long_thanh/phat-hanh/report-request"


def wait_for_the_clerk() -> list[Obliged]:
    units = [Obliged(f"2024/{unit}") for unit in UNITS]
    units[0].set_clock(2024, 11, 1, 8)
    for one in units:
        one.open()
        one.step()
    return units


def test_several_units_are_one_task_and_one_click(office: Settings, plan: Plan, as_role: AsRole) -> None:
    units = wait_for_the_clerk()
    clerk = as_role("clerk")

    page = clerk.get("/viec-cua-toi").text
    assert "Cần làm (1)" in page
    assert "Một công văn, một số cho 03 nơi; cùng nhận: Trảng Bom, Vĩnh Cửu." in page
    assert page.count("phat-hanh/report-request") == 1

    form = clerk.get(FORM)
    assert "Phát hành cho 07 nơi" in form.text
    assert clerk.post(FORM, {"number": "12", "issued_on": "01/11/2024", "do": "issue"}).status_code == 303

    assert {one.documents()[-1].symbol for one in units} == {"12-CV/BTCTU"}
    with reading(settings().database) as session:
        used = [entry.number for entry in register(session, Series("BTCTU", "CV", plan.term)) if entry.state == "used"]
    assert used == [12], "the register has it once"
    for one in units:
        one.go_on()
    assert [one.letters("year_end_request")[0].state for one in units] == ["sent"] * 3
    assert "Không có việc nào chờ" in clerk.get("/viec-cua-toi").text
    assert office.mode == "rehearsal"
