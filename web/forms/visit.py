"""What every form about a visit begins with: the visit itself, what was posted, and what comes after the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import httpx
from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData

from config.settings import settings
from database import visits
from database.dossier import Dossier, open_dossier
from database.engine import reading
from domain.dates import date_and_time, month_and_year
from domain.problem import Refused

NOT_RUNNING = "Đã ghi; dịch vụ chưa chạy, chuyến sẽ đi tiếp khi dịch vụ chạy lại."


async def _posted(request: Request) -> FormData:
    return await request.form()


#: For the head of a function that takes a form.
Posted = Annotated[FormData, Depends(_posted)]


def _key(month: str, unit: str) -> str:
    """The visit that an address names; 404 if there is none."""
    with reading(settings().database) as session:
        try:
            return visits.find(session, f"{month}/{unit}").key
        except Refused:
            raise HTTPException(404) from None


#: For the head of a function whose address begins with `/chuyen/{month}/{unit}`.
VisitKey = Annotated[str, Depends(_key)]

#: What such an address begins with.
VISIT = "/chuyen/{month}/{unit}"


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
        "unit": dossier.unit,
        "plan": dossier.plan,
        "month_year": month_and_year(visit.year, visit.month),
        "state": visit.state,
        "when": date_and_time,
    }


def tell_service(reference: str) -> str:
    """Wake the visit; what to add for the person when the service does not answer, else nothing.

    The answer is stored already, so a service that is off loses nothing.
    """
    try:
        httpx.get(f"{settings().prefect_url}/api/health", timeout=2).raise_for_status()
        # Prefect takes seconds to import; only an answer needs it.
        from flows.wake import start_parked

        with reading(settings().database) as session:
            visit_id = visits.find(session, reference).id
        start_parked(visit_id)
    except Exception:
        return " " + NOT_RUNNING
    return ""
