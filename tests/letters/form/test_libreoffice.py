"""LibreOffice opens every Word file as it is, and its PDF says the same on sheets of the same form (P24)."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest
from pypdf import PageObject, PdfReader

from domain.letters_and_documents import DOCUMENTS
from letters.form.blocks import Chart, Table, plain
from letters.form.paper import Paper
from letters.form.pdf_file import pdf_file
from letters.form.word_file import word_file

LONG_NAME = "ĐẢNG ỦY KHỐI CÁC CƠ QUAN VÀ DOANH NGHIỆP TỈNH"

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="needs LibreOffice (Debian: libreoffice-writer-nogui, fonts-liberation2)"
)


@pytest.fixture(scope="module")
def papers_and_more(papers: dict[str, Paper]) -> dict[str, Paper]:
    """Every kind, and one with several addressees, stamps and a long issuer."""
    request = papers["nomination_request"]
    several = ("Ban Thường vụ Huyện ủy Nhơn Trạch", "Ban Thường vụ Đảng ủy Tổng Công ty Cao su Đồng Nai")
    return papers | {"several": replace(request, issuer=LONG_NAME, addressees=several, stamps=("MẬT", "HỎA TỐC"))}


@pytest.fixture(scope="module")
def converted(papers_and_more: dict[str, Paper], tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfReader]:
    """All of them as LibreOffice draws them: one start of the program, with a home of its own."""
    folder = tmp_path_factory.mktemp("libreoffice")
    for name, paper in papers_and_more.items():
        (folder / f"{name}.docx").write_bytes(word_file(paper))
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(folder / f"{name}.docx") for name in papers_and_more]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    return {name: PdfReader(io.BytesIO((folder / f"{name}.pdf").read_bytes())) for name in papers_and_more}


def read(page: PageObject) -> str:
    """What stands on it; the hyphen that no line ends at is a hyphen to a reader."""
    return page.extract_text().replace("\u2011", "-")


def said(reader: PdfReader) -> str:
    pages = [re.sub(r"\A\d+\n", "", read(page)) for page in reader.pages]
    return re.sub(r"\s", "", "".join(pages))


def only_in_pictures(paper: Paper) -> set[str]:
    """The marks of a chart, which the PDF sets as text and Word shows as a picture."""
    return set("/=") if any(isinstance(block, Chart) for block in paper.body) else set()


@pytest.mark.parametrize("name", [*DOCUMENTS, "several"])
def test_every_word_arrives(
    name: str,
    papers_and_more: dict[str, Paper],
    converted: dict[str, PdfReader],
    texts: Callable[[Paper], list[str]],
) -> None:
    found = said(converted[name])

    for text in texts(papers_and_more[name]):
        assert re.sub(r"\s", "", text) in found


@pytest.mark.parametrize("name", [*DOCUMENTS, "several"])
def test_word_file_and_pdf_say_the_same_letter_by_letter(
    name: str, papers_and_more: dict[str, Paper], converted: dict[str, PdfReader]
) -> None:
    ours = PdfReader(io.BytesIO(pdf_file(papers_and_more[name])))
    heads_may_repeat = {len(ours.pages), len(converted[name].pages)} == {1}

    if heads_may_repeat:
        assert sorted(said(ours)) == sorted(said(converted[name]))
    else:
        pictured = only_in_pictures(papers_and_more[name])
        assert set(said(ours)) - pictured == set(said(converted[name])) - pictured


@pytest.mark.parametrize("name", [*DOCUMENTS, "several"])
def test_the_sheets_have_the_same_size_and_are_as_many_as_the_pdf_s(
    name: str, papers_and_more: dict[str, Paper], converted: dict[str, PdfReader]
) -> None:
    ours = PdfReader(io.BytesIO(pdf_file(papers_and_more[name])))

    assert len(converted[name].pages) == len(ours.pages)
    for page in converted[name].pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((595.3, 841.9), abs=0.5)


@pytest.mark.parametrize("name", [*DOCUMENTS, "several"])
def test_no_date_no_symbol_and_no_word_of_a_table_s_head_is_parted_by_a_line_end(
    name: str,
    papers_and_more: dict[str, Paper],
    converted: dict[str, PdfReader],
    texts: Callable[[Paper], list[str]],
) -> None:
    """“Thán/g”, “05/4/202/4”, “10-/CT/TW” stood in the annual report."""
    paper = papers_and_more[name]
    every = " ".join(texts(paper))
    words = set(re.findall(r"\b\d+/\d+/\d{4}\b|\b\d+-\w+/\w+", every))
    for table in (*paper.body, *(paper.appendix.blocks if paper.appendix else ())):
        if isinstance(table, Table):
            words |= {word for head in table.heads for word in plain(head).split()}
    for drawn in (converted[name], PdfReader(io.BytesIO(pdf_file(paper)))):
        whole = set(" ".join(read(page) for page in drawn.pages).split())
        assert {word for word in words if not any(word in one for one in whole)} == set()


def test_the_party_s_name_and_an_ordinary_issuer_stay_on_one_line(converted: dict[str, PdfReader]) -> None:
    for name in DOCUMENTS:
        lines = [line.strip() for line in converted[name].pages[0].extract_text().splitlines()]
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in lines, name
        assert {"BAN TỔ CHỨC", "HUYỆN ỦY NHƠN TRẠCH", "TỔ CÔNG TÁC"} & set(lines), name


def test_pages_are_numbered_from_the_second_and_an_appendix_begins_without(converted: dict[str, PdfReader]) -> None:
    pages = [page.extract_text().splitlines() for page in converted["selection_notice"].pages]

    first_lines = [lines[0].strip() for lines in pages]
    begins = first_lines.index("PHỤ LỤC")
    assert begins >= 1
    assert first_lines[1:begins] == [str(number) for number in range(2, begins + 1)]
