"""A draft of the plan of 2026, for tests of what all forms have in common."""

from answers.answering import Giver
from answers.plan_drafts import begin
from web.planning.pattern import pattern_for


def begin_draft() -> None:
    """Somebody has begun it after the plan of 2024."""
    pattern, contacts = pattern_for(2026)
    begin(2026, pattern, contacts, Giver("Đỗ Văn Lập", "desk"))
