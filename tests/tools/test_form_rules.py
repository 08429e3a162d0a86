"""docs/form-rules.md says of every sample which rules of form it keeps, and documents of today keep them as well."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from config.settings import ROOT
from domain.letters_and_documents import DOCUMENTS
from domain.plan import Plan
from letters.form.paper import Acts, Paper
from letters.form.pdf_file import pdf_file
from letters.form.profile import PROFILES
from letters.form.word_file import word_file
from letters.wording import write_paper
from tests.letters.conftest import FACTS
from tools.form_rules.pdf_paper import read_pdf
from tools.form_rules.read_paper import ReadPaper
from tools.form_rules.rule import Verdict
from tools.form_rules.table import RULES, Sample, samples, table_of
from tools.form_rules.word_paper import read_word

SAMPLES, TABLE = ROOT / "docs" / "samples", ROOT / "docs" / "form-rules.md"
FOLDERS = ("2024-tinh-ba-cap", "2026-tinh-hai-cap")
#: Megabytes: a repository keeps every version of them.
AT_MOST = 12


def faults(paper: ReadPaper) -> list[str]:
    """Every fault that the rules find."""
    spoken = (rule for rule in RULES if rule.speaks_of(paper))
    return [f"{rule.id}: {fault}" for rule in spoken for fault in rule.faults(paper)]


def names() -> Iterator[str]:
    for folder in FOLDERS:
        yield from (f"{folder}/{file.stem}" for file in sorted((SAMPLES / folder).glob("*.pdf")))


def sample(name: str) -> Sample:
    return next(one for one in samples(SAMPLES) if f"{one.folder}/{one.name}" == name)


def drawn_now(purpose: str, profile: str, acts: Acts) -> Paper:
    """A document with facts of tests, in the form of that profile."""
    plan = FACTS["plan"]
    assert isinstance(plan, Plan)
    facts = FACTS | {"plan": replace(plan, format_profile=profile)}
    if purpose == "invitation":
        facts |= {"meetings": FACTS["meetings"][:1]}  # type: ignore[index]  # they are a tuple
    return write_paper(purpose, facts, acts=acts)


def test_the_table_is_that_of_the_samples() -> None:
    assert TABLE.read_text(encoding="utf-8") == table_of(SAMPLES), "make it anew: python -m tools.form_rules …"


@pytest.mark.parametrize("name", list(names()))
def test_a_sample_keeps_every_rule_in_both_outputs(name: str) -> None:
    for ending, paper in sample(name).papers.items():
        assert faults(paper) == [], ending


def test_there_is_a_sample_of_every_document_in_both_structures() -> None:
    wanted = {f"{kind.id}_{kind.type_code}-{kind.file_word}" for kind in DOCUMENTS.values()}

    for folder in FOLDERS:
        assert {one.name for one in samples(SAMPLES) if one.folder == folder} == wanted
        pages = {one.name: len(one.papers["pdf"].sheets) for one in samples(SAMPLES) if one.folder == folder}
        for name, count in pages.items():
            pictures = [file for file in (SAMPLES / folder).glob("*.png") if file.stem.rpartition("-")[0] == name]
            assert len(pictures) == count, name


def test_the_two_structures_are_those_of_three_and_of_two_levels() -> None:
    said = {
        folder: " ".join(sample(f"{folder}/D0_KH-ke-hoach-nam").papers["docx"].texts()).casefold() for folder in FOLDERS
    }

    assert "cấp huyện và tương đương" in said[FOLDERS[0]]
    assert "cấp xã và tương đương" in said[FOLDERS[1]]
    assert "huyện" not in said[FOLDERS[1]]


def test_every_rule_of_form_is_in_the_table_once() -> None:
    requirements = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")

    assert [rule.id for rule in RULES] == re.findall(r'<a id="(F\d+)"></a>', requirements)


def test_what_no_machine_sees_has_somebody_who_looks() -> None:
    assert [rule.id for rule in RULES if bool(rule.unseen) != bool(rule.who)] == []


def test_the_samples_are_small() -> None:
    size = sum(file.stat().st_size for file in SAMPLES.rglob("*") if file.is_file())

    assert size < AT_MOST * 2**20


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("purpose", DOCUMENTS)
def test_a_document_of_today_keeps_every_rule_with_its_stamps_and_as_a_draft(purpose: str, profile: str) -> None:
    kind = DOCUMENTS[purpose].type_code
    stamped = Acts(f"07-{kind}/BTCTU", FACTS["reported_on"], "MẬT", "HỎA TỐC")  # type: ignore[arg-type]  # it is a day

    for acts in (stamped, Acts()):
        paper = drawn_now(purpose, profile, acts)
        for read in (read_pdf(pdf_file(paper)), read_word(word_file(paper))):
            assert faults(read) == [], read.output
            if acts is stamped:
                f27 = next(rule for rule in RULES if rule.id == "F27")
                assert f27.verdict(read) is Verdict.KEPT
