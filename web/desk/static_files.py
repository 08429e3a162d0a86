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


@router.get("/static/{name}")
def file(name: str) -> FileResponse:
    """A file by its name. Its address changes with its content, so it may be kept for a year."""
    path = STATIC / name
    if path.parent != STATIC or path.suffix not in _KINDS or not path.is_file():
        raise HTTPException(404)
    kept = {"cache-control": "public, max-age=31536000, immutable"}
    return FileResponse(path, media_type=_KINDS[path.suffix], headers=kept)


@router.get("/suc-khoe")
def health() -> PlainTextResponse:
    """For whoever watches over the desk: it answers, and so does its database; 503 where that does not."""
    with reading(settings().database) as session:
        clock.now(session)
    return PlainTextResponse("ok")
