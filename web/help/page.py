"""The help: what each role does here, by steps, with the pages at which it is done."""

from fastapi import APIRouter, Request, Response

from domain.role import OF_ACCOUNTS
from web.desk.access import SignedIn
from web.desk.render import page
from web.help.doing import Guide
from web.help.office import CLERK, LEADER, OFFICER
from web.help.others import ADMIN, EVERYBODY, INSPECTOR, VIEWER

router = APIRouter()

#: One for every role that signs in.
GUIDES: dict[str, Guide] = {one.role: one for one in (OFFICER, LEADER, CLERK, INSPECTOR, VIEWER, ADMIN)}


@router.get("/tro-giup")
def guide(request: Request, person: SignedIn, vai: str = "") -> Response:
    """What this person's own roles do, or another role that he wants to read of."""
    asked = [GUIDES[vai]] if vai in GUIDES else [GUIDES[role] for role in OF_ACCOUNTS if role in person.roles]
    return page(
        request, person, "help/help.html",
        guides=asked, roles=[GUIDES[role].role for role in OF_ACCOUNTS], asked=vai if vai in GUIDES else "",
        everybody=EVERYBODY,
    )  # fmt: skip
