"""The generated plan of 2024 (D0) says what the plan of 2024 says: every duty, name, date and number of its source."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from config.settings import Settings
from database import clock, visits
from database.dossier import open_dossier
from database.engine import reading
from domain.letters_and_documents import Purpose
from domain.text import clean
from letters.form.paper import Acts, Paper
from letters.form.plain_text import plain_text
from papers.drafts import current_paper


@dataclass(frozen=True)
class Sentence:
    """What the source says, and what the generated plan says in its place where it differs."""

    source: str
    instead: str
    because: str

    @property
    def wanted(self) -> str:
        return self.instead or self.source


def without_commas_before_days(text: str) -> str:
    """A12: the source has both ways."""
    return clean(re.sub(r"(\d+-\w+/\w+), ngày", r"\1 ngày", text))


def read_source() -> list[Sentence]:
    said: list[list[str]] = []
    for line in (Path(__file__).parent / "plan_2024.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            said[-1].append(line.strip())
        elif line and not line.startswith("#"):
            said.append([line])
    return [Sentence(one[0], *_deviation(one[1:])) for one in said]


def _deviation(lines: list[str]) -> tuple[str, str]:
    if not lines:
        return "", ""
    instead, because = lines
    return instead.removeprefix("instead: "), because.removeprefix("because: ")


SOURCE = read_source()


@pytest.fixture
def paper(office: Settings) -> Paper:
    """The plan as the service draws it on the day it is signed."""
    with reading(office.database) as session:
        row = visits.find(session, "2024/ke-hoach")
        dossier = open_dossier(session, row.id, clock.now(session))
        return current_paper(dossier, Purpose.ANNUAL_PLAN, Acts("73-KH/BTCTU", dossier.plan.issued))


def test_every_sentence_of_the_source_is_in_the_generated_plan_or_differs_for_a_reason(paper: Paper) -> None:
    text = without_commas_before_days(plain_text(paper))

    missing = [one for one in SOURCE if without_commas_before_days(one.wanted) not in text]

    assert not missing
    assert all(one.because and one.instead != one.source for one in SOURCE if one.instead)


def test_every_symbol_date_and_number_of_the_source_is_in_the_generated_plan(paper: Paper) -> None:
    """A deviation may change words, and none of these."""
    source, text = " ".join(one.source for one in SOURCE), plain_text(paper)
    figures = set(re.findall(r"\d+-\w+/\w+|\d+/\d+/\d+|\bTháng \d+|\d+ ngày|\d+ chi bộ", source))

    assert len(figures) > 30
    assert {one for one in figures if one not in text} == set()


def test_the_sentences_stand_in_the_order_of_the_source(paper: Paper) -> None:
    text = without_commas_before_days(plain_text(paper))
    body = [one for one in SOURCE if one.source != "*"]
    end = next(place for place, one in enumerate(body) if one.source == "Nơi nhận:")  # the signature stands before it
    places, last = [], 0
    for one in body[6:end]:
        last = text.index(without_commas_before_days(one.wanted), last)
        places.append(last)

    assert all(earlier < later for earlier, later in pairwise(places))


def test_no_day_of_the_appendix_is_before_the_plan_s_own(paper: Paper) -> None:
    """A5: for a meeting on 01/02/2024 the deadline was the day before the plan was signed."""
    assert paper.appendix is not None
    text = plain_text(paper).partition("PHỤ LỤC")[2]

    assert "17/01/2024" in text, "the day that the request tells"
    assert "02/01/2024" not in text
