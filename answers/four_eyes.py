"""Whether somebody would approve what he entered himself (setting `four_eyes`)."""

import re

from answers.links import BY_LINK
from config.settings import settings
from database.dossier import Dossier
from domain.answer_kind import AnswerKind
from domain.problem import Problem
from domain.text import match_key

_IN_PLACE_OF = re.compile(r"\s*\(thay (?P<other>[^)]*)\)$")


def own_findings(dossier: Dossier, name: str) -> Problem | None:
    """Why that person may not approve the report or the notice that rests on these findings; None if he may."""
    row = dossier.answer(AnswerKind.FINDINGS)
    if not settings().four_eyes or row is None or not _people(row.by) & _people(name):
        return None
    return Problem(
        "duyệt", f"{row.by} đã tự ghi kết quả giám sát này", "để lãnh đạo khác duyệt; người ghi không tự duyệt"
    )


def _people(name: str) -> set[str]:
    """Everybody a recorded name speaks of: `A (thay B)` is A, who must not approve his own; B has done nothing."""
    return {match_key(_IN_PLACE_OF.sub("", name.removesuffix(BY_LINK)))}
