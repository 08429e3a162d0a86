"""After which plan a new one is drawn up: the newest of an office's own, or the shipped one where it has none yet."""

from config.settings import ROOT, settings
from database import plans
from database.engine import reading
from domain.plan import Contacts, Plan
from domain.problem import Refused
from planning.plan_file import read_plan

_SHIPPED = ROOT / "config" / "plans" / "2024.yaml"


def pattern_for(year: int) -> tuple[Plan, Contacts | None]:
    """The plan, and its addresses where they are an office's own: those of the shipped one are invented."""
    with reading(settings().database) as session:
        known = plans.years(session)
        if known:
            before = [one for one in known if one < year] or list(known)
            return plans.read(session, before[0])
    plan, problems = read_plan(_SHIPPED)
    if plan is None:
        raise Refused(*problems)
    return plan, None
