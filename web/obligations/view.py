"""What the year asks for beside the visits, as its page shows it: where it stands, papers, letters, story."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from answers.taking_up import takes_words
from database import due_dates, taking_up
from database.dossier import Dossier
from database.secrecy import mark_of
from database.self_reports import never_reported, reported
from domain.dates import month_and_year
from domain.obligation import Kind
from domain.role import Role
from domain.self_report import NEVER_REPORTED
from domain.state import VisitState
from domain.words import without_commands
from overview.beside_letters import beside_letters
from overview.happened import what_happened
from overview.story import story_of
from web.standing.actions import Action, answer_to, links_of, put_right
from web.standing.lines import Line, line_of
from web.standing.papers import papers_of
from web.standing.run import RunView, said_beside
from web.standing.standing import standing_of

#: What happens on the day on which it opens.
_OPENING = {
    Kind.SELF_REPORT: "Ngày đó dịch vụ gửi đề nghị báo cáo kèm mẫu tới {board}.",
    Kind.FOLLOW_UP: "Từ ngày đó dịch vụ theo dõi, nhắc việc thực hiện kiến nghị.",
    Kind.PLAN: "Ngày đó dịch vụ soạn kế hoạch để văn thư phát hành.",
    Kind.SUMMARY: "Ngày đó dịch vụ tổng hợp số liệu và soạn báo cáo.",
}


@dataclass(frozen=True)
class ObligationView(RunView):
    """Everything that such a page shows beside its own matter."""

    year: int


def read_obligation(dossier: Dossier, roles: Collection[str], *, telling: bool) -> ObligationView:
    """Read it with the same few queries, however much has happened; `telling` whether the reader may see findings."""
    row, kind = dossier.visit, dossier.visit.obligation.kind
    happened = what_happened(dossier.session, row)
    due = due_dates.open_of(dossier.session, row.id)
    line = line_of(row, standing_of(row, due[0] if due else None, dossier.today), dossier.plan)
    if never_reported(row, came=reported(dossier.session, row.id).report is not None):
        line = replace(line, ended=NEVER_REPORTED)
    return ObligationView(
        line=line, year=row.year, month_year=month_and_year(row.year, row.month) if row.month else f"{row.year}",
        opening=_OPENING[kind].format(board=dossier.unit.standing_board),
        message="" if row.trouble else said_beside(row.waiting_message), trouble=without_commands(row.trouble or ""),
        steps=happened.step_lines, papers=papers_of(happened, findings=telling),
        letters=happened.letters, beside=beside_letters(dossier.session, happened.letters),
        story=story_of(happened, findings=telling),
        answer=answer_to(line, roles), wakeups=row.wakeups,
        doors=(*_doors(dossier, line, frozenset(roles)), *put_right(line, roles, takes_words(row))),
        taken=taking_up.decision(dossier.session, row),
    )  # fmt: skip


def _doors(dossier: Dossier, line: Line, roles: frozenset[str]) -> Iterator[Action]:
    """What an officer may enter besides: what has come by paper before or after it was asked for, and the links."""
    kind, answered = dossier.visit.obligation.kind, line.wait.path if line.wait else ""
    if Role.OFFICER not in roles:
        return
    if kind is Kind.SELF_REPORT and line.state in (VisitState.PLANNED, VisitState.OPEN) and answered != "nhan":
        yield Action("Nhập báo cáo", f"{line.url}/nhan")
    if kind is Kind.FOLLOW_UP and line.state in (VisitState.PLANNED, VisitState.OPEN) and answered != "tra-loi":
        yield Action("Nhập kết quả thực hiện", f"{line.url}/tra-loi")
    if kind is Kind.SUMMARY and line.state in (VisitState.PLANNED, VisitState.OPEN) and answered != "nhiem-vu":
        yield Action("Ghi nhiệm vụ, giải pháp năm sau", f"{line.url}/nhiem-vu")
    if kind in (Kind.SELF_REPORT, Kind.FOLLOW_UP) and line.state in (VisitState.OPEN, VisitState.CLOSED):
        yield links_of(line, mark_of(dossier.session, dossier.visit))
