"""`visits status` and `visits show`: what waits for whom, and the whole story of one visit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import typer

from answers.seen import token_of
from cli.output import print_json, print_table, refusing, say
from cli.year import left_open, obligations_of, print_left_open, print_obligations
from config.settings import settings
from database import clock, plans, visits
from database.dossier import Dossier, open_dossier
from database.engine import reading
from database.models import LetterRow, VisitRow
from domain import words
from domain.choice_record import Advice
from domain.dates import date_and_time, short_date
from domain.deadline import nomination_deadline
from domain.letters_and_documents import document_title
from domain.nomination import Meeting
from domain.role import role_called
from domain.state import VisitState
from domain.step import Step
from overview.attending import who_comes
from overview.beside_letters import beside_letters
from overview.happened import what_happened

AsJson = Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")]
Visit = Annotated[str, typer.Argument(metavar="VISIT", help="2024-02/nhon_trach, hoặc 2024-02")]


def add_to(app: typer.Typer) -> None:
    """Put both commands into the main one."""
    app.command()(status)
    app.command()(show)


@refusing
def status(
    year: Annotated[int | None, typer.Option("--year", help="năm; mặc định là năm hiện tại của đồng hồ")] = None,
    as_json: AsJson = False,
) -> None:
    """Bảng cả năm: tháng, đơn vị, bước, chờ ai, từ khi nào, ngày tới, liên kết tới lượt chạy."""
    with reading(settings().database) as session:
        now = clock.now(session)
        wanted = year or now.year
        plan, _contacts = plans.read(session, wanted)
        rows = [
            _line(row, visits.finished_steps(session, row.id), plan.unit(row.unit).short_name)
            for row in visits.of_year(session, wanted)
        ]
        others = obligations_of(session, wanted)
        rehearsal = clock.is_rehearsal(session)
    if as_json:
        print_json({"year": wanted, "now": now, "rehearsal": rehearsal, "visits": rows, "obligations": others})
        return
    title = f"Năm {wanted} · {date_and_time(now)}{' · DIỄN TẬP' if rehearsal else ''}"
    columns = ("Tháng", "Đơn vị", "Bước", "Chờ ai", "Chờ gì", "Từ ngày", "Ngày tới")
    print_table(title, columns, ([row[name] for name in _COLUMNS] for row in rows))
    print_obligations(others)
    for row in rows:
        if row["run"]:
            say(f"{row['visit']} → {row['run']}")


_COLUMNS = ("month", "host", "step", "waiting_for", "waiting_state", "since", "next")


def _line(row: VisitRow, finished: set[int], name: str) -> dict[str, str]:
    coming = next((step for step in Step if step not in finished), None)
    begun = row.state == VisitState.OPEN and coming is not None
    return {
        "visit": row.key,
        "month": f"{row.month}",
        "host": name,
        "state": row.state,
        "step": coming.title if begun and coming else words.VISITS.get(row.state, row.state),
        "waiting_for": role_called(row.waiting_for),
        "waiting_state": row.waiting_state or "",
        "message": row.waiting_message or "",
        "since": short_date(row.waiting_since.date()) if row.waiting_since else "",
        "next": _day(row.waiting_until)
        if row.state == VisitState.OPEN
        else short_date(row.opens_on)
        if row.state == VisitState.PLANNED
        else "",
        "run": f"{settings().prefect_url}/runs/flow-run/{row.flow_run_id}" if row.flow_run_id else "",
    }


def _day(moment: datetime | None) -> str:
    return short_date(moment.date()) if moment else ""


@refusing
def show(visit: Visit, as_json: AsJson = False) -> None:
    """Toàn bộ câu chuyện của một đợt: bước, trả lời, thư, văn bản, ai làm gì."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, visit).id)
        story = _story(dossier)
    if as_json:
        print_json(story)
        return
    say(f"{story['visit']} · {story['host']} · {words.VISITS.get(story['state'], story['state'])}")
    if story["waiting"]:
        say(f"Đang chờ: {story['waiting']}")
    if story["trouble"]:
        say(f"Lỗi: {story['trouble']}")
    say(f"Lượt chạy: {story['run']}")
    print_table("Các bước", ("Bước", "Xong lúc", "Ghi chú"), (list(one.values()) for one in story["steps"]))
    print_table(
        "Tổ chức đảng được giới thiệu",
        ("Số", "Tổ chức đảng", "Loại", "Thời gian", "Thời hạn", "Chọn"),
        (list(one.values()) for one in story["nominations"]),
    )
    print_left_open(story["left_open"])
    if story["recommendation"]:
        print_table(
            "Đề xuất của dịch vụ", ("Số", "Điểm", "Lý do"), (list(one.values()) for one in story["recommendation"])
        )
    print_table(
        "Văn bản",
        ("Văn bản", "Bản", "Trạng thái", "Số"),
        (
            (document_title(one["kind"]), one["revision"], words.DOCUMENTS[one["state"]], one["symbol"])
            for one in story["documents"]
        ),
    )
    print_table("Ai dự", ("Buổi", "Nơi được mời", "Trả lời"), (list(one.values()) for one in story["coming"]))
    print_table(
        "Thư",
        ("Số", "Thư", "Gửi tới", "Trạng thái", "Lúc", "Báo lại"),
        ((one["id"], one["subject"], one["to"], one["called"], one["at"], one["beside"]) for one in story["letters"]),
    )
    print_table("Ai làm gì", ("Lúc", "Ai", "Việc", "Chi tiết"), (list(one.values()) for one in story["audit"]))
    say(f"Đã xem đến đây: --seen {story['seen']}")


