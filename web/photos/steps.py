"""The photos of a visit as a page: looked at, one more kept, one taken out; at the desk as by a link (R14, P3)."""

from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException, Response
from starlette.datastructures import FormData

from answers.answering import Giver
from answers.photos import MOST, keep_photo, take_out
from database import photos
from domain.problem import Refused
from scans.picture import MOST_MB
from web.desk.obligation_form import about, looking_at
from web.desk.posted_form import Form
from web.desk.uploads import sent_file

TEMPLATE = "photos/photos.html"


@dataclass(frozen=True)
class Keeper:
    """Who looks, keeps and takes out."""

    giver: Giver
    may_write: bool = True
    of_office: bool = False  #: takes out the photos of others as well


def facts_of(reference: str, keeper: Keeper, form: Form) -> dict[str, Any]:
    """What the page shows."""
    with looking_at(reference) as dossier:
        codes = {item.id: item.code for item in dossier.plan.checklist}
        may_write = keeper.may_write and dossier.visit.state == "open" and bool(dossier.chosen)
        rows = photos.of_visit(dossier.session, dossier.visit.id)
        return {
            **about(dossier), "form": form, "most": MOST, "most_mb": MOST_MB, "may_write": may_write, "codes": codes,
            "items": [(item.id, f"{item.code} {item.text}") for item in dossier.plan.checklist],
            "photos": [(row, may_write and (keeper.of_office or row.by == keeper.giver.name)) for row in rows],
        }  # fmt: skip


def act(reference: str, keeper: Keeper, form: Form, posted: FormData) -> str:
    """Do what the pressed button says; what is said of it, empty where something is wrong with the form."""
    if not keeper.may_write:
        raise HTTPException(403)
    try:
        if (number := form.get("bo")) and number.isascii() and number.isdecimal() and len(number) < 7:
            take_out(reference, int(number), keeper.giver, only_own=not keeper.of_office)
            return f"Đã bỏ ảnh {number}; nhật ký còn ghi ảnh từng có và ai bỏ."
        file = sent_file(posted, "photo")
        if file is None:
            form.note("photo", "chưa chọn ảnh", "chụp hoặc chọn một ảnh")
            return ""
        content = file.file.read(MOST_MB * 2**20 + 1)
        kept = keep_photo(reference, content, keeper.giver, item=form.get("item"), note=form.text("note"))
    except Refused as refused:
        form.refused(refused.problems, {"ảnh": "photo", "mục": "item"})
        return ""
    return f"Đã giữ ảnh {kept} trong hồ sơ."


def picture(reference: str, number: int) -> Response:
    """One photo, to look at; 404 where there is none. Nothing of it was made outside: it was drawn here."""
    with looking_at(reference) as dossier:
        row = photos.find(dossier.session, dossier.visit.id, number) if number < 10**6 else None
        if row is None or row.content is None:
            raise HTTPException(404)
        return Response(row.content, media_type="image/png")
