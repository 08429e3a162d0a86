"""Every figure of the annual report with the rows of the database that it counts (6.7 no. 11)."""

from collections.abc import Callable, Iterable

from database import stored
from database.models import AnswerRow, DocumentRow, VisitRow
from domain.decision import Choice, ReportReview
from domain.figures import Figure, Record
from domain.findings import ItemResult
from domain.follow_up import Remedy
from domain.self_report import SelfReport
from domain.taking_up import BEFORE
from papers.year_records import OwnReport, Round, YearRecords


def figures_of(year: YearRecords) -> tuple[Figure, ...]:
    """All figures, in the order of the report."""
    return (*_of_the_rounds(year.rounds), *_of_the_reports(year), *_of_the_items(year), *_of_own_items(year))


def _of_the_rounds(rounds: Iterable[Round]) -> list[Figure]:
    every = list(rounds)
    held = [one for one in every if one.held]
    named = [one for one in held if one.attended]

    def part(key: str, name: str, kind: str, count: Callable[[Round], int], of: list[Round] = every) -> Figure:
        """A figure of which each round has a part in its newest answer of that kind."""
        return Figure(key, name, tuple(_answer(one, kind, count(one)) for one in of if count(one)))

    def rows(key: str, name: str, of: Iterable[Round]) -> Figure:
        return Figure(key, name, tuple(_row(one.visit) for one in of))

    overridden = tuple(_paper(one.visit, paper) for one in every for paper in one.overridden_papers)
    issued = tuple(_paper(one.visit, one.notice) for one in every if one.notice)
    words = ((one, one.dossier.late_word) for one in every)
    accepted = tuple(_answer(one, "acceptance") for one, word in words if word and word.takes_any)
    return [
        rows("rounds_planned", "Đợt theo kế hoạch", every),
        part("rounds_held", "Đợt đã tổ chức", "findings", lambda _: 1, held),
        rows("rounds_not_held", "Đợt không tổ chức", [one for one in every if not one.held]),
        part("organisations", "Tổ chức đảng được dự", "choice", lambda one: len(one.attended), named),
        part("thematic_cells", "Chi bộ sinh hoạt chuyên đề được dự", "choice", _thematic, named),
        part("without_thematic", "Đợt không có chi bộ chuyên đề", "choice", lambda one: not _thematic(one), named),
        part("late_lists", "Danh sách trễ hạn", "nominations", lambda one: one.late),
        part("listed_meetings", "Buổi sinh hoạt trong các danh sách", "nominations", _listed),
        part("late_meetings", "Buổi sinh hoạt báo trễ hạn", "nominations", lambda one: one.late_meetings),
        Figure("late_accepted", "Danh sách được chấp nhận có lý do", accepted),
        part("overridden_choices", "Chọn ngoại lệ có lý do", "choice", _overridden),
        Figure("overridden_papers", "Văn bản phát hành khi chưa đạt kiểm tra", overridden),
        Figure("notices", "Thông báo kết quả đã phát hành", issued),
        *_done_before(every),
        part("strengths", "Ưu điểm", "findings", lambda one: len(one.findings.strengths) if one.findings else 0),
        part("limitations", "Hạn chế", "findings", lambda one: len(one.findings.limitations) if one.findings else 0),
        part("causes", "Nguyên nhân", "findings", lambda one: len(one.findings.causes) if one.findings else 0),
        part("recommendations", "Kiến nghị", "findings", lambda one: len(one.followed)),
        Figure("answered", "Kiến nghị đã thực hiện", tuple(_done(row) for one in every for row in _answered(one))),
        Figure(
            "answered_late", "… trong đó chậm so với thời hạn", tuple(_done(row) for one in every for row in _late(one))
        ),
        part("unanswered", "Kiến nghị chưa báo cáo thực hiện", "findings", _unanswered),
    ]


def _done_before(every: Iterable[Round]) -> list[Figure]:
    """Only where there is one: most years are the service's own from the first day on."""
    records = tuple(_of(one.word, one.visit.key) for one in every if one.before)
    return [Figure("done_before", f"Đợt {BEFORE}, toàn bộ hoặc một phần", records)] if records else []


