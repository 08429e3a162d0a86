"""The PDF has the form of its profile, and every word of its document in composed letters."""

import io
import itertools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
from pypdf import PageObject, PdfReader

from domain.letters_and_documents import DOCUMENTS
from letters.form.blocks import Heading, Paragraph, Span, Table
from letters.form.paper import Paper
from letters.form.pdf_file import page_pictures, pdf_file
from letters.form.profile import PARTY

MILLIMETRE = 72 / 25.4


class Run(NamedTuple):
    """A run of letters as it stands on the page, in points from the top left corner."""

    text: str
    size: float
    face: str
    left: float
    base: float


@pytest.fixture(scope="module", params=DOCUMENTS)
def pair(request: pytest.FixtureRequest, papers: dict[str, Paper]) -> tuple[Paper, PdfReader]:
    """A document and its PDF opened again."""
    paper = papers[request.param]
    return paper, opened(paper)


def opened(paper: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(pdf_file(paper)))


def runs(page: PageObject) -> list[Run]:
    found = []

    def see(text: str, matrix: list[float], _text: object, font: dict[str, str] | None, size: float) -> None:
        if text.strip():
            face = (font or {}).get("/BaseFont", "").partition("-")[2].removesuffix("-Identity-H")
            height = float(page.mediabox.height)
            found.append(Run(text.strip(), round(size, 2), face, matrix[4], height - matrix[5]))

    page.extract_text(visitor_text=see)
    return found


def said(reader: PdfReader) -> str:
    """All the words without blanks and page numbers: lines and pages may break anywhere."""
    pages = [re.sub(r"\A\d+\n", "", page.extract_text()) for page in reader.pages]
    return re.sub(r"\s", "", "".join(pages))


def test_every_word_of_the_document_is_there_in_composed_letters(
    pair: tuple[Paper, PdfReader], texts: Callable[[Paper], list[str]]
) -> None:
    paper, reader = pair
    found = said(reader)

    assert unicodedata.is_normalized("NFC", found)
    for text in texts(paper):
        assert re.sub(r"\s", "", text) in found
    assert not re.search(r"[\ue000-\uf8ff\ufffd]|\{\{|\*\*", found)


def test_the_sheet_and_its_margins_are_the_profile_s(pair: tuple[Paper, PdfReader]) -> None:
    paper, reader = pair
    profile = paper.profile
    for page in reader.pages:
        sides = (float(page.mediabox.width) / MILLIMETRE, float(page.mediabox.height) / MILLIMETRE)
        assert sides == pytest.approx(profile.paper, abs=0.1)  # F1
        body = [run for run in runs(page) if not run.text.isdigit()]
        assert min(run.left for run in body) >= profile.left * MILLIMETRE - 0.1  # F2
        assert max(run.base for run in body) <= (profile.paper[1] - profile.bottom) * MILLIMETRE
        assert min(run.base for run in body) >= profile.top * MILLIMETRE


def test_every_box_has_its_size_and_its_face(pair: tuple[Paper, PdfReader]) -> None:
    paper, reader = pair
    profile, signer = paper.profile, paper.signer
    pages = [runs(page) for page in reader.pages]
    looks: dict[str, set[tuple[float, str]]] = {}
    for run in (run for page in pages for run in page):
        looks.setdefault(run.text, set()).add((run.size, run.face.partition("+")[2] or run.face or "Regular"))
    expected = [
        (PARTY, profile.party_size, "Bold"),  # F6
        (paper.parent, profile.issuer_size, "Regular"),  # F7
        (paper.issuer, profile.issuer_size, "Bold"),  # F8
        (paper.place_and_day, profile.place_size, "Italic"),  # F10
        (paper.type_name, profile.type_size, "Bold"),  # F11
        (profile.abstract_end if paper.type_name else "", profile.abstract_size, "Regular"),  # F12
        (signer.authority, profile.signature_size, "Bold"),  # F16
        (signer.title, profile.signature_size, "Regular"),  # F17
        (signer.name, profile.signature_size, "Bold"),  # F18
        (profile.recipients_word, profile.recipients_word_size, "Regular"),  # F19
        ("- " + paper.recipients[-1].rstrip(".") + ".", profile.recipients_size, "Regular"),  # F20
    ]
    for text, size, face in expected:
        assert not text or (size, face) in looks[text], text


def test_party_and_number_and_day_stand_on_their_lines(papers: dict[str, Paper]) -> None:
    first = runs(opened(papers["result_notice"]).pages[0])
    at = {run.text: run for run in first}
    profile = papers["result_notice"].profile

    assert at[PARTY].base == pytest.approx(at["TỈNH ỦY ĐỒNG NAI"].base)
    assert at["BAN TỔ CHỨC"].base - at[PARTY].base == pytest.approx(profile.line_pitch)
    number = next(run for run in first if run.text.startswith("Số"))
    assert number.base == pytest.approx(at["Đồng Nai, ngày 05 tháng 02 năm 2024"].base)
    assert at[PARTY].left > (profile.left + profile.left_column) * MILLIMETRE


