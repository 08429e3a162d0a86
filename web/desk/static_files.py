"""The desk's own files: one style sheet, little script, icons; and whether the desk is there at all."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, PlainTextResponse

from config.settings import settings
from database import clock
from database.engine import reading
from web.desk.render import STATIC

router = APIRouter()

_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
#: The script that opens a form without a network: it stands for one page each, and pages do not lie below `static`.
_WORKER = "worker.js"


@router.get("/static/{name}")
def file(name: str) -> FileResponse:
    """A file by its name. Its address changes with its content, so it may be kept for a year."""
    path = STATIC / name
    if path.parent != STATIC or path.suffix not in _KINDS or not path.is_file():
        raise HTTPException(404)
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    if name == _WORKER:
        headers["service-worker-allowed"] = "/"
    return FileResponse(path, media_type=_KINDS[path.suffix], headers=headers)


@router.get("/suc-khoe")
def health() -> PlainTextResponse:
    """For whoever watches over the desk: it answers, and so does its database; 503 where that does not."""
    with reading(settings().database) as session:
        clock.now(session)
    return PlainTextResponse("ok")
