"""Makes the simple Word file of a letter: the words come from the wording, the form from here."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from docx.document import Document as WordDocument

from domain.nomination import Meeting
from domain.plan import Plan, Signer
from domain.problem import Problem, Refused
from domain.text import slug
from letters import document_blocks as blocks
from letters.document_page import new_page, stable_bytes
from letters.document_text import CHECKLIST_TABLE, MEETINGS_TABLE, read_document
from letters.one_line import one_line
from letters.wording import Wording

T = TypeVar("T")
Tables = dict[str, Callable[[WordDocument], None]]
DrawLine = Callable[[WordDocument, str], None]


@dataclass(frozen=True)
class DocumentType:
    """The kind of official document a letter is (2.5)."""

    type_code: str  #: `TB`
    type_name: str  #: `THÔNG BÁO`; a công văn prints none
    file_word: str = ""  #: ends the file's name


#: The letters that have a document (D1, D4+D5, D6, D9, D10).
DOCUMENTS: dict[str, DocumentType] = {
    "nomination_request": DocumentType("CV", "", "de-nghi-danh-sach"),
    "selection_notice": DocumentType("TB", "THÔNG BÁO", "danh-sach"),
    "invitation": DocumentType("GM", "GIẤY MỜI", "moi-du"),
    "group_report": DocumentType("BC", "BÁO CÁO", "to-cong-tac"),
    "result_notice": DocumentType("TB", "THÔNG BÁO", "ket-qua"),
}

#: The head of the working group signs its report by hand; who that is stands in no plan (A19).
_GROUP_HEAD = Signer("T/M TỔ CÔNG TÁC", "TỔ TRƯỞNG", "")


def file_name(purpose: str, visit: str) -> str:
    """`2024-02_nhon_trach_TB-ket-qua.docx` (P25); `KeyError` for a letter without a document."""
    month, _, unit = visit.partition("/")
    kind = DOCUMENTS[purpose]
    return f"{slug(month).replace('_', '-')}_{slug(unit)}_{kind.type_code}-{kind.file_word}.docx"


def make_docx(purpose: str, facts: Mapping[str, object], wording: Wording, *, symbol: str = "") -> bytes:
    """The Word file of one letter, the same bytes for the same facts.

    Without a symbol the number is left blank for the clerk (F23). The date is `issued_on` if the facts have
    it, else `today`. `KeyError` for a letter without a document; `Refused` when the facts lack something.
    """
    kind, plan = DOCUMENTS[purpose], _fact(facts, "plan", Plan)
    day = _fact(facts, "issued_on" if facts.get("issued_on") else "today", date)
    text, tables = read_document(wording.document or wording.body), _tables(facts, plan)
    abstract = _abstract(wording.subject, kind.type_name)
    word = new_page()
    number = _number(symbol, _given(facts, "symbol"), kind, plan)
    blocks.header(word, plan.issuer, number, day, "" if kind.type_name else f"về việc {abstract}")
    if kind.type_name:
        blocks.title(word, kind.type_name, abstract)
    _draw(word, text.body, tables, blocks.text_line)
    blocks.signature(word, _signer(purpose, plan, _given(facts, "signed")), text.recipients)
    if text.appendix:
        blocks.appendix_heading(word)
        _draw(word, text.appendix, tables, blocks.appendix_line)
    return stable_bytes(word, title=wording.subject, author=plan.issuer.full_name, day=day)


def _number(symbol: str, fact: str, kind: DocumentType, plan: Plan) -> str:
    """The number line; a symbol among the facts counts only if it is one of this type (an invitation's is not a TB)."""
    if not symbol and f"-{kind.type_code}/" in fact:
        symbol = fact
    return f"Số {one_line(symbol) or f'     -{kind.type_code}/{plan.issuer.organ_code}'}"


def _tables(facts: Mapping[str, object], plan: Plan) -> Tables:
    """What each mark in the text stands for."""
    given = facts.get("meetings", ())
    meetings = [one for one in given if isinstance(one, Meeting)] if isinstance(given, Sequence) else []
    return {
        MEETINGS_TABLE: lambda word: blocks.meetings_table(word, meetings),
        CHECKLIST_TABLE: lambda word: blocks.checklist_table(word, plan.checklist),
    }


def _draw(word: WordDocument, lines: Sequence[str], tables: Tables, draw_line: DrawLine) -> None:
    for line in lines:
        if line in tables:
            tables[line](word)
        else:
            draw_line(word, line)


def _abstract(subject: str, type_name: str) -> str:
    """The subject as the document's abstract (F12): without the mail's tag and the name of the type."""
    words = re.sub(r"^(\[[^\]]*\])+ ", "", subject)
    if type_name and words.upper().startswith(f"{type_name} "):
        words = words[len(type_name) + 1 :]
    return words[:1].lower() + words[1:]


def _signer(purpose: str, plan: Plan, signed: str) -> Signer:
    if purpose == "group_report":
        return _GROUP_HEAD
    return replace(plan.signer, name=signed) if signed else plan.signer


def _given(facts: Mapping[str, object], name: str) -> str:
    return one_line(str(facts.get(name) or ""))


def _fact(facts: Mapping[str, object], name: str, kind: type[T]) -> T:
    value = facts.get(name)
    if not isinstance(value, kind):
        raise Refused(Problem(name, "thiếu dữ kiện để lập văn bản", "báo người quản trị"))
    return value
