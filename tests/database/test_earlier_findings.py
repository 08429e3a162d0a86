"""Findings of several meetings that were given as one list are read as they are, and no visit stands still for it."""

from typing import Any

import pytest

from config.settings import settings
from database.dossier import open_dossier
from database.engine import writing
from database.models import AnswerRow
from domain.findings_check import check_visit
from papers.drafts import current_text
from tests.desk import Desk


def as_given_before(content: dict[str, Any]) -> dict[str, Any]:
    """What version 2 of the form had stored of the same: one list of results, nothing said of a meeting."""
    findings = {name: value for name, value in content["findings"].items() if not name.endswith("_at")}
    first = findings["items"][0]["meeting"]
    findings["items"] = [
        {name: value for name, value in item.items() if name != "meeting"}
        for item in findings["items"]
        if item["meeting"] == first
    ]
    return {"findings": findings | {"rules": 2}}


@pytest.mark.parametrize("document", ["group_report", "result_notice"])
def test_one_list_for_two_meetings_is_complete_as_it_was(desk: Desk, document: str) -> None:
    desk.until_met(1, 2)
    desk.report(desk.findings())
    with writing(settings().database) as session:
        row = session.query(AnswerRow).filter_by(kind="findings").one()
        assert row.shape == 3
        row.content, row.shape = as_given_before(row.content), 2

    dossier = desk.dossier()

    assert dossier.findings is not None
    assert len(dossier.findings.items) == len(dossier.plan.checklist)
    assert {item.meeting for item in dossier.findings.items} == {0}
    assert check_visit(dossier.findings, dossier.plan, dossier.chosen) == []
    with writing(settings().database) as session:
        assert "Chung các" not in current_text(open_dossier(session, desk.visit.id), document)
