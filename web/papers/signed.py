"""The signed file between its upload and the issue: kept, looked at beside the document, answered for (P4)."""

from typing import Any

from starlette.datastructures import FormData

from answers.papers import Sheet, weigh_issued
from config.settings import settings
from database import drafts
from database.engine import reading, writing
from database.visits import find
from domain.problem import Refused
from scans.said import doubts_of, said_of, unknowns_of
from web.desk.access import Person
from web.desk.confirming import sender_of
from web.desk.posted_form import Form
from web.desk.uploads import drop_kept, kept_upload, may_be_kept, read_scan

#: What the look brings back with the confirmation; `upload` is the kept file.
_CARRIED = ("number", "issued_on", "secrecy", "urgency", "upload")
#: What a file was called that was chosen now and will be weighed before it is kept.
_UNSEEN = "signed_name"


def signed_file(form: Form, posted: FormData, key: str, person: Person) -> bytes | None:
    """The file that was chosen now, or the one that was kept before; None if there is none.

    Whatever else is wrong with the form, nobody has to send it again: it is kept as soon as somebody has looked into
    it. Where it will be weighed at once, that is the look.
    """
    form.values.pop(_UNSEEN, None)
    chosen = read_scan(posted, "signed")
    if chosen is None:
        return _kept_file(form, key, person)
    name, content = chosen
    if not form.fails and form.get("do") != "confirm":
        form.values[_UNSEEN] = name
    elif may_be_kept(form, "signed", content):
        _keep(form, key, person, name, content)
    else:
        return _kept_file(form, key, person)
    return content


def keep_chosen(form: Form, key: str, person: Person, content: bytes | None) -> None:
    """Keep a file that was chosen now, for a form that looks at the letters first and weighs it when it is done."""
    name = form.values.pop(_UNSEEN, "")
    if name and content:
        _keep(form, key, person, name, content)


def _keep(form: Form, key: str, person: Person, name: str, content: bytes) -> None:
    with writing(settings().database) as session:
        owner = sender_of(person).owner
        form.values["upload"] = drafts.keep_upload(session, find(session, key).id, owner, name, content)


def _kept_file(form: Form, key: str, person: Person) -> bytes | None:
    kept = _kept(form, key, person)
    if kept is None and form.get("upload"):
        form.values.pop("upload")
        form.note("signed", "tệp đã gửi không còn được giữ", "chọn lại tệp")
    return kept[1] if kept else None


def name_of_kept(form: Form, key: str, person: Person) -> str:
    """What the kept file is called, empty where there is none."""
    kept = _kept(form, key, person)
    return kept[0] if kept else ""


def _kept(form: Form, key: str, person: Person) -> tuple[str, bytes] | None:
    with reading(settings().database) as session:
        visit_id = find(session, key).id
    return kept_upload(form, visit_id, sender_of(person).owner)


def look_at_signed(form: Form, key: str, paper: str, sheet: Sheet, person: Person) -> dict[str, Any] | None:
    """What the page of the look shows of the file; None when it is not taken, which is noted at its field.

    A file that was chosen now is kept if it is taken; one that is not taken is not kept any longer.
    """
    chosen = form.values.pop(_UNSEEN, "")
    try:
        weighed = weigh_issued(key, paper, sheet)
    except Refused as refused:
        form.refused(refused.problems)
        weighed = None
    if weighed is None or weighed.file.refused:
        form.refused(weighed.file.refused if weighed else (), {"bản ký": "signed"})
        if not chosen:
            drop_kept(form)
        return None
    if chosen and sheet.signed:
        _keep(form, key, person, chosen, sheet.signed)
    return {
        "seen": said_of(weighed.file), "doubts": doubts_of(weighed.file), "unknowns": unknowns_of(weighed.file),
        "sheet": sheet,
        "carried": {name: form.get(name) for name in _CARRIED if form.get(name)},
    }  # fmt: skip
