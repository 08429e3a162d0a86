"""One artifact under its key for good: Prefect keeps each that is created, so the one that is there is written over.

A table of the year is twenty kilobytes, and is shown at every wake-up of thousands of visits.
"""

from contextlib import suppress
from uuid import UUID

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import ArtifactCreate
from prefect.exceptions import PrefectHTTPStatusError

from config.settings import settings
from database import service_notes
from database.engine import reading, writing
from database.models import ServiceNoteRow

#: What Prefect lets one change of an artifact.
_CHANGED = {"data", "description"}


def put_in_place(client: SyncPrefectClient, artifact: ArtifactCreate) -> None:
    """Write over the newest artifact of that key; create it where Prefect has none, or has lost the one it had."""
    if (known := _known(artifact)) is not None and _written_over(client, known, artifact):
        return
    body = artifact.model_dump(mode="json", exclude_unset=True)
    made = client.request("POST", "/artifacts/", json=body).json().get("id")
    with writing(settings().database) as session:
        service_notes.note(session, _note_of(artifact), f"{made}")


def _written_over(client: SyncPrefectClient, known: UUID, artifact: ArtifactCreate) -> bool:
    body = artifact.model_dump(mode="json", include=_CHANGED)
    try:
        client.request("PATCH", "/artifacts/{id}", path_params={"id": known}, json=body)
    except PrefectHTTPStatusError as error:
        if error.response.status_code != httpx.codes.NOT_FOUND:
            raise
        return False
    return True


def _known(artifact: ArtifactCreate) -> UUID | None:
    with reading(settings().database) as session:
        row = session.get(ServiceNoteRow, _note_of(artifact))
    with suppress(ValueError):
        return UUID(row.text) if row else None
    return None


def _note_of(artifact: ArtifactCreate) -> str:
    return f"artifact {artifact.key}"