def test_lines_are_exactly_the_pitch_apart_and_begin_with_the_indent(papers: dict[str, Paper]) -> None:
    profile = papers["nomination_request"].profile
    long = Paragraph((Span("Đề nghị thông báo danh sách tổ chức đảng. " * 8), Span("Đậm. " * 30, bold=True)))
    found = runs(opened(replace(papers["nomination_request"], body=(long,))).pages[0])

    lines = sorted(
        {round(run.base, 2) for run in found if run.text.startswith(("Đề nghị", "Đậm")) or "đảng" in run.text}
    )
    body = [base for base in lines if base > 250]
    gaps = {round(after - before, 1) for before, after in itertools.pairwise(body)}
    assert gaps == {profile.line_pitch}
    first = next(run for run in found if run.text.startswith("Đề nghị thông báo danh sách tổ chức đảng. Đề"))
    assert first.left == pytest.approx((profile.left + profile.first_line) * MILLIMETRE, abs=0.2)


def test_pages_are_numbered_from_the_second_and_an_appendix_by_itself(papers: dict[str, Paper]) -> None:
    row = ((Span("01"),), (Span("một nội dung dài " * 12),))
    table = Table(((Span("TT"),), (Span("Tên"),)), (1, 9), ("center", "left"), (row,) * 40)
    paper = papers["selection_notice"]
    assert paper.appendix is not None
    appendix = replace(paper.appendix, blocks=(table,))

    reader = opened(replace(paper, body=(*paper.body, table), appendix=appendix))

    numbers = [next((run for run in runs(page)[:1] if run.text.isdigit()), None) for page in reader.pages]
    shown = [number.text if number else "" for number in numbers]
    begins = next(place for place, page in enumerate(reader.pages) if "PHỤ LỤC" in page.extract_text())
    assert shown[:begins] == ["", *map(str, range(2, begins + 1))]  # F4
    assert shown[begins:] == ["", *map(str, range(2, len(shown) - begins + 1))]
    assert begins > 1
    for number in filter(None, numbers):
        assert number.size == paper.profile.page_number_size
        middle = (paper.profile.left + paper.profile.text_width / 2) * MILLIMETRE
        assert abs(number.left - middle) < 8
        assert 10 * MILLIMETRE < number.base < 10 * MILLIMETRE + paper.profile.line_pitch


def test_a_table_s_head_is_on_every_page_and_the_signature_is_whole_on_one(papers: dict[str, Paper]) -> None:
    row = ((Span("01"),), (Span("một nội dung dài " * 12),))
    table = Table(((Span("TT"),), (Span("Đầu bảng"),)), (1, 9), ("center", "left"), (row,) * 40)
    for rows in range(30, 40):
        body = (replace(table, rows=table.rows[:rows]), Paragraph((Span("Đoạn cuối."),)))
        pages = [page.extract_text() for page in opened(replace(papers["invitation"], body=body)).pages]

        assert sum("Đầu bảng" in page for page in pages) == sum("một nội dung" in page for page in pages) > 1
        last = pages[-1]
        for part in ("Đoạn cuối.", "Nơi nhận:", "- Lưu BTCTU.", "K/T TRƯỞNG BAN", "Phạm Anh Dũng"):
            assert part in last


def test_the_same_document_has_the_same_bytes_and_tells_no_time(papers: dict[str, Paper]) -> None:
    made = pdf_file(papers["result_notice"])

    assert made == pdf_file(papers["result_notice"])
    assert b"CreationDate" not in made


def test_it_carries_its_abstract_and_its_issuer(papers: dict[str, Paper]) -> None:
    found = opened(papers["result_notice"]).metadata

    assert found is not None
    assert (found.title, found.author) == (papers["result_notice"].abstract, "BAN TỔ CHỨC")


def test_there_is_a_picture_of_every_page(papers: dict[str, Paper]) -> None:
    pictures = page_pictures(papers["selection_notice"])

    assert len(pictures) == len(opened(papers["selection_notice"]).pages)
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert len(page_pictures(papers["nomination_request"])) == 1


def test_paragraphs_and_a_table_keep_their_distance(papers: dict[str, Paper]) -> None:
    profile = papers["invitation"].profile
    table = Table(((Span("Đầu bảng"),),), (1,), ("left",), (((Span("Ô"),),),))
    body = (Heading(2, (Span("Mục."),)), Paragraph((Span("Đoạn một."),)), Paragraph((Span("Đoạn hai."),)), table)
    after = Paragraph((Span("Đoạn ba."),))

    at = {run.text: run.base for run in runs(opened(replace(papers["invitation"], body=(*body, after))).pages[0])}

    for above, below in (("Mục.", "Đoạn một."), ("Đoạn một.", "Đoạn hai.")):
        assert at[below] - at[above] == pytest.approx(profile.line_pitch + profile.gap)
    to_head = profile.line_pitch * 0.2 + profile.gap + profile.cell_room + profile.table_pitch * 0.8
    assert at["Đầu bảng"] - at["Đoạn hai."] == pytest.approx(to_head)
    to_text = profile.table_pitch * 0.2 + profile.cell_room + profile.table_below + profile.line_pitch * 0.8
    assert at["Đoạn ba."] - at["Ô"] == pytest.approx(to_text)
