"""A plan written as a file is read back as the same plan, also what it asks of findings (R15, A19)."""

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.plan import LegalBasis
from planning.plan_file import read_plan
from planning.plan_yaml import open_decisions, plan_text

SHIPPED = Path(__file__).parents[2] / "config" / "plans" / "2024.yaml"
DECISION = LegalBasis("12-QĐ/BTCTU", date(2024, 1, 5), "Ban Tổ chức Tỉnh ủy", "thành lập Tổ công tác")


@pytest.mark.parametrize(("asked", "decision"), [(("chaired_by", "present"), DECISION), ((), None)])
def test_what_a_plan_asks_of_findings_goes_there_and_back(
    tmp_path: Path, asked: tuple[str, ...], decision: LegalBasis | None
) -> None:
    shipped, _ = read_plan(SHIPPED)
    assert shipped is not None
    plan = replace(shipped, asked_of_meetings=asked, group_decision=decision)
    path = tmp_path / "2024.yaml"
    path.write_text(plan_text(plan), encoding="utf-8")

    again, problems = read_plan(path)

    assert again == plan, problems


def test_comments_that_wait_for_a_person_are_found_and_the_word_in_quotes_is_none() -> None:
    told = "# Những dòng “CẦN QUYẾT ĐỊNH” chờ\nyear: 2026\n"
    text = f"{told}number: 73 # CẦN QUYẾT ĐỊNH: số\nissued: 2026-01-05 #CẦN QUYẾT ĐỊNH\n"

    assert open_decisions(text) == [(3, "CẦN QUYẾT ĐỊNH: số"), (4, "CẦN QUYẾT ĐỊNH")]
    assert open_decisions(unicodedata.normalize("NFD", text)) == open_decisions(text)
