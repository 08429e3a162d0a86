"""One field that finds units, organisations, documents, numbers, people and years, without marks and case."""

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from config.settings import settings
from database import plans
from database.engine import reading
from database.sought import ORGANISATION, PERSON, SYMBOL
from web.desk.access import SEES_EVERY_YEAR, Person, SignedIn
from web.desk.render import page
from web.search.documents import find_documents, find_numbers
from web.search.found import Group, Sought, group, sought
from web.search.names import find_names
from web.search.people import find_people
from web.search.units import find_units, find_years, newest_plans
from web.standing.covered import hidden_of_all_years

router = APIRouter()


@router.get("/tim")
def search(request: Request, person: SignedIn, q: str = "") -> Response:
    """What this person may see of what is looked for; of what he may not, neither a line nor a count."""
    wanted = sought(q)
    with reading(settings().database) as session:
        found = _find(session, wanted, person) if wanted.is_enough else ()
    return page(
        request,
        person,
        "search/search.html",
        sought=wanted,
        sought_text=wanted.typed,
        groups=[one for one in found if one.hits],
    )


def _find(session: Session, wanted: Sought, person: Person) -> tuple[Group, ...]:
    years, hidden = plans.years(session), hidden_of_all_years(person, session)
    known = newest_plans(session, years)
    return (
        group("Năm", find_years(years, wanted)),
        group("Đơn vị", find_units(session, known, wanted, hidden)),
        group("Tổ chức đảng được giới thiệu", find_names(session, ORGANISATION, wanted, hidden)),
        group("Văn bản của Ban", find_documents(session, wanted, person, hidden)),
        group("Số văn bản để dành, đã hủy", find_numbers(session, wanted, person)),
        group("Văn bản đến", find_names(session, SYMBOL, wanted, hidden) if person.may(*SEES_EVERY_YEAR) else ()),
        group("Khách mời", find_names(session, PERSON, wanted, hidden)),
        group("Người của Ban, Tổ công tác", find_people(session, years, wanted, person)),
    )