def _of_the_reports(year: YearRecords) -> list[Figure]:
    due, own = year.plan.self_supervising.due, year.reports
    came = [one for one in own if one.state.first_on]
    returned = [review for one in own for review in one.reviews if not stored.value_of(review, ReportReview).accepted]
    keys = {one.row.id: one.row.key for one in own}

    def amount(key: str, name: str, of: Callable[[SelfReport], int | None]) -> Figure:
        parts = [(one, of(one.state.report)) for one in own if one.state.report and one.state.counts]
        return Figure(key, name, tuple(_version(one, -1, count) for one, count in parts if count))

    return [
        Figure("reports_expected", "Đơn vị phải báo cáo", tuple(_row(one.row) for one in own)),
        Figure("reports_received", "Báo cáo đã nhận", tuple(_version(one, 0) for one in came)),
        Figure("reports_late", "Báo cáo trễ hạn", tuple(_version(one, 0) for one in came if one.state.late(due))),
        Figure("reports_returned", "Lượt trả lại để bổ sung", tuple(_of(row, keys[row.visit_id]) for row in returned)),
        Figure("reports_missing", "Đơn vị chưa báo cáo", tuple(_row(o.row) for o in own if not o.state.first_on)),
        Figure("reports_filed", "Báo cáo của đơn vị được dự (không tính)", tuple(_row(one.row) for one in year.filed)),
        amount("own_committees", "Đảng ủy do đơn vị tự dự", lambda report: report.committees),
        amount("own_cells", "Chi bộ do đơn vị tự dự", lambda report: report.cells),
        amount("own_thematic_cells", "… trong đó sinh hoạt chuyên đề", lambda report: report.thematic_cells),
    ]


def _of_the_items(year: YearRecords) -> list[Figure]:
    """One figure for each item and result that occurs."""
    figures = []
    for item in year.plan.checklist:
        for result in ItemResult:
            parts = [(one, _times(one, item.id, result)) for one in year.rounds]
            records = tuple(_answer(one, "findings", count) for one, count in parts if count)
            if records:
                figures.append(Figure(f"{item.code} {result.value}", f"{item.code}: {result.vietnamese}", records))
    return figures


def _of_own_items(year: YearRecords) -> list[Figure]:
    """The same as the units that supervise themselves reported it, apart from what the group found."""
    names = (("met", ItemResult.MET), ("partly_met", ItemResult.PARTLY_MET), ("not_met", ItemResult.NOT_MET))
    told = [one for one in year.reports if one.state.counts and one.state.report]
    figures = []
    for item in year.plan.checklist:
        for field, result in names:
            records = tuple(_version(one, -1, count) for one in told if (count := _counted(one, item.id, field)))
            if records:
                name = f"Đơn vị tự dự, giám sát, {item.code}: {result.vietnamese}"
                figures.append(Figure(f"own {item.code} {field}", name, records))
    return figures


def _counted(one: OwnReport, item: str, field: str) -> int:
    found = one.state.report.of_item(item) if one.state.report else None
    return int(getattr(found, field)) if found else 0


def _times(one: Round, item: str, result: ItemResult) -> int:
    items = one.findings.items if one.findings else ()
    return sum(found.item == item and found.result is result for found in items)


def _thematic(one: Round) -> int:
    return sum(meeting.is_thematic_cell for meeting in one.attended)


def _unanswered(one: Round) -> int:
    return sum(followed.open for followed in one.followed)


def _overridden(one: Round) -> int:
    choice = one.dossier.said(Choice)
    return int(bool(choice and choice.override))


def _listed(one: Round) -> int:
    return len(one.dossier.candidates)


def _late(one: Round) -> list[AnswerRow]:
    """The replies by which a recommendation was done after its date."""
    due = {followed.number: followed.asked.due for followed in one.followed}
    return [row for row in _answered(one) if stored.value_of(row, Remedy).received_on > due[_number(row)]]


def _answered(one: Round) -> list[AnswerRow]:
    """The reply by which each recommendation that is done was done."""
    rows = {_number(row): row for row in one.remedy_rows}  # the newest of each
    return [rows[followed.number] for followed in one.followed if not followed.open]


def _done(row: AnswerRow) -> Record:
    return Record("answer", row.id, f"kiến nghị {_number(row)}")


def _number(row: AnswerRow) -> int:
    return stored.value_of(row, Remedy).recommendation


def _row(row: VisitRow) -> Record:
    return Record("visit", row.id, row.key)


def _answer(one: Round, kind: str, count: int = 1) -> Record:
    row = one.word if one.on_paper else one.dossier.answer(kind)
    assert row is not None, "who counts an answer has looked that it is there"
    return _of(row, one.visit.key, count)


def _of(row: AnswerRow, about: str, count: int = 1) -> Record:
    return Record("answer", row.id, about, count)


def _version(one: OwnReport, place: int, count: int = 1) -> Record:
    return _of(one.versions[place], one.row.key, count)


def _paper(visit: VisitRow, row: DocumentRow) -> Record:
    return Record("document", row.id, f"{visit.key} {row.symbol}")
