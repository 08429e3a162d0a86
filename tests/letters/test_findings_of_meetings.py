"""Of several meetings report and notice say of each what was found there, and mix up nothing (D9, D10)."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.findings import Findings, ItemFinding, ItemResult, Recommendation
from domain.nomination import Meeting
from letters.wording import render

Facts = dict[str, object]
DOCUMENTS = pytest.mark.parametrize("document", ["group_report", "result_notice"])


@pytest.fixture
def told(facts: Facts) -> Facts:
    """Something is good everywhere; the second meeting lacks its book of resolutions, and has a strength of its own."""
    findings, (first, second) = facts["findings"], _meetings(facts)
    assert isinstance(findings, Findings)
    lacking = ItemFinding("R20", ItemResult.NOT_MET, "chưa lập sổ", limitations=(1,), meeting=second.number)
    apart = replace(
        findings,
        items=(
            ItemFinding("R19", ItemResult.MET, meeting=first.number),
            ItemFinding("R20", ItemResult.MET, "ghi đủ", meeting=first.number),
            ItemFinding("R19", ItemResult.NOT_EXAMINED, meeting=second.number),
            lacking,
        ),
        strengths=("Đúng giờ", "Thảo luận sôi nổi"), strengths_at=(0, second.number),
        limitations=("Chưa lập sổ nghị quyết",), limitations_at=(second.number,), causes=(), difficulties=(),
        recommendations=(Recommendation(1, "Lập sổ", "Chi ủy", findings.recommendations[0].due),),
    )  # fmt: skip
    return facts | {"findings": apart}


def _meetings(facts: Facts) -> tuple[Meeting, Meeting]:
    meetings = facts["meetings"]
    assert isinstance(meetings, Sequence)
    first, second = meetings
    return first, second


@DOCUMENTS
def test_strengths_and_limitations_stand_under_the_organisation_that_they_are_of(told: Facts, document: str) -> None:
    first, second = _meetings(told)
    text = render(document, told).body

    assert "Chung các tổ chức đảng được dự:\n\n- Đúng giờ." in text
    assert f"Tại {second.organisation}:\n\n- Thảo luận sôi nổi." in text
    assert f"Tại {second.organisation}:\n\n1. Chưa lập sổ nghị quyết." in text
    assert f"Tại {first.organisation}:\n\nQua dự, giám sát chưa phát hiện hạn chế, tồn tại." in text


@DOCUMENTS
def test_what_nobody_looked_at_is_named_with_its_place(told: Facts, document: str) -> None:
    _first, second = _meetings(told)
    assert f"tại {second.organisation}." in render(document, told).body.split("Các nội dung chưa xem xét:")[1]


def test_the_report_has_a_table_for_each_meeting(told: Facts) -> None:
    first, second = _meetings(told)
    text = render("group_report", told).body.split("II- KẾT QUẢ")[1].split("III- ƯU ĐIỂM")[0]

    _before, of_first, of_second = re.split(r"\n[12]\. ", text)
    assert of_first.startswith(first.organisation)
    assert "- Kết quả: Đạt\n   - Nhận xét: ghi đủ" in of_first
    assert of_second.startswith(second.organisation)
    assert "- Kết quả: Chưa đạt\n   - Nhận xét: chưa lập sổ (hạn chế 1)" in of_second


@DOCUMENTS
def test_where_a_limitation_is_common_nobody_is_told_that_nothing_was_found(told: Facts, document: str) -> None:
    findings = told["findings"]
    assert isinstance(findings, Findings)
    common = told | {"findings": replace(findings, limitations_at=())}
    text = render(document, common).body

    assert "Chung các tổ chức đảng được dự:\n\n1. Chưa lập sổ nghị quyết." in text
    assert "chưa phát hiện" not in text


@DOCUMENTS
def test_findings_of_before_read_as_they_did(facts: Facts, document: str) -> None:
    """They were of the visit as a whole, however many meetings it had."""
    text = render(document, facts).body
    assert "Chung các" not in text
    assert "Tại " not in text.split("ƯU ĐIỂM")[1]
