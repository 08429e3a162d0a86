"""An answer is kept as it was said, but for what no table and no paper could hold."""

from dataclasses import replace

from tests.desk import Desk


def test_a_control_mark_never_reaches_the_records_whatever_way_it_came(desk: Desk) -> None:
    """One in a finding made the year's export impossible for good; PostgreSQL refuses it as well."""
    desk.until_met()
    findings = desk.findings()
    marked = replace(findings, strengths=("Chuẩn bị\x00chu đáo",), limitations=("Sổ ghi\x1f vắn tắt\ud800",))

    desk.report(marked)

    kept = desk.answers("findings")[-1].content["findings"]
    assert kept["strengths"] == ["Chuẩn bị chu đáo"]
    assert kept["limitations"] == ["Sổ ghi  vắn tắt"]
