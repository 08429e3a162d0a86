"""No paper of the office leaves without number and day, whatever the year asks for (F9, F10, F23)."""

from collections import Counter

from config.settings import Settings, settings
from database.engine import reading
from database.models import LetterRow
from domain.state import LetterState
from tests.desk import Desk
from tests.obligations import plan_and_summary_are_issued
from tests.official_papers import OfficialPaper, official_papers


def everything_that_was_written() -> list[OfficialPaper]:
    """The papers of all letters of the ledger but those that were taken back before anybody had them."""
    with reading(settings().database) as session:
        letters = session.query(LetterRow).where(LetterRow.state.not_in((LetterState.WITHDRAWN, LetterState.BY_HAND)))
        return official_papers(letter.raw for letter in letters.order_by(LetterRow.id))


def test_every_paper_of_a_year_has_number_and_day_in_word_and_in_pdf(office: Settings) -> None:
    assert office.mode == "rehearsal"
    Desk().until_year_end()
    plan_and_summary_are_issued()

    papers = everything_that_was_written()

    assert [one for one in papers if not one.is_issued] == []
    kinds = Counter(one.file.rpartition("_")[2] for one in papers)
    assert set(kinds) == {
        f"{name}.{form}"
        for name in (
            "CV-de-nghi-danh-sach", "TB-danh-sach", "GM-moi-du", "TB-ket-qua", "KH-ke-hoach-nam",
            "CV-de-nghi-bao-cao-nam", "BC-tong-hop-nam",
        )
        for form in ("docx", "pdf")
    }  # fmt: skip
    assert all(kinds[f"{name.removesuffix('.pdf')}.docx"] == kinds[name] for name in kinds if name.endswith(".pdf"))


def test_a_word_file_and_its_pdf_bear_the_same_number(office: Settings) -> None:
    assert office.mode == "rehearsal"
    desk = Desk()
    desk.until_issued()

    numbers: dict[tuple[str, str], set[str]] = {}
    for paper in everything_that_was_written():
        numbers.setdefault((paper.letter, paper.file.rpartition(".")[0]), set()).add(paper.number)

    assert numbers
    assert all(len(found) == 1 and found != {""} for found in numbers.values()), numbers
