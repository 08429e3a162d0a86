"""The fields of a Word file: what each orders, in how many pieces ever, and whether it fetches or starts something."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from domain.text import printable
from scans.office_package import local_name

#: Fields that count, date or refer within the document; others fetch or start something.
_FIELDS = (
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TOC",
    "TC", "TA", "XE", "INDEX", "HYPERLINK", "REF", "PAGEREF", "NOTEREF", "STYLEREF", "SEQ", "FORMTEXT",
    "FORMCHECKBOX", "FORMDROPDOWN", "MERGEFIELD", "FILENAME", "AUTHOR", "TITLE", "SUBJECT", "SYMBOL", "EQ",
    "IF", "LASTSAVEDBY", "NUMWORDS", "NUMCHARS", "DOCPROPERTY", "CITATION", "BIBLIOGRAPHY", "ADVANCE", "LISTNUM",
)  # fmt: skip
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_WORDS = re.compile(r'"([^"]*)"?|(\S+)')
#: Switches of a link that are followed by a word of their own.
_WITH_A_WORD = ("\\l", "\\m", "\\o", "\\t")


def faults_of_fields(tree: ElementTree.Element) -> Iterator[str]:
    """What is wrong with the fields of one part."""
    for order in _orders(tree):
        first = order.split()[0].upper() if order.split() else ""
        if not (first in _FIELDS or first.startswith("=")):
            yield f"có trường lệnh {printable(first)[:30] or 'rỗng'}"
        elif first == "HYPERLINK" and (fault := fault_of_link(_target_of(order))):
            yield fault


def fault_of_link(target: str) -> str | None:
    """What is wrong with a link that a person may press; `""` leads to a place within."""
    return f"có liên kết tới tệp ngoài ({printable(target)[:60]})" if target and not _SAFE_LINK.match(target) else None


def _orders(tree: ElementTree.Element) -> list[str]:
    """What each field of a part says; an order may be cut into pieces, and a field may stand within another."""
    open_fields, orders = list[list[str]](), list[str]()
    for element in tree.iter():
        tag, said = local_name(element.tag), {local_name(key): value for key, value in element.attrib.items()}
        kind = said.get("fldCharType") if tag == "fldChar" else None
        if kind == "begin":
            open_fields.append([])
        elif kind == "end" and open_fields:
            orders.append("".join(open_fields.pop()))
        elif tag in ("instrText", "delInstrText"):
            (open_fields or [[]])[-1].append(element.text or "")
        elif tag == "fldSimple":
            orders.append(said.get("instr", ""))
    return orders + ["".join(one) for one in open_fields]


def _target_of(order: str) -> str:
    """Where the order `HYPERLINK "address" \\o "hint"` leads; `""` for one that names a place within alone."""
    words = iter([found[1] or found[2] or "" for found in _WORDS.finditer(order)][1:])
    for word in words:
        if word.casefold() in _WITH_A_WORD:
            next(words, None)
        elif not re.fullmatch(r"\\[a-z*@#]", word, re.IGNORECASE):
            return word
    return ""
