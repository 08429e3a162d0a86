"""The desk as one application: its pages, what stands before them, and what is said when something goes wrong."""

from collections.abc import Iterator
from importlib import import_module

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp

from web.pages.errors import add_handlers
from web.security import Guard
from web.security_tokens import check_form

#: Every file of pages, in the order in which their addresses are tried. A new file gets a line here.
PAGES = (
    # signing in, and what every page needs
    "sign_in",
    "password",
    "static",
    # looking
    "year",
    "mine",
    "visit",
    "letters",
    "audit",
    "summary",
    "obligations",
    "taking_out",
    # deciding
    "nominations",
    "acceptance",
    "choice",
    "papers",
    "findings",
    "scores",
    "guests",
    "changes",
    "taking_up",
    "reports",
    "remedies",
    "proposals",
    # from outside
    "links",
    "reply",
    # keeping house
    "admin",
    "contacts",
)


def routes_of(app: FastAPI) -> Iterator[APIRoute]:
    """Every route of the desk; the application itself only knows its routers."""
    for router in app.routes:
        yield from (route for route in getattr(router, "original_router", app).routes if isinstance(route, APIRoute))


class Desk(FastAPI):
    """The application with its guard as the outermost layer, so that even the answer to a defect passes it."""

    def build_middleware_stack(self) -> ASGIApp:
        """What is between the network and the pages."""
        return Guard(super().build_middleware_stack())


def create_app() -> FastAPI:
    """The desk. Every route takes part in the check of forms; none describes itself to the outside."""
    app = Desk(
        title="Bàn làm việc", openapi_url=None, docs_url=None, redoc_url=None, dependencies=[Depends(check_form)]
    )
    for name in PAGES:
        router: APIRouter = import_module(f"web.pages.{name}").router
        app.include_router(router)
    add_handlers(app)
    return app
