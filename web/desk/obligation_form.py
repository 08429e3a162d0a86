"""What every form about a visit begins with: the visit itself, what was posted, and what comes after the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from answers.seen import token_of
from config.addresses import REPORT_WORD, key_at, page_of
from config.settings import settings
from database import visits
from database.dossier import Dossier, open_dossier
from database.engine import reading
from domain.dates import date_and_time, month_and_year
from domain.obligation import FOLLOW_UP_WORD, PLAN_WORD, SUMMARY_WORD
from domain.problem import Refused
from flows.engine.wake_pipe import tell
from web.desk.posted_form import Form
from web.desk.unsent import drop_typed

NOT_RUNNING = "Đã ghi; dịch vụ chưa chạy, việc này sẽ đi tiếp khi dịch vụ chạy lại."


async def posted_form(request: Request) -> FormData:
    """What was posted; what was kept of this form from a session that had ended is not needed any more."""
    await run_in_threadpool(drop_typed, request)
    return await request.form()


#: For the head of a function that takes a form.
Posted = Annotated[FormData, Depends(posted_form)]


def _key(request: Request) -> str:
    """What the address is about; 404 if there is no such visit or other obligation."""
    with reading(settings().database) as session:
        try:
            return visits.find(session, key_at(request.url.path)).key
        except Refused:
            raise HTTPException(404) from None


#: For the head of a function whose address begins with one of those below.
VisitKey = Annotated[str, Depends(_key)]

#: What the address of a visit begins with, and those of what the year asks for beside the visits.
VISIT = "/chuyen/{month}/{unit}"
FOLLOW_UP = f"{VISIT}/{FOLLOW_UP_WORD}"
REPORT = f"/nam/{{year}}/{REPORT_WORD}/{{unit}}"
PLAN = f"/nam/{{year}}/{PLAN_WORD}"
SUMMARY = f"/nam/{{year}}/{SUMMARY_WORD}"


@contextmanager
def looking_at(reference: str) -> Iterator[Dossier]:
    """The visit whole, to look at only."""
    with reading(settings().database) as session:
        yield open_dossier(session, visits.find(session, reference).id)


def about(dossier: Dossier) -> dict[str, Any]:
    """What the head of a form says of the visit."""
    visit = dossier.visit
    return {
        "key": visit.key,
        "page": page_of(visit.obligation),
        "unit": dossier.unit,
        "plan": dossier.plan,
        "month_year": month_and_year(visit.year, visit.month) if visit.month else f"{visit.year}",
        "state": visit.state,
        "when": date_and_time,
    }


def note_seen(form: Form, dossier: Dossier) -> None:
    """Let the form carry what its page shows (`answers.seen`), unless it carries what an earlier page has shown."""
    form.values.setdefault("seen", token_of(dossier))


def tell_service() -> str:
    """Call whoever runs visits; what to add for the person when nobody does, else nothing.

    The answer is stored already, with the note that there is news: nothing can be lost here.
    """
    return "" if tell() else f" {NOT_RUNNING}"
