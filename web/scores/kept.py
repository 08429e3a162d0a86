"""What of a score sheet somebody has typed and not sent: kept for him, whatever button he pressed (4.5)."""

import time

from answers.drafts import Draft, open_draft, save_draft
from domain.score_sheet import ScoreSheet
from web.desk.posted_form import Form
from web.scores import form as fields


def owner_of(owner: str, meeting: int, rubric: str) -> str:
    """Whose draft: of that person or link, for one meeting by one rubric."""
    return f"{owner}/score:{meeting}/{rubric}"


def opened(reference: str, owner: str) -> Draft:
    """The draft that is open; nothing is stored by looking."""
    return open_draft(reference, owner)


def keep(reference: str, owner: str, form: Form, sent: ScoreSheet | None) -> Draft:
    """Save what of the form differs from what was `sent` and from what is kept; an emptied field is kept empty."""
    draft = open_draft(reference, owner)
    base = {**(fields.put_inputs(sent.inputs) if sent else {}), **draft.values}
    typed = {**fields.typed_fields(form.values), "whose": form.get("whose")}
    now = int(time.time() * 1000)
    names = {*base, *typed}
    changed = {name: (typed.get(name, ""), now) for name in names if typed.get(name, "") != base.get(name, "")}
    if not changed.keys() - {"whose"}:
        return draft
    return save_draft(reference, owner, draft.key.turn, changed)