def _story(dossier: Dossier) -> dict[str, Any]:
    row, happened = dossier.visit, what_happened(dossier.session, dossier.visit)
    return {
        "visit": row.key,
        "host": dossier.unit.name,
        "state": row.state,
        "waiting": " · ".join(filter(None, (row.waiting_state, row.waiting_message, _day(row.waiting_until)))),
        "trouble": row.trouble or "",
        "run": f"{settings().prefect_url}/runs/flow-run/{row.flow_run_id}" if row.flow_run_id else "chưa có",
        "wakeups": row.wakeups,
        "seen": token_of(dossier),
        "steps": [
            {"step": line.step.title, "done": date_and_time(line.at), "note": line.note}
            for line in happened.step_lines
            if line.at
        ],
        "nominations": _nominated(dossier),
        "left_open": left_open(dossier),
        "recommendation": _recommended(dossier),
        "answers": [
            {
                "kind": answer.kind, "version": answer.version, "by": answer.by, "given_at": answer.given_at,
                "content": answer.content,
            }
            for answer in happened.answers
        ],
        "documents": [
            {"kind": paper.kind, "revision": f"{paper.revision}", "state": paper.state, "symbol": paper.symbol}
            for paper in happened.documents
        ],
        "coming": [
            {"meeting": one.meeting.organisation, "name": one.name, "answer": one.told}
            for one in who_comes(dossier, words=True)
        ],
        "letters": _letters(dossier, happened.letters),
        "audit": [
            {
                "at": date_and_time(one.at), "who": one.who, "what": one.what,
                "details": ", ".join(f"{name}: {value}" for name, value in one.details.items()),
            }
            for one in happened.audit
        ],
    }  # fmt: skip


def _letters(dossier: Dossier, rows: Sequence[LetterRow]) -> list[dict[str, str]]:
    beside = beside_letters(dossier.session, rows)
    return [
        {
            "id": f"{letter.id}", "subject": letter.subject, "to": letter.told, "state": letter.state,
            "called": letter.called, "at": date_and_time(letter.sent_at) if letter.sent_at else letter.reply or "",
            "beside": "; ".join(one.text for one in beside.get(letter.id, ())),
        }
        for letter in rows
    ]  # fmt: skip


def _recommended(dossier: Dossier) -> list[dict[str, str]]:
    """The newest recommendation, best first, part by part (R64)."""
    advice = dossier.said(Advice) or Advice()
    return [
        {
            "number": f"{one.meeting}",
            "points": f"{one.points}",
            "reasons": "; ".join(f"{reason.text} ({reason.points:+d})" for reason in one.reasons),
        }
        for one in advice.ranking
    ]


def _nominated(dossier: Dossier) -> list[dict[str, str]]:
    chosen = {meeting.number for meeting in dossier.chosen}

    def why(meeting: Meeting) -> str:
        return nomination_deadline(meeting.day_to_judge, dossier.plan.rules, dossier.calendar).why

    return [
        {
            "number": f"{candidate.meeting.number}",
            "organisation": candidate.meeting.organisation,
            "kind": candidate.meeting.kind.vietnamese,
            "starts_at": date_and_time(candidate.meeting.starts_at),
            "timeliness": f"{words.TIMELINESS[candidate.timeliness]} ({why(candidate.meeting)})",
            "chosen": "✓" if candidate.meeting.number in chosen else "",
        }
        for candidate in dossier.candidates
    ]
