"""What a document costs beside the bare libraries: Word beside python-docx, PDF beside typst; and a month of them.

Run: `.venv/bin/python -m benchmarks.documents [rounds]`. The bare side writes the same paragraphs, tables and runs with
plain calls, without any form, in the same run; medians are compared. Bounds: each at most 1.5 times the bare library,
a month's documents within one second.
"""

import io
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import typst
from docx import Document
from docx.text.paragraph import Paragraph as WordParagraph

from domain.dates import at
from domain.findings import Findings, ItemFinding, ItemResult, Recommendation
from domain.letters_and_documents import Purpose
from domain.nomination import Meeting, MeetingKind, OrgType
from letters.form.blocks import Heading, Item, Paragraph, Span, Table
from letters.form.fonts import families
from letters.form.paper import Acts, Paper
from letters.form.pdf_file import pdf_file
from letters.form.plain_text import addressee_lines, recipient_lines
from letters.form.profile import PARTY
from letters.form.word_file import word_file
from letters.wording import write_paper
from planning.plan_file import read_plan

PLAN_FILE = Path("config/plans/2024.yaml")
WORD_BOUND = PDF_BOUND = 1.5  # times the bare library
MONTH_BOUND = 1.0  # seconds
ONE_MONTH = (
    Purpose.NOMINATION_REQUEST,
    Purpose.INVITATION,
    Purpose.SELECTION_NOTICE,
    Purpose.GROUP_REPORT,
    Purpose.RESULT_NOTICE,
)
_BARE_TYPST = """
#set page(paper: "a4")
#set text(size: 14pt, lang: "vi", font: json(bytes(sys.inputs.fonts)))
#let shown(words) = for one in words {
  if one.bold { strong(one.text) } else if one.italic { emph(one.text) } else { [#one.text] }
}
#for one in json(bytes(sys.inputs.blocks)) {
  if one.len() == 0 or type(one.first()) == dictionary { par(shown(one)) } else {
    table(columns: one.first().len(), ..one.sum().map(shown))
  }
}
"""

Line = list[dict[str, object]]
Rows = list[list[Line]]


def month_facts() -> dict[str, object]:
    """What the documents of February 2024 are written from; people and places are made up."""
    plan, problems = read_plan(PLAN_FILE)
    assert plan is not None, problems
    theme, hall = "Nêu cao vai trò tiền phong, gương mẫu", "Hội trường Đảng ủy xã Mẫu Một"
    first = Meeting(
        1, "Chi bộ Trường THPT Mẫu", OrgType.CELL_SUBORDINATE, "Đảng ủy Khối cơ quan huyện",
        at(date(2024, 2, 20), 7, 30), "Phòng họp A, Trường THPT Mẫu", MeetingKind.COMBINED, theme, 35,
    )  # fmt: skip
    second = Meeting(2, "Đảng ủy xã Mẫu Một", OrgType.GRASSROOTS_COMMITTEE, "", at(date(2024, 2, 21), 14), hall)
    findings = Findings(
        items=tuple(ItemFinding(item.id, ItemResult.MET, "đầy đủ, đúng quy định") for item in plan.checklist),
        strengths=("Chi ủy chuẩn bị nội dung chu đáo", "Đảng viên thảo luận sôi nổi, đúng trọng tâm chuyên đề"),
        limitations=("Sổ nghị quyết ghi còn vắn tắt",),
        recommendations=(Recommendation(1, "Ghi đầy đủ sổ nghị quyết", "Chi ủy", date(2024, 4, 15)),),
        attended_on=date(2024, 2, 20),
    )
    return {
        "plan": plan, "unit": plan.unit("nhon_trach"), "month_year": "02/2024", "today": plan.issued,
        "visit": "2024-02/nhon_trach", "first_in_time": date(2024, 2, 19), "instead_of": None,
        "boards": ["Ban Thường vụ Huyện ủy Nhơn Trạch"],
        "due": date(2024, 1, 20), "days_left": 7,
        "overdue": False, "escalated": False, "tight": False, "meetings": (first, second), "changes": (),
        "findings": findings, "recipients": (plan.unit("nhon_trach").standing_board, "LĐB", "Lưu BTCTU"),
    }  # fmt: skip


