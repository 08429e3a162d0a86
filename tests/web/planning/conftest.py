"""A draft of 2026 drawn up at the desk after the plan of 2024, and what somebody types to make it whole."""

import html
import re

import pytest

from config.settings import Settings, settings
from database import plan_drafts
from database.engine import reading
from database.plan_drafts import PlanDraft
from tests.web.conftest import AsRole, Visitor

YEAR = 2026
URL = f"/ke-hoach/{YEAR}"


def the_draft() -> PlanDraft:
    """The draft as it is stored."""
    with reading(settings().database) as session:
        found = plan_drafts.find(session, YEAR)
    assert found
    return found


def fields(visitor: Visitor, url: str) -> dict[str, str]:
    """What a browser would send of the form on that page if nothing were changed."""
    text = visitor.get(url).text
    inputs = re.findall(r'<input [^>]*?name="([^"]+)"[^>]*? value="([^"]*)"', text)
    areas = re.findall(r'<textarea [^>]*?name="([^"]+)"[^>]*>([^<]*)</textarea>', text)
    chosen = re.findall(r'<select [^>]*?name="([^"]+)".*?<option value="([^"]*)" selected', text, re.DOTALL)
    left_out = ("csrf", "typist", "do")
    return {name: html.unescape(value) for name, value in (*inputs, *areas, *chosen) if name not in left_out}


def settle_all(officer: Visitor) -> None:
    """Decide every point, one by one, as an officer does."""
    for number, one in enumerate(the_draft().decisions, start=1):
        if one.is_open:
            typed = {"do": "settle", "point": f"{number}", f"decided-{number}": "đã xem, giữ như dự thảo"}
            assert officer.post(URL, typed).status_code == 303


def pasted_addresses() -> str:
    """Two addresses of each unit, as they come out of Excel."""
    return "\n".join(
        f"{unit.name}\t{unit.code.replace('_', '-')}@bt.example\t{unit.code.replace('_', '-')}@tc.example"
        for unit in the_draft().plan.units
    )


@pytest.fixture
def officer(office: Settings, as_role: AsRole) -> Visitor:
    """An officer who has begun the draft of 2026."""
    assert office.mode == "rehearsal"
    visitor = as_role("officer")
    assert visitor.post("/ke-hoach", {"year": f"{YEAR}"}).status_code == 303
    return visitor
