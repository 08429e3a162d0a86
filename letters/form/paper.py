"""An official document as a value: what stands in which of its boxes (2.3). Facts in, a `Paper` out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.dates import long_date
from domain.letters_and_documents import DOCUMENTS
from domain.plan import Plan, Signer
from domain.problem import Problem, Refused
from letters.form.blocks import Block, Words
from letters.form.markup import read_markup, read_words, shield, unshield
from letters.form.profile import PROFILES, FormatProfile
from letters.one_line import one_line

ADDRESSEE = "Kính gửi:"
_RECIPIENTS = "Nơi nhận:"
_APPENDIX = "# PHỤ LỤC"
FENCE = "---"
#: What the lines between two `---` at the top of a body may say about the form.
FORM_WORDS = ("cơ quan cấp trên", "cơ quan", "ký hiệu", "địa danh", "quyền hạn ký", "chức vụ ký", "họ tên ký")


@dataclass(frozen=True)
class Acts:
    """What people add to a draft: number and date by the clerk, stamps by whoever decides them (F23, F27)."""

    symbol: str = ""
    issued_on: date | None = None
    secrecy: str = ""  #: `MẬT`; box 10a
    urgency: str = ""  #: `HỎA TỐC`; box 10b
    corrects: str = ""  #: what a corrected paper says of the one before it, at the end of its text
    signer: Signer | None = None  #: where not he signs whom plan and wording name


@dataclass(frozen=True)
class Appendix:
    """What follows the signature on pages of its own, numbered separately (F4)."""

    title: Words
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """One official document, whole, in the order of the official layout chart (2.3)."""

    profile: FormatProfile
    parent: str  #: F7
    issuer: str  #: F8
    number: str  #: `Số 73-KH/BTCTU`, with a blank for the clerk's hand in a draft (F9, F23)
    place_and_day: str  #: F10
    type_name: str  #: F11; empty for a công văn
    abstract: str  #: F12, F13
    addressees: tuple[str, ...]  #: F14; only a công văn has them
    body: tuple[Block, ...]
    signer: Signer  #: F16–F18
    recipients: tuple[str, ...]  #: F20, without their dashes and ends
    appendix: Appendix | None
    stamps: tuple[str, ...]  #: F27
    issued_by: str = ""  #: `Ban Tổ chức Tỉnh ủy`: whose document it is, inside a sentence

    @property
    def goes_with(self) -> str:
        """What stands above an appendix: which document it belongs to, by number and day."""
        kind = self.type_name.capitalize() or "Công văn"
        number, day = self.number.removeprefix(self.profile.number_word), self.place_and_day.partition(", ")[2]
        return f"(Kèm theo {kind} số {number}, {day} của {self.issued_by})"


def make_paper(purpose: str, subject: str, marked: str, plan: Plan, acts: Acts | None = None) -> Paper:
    """The document of one letter: `marked` is its filled template, see `letters/form/markup.py`.

    `KeyError` for a letter without a document; `Refused`, naming the line, for a head that the form does not know.
    """
    kind, profile, acts = DOCUMENTS[purpose], PROFILES[plan.format_profile], acts or Acts()
    said, lines = _form_words([line.strip() for line in marked.splitlines() if line.strip()], purpose)
    lines, appendix = _cut(lines, _APPENDIX)
    lines, recipients = _cut(lines, _RECIPIENTS)
    addressees, lines = _addressees(lines)
    series = said.get("ký hiệu") or f"{kind.type_code}/{plan.issuer.organ_code}"
    return Paper(
        profile=profile,
        parent=one_line(said.get("cơ quan cấp trên", plan.issuer.parent)),
        issuer=one_line(said.get("cơ quan", plan.issuer.name)),
        number=f"{profile.number_word}{one_line(acts.symbol) or f'     -{series}'}",
        place_and_day=f"{one_line(said.get('địa danh', plan.issuer.place))}, {_day(acts)}",
        type_name=kind.type_name,
        abstract=_abstract(subject, kind.type_name),
        addressees=addressees,
        body=read_markup("\n".join([*lines, *([shield(one_line(acts.corrects))] if acts.corrects else [])])),
        signer=acts.signer or _signer(plan.signer, said),
        recipients=tuple(unshield(line).lstrip("- ").rstrip(" ,;.") for line in recipients),
        appendix=_appendix(appendix),
        issued_by=one_line(plan.issuer.full_name),
        stamps=tuple(one_line(stamp) for stamp in (acts.secrecy, acts.urgency) if stamp),
    )


#: A draft has no day yet; the clerk writes it (F23).
BLANK_DAY = "ngày      tháng      năm     "


def without_acts(paper: Paper) -> Paper:
    """The document as its draft reads: what an approval is bound to, whatever number and day follow (2.4)."""
    blank = "     -" + paper.number.partition("-")[2]
    day = f"{paper.place_and_day.partition(',')[0]}, {BLANK_DAY}"
    return replace(paper, number=paper.profile.number_word + blank, place_and_day=day, stamps=())


def _form_words(lines: Sequence[str], purpose: str) -> tuple[dict[str, str], Sequence[str]]:
    if not lines or lines[0] != FENCE or FENCE not in lines[1:]:
        return {}, lines
    end = lines.index(FENCE, 1)
    said = {}
    for line in lines[1:end]:
        name, _, value = line.partition(":")
        if name.strip().casefold() not in FORM_WORDS:
            known = ", ".join(FORM_WORDS)
            raise Refused(Problem(f"mẫu {purpose}: “{unshield(line)}”", "phần đầu không có mục này", f"ghi: {known}"))
        said[name.strip().casefold()] = unshield(value).strip()
    return said, lines[end + 1 :]


def _cut(lines: Sequence[str], mark: str) -> tuple[Sequence[str], Sequence[str]]:
    if mark not in lines:
        return lines, ()
    place = lines.index(mark)
    return lines[:place], lines[place + 1 :]


def _addressees(lines: Sequence[str]) -> tuple[tuple[str, ...], Sequence[str]]:
    """`Kính gửi: …` on the first line; several addressees stand below it, one per line, with a dash (F14)."""
    if not lines or not lines[0].startswith(ADDRESSEE):
        return (), lines
    first, rest = lines[0].removeprefix(ADDRESSEE).strip(), lines[1:]
    if first:
        return (unshield(first),), rest
    count = next((place for place, line in enumerate(rest) if not line.startswith("- ")), len(rest))
    return tuple(unshield(line).lstrip("- ").rstrip(" ,;.") for line in rest[:count]), rest[count:]


def _appendix(lines: Sequence[str]) -> Appendix | None:
    return Appendix(read_words(lines[0]), read_markup("\n".join(lines[1:]))) if lines else None


def _day(acts: Acts) -> str:
    return long_date(acts.issued_on) if acts.issued_on else BLANK_DAY


def _abstract(subject: str, type_name: str) -> str:
    """The subject as the document's abstract (F12): without the name of the type, never beginning with a capital."""
    words = unshield(subject).strip()
    if type_name and words.upper().startswith(f"{type_name} "):
        words = words[len(type_name) + 1 :]
    return words[:1].lower() + words[1:]


def _signer(signer: Signer, said: dict[str, str]) -> Signer:
    if {"quyền hạn ký", "chức vụ ký", "họ tên ký"} & set(said):
        signer = Signer(said.get("quyền hạn ký", ""), said.get("chức vụ ký", ""), said.get("họ tên ký", ""))
    return Signer(one_line(signer.authority), one_line(signer.title), one_line(signer.name))
