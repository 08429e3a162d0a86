"""The way of a host's reply about what it was recommended: typed, looked at, confirmed (D11)."""

from typing import Any

from starlette.datastructures import FormData

from answers import remedies
from database import follow_ups, stored
from database.dossier import Dossier
from domain.answer_kind import AnswerKind
from domain.dates import short_date
from domain.follow_up import Followed, Remedy
from web.desk.confirming import Sender, Shown, newest_version, take_once
from web.desk.obligation_form import about, looking_at
from web.desk.posted_form import Form
from web.desk.their_letter import read_their_letter
from web.desk.their_mail import MAIL, by_mail, mail_of

DONE = {"done": True, "part": False}
_WORDS = {"done": "đã thực hiện xong", "part": "mới làm một phần"}


def begin(reference: str, sender: Sender, mail: int = 0) -> Shown:
    """The form: every recommendation with what was replied so far; `mail` is the message that tells what was done."""
    with looking_at(reference) as dossier:
        form = Form({MAIL: f"{mail or ''}", "seen": f"{_version(dossier)}"})
        their_mail = mail_of(dossier, form, sender)
        form.values["received_on"] = short_date(their_mail.came_on if their_mail else dossier.today)
        return Shown("form", 200, _facts(dossier, form, sender))


def go_on(reference: str, sender: Sender, form: Form, _posted: FormData) -> Shown:
    """Do what the pressed button says: look at it, correct it, or give it."""
    do = form.get("do", "preview")
    with looking_at(reference) as dossier:
        facts = _facts(dossier, form, sender)
        sender = by_mail(sender, form)
        if do == "edit":
            return Shown("form", 200, facts)
        every = facts["followed"]
        replies = _read(form, dossier, every, outside=sender.outside)
        if form.fails:
            return Shown("form", 422, facts)
        names = [f"{field}-{one.number}" for one in every for field in ("text", "done")]
        kept = ("seen", "received_on", "their_symbol", "their_date", MAIL, *names)
        facts |= {
            "said_of": [
                (f"{reply.recommendation}. {every[reply.recommendation - 1].asked.text}", (
                    f"{_WORDS['done' if reply.done else 'part']}: {reply.text}",
                )) for reply in replies
            ],
            "carried": {name: form.get(name) for name in kept if form.get(name)},
        }  # fmt: skip
    return _confirm(reference, sender, form, replies, facts) if do == "confirm" else Shown("preview", 200, facts)


def _read(form: Form, dossier: Dossier, every: tuple[Followed, ...], *, outside: bool) -> list[Remedy]:
    """The recommendations about which something was written; how far it has come must be said as well."""
    received, symbol, _dated = read_their_letter(form, dossier.today, asks_received=not outside)
    replies = []
    for one in every:
        text, done = form.text(f"text-{one.number}"), form.get(f"done-{one.number}")
        if not text and not done:
            continue
        if not text:
            form.note(f"text-{one.number}", "chưa ghi kết quả thực hiện", "ghi đã làm gì")
        known = form.one_of(f"done-{one.number}", DONE, "chưa chọn mức độ thực hiện", "chọn một trong hai")
        replies.append(Remedy(one.number, text, received, symbol, done=bool(known)))
    if not replies and every:
        form.note(f"text-{every[0].number}", "chưa ghi kết quả của kiến nghị nào", "ghi ít nhất một kiến nghị")
    return replies


def _confirm(reference: str, sender: Sender, form: Form, replies: list[Remedy], facts: dict[str, Any]) -> Shown:
    return take_once(
        form, facts,
        lambda: {"left": remedies.reply(reference, replies, sender.giver, seen=form.version("seen"))},
        lambda: _is_there(reference, sender, replies), lambda: newest_version(reference, AnswerKind.REMEDY),
    )  # fmt: skip


def _is_there(reference: str, sender: Sender, replies: list[Remedy]) -> bool:
    with looking_at(reference) as dossier:
        rows = follow_ups.remedy_rows(dossier.session, follow_ups.visit_of(dossier.session, dossier.visit))
        last = rows[-len(replies) :]
        return [stored.value_of(row, Remedy) for row in last] == replies and all(
            row.by == sender.giver.name for row in last
        )


def _version(dossier: Dossier) -> int:
    row = dossier.answer(AnswerKind.REMEDY)
    return row.version if row else 0


def _facts(dossier: Dossier, form: Form, sender: Sender) -> dict[str, Any]:
    every = follow_ups.followed(dossier.session, follow_ups.visit_of(dossier.session, dossier.visit))
    return {
        **about(dossier), "form": form, "outside": sender.outside, "row": dossier.answer(AnswerKind.REMEDY),
        "followed": every, "mail": mail_of(dossier, form, sender),
        "options": list(_WORDS.items()), "title": "Kết quả thực hiện kiến nghị sau dự, giám sát",
        "send": "Gửi kết quả" if sender.outside else "Nhận kết quả này",
    }  # fmt: skip
