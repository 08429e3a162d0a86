"""Findings that were sent already, here or by somebody else: nothing is covered unseen, and all can be sent (A2)."""

import html
import re
from dataclasses import replace

from config.settings import settings
from database.engine import reading
from database.models import AuditRow
from domain.findings import Findings
from tests.desk import Desk
from tests.web.conftest import Visitor
from tests.web.findings.draft import URL, autosave, draft_of


def test_the_same_draft_sent_again_is_still_one_answer(inspector: Visitor, met: Desk, complete: dict[str, str]) -> None:
    first = inspector.post(URL, complete | {"do": "confirm"})
    again = inspector.post(URL, complete | {"do": "confirm"})

    assert (first.status_code, again.status_code) == (303, 303)
    assert "không ghi lần hai" in inspector.follow(again).text
    assert len(met.answers("findings")) == 1
    with reading(settings().database) as session:
        assert session.query(AuditRow).filter_by(what="ghi kết quả giám sát").count() == 1


def test_an_old_page_goes_on_as_a_new_draft_and_says_so(
    inspector: Visitor, met: Desk, complete: dict[str, str]
) -> None:
    inspector.post(URL, complete | {"do": "confirm"})

    answer = inspector.post(URL, complete | {"do": "save", "strength-2": "Thảo luận sôi nổi"})

    assert "Kết quả từ trang này đã được gửi trước đó." in answer.text
    assert 'name="turn" value="2"' in answer.text
    assert draft_of(met)["strength-2"] == "Thảo luận sôi nổi"
    assert autosave(inspector, turn=1, **{"strength-2": ("x", 1)}).status_code == 409


def test_findings_that_somebody_else_sent_meanwhile_are_not_covered_unseen(
    inspector: Visitor, met: Desk, complete: dict[str, str]
) -> None:
    inspector.get(URL)
    met.report(met.findings())

    answer = inspector.post(URL, complete | {"do": "confirm", "strength-1": "Bản của tôi"})

    assert answer.status_code == 422
    assert "Phạm Thị Thí Dụ đã trả lời lúc" in answer.text
    assert len(met.answers("findings")) == 1
    page = inspector.get(URL).text
    assert "Bản của tôi" in page
    assert 'name="seen" value="1"' in page


def test_who_was_told_may_send_again_from_the_same_page(
    inspector: Visitor, met: Desk, complete: dict[str, str]
) -> None:
    """The page carried what it had seen first, and was refused for ever; now it has the other's text as well."""
    inspector.post(URL, complete | {"do": "confirm"})
    mine = complete | {"turn": "2", "seen": "1", "strength-1": "Bản của tôi"}
    inspector.post(URL, mine)
    theirs = replace(stored_findings(met), difficulties=("Thiếu phòng họp",))
    met.report(theirs)

    told = inspector.post(URL, mine | {"do": "confirm"})
    assert told.status_code == 422
    assert "Phạm Thị Thí Dụ đã trả lời lúc" in told.text
    assert '<input type="hidden" name="seen" value="2">' in told.text
    sent = inspector.post(URL, carried(told.text) | {"do": "confirm"})

    assert sent.status_code == 303, sent.text
    findings = met.answers("findings")[-1].content["findings"]
    assert findings["strengths"] == ["Bản của tôi"]
    assert findings["difficulties"] == ["Thiếu phòng họp"], "nobody had changed it here"


def test_what_both_wrote_otherwise_is_counted_and_this_page_stays(
    inspector: Visitor, met: Desk, complete: dict[str, str]
) -> None:
    inspector.post(URL, complete | {"do": "confirm"})
    met.report(replace(stored_findings(met), strengths=("Bản của người khác",)))

    told = inspector.post(URL, complete | {"turn": "2", "seen": "1", "strength-1": "Bản của tôi", "do": "confirm"})

    assert "01 ô hai bên ghi khác nhau" in told.text
    assert carried(told.text)["strength-1"] == "Bản của tôi"


def test_saved_on_the_way_is_only_what_was_changed_here(
    inspector: Visitor, met: Desk, complete: dict[str, str]
) -> None:
    """Opened again, the form has the other's newest text where this one changed nothing."""
    inspector.post(URL, complete | {"do": "confirm"})
    met.report(replace(stored_findings(met), strengths=("Bản của người khác",)))

    inspector.post(URL, complete | {"turn": "2", "seen": "1", "difficulty-1": "Thiếu sổ", "do": "save"})

    page = inspector.get(URL).text
    assert "Bản của người khác" in page
    assert "Thiếu sổ" in page


def stored_findings(desk: Desk) -> Findings:
    found = desk.dossier().findings
    assert found is not None
    return found


def carried(text: str) -> dict[str, str]:
    """What the review carries to the next press."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
    return {name: html.unescape(value) for name, value in found}
