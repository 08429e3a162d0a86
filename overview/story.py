"""One visit as one story: runs, people, letters, documents and changes of date, merged by their moments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from answers.incoming.acting import ONLY_KIND, SERVICE
from database import audit, stored
from database.models import AnswerRow, AuditRow, DocumentRow, LetterRow
from domain import words
from domain.answer_kind import AnswerKind
from domain.choice_record import Advice
from domain.correction import PaperCorrection
from domain.dates import date_and_time, short_date
from domain.decision import Acceptance, Cancellation, Choice, MeetingMove, ReportReview
from domain.follow_up import Remedy
from domain.incoming import MailKind
from domain.letters_and_documents import Purpose, document_title, purpose_called
from domain.nomination import Nominations
from domain.state import LetterState
from domain.taking_up import TakenUp
from overview.earlier_words import in_words_of_today
from overview.happened import Happened
from overview.said import detail_of, title_of


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    at: datetime
    kind: str  #: `run`, `step`, `person`, `letter`, `paper`, `trouble`
    title: str
    who: str = ""  #: empty for the service itself
    detail: str = ""
    url: str = ""
    rank: int = 10  #: within one moment: a rehearsal's clock stands still while a visit goes on


@dataclass(frozen=True)
class Day:
    """What happened on one day."""

    day: date
    events: tuple[Event, ...]


#: Told better by the answer or the document itself than by its line in the record.
_TOLD_BY_ROWS = (
    "nhận danh sách", "chọn nơi dự", "chấp nhận danh sách", "quyết định về danh sách", "ghi kết quả",
    "chuyển buổi", "hủy đợt", "nhận báo cáo", "tiếp nhận báo cáo", "tiếp nhận: ", "nhận kết quả thực hiện",
    "ghi nhiệm vụ", "chấm điểm", "đính chính",
)  # fmt: skip
_TOLD_BY_PAPERS = ("duyệt", "phát hành ", "cấp số", "trả lại", "cho phép phát hành", "nhận bản ký")
#: Answers whose words tell findings, or a unit's own report.
_TELLING = ("remedy", "self_report_review", "correction")
_BOUNCE = MailKind.BOUNCE.called
_TROUBLE = ("lượt chạy lỗi", "không rõ thư", "chữa lượt chạy", _BOUNCE, ONLY_KIND + _BOUNCE)
_RUN = ("bắt đầu", "kết thúc", "chạy lại", "báo hủy")


def story_of(happened: Happened, *, findings: bool) -> tuple[Day, ...]:
    """The story day by day, oldest first; without what tells findings unless `findings`."""
    events = [
        *(event for row in happened.audit for event in _recorded(row, findings)),
        *_issued(happened),
        *_answered(happened.answers, findings),
        *(event for row in happened.documents for event in _written(row, findings)),
        *_sent(happened.letters),
    ]
    events.sort(key=lambda event: (event.at, event.rank))
    return tuple(Day(day, tuple(of_day)) for day, of_day in groupby(events, key=lambda event: event.at.date()))


def _recorded(row: AuditRow, findings: bool) -> Iterator[Event]:
    what = in_words_of_today(row.what)
    if what == _BOUNCE or what.startswith((*_TOLD_BY_ROWS, *_TOLD_BY_PAPERS)):
        return  # of a letter that came back the line about its message says more
    title, detail = title_of(what, row.details), detail_of(row.details, in_full=findings)
    who = "" if row.who in (audit.SYSTEM, SERVICE) else row.who
    if what.startswith("xong bước"):
        yield Event(row.at, "step", title, who, detail, rank=20)
    elif what.startswith(_TROUBLE):
        yield Event(row.at, "trouble", title, who, detail, rank=25)
    elif what.startswith(_RUN):
        yield Event(row.at, "run", title, who, detail, rank=50 if what == "kết thúc" else 0)
    else:
        yield Event(row.at, "person" if who else "run", title, who, detail, rank=35)


def _answered(rows: Sequence[AnswerRow], findings: bool) -> Iterator[Event]:
    moved = {(row.given_at, row.by) for row in rows if row.kind == AnswerKind.MOVE}
    listed: Nominations | None = None
    for row in rows:
        if row.kind == AnswerKind.NOMINATIONS:
            before, listed = listed, stored.value_of(row, Nominations)
            # A move is a new version of the list as well; it is told as the move that it is.
            if before is not None and (row.given_at, row.by) in moved and len(listed.changes) > len(before.changes):
                continue
        if row.kind == AnswerKind.ACCEPTANCE and any(row.given_at == at for at, _by in moved):
            continue
        title, detail = _answer_in_words(row, listed)
        detail = detail if findings or row.kind not in _TELLING else ""
        who = "" if row.source == "system" else row.by
        yield Event(row.given_at, "person" if who else "run", title, who, detail, rank=30 if not who else 10)


def _answer_in_words(row: AnswerRow, listed: Nominations | None) -> tuple[str, str]:
    if row.kind in _TITLES:  # read only where something of it is told: score sheets are long
        return _TITLES[row.kind].format(version=row.version), ""
    match said := stored.answer_of(row):
        case Nominations():
            again = f" (bản {row.version})" if row.version > 1 else ""
            names = "; ".join(meeting.organisation for meeting in said.meetings)
            title = f"Nhận danh sách {len(said.meetings)} tổ chức đảng{again}"
            return title, f"{names} · nhận ngày {short_date(said.received_on)}"
        case Advice():
            return "Đề xuất nơi dự", f"số {', '.join(str(meeting) for meeting in said.meetings)} trong danh sách"
        case Choice():
            whom, why = _with("thống nhất với", said.consulted_with), _with("ngoại lệ:", said.override)
            parts = (_names(listed, said.meetings), whom, why)
            return f"Chọn {len(said.meetings)} nơi dự", " · ".join(filter(None, parts))
        case MeetingMove():
            moved = f"{date_and_time(said.from_)} → {date_and_time(said.to)}"
            change = f"{_names(listed, [said.meeting])}: {moved}"
            return "Chuyển buổi sinh hoạt", " · ".join(filter(None, (change, _with("lý do:", said.reason))))
        case ReportReview():
            done = "Tiếp nhận báo cáo" if said.accepted else "Trả lại báo cáo"
            return f"{done}, bản {row.answers}", _with("lý do:", said.reason)
        case Remedy():
            done = "đã thực hiện xong" if said.done else "mới làm một phần"
            return f"Báo cáo kiến nghị {said.recommendation}: {done}", said.text
        case TakenUp():
            return f"Việc đã làm trước: {words.TAKEN_UP[said.way]}", _with("lý do:", said.reason)
        case Acceptance():
            return _decided(said, listed)
        case PaperCorrection():
            what = "; ".join(f"{name} {wrong} → {right}" for name, wrong, right in said.differences())
            title = f"Đính chính {_lower(document_title(said.paper))}"
            return title, " · ".join(filter(None, (what, _with("lý do:", said.reason))))
        case Cancellation():
            return "Hủy đợt", _with("lý do:", said.reason)
    return row.kind, ""


#: Of the answers whose words stand elsewhere, or nowhere on this page.
_TITLES: dict[str, str] = {
    AnswerKind.SELF_REPORT: "Nhận báo cáo (bản {version})", AnswerKind.PROPOSALS: "Ghi nhiệm vụ, giải pháp năm sau",
    AnswerKind.GUEST: "Đổi khách mời", AnswerKind.FINDINGS: "Ghi kết quả giám sát (bản {version})",
    AnswerKind.SCORE: "Chấm điểm buổi sinh hoạt",
}  # fmt: skip


def _written(row: DocumentRow, findings: bool) -> Iterator[Event]:
    name = document_title(row.kind)
    yield Event(row.drafted_at, "paper", f"Soạn {_lower(name)}, bản {row.revision}", rank=30)
    if row.approved_at:
        yield Event(
            row.approved_at, "paper", f"Duyệt {_lower(name)}, bản {row.revision}", row.approved_by or "", rank=12
        )
    if row.returned_at:
        reason = _with("lý do:", row.return_reason or "") if findings else ""
        yield Event(
            row.returned_at, "paper", f"Trả lại {_lower(name)}, bản {row.revision}", row.returned_by or "", reason
        )


def _issued(happened: Happened) -> Iterator[Event]:
    """A document has the day of its issue; the moment is in the record."""
    known = _by_symbol(happened)
    for line in happened.audit:
        # Of a công văn to several units the line goes on: `cấp số 01-CV/BTCTU, cùng công văn với …`.
        symbol = line.what.removeprefix("cấp số ").partition(",")[0] if line.what.startswith("cấp số ") else ""
        row = known.get(symbol)
        if row is not None:
            name = _lower(document_title(row.kind))
            yield Event(
                line.at, "paper", f"Phát hành {name} số {symbol}", line.who, _with("độ mật:", row.secrecy or "")
            )


def _by_symbol(happened: Happened) -> dict[str, DocumentRow]:
    """The documents by every symbol that they have borne: the wrong ones stand in their corrections."""
    known = {row.symbol: row for row in happened.documents if row.symbol}
    rows = {(row.kind, row.revision): row for row in happened.documents}
    for answer in happened.answers:
        if answer.kind == AnswerKind.CORRECTION:
            said = stored.value_of(answer, PaperCorrection)
            if row := rows.get((said.paper, said.revision)):
                known.setdefault(said.wrong.symbol, row)
    return known


def _sent(rows: Sequence[LetterRow]) -> Iterator[Event]:
    """Letters of one purpose and moment are one line: six invitations went out together."""
    by_moment = sorted(rows, key=lambda row: (row.queued_at, row.purpose, row.id))
    for (at, purpose), group in groupby(by_moment, key=lambda row: (row.queued_at, row.purpose)):
        letters = list(group)
        name = purpose_called(purpose)
        count = f"{len(letters)} thư: " if len(letters) > 1 else "Thư: "
        states = "; ".join(dict.fromkeys(_became(letters, letter.state) for letter in letters))
        to = ", ".join(one.addressee.address for one in letters[:3]) + (" …" if len(letters) > 3 else "")
        url = f"/thu/{letters[0].id}" if len(letters) == 1 else ""
        # What asks people of the office follows a step; what a step itself sends comes before its end.
        rank = 40 if purpose in (Purpose.STAFF_TASK, Purpose.RUN_STOPPED, Purpose.LATE_NOMINATION) else 15
        yield Event(at, "letter", f"{count}{name}", "", f"tới {to} · {states}", url, rank)


def _became(letters: Sequence[LetterRow], state: str) -> str:
    """What became of the letters in that state, and who of their recipients refused them."""
    without = [
        recipient.address
        for letter in letters if letter.state == state
        for recipient in letter.recipients if recipient.state == LetterState.REFUSED
    ]  # fmt: skip
    called = "; ".join(dict.fromkeys(letter.called for letter in letters if letter.state == state))
    return f"{called}: {', '.join(without)}" if without else called


def _decided(said: Acceptance, listed: Nominations | None) -> tuple[str, str]:
    """What was taken of a list and what was not; a list that was taken whole needs no names."""
    refused = "; ".join(f"{_names(listed, [one.number])} (lý do: {one.reason})" for one in said.refused)
    if not said.takes_any:
        return "Không chấp nhận các buổi báo trễ hạn", refused
    title = "Chấp nhận một phần danh sách" if refused else "Chấp nhận danh sách"
    return title, " · ".join(filter(None, (_with("lý do:", said.reason), _with("không chấp nhận:", refused))))


def _names(listed: Nominations | None, numbers: Sequence[int]) -> str:
    known = {meeting.number: meeting.organisation for meeting in listed.meetings} if listed else {}
    return "; ".join(known.get(number, f"số {number}") for number in numbers)


def _with(word: str, text: str) -> str:
    return f"{word} {text}" if text else ""


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