def month_papers(facts: dict[str, object]) -> list[Paper]:
    """The documents of one month: D1, D3, D4 with D5, the invitations, D9, D10."""
    acts = Acts("74-TB/BTCTU", date(2024, 2, 5))
    papers = [write_paper(purpose, facts, acts=acts) for purpose in ONE_MONTH]
    invited = [participant.name for participant in facts["plan"].participants if participant.invited]  # type: ignore[attr-defined]  # a Plan
    return papers + [
        write_paper(Purpose.INVITATION, facts | {"invitee": name, "organisation": "Chi bộ Mẫu"}, acts=acts)
        for name in invited
    ]


def blocks_of(paper: Paper) -> Iterator[Line | Rows]:
    """The same words in the same paragraphs, tables and runs, bold or italic as there, without any form."""
    signer = paper.signer
    abstract = Span(paper.abstract, bold=bool(paper.type_name), italic=not paper.type_name)
    head = (Span(PARTY, bold=True), Span(paper.parent), Span(paper.issuer, bold=True), Span("*"), Span(paper.number))
    yield from map(_line, [*head, Span(paper.place_and_day, italic=True), Span(paper.type_name, bold=True), abstract])
    yield from (_line(Span(text)) for text in addressee_lines(paper))
    for block in (*paper.body, *(paper.appendix.blocks if paper.appendix else ())):
        match block:
            case Heading():
                yield _line(*(replace(span, bold=True) for span in block.words))
            case Paragraph():
                yield _line(*block.words)
            case Item():
                yield _line(Span(f"{block.mark} "), *block.words)
            case Table():
                heads = [[replace(span, bold=True) for span in words] for words in block.heads]
                yield [[_line(*words) for words in row] for row in (heads, *block.rows)]
    yield from (_line(Span(text)) for text in recipient_lines(paper))
    yield from map(_line, [Span(signer.authority, bold=True), Span(signer.title), Span(signer.name, bold=True)])


def _line(*words: Span) -> Line:
    return [asdict(span) for span in words]


def bare_word(blocks: list[Line | Rows]) -> bytes:
    """The same with plain calls of python-docx."""
    word = Document()
    for block in blocks:
        if not block or isinstance(block[0], dict):
            _runs(word.add_paragraph(), block)
            continue
        table = word.add_table(len(block), len(block[0]), "Table Grid")
        for row, cells in zip(table.rows, block, strict=True):
            for cell, spans in zip(row.cells, cells, strict=True):
                _runs(cell.paragraphs[0], spans)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _runs(paragraph: WordParagraph, spans: Line) -> None:
    for span in spans:
        run = paragraph.add_run(span["text"])
        if span["bold"]:
            run.bold = True
        if span["italic"]:
            run.italic = True


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call took."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def compare(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median seconds of both, taken in turns so that a busy moment of the machine meets both."""
    ours(), bare()  # what is made once per process is not part of it
    pairs = [(timed(ours), timed(bare)) for _ in range(rounds)]
    return statistics.median(one for one, _ in pairs), statistics.median(one for _, one in pairs)


def main(rounds: int) -> None:
    facts = month_facts()
    papers = month_papers(facts)
    plain = [list(blocks_of(paper)) for paper in papers]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "bare.typ")
        source.write_text(_BARE_TYPST, encoding="utf-8")
        bare = typst.Compiler(str(source), root=folder)
        fonts = json.dumps(families())
        inputs = [{"blocks": json.dumps(one, ensure_ascii=False), "fonts": fonts} for one in plain]
        word = compare(lambda: [*map(word_file, papers)], lambda: [*map(bare_word, plain)], rounds)
        pdf = compare(
            lambda: [*map(pdf_file, papers)],
            lambda: [bare.compile(format="pdf", sys_inputs=one) for one in inputs],
            rounds,
        )
    month = statistics.median(timed(lambda: [_both(one) for one in month_papers(facts)]) for _ in range(rounds))
    print(f"{len(papers)} văn bản của một tháng, trung vị {rounds} vòng")
    for name, (ours, theirs), bound in (("Word", word, WORD_BOUND), ("PDF", pdf, PDF_BOUND)):
        measured = f"{ours * 1000:8.1f} ms   thư viện trần{theirs * 1000:8.1f} ms"
        print(f"{name:<6}{measured}   tỷ lệ {ours / theirs:.2f} (≤ {bound})")
    print(f"Cả tháng, từ dữ kiện đến hai tệp{month * 1000:8.1f} ms (≤ {MONTH_BOUND * 1000:.0f})")


def _both(paper: Paper) -> tuple[bytes, bytes]:
    return word_file(paper), pdf_file(paper)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
