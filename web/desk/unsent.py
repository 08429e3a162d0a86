"""A session that ends while somebody types: the text is kept for that account, and the form comes back with it.

It is kept on the server, never in the browser, bounded in size and time (`database.unsent`), and shown to nobody else:
each form carries a signed mark of who has opened it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from answers.drafts import MAX_FIELDS, MAX_LETTERS
from config.addresses import key_at
from config.settings import settings
from database import plans, unsent, visits
from database.engine import reading, writing
from domain.dates import OFFICE_ZONE
from domain.obligation import Kind, Obligation
from domain.problem import Refused
from domain.text import nfc, printable
from web.desk.access import Person, someone, wall_clock
from web.desk.posted_form import WHOLE, Form
from web.desk.security_tokens import FIELD, TYPIST, typist_in

#: How the addresses of those forms end that come back filled; each is opened at the address it is sent to.
COMES_BACK = (
    "/de-cu", "/chap-nhan", "/chon", "/doi/{number}", "/huy", "/khach-moi", "/duyet/{paper}", "/phat-hanh/{paper}",
    "/dinh-chinh/{paper}",
    "/ket-qua", "/cham-diem/{number}", "/nhan", "/xem-xet", "/kien-nghi/tra-loi", "/nhiem-vu", "/tiep-nhan",
    "/lien-he", "/so-van-ban/ghi", "/lich-lam-viec/sua", "/ke-hoach/{year}", "/noi-dung", "/don-vi", "/dia-chi",
    "/thiet-lap",
)  # fmt: skip
#: What the page itself puts into a form, so that nobody has typed it; a file that is kept for the form is not of these.
_OF_THE_PAGE = frozenset({"seen", "turn", "shown", "rubric", "guest", "guest_email"})
#: Those that are about no visit: what is typed into them is kept with the plan of their year.
_OF_THE_OFFICE = ("/quan-tri/lien-he", "/so-van-ban/ghi", "/lich-lam-viec/sua")
#: What begins the addresses of forms of a year that has no plan yet: drafts of plans, and the first day.
_OF_NO_VISIT = ("/ke-hoach", "/thiet-lap")


@dataclass(frozen=True)
class KeptForm:
    """A form that was sent too late: whose, and where it comes back."""

    account: int
    path: str
    has_text: bool  #: whether anything was typed into it, and so is kept


async def keep_typed(request: Request) -> KeptForm | None:
    """Keep what was posted, for whoever had opened the form; None if it does not come back or nobody is known."""
    route = getattr(request.scope.get("route"), "path", "")
    if request.method != "POST" or not route.endswith(COMES_BACK):
        return None
    posted = await request.form()
    mark = posted.get(TYPIST)
    account = typist_in(mark) if isinstance(mark, str) else None
    if account is None:
        return None
    kept = KeptForm(account, path_of(request), has_text=_is_typed(posted))
    if not kept.has_text:
        return kept
    content = _packed(posted)
    is_kept = bool(content) and await run_in_threadpool(_keep, kept, content)
    return kept if is_kept else None


def typed_before(request: Request, person: Person) -> Form:
    """The form as this person had typed it when the session ended; an empty one where nothing is kept."""
    with reading(settings().database) as session:
        content = unsent.find(session, person.id, path_of(request), wall_clock())
    if content is None:
        return Form({})
    kept = json.loads(content)
    lists: dict[str, list[str]] = {}
    for name, text in kept["fields"]:
        lists.setdefault(name, []).append(text)
    form = Form({name: texts[-1] for name, texts in lists.items()}, lists)
    remedy = "xem lại rồi gửi" + _files_told(kept["files"])
    form.note(
        WHOLE, f"nội dung dưới đây ghi trước khi hết phiên làm việc ({kept['at']}), chưa gửi", remedy, warning=True
    )
    return form


def drop_typed(request: Request) -> None:
    """The form is being sent again by the one who had typed it; a first look spares every other form the writing."""
    person = someone(request)
    if person is None:
        return
    with reading(settings().database) as session:
        kept = unsent.find(session, person.id, path_of(request), wall_clock())
    if kept is not None:
        with writing(settings().database) as session:
            unsent.drop(session, person.id, path_of(request))


def path_of(request: Request) -> str:
    """The address of a form with what stands behind it, as a link to it has it."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _is_typed(posted: FormData) -> bool:
    """Whether there is anything in the form beside what its page has put there: a text, a file."""
    return any(
        bool(value.filename) if isinstance(value, UploadFile) else bool(value)
        for name, value in posted.multi_items()
        if name not in (FIELD, TYPIST, "do", *_OF_THE_PAGE) and not name.startswith("seen-")
    )


def _packed(posted: FormData) -> bytes:
    """The texts that were typed and the names of files; nothing if it is too much to keep."""
    fields: list[tuple[str, str]] = []
    files: list[str] = []
    for name, value in posted.multi_items():
        if isinstance(value, UploadFile):
            files += [value.filename] if value.filename else []
        elif name not in (FIELD, TYPIST, "do"):
            fields.append((name, nfc(printable(value))))
    much = len(fields) > MAX_FIELDS or sum(len(text) for _, text in fields) > MAX_LETTERS
    if much:
        return b""
    at = f"{wall_clock().astimezone(OFFICE_ZONE):%H:%M}"
    return json.dumps({"fields": fields, "files": files, "at": at}, ensure_ascii=False).encode()


def _keep(kept: KeptForm, content: bytes) -> bool:
    with writing(settings().database) as session:
        try:
            about = _about(session, kept.path)
        except Refused:
            return False
        unsent.keep(session, about, kept.account, kept.path, content, wall_clock())
    return True


def _about(session: Session, path: str) -> int | None:
    """The row a form is about, None where there is none; the office's own goes with its plan."""
    page = path.partition("?")[0]
    if page.startswith(_OF_NO_VISIT):
        return None
    if page not in _OF_THE_OFFICE:
        return visits.find(session, key_at(page)).id
    known, year = plans.years(session), _year_in(path)
    return visits.find(session, Obligation(Kind.PLAN, year if year in known or not known else known[0]).key).id


def _year_in(path: str) -> int:
    year = path.partition("nam=")[2]
    return int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else 0


def _files_told(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"; tệp {', '.join(f'“{name}”' for name in names)} phải chọn lại, vì chưa gửi tới"
