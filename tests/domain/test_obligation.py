"""What a run is about: its key, its names, and what people mean by a key they type."""

import pytest

from domain.obligation import STEPS, Kind, Obligation, parse_reference
from domain.problem import Refused

VISIT = Obligation(Kind.VISIT, 2024, 2, "nhon_trach")
REPORT = Obligation(Kind.SELF_REPORT, 2024, 0, "long_thanh")
PLAN, SUMMARY = Obligation(Kind.PLAN, 2024), Obligation(Kind.SUMMARY, 2024)
FOLLOW_UP = Obligation(Kind.FOLLOW_UP, 2024, 11, "dinh_quan")


@pytest.mark.parametrize(
    ("one", "key", "name", "sentence"),
    [
        (
            VISIT, "2024-02/nhon_trach", "2024-02 · Nhơn Trạch",
            "Đợt dự, giám sát sinh hoạt Đảng tháng 02/2024 tại Nhơn Trạch",
        ),
        (
            REPORT, "2024/long_thanh", "2024 · Nhơn Trạch · báo cáo",
            "Báo cáo tự dự, giám sát sinh hoạt năm 2024 của Nhơn Trạch",
        ),
        (
            FOLLOW_UP, "2024-11/dinh_quan/kien-nghi", "2024-11 · Nhơn Trạch · kiến nghị",
            "Việc thực hiện kiến nghị sau đợt dự, giám sát tháng 11/2024 tại Nhơn Trạch",
        ),
    ],
)  # fmt: skip
def test_each_is_called_by_its_month_or_year_and_its_unit(one: Obligation, key: str, name: str, sentence: str) -> None:
    assert (one.key, one.named("Nhơn Trạch"), one.about("Nhơn Trạch")) == (key, name, sentence)


def test_what_is_about_the_whole_year_has_neither_month_nor_unit() -> None:
    assert (PLAN.key, PLAN.named("")) == ("2024/ke-hoach", "2024 · kế hoạch")
    assert (SUMMARY.key, SUMMARY.named("")) == ("2024/tong-hop", "2024 · tổng hợp")
    assert PLAN.about("") == "Kế hoạch dự, giám sát sinh hoạt năm 2024"
    assert SUMMARY.about("") == "Báo cáo tổng hợp kết quả dự, giám sát sinh hoạt năm 2024"


@pytest.mark.parametrize("one", [VISIT, REPORT, PLAN, SUMMARY, FOLLOW_UP], ids=lambda one: str(one.key))
def test_a_key_leads_back_to_what_it_was_made_of(one: Obligation) -> None:
    assert parse_reference(one.key) == one
    assert one.kind in STEPS


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2024-02", Obligation(Kind.VISIT, 2024, 2)),
        (" 2024-2/nhon_trach ", VISIT),
        ("2024-11", Obligation(Kind.VISIT, 2024, 11)),
    ],
)
def test_a_month_alone_and_a_month_without_its_zero_are_understood(typed: str, meant: Obligation) -> None:
    assert parse_reference(typed) == meant


@pytest.mark.parametrize("typed", ["", "nhon_trach", "24-02/nhon_trach", "2024/", "2024/7", "2024-02/nhon_trach/khac"])
def test_what_is_no_key_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused, match="ghi như 2024-02/nhon_trach"):
        parse_reference(typed)
