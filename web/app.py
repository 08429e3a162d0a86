"""The desk as one application: its pages, what stands before them, and what is said when something goes wrong."""

from collections.abc import Iterator

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp

from web.admin import contacts, contacts_history
from web.admin import page as admin
from web.audit import page as audit
from web.calendar import page as calendar
from web.changes import page as changes
from web.choice import page as choice
from web.desk import home_screen, static_files
from web.desk.errors import add_handlers
from web.desk.navigation import Counters
from web.desk.security import Guard
from web.desk.security_tokens import check_form
from web.feeds import page as feeds
from web.findings import page as findings
from web.guests import page as guests
from web.health import page as health
from web.help import page as help_
from web.incoming import page as incoming
from web.incoming.view import count_open
from web.letters import held
from web.letters import page as letters
from web.metrics import page as metrics
from web.mine import page as mine
from web.mine.counting import count_own
from web.news import page as news
from web.nominations import acceptance
from web.nominations import page as nominations
from web.obligations import page as obligations
from web.papers import correction
from web.papers import page as papers
from web.photos import page as photos
from web.planning import addresses as planned_addresses
from web.planning import content as planned_content
from web.planning import hosts as planned_hosts
from web.planning import page as planning
from web.register import page as register
from web.remedies import page as remedies
from web.reply import links
from web.reply import page as reply
from web.reply import photos as photos_by_link
from web.reports import hosts as host_reports
from web.reports import page as reports
from web.rubrics import page as rubrics
from web.scores import page as scores
from web.search import page as search
from web.setting_up import mail_server
from web.setting_up import page as setting_up
from web.sign_in import page as sign_in
from web.sign_in import password
from web.summary import page as summary
from web.summary import proposals
from web.taking_out import page as taking_out
from web.taking_out import shelf
from web.taking_up import page as taking_up
from web.visit import page as visit
from web.wording import page as wording
from web.year import page as year

#: Every file of pages, in the order in which their addresses are tried. A new file gets a line here.
PAGES = (
    # signing in, and what every page needs
    sign_in,
    password,
    static_files,
    home_screen,
    metrics,
    # looking
    year,
    mine,
    news,
    search,
    feeds,
    help_,
    visit,
    held,
    letters,
    incoming,
    audit,
    summary,
    obligations,
    taking_out,
    # deciding
    nominations,
    acceptance,
    choice,
    papers,
    correction,
    findings,
    photos,
    scores,
    guests,
    changes,
    taking_up,
    host_reports,
    reports,
    remedies,
    proposals,
    # from outside
    links,
    photos_by_link,
    reply,
    # what the office keeps and sets
    register,
    shelf,
    calendar,
    rubrics,
    wording,
    health,
    # drawing up a plan
    planning,
    planned_content,
    planned_hosts,
    planned_addresses,
    # the first day
    setting_up,
    mail_server,
    # accounts and addresses
    admin,
    contacts,
    contacts_history,
)


#: What the menu says beside its entries.
MENU_COUNTERS: Counters = {"/viec-cua-toi": count_own, "/thu-den": count_open}


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
    app.state.menu_counters = MENU_COUNTERS
    for pages in PAGES:
        app.include_router(pages.router)
    add_handlers(app)
    return app
