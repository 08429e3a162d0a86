"""A document that breaks a rule of form is told, by that rule, in the PDF and in the Word file (F1–F27)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

import letters.form.pdf_file
from letters.form.blocks import Heading, Paragraph, Span
from letters.form.paper import Acts, Paper
from letters.form.pdf_file import pdf_file
from letters.form.profile import PROFILES
from letters.form.word_file import word_file
from tests.letters.conftest import FACTS
from tests.tools.test_form_rules import drawn_now
from tools.form_rules.pdf_paper import read_pdf
from tools.form_rules.rule import Verdict
from tools.form_rules.table import RULES
from tools.form_rules.word_paper import read_word

Broken = Callable[[Paper], Paper]


def notice() -> Paper:
    """A result notice with number, day and stamp, long enough for a second page."""
    acts = Acts("07-TB/BTCTU", FACTS["reported_on"], "", "KHẨN")  # type: ignore[arg-type]  # it is a day
    paper = drawn_now("result_notice", "hd36_2018", acts)
    more = Paragraph((Span("Đề nghị các tổ chức đảng nêu trên thực hiện. " * 12),))
    return replace(paper, body=(*paper.body, more, more, more))


def letter() -> Paper:
    """A công văn with number and day."""
    acts = Acts("07-CV/BTCTU", FACTS["reported_on"])  # type: ignore[arg-type]  # it is a day
    return drawn_now("nomination_request", "hd36_2018", acts)


def profile(**measures: object) -> Broken:
    """A document with other measures than those of the rules."""
    return lambda paper: replace(paper, profile=replace(PROFILES["hd36_2018"], **measures))  # type: ignore[arg-type]


def box(**words: object) -> Broken:
    """A document with other words in one of its boxes."""
    return lambda paper: replace(paper, **words)  # type: ignore[arg-type]


def signer(**words: str) -> Broken:
    return lambda paper: replace(paper, signer=replace(paper.signer, **words))


def heading(text: str) -> Broken:
    return lambda paper: replace(paper, body=(Heading(1, (Span(text),)), *paper.body))


BROKEN: list[tuple[str, Callable[[], Paper], Broken]] = [
    ("F1", notice, profile(paper=(216, 279))),
    ("F2", notice, profile(left=25)),
    ("F2", notice, profile(right=20)),
    ("F2", notice, profile(top=25)),
    ("F4", notice, profile(page_number_size=12)),
    ("F4", notice, profile(page_number_from_edge=14)),
    ("F5", notice, profile(body_size=13.5)),
    ("F5", notice, profile(line_pitch=24)),
    ("F5", notice, profile(first_line=15)),
    ("F5", notice, profile(gap=3)),
    ("F6", notice, profile(party_size=13)),
    ("F7", notice, profile(issuer_size=12)),
    ("F7", notice, box(parent="Tỉnh ủy Đồng Nai")),
    ("F8", notice, profile(issuer_size=12)),
    ("F8", notice, box(issuer="Ban Tổ chức")),
    ("F9", notice, box(number="Số: 07-TB/BTCTU")),
    ("F9", notice, box(number="Số 7-TB/BTCTU")),
    ("F10", notice, box(place_and_day="Đồng Nai, ngày 5 tháng 02 năm 2024")),
    ("F10", notice, box(place_and_day="Đồng Nai, ngày 05 tháng 03 năm 2024")),
    ("F11", notice, box(type_name="Thông báo")),
    ("F11", notice, profile(type_size=18)),
    ("F12", notice, profile(abstract_end="___")),
    ("F12", notice, profile(abstract_size=13)),
    ("F13", letter, profile(letter_abstract_word="V/v ")),
    ("F13", letter, profile(letter_abstract_size=14)),
    ("F14", notice, box(addressees=("Ban Thường vụ Huyện ủy Nhơn Trạch",))),
    ("F14", letter, box(addressees=())),
    ("F15", notice, heading("I. Ưu điểm")),
    ("F15", notice, heading("I- Ưu điểm")),
    ("F15", notice, heading("Ưu điểm")),
    ("F16", notice, signer(authority="KT. TRƯỞNG BAN")),
    ("F16", notice, signer(authority="K/T Trưởng Ban")),
    ("F17", notice, signer(title="PHÓ TRƯỞNG BAN TỔ CHỨC")),
    ("F17", notice, signer(title="Phó Trưởng Ban")),
    ("F18", notice, signer(name="Đ/c Phạm Anh Dũng")),
    ("F18", notice, signer(name="Đại tá Phạm Anh Dũng")),
    ("F19", notice, profile(recipients_word="Nơi nhận")),
    ("F20", notice, profile(recipients_size=14)),
    ("F20", notice, box(recipients=("Ban Thường vụ Huyện ủy Nhơn Trạch", "LĐB"))),
    ("F21", notice, lambda paper: replace(paper, body=(*paper.body, Paragraph((Span("Đề nghị thực hiện./."),))))),
    ("F21", notice, lambda paper: replace(paper, body=(*paper.body, Paragraph((Span("Đề nghị thực hiện"),))))),
    ("F22", notice, box(number="Số 07-BC/BTCTU")),
    ("F23", notice, box(place_and_day="Đồng Nai, ngày      tháng      năm     ")),
    ("F23", notice, box(number="Số -TB/BTCTU")),
    ("F24", notice, signer(authority="K/T BAN THƯỜNG VỤ")),
    ("F24", notice, signer(authority="K/T TRƯỞNG BAN", title="CHÁNH VĂN PHÒNG")),
    ("F24", notice, signer(authority="T/M TRƯỞNG BAN")),
    ("F24", notice, signer(authority="")),
    ("F25", notice, box(issuer="CHI BỘ TRƯỜNG MẪU MỘT")),
    ("F26", notice, profile(signature_room=20)),
    ("F27", notice, box(stamps=("Khẩn",))),
    ("F27", notice, box(stamps=("RẤT GẤP",))),
]  # fmt: skip


def verdicts(id_: str, pdf: bytes, word: bytes) -> list[Verdict]:
    rule = next(rule for rule in RULES if rule.id == id_)
    return [rule.verdict(read_pdf(pdf)), rule.verdict(read_word(word))]


@pytest.mark.parametrize(
    ("id_", "made", "broken"), BROKEN, ids=[f"{id_}-{place}" for place, (id_, *_) in enumerate(BROKEN)]
)
def test_a_broken_rule_is_told_in_both_outputs(id_: str, made: Callable[[], Paper], broken: Broken) -> None:
    paper = broken(made())

    assert verdicts(id_, pdf_file(paper), word_file(paper)) == [Verdict.BROKEN] * 2


def test_another_font_is_told_in_both_outputs(monkeypatch: pytest.MonkeyPatch) -> None:
    """F3: a PDF takes the font of the machine, a Word file names its own."""
    monkeypatch.setattr(letters.form.pdf_file, "families", lambda: ("Libertinus Serif",))
    paper = profile(font="Arial")(notice())

    assert verdicts("F3", pdf_file(paper), word_file(paper)) == [Verdict.BROKEN] * 2


def test_words_that_are_not_composed_are_told_in_both_outputs() -> None:
    paper = replace(notice(), signer=replace(notice().signer, name="Pha\u0323m Anh Du\u0303ng"))

    assert verdicts("F3", pdf_file(paper), word_file(paper)) == [Verdict.BROKEN] * 2


def test_every_rule_is_broken_once() -> None:
    assert {id_ for id_, *_ in BROKEN} | {"F3"} == {rule.id for rule in RULES}


@pytest.mark.parametrize("made", [notice, letter])
def test_the_same_documents_unbroken_keep_them(made: Callable[[], Paper]) -> None:
    paper = made()
    read = (read_pdf(pdf_file(paper)), read_word(word_file(paper)))

    assert [(rule.id, one.output) for rule in RULES for one in read if rule.verdict(one) is Verdict.BROKEN] == []
