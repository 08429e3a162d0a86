"""What is saved on the way is no answer, and comes back (R14, R15)."""

import time

import pytest

from answers.drafts import MAX_LETTERS, merge
from tests.desk import Desk
from tests.web.conftest import AsRole, Visitor
from tests.web.findings.draft import SOME, URL, autosave, draft_of


def test_saving_on_the_way_is_no_answer_and_comes_back(inspector: Visitor, met: Desk) -> None:
    saved = inspector.post(URL, SOME | {"do": "save"})

    assert "Đã lưu tạm" in saved.text
    assert met.answers("findings") == []
    page = inspector.get(URL).text
    assert 'value="thiếu báo cáo quý I"' in page
    assert 'id="result-R17-partly_met" name="result-R17" value="partly_met" checked' in page


def test_adding_a_line_without_a_script_keeps_everything(inspector: Visitor, met: Desk) -> None:
    page = inspector.post(URL, SOME | {"do": "add-remedy-1"})

    assert 'id="remedy-1-2-text"' in page.text.split("<template")[0]
    assert draft_of(met)["limitation-1"] == "Sổ nghị quyết ghi vắn tắt"


def test_a_part_of_the_checklist_is_met_at_once_without_a_script(inspector: Visitor, met: Desk) -> None:
    page = inspector.post(URL, SOME | {"do": "met-II.1"})

    kept = draft_of(met)
    assert page.status_code == 200
    assert (kept["result-R16"], kept["result-R17"], kept["result-R18"]) == ("met", "partly_met", "met")
    assert "result-R20" not in kept, "of another part"


def test_the_script_saves_field_by_field_and_hears_what_is_newer_here(inspector: Visitor, met: Desk) -> None:
    now = int(time.time() * 1000)
    autosave(inspector, **{"strength-1": ("mới hơn", now), "remark-R16": ("chỉ ở đây", now)})

    answer = autosave(inspector, **{"strength-1": ("cũ hơn", now - 60_000), "result-R16": ("met", now)})

    assert answer.status_code == 200
    assert {name: one[0] for name, one in answer.json()["fields"].items()} == {
        "strength-1": "mới hơn", "remark-R16": "chỉ ở đây",
    }  # fmt: skip
    assert draft_of(met) == {"strength-1": "mới hơn", "remark-R16": "chỉ ở đây", "result-R16": "met"}


def test_a_clock_that_is_ahead_does_not_win_for_ever() -> None:
    now = int(time.time() * 1000)
    ahead = merge({}, {"strength-1": ("từ máy chạy sớm", now + 10**9)})

    later = merge(ahead, {"strength-1": ("gõ sau đó", now + 5_000)})

    assert later["strength-1"][0] == "gõ sau đó"


@pytest.mark.parametrize(
    "fields", ["", "[]", "3", '{"strength-1": 5}', '{"strength-1": ["a", "b"]}', "{", '{"a": [1]}']
)
def test_what_is_no_draft_is_refused_without_a_trace(inspector: Visitor, met: Desk, fields: str) -> None:
    answer = inspector.post(f"{URL}/nhap", {"turn": "1", "fields": fields})

    assert answer.status_code == 409
    assert draft_of(met) == {}


def test_fields_that_the_form_does_not_have_are_not_kept(inspector: Visitor, met: Desk) -> None:
    autosave(inspector, **{"csrf": ("x", 1), "__proto__": ("x", 1), "strength-1": ("tốt", 1)})

    assert draft_of(met) == {"strength-1": "tốt"}


def test_a_draft_has_an_end(inspector: Visitor, met: Desk) -> None:
    answer = autosave(inspector, **{"strength-1": ("x" * (MAX_LETTERS + 1), 1)})

    assert answer.status_code == 409
    assert draft_of(met) == {}


def test_each_has_a_draft_of_his_own(inspector: Visitor, met: Desk, as_role: AsRole) -> None:
    inspector.post(URL, SOME | {"do": "save"})

    assert "thiếu báo cáo quý I" not in as_role("officer").get(URL).text
    assert met.answers("findings") == []
