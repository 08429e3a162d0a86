"""Makes the simple Word file of a letter: the words come from the wording, the form from here."""

import re
from collections.abc import Callable, Mapping
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
from letters.wording import Wording

T = TypeVar("T")


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
    text = read_document(wording.document or wording.body)
    number = f"Số {symbol or _given(facts, 'symbol') or f'     -{kind.type_code}/{plan.issuer.organ_code}'}"
    abstract = _abstract(wording.subject, kind.type_name)
    word = new_page()
    blocks.header(word, plan.issuer, number, day, "" if kind.type_name else f"về việc {abstract}")
    if kind.type_name:
        blocks.title(word, kind.type_name, abstract)
    tables = _tables(facts, plan)
    for line in text.body:
        _draw(word, line, tables)
    blocks.signature(word, _signer(purpose, plan, _given(facts, "signed")), text.recipients)
    if text.appendix:
        blocks.appendix_title(word, [line for line in text.appendix if line not in tables])
        for line in text.appendix:
            if line in tables:
                _draw(word, line, tables)
    return stable_bytes(word, title=wording.subject, author=plan.issuer.full_name, day=day)


Tables = dict[str, Callable[[WordDocument], None]]


def _tables(facts: Mapping[str, object], plan: Plan) -> Tables:
    """What each mark in the text stands for."""
    meetings = (
        [one for one in _fact(facts, "meetings", tuple | list) if isinstance(one, Meeting)]
        if "meetings" in facts
        else []
    )
    return {
        MEETINGS_TABLE: lambda word: blocks.meetings_table(word, meetings),
        CHECKLIST_TABLE: lambda word: blocks.checklist_table(word, plan.checklist),
    }


def _draw(word: WordDocument, line: str, tables: Tables) -> None:
    if line in tables:
        tables[line](word)
    else:
        blocks.text_line(word, line)


def _abstract(subject: str, type_name: str) -> str:
    """The subject as the document's abstract: without the mail's tag and the name of the type, in lower case."""
    words = re.sub(r"^(\[[^\]]*\])+ ", "", subject)
    if type_name and words.upper().startswith(f"{type_name} "):
        words = words[len(type_name) + 1 :]
    return words[:1].lower() + words[1:]


def _signer(purpose: str, plan: Plan, signed: str) -> Signer:
    if purpose == "group_report":
        return _GROUP_HEAD
    return replace(plan.signer, name=signed) if signed else plan.signer


def _given(facts: Mapping[str, object], name: str) -> str:
    return str(facts.get(name) or "")


def _fact(facts: Mapping[str, object], name: str, kind: type[T]) -> T:
    value = facts.get(name)
    if not isinstance(value, kind):
        raise Refused(Problem(name, "thiếu dữ kiện để lập văn bản", "báo người quản trị"))
    return value
