"""An icon on the home screen of a phone that opens one form: the findings or the scores of one visit, or a link."""

import re

from fastapi import APIRouter, HTTPException
from fastapi.responses import JSONResponse

from web.desk.render import asset

router = APIRouter()

#: Forms that are filled in where the meeting is; nothing else gets an icon.
_FORMS = re.compile(r"/tra-loi/[\w.~-]{1,200}|/chuyen/\d{4}-\d{2}/\w{1,80}/(?:ket-qua|cham-diem/\d{1,3})", re.ASCII)


@router.get("/man-hinh-chinh.webmanifest")
def manifest(mo: str = "") -> JSONResponse:
    """What a browser asks before it makes the icon; `mo` is the form. It says nothing but what was asked."""
    if not _FORMS.fullmatch(mo):
        raise HTTPException(404)
    icon = {"src": asset("desk.svg"), "sizes": "any", "type": "image/svg+xml"}
    told = {
        "name": "Dự, giám sát sinh hoạt Đảng", "short_name": "Giám sát", "lang": "vi", "id": mo, "start_url": mo,
        "scope": mo, "display": "minimal-ui", "background_color": "#ffffff", "theme_color": "#9b1c1c", "icons": [icon],
    }  # fmt: skip
    return JSONResponse(told, media_type="application/manifest+json")
