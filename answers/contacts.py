"""The addresses of a plan, changed at the desk: checked like the file, kept as a new version of the plan."""

from answers.answering import Giver, refuse_if
from config.contacts_form import check_contacts
from config.settings import settings
from database import plans
from database.engine import again_if_undone, writing
from database.plans import Loaded
from domain.plan import Contacts
from domain.problem import Overtaken, Problem


@again_if_undone
def change_contacts(year: int, contacts: Contacts, giver: Giver, *, seen: int) -> tuple[Loaded, list[Problem]]:
    """Keep other contacts for the plan of that year; gives what changed, and warnings.

    `seen` is the version that was on the form; whoever was overtaken by another is told so, and nothing is lost.
    """
    with writing(settings().database) as session:
        plan, _before = plans.read(session, year)
        newest = plans.current(session, year)
        if newest is not None and newest.version != seen:
            fault = f"{newest.loaded_by} đã lưu bản {newest.version} lúc {newest.loaded_at:%H:%M %d/%m/%Y}"
            raise Overtaken(Problem("Địa chỉ", fault, "xem lại bản mới rồi lưu lần nữa"))
        warnings = refuse_if(check_contacts(contacts, plan))
        return plans.save(session, plan, contacts, giver.name, after=newest), warnings
