"""Draws a document as plain text: what a mail says, what is compared, what is hashed."""

from collections.abc import Iterator

from letters.form.blocks import Bar, Block, Chart, Heading, Item, Paragraph, Table, plain
from letters.form.paper import ADDRESSEE, Paper
from letters.form.profile import PARTY


def plain_text(paper: Paper) -> str:
    """The whole document, box by box; parts are parted by one empty line."""
    return f"{head_text(paper)}\n\n{said_text(paper)}\n\n{foot_text(paper)}\n"


def head_text(paper: Paper) -> str:
    """Stamps, Party, issuer, number with the abstract of a công văn (F13), and day."""
    profile = paper.profile
    about = [] if paper.type_name else [profile.letter_abstract_word + paper.abstract]
    lines = [*paper.stamps, PARTY, paper.parent, paper.issuer, profile.issuer_mark, paper.number, *about]
    return "\n".join([*lines, paper.place_and_day])


def said_text(paper: Paper) -> str:
    """What the document is called, whom it addresses and what it says."""
    title = [paper.type_name, paper.abstract, paper.profile.abstract_end] if paper.type_name else []
    return _joined([title, addressee_lines(paper), *_paragraphs(paper.body)])


def foot_text(paper: Paper) -> str:
    """The signature, the recipients and the appendix."""
    signer = paper.signer
    signature = [line for line in (signer.authority, signer.title, signer.name) if line]
    parts = [signature, recipient_lines(paper)]
    if paper.appendix:
        parts += [["PHỤ LỤC", plain(paper.appendix.title), paper.goes_with], *_paragraphs(paper.appendix.blocks)]
    return _joined(parts)


def _joined(parts: list[list[str]]) -> str:
    return "\n\n".join("\n".join(part) for part in parts if part)


def addressee_lines(paper: Paper) -> list[str]:
    """`Kính gửi: …`, or one line for each of several (F14)."""
    if len(paper.addressees) < 2:
        return [f"{ADDRESSEE} {addressee}" for addressee in paper.addressees]
    last = len(paper.addressees) - 1
    ends = [f"- {one}{'.' if place == last else ';'}" for place, one in enumerate(paper.addressees)]
    return [ADDRESSEE, *ends]


def recipient_lines(paper: Paper) -> list[str]:
    """`Nơi nhận:` and its lines, each ended as the profile wants it (F19, F20)."""
    if not paper.recipients:
        return []
    last = len(paper.recipients) - 1
    end = paper.profile.recipients_end
    lines = [f"- {one}{'.' if place == last else end}" for place, one in enumerate(paper.recipients)]
    return [paper.profile.recipients_word, *lines]


def _paragraphs(blocks: tuple[Block, ...]) -> list[list[str]]:
    """The blocks as groups of lines; the items of a list stand together."""
    groups: list[list[str]] = []
    in_list = False
    for block in blocks:
        is_item = isinstance(block, Item)
        if is_item and in_list:
            groups[-1] += _lines(block)
        else:
            groups.append(_lines(block))
        in_list = is_item
    return groups


def _lines(block: Block) -> list[str]:
    match block:
        case Heading() | Paragraph():
            return [plain(block.words)]
        case Item():
            return [f"{block.mark} {plain(block.words)}"]
        case Table():
            return list(_rows(block))
        case Chart():
            return chart_lines(block)


def chart_lines(chart: Chart) -> list[str]:
    """The chart in words, a bar on a line."""
    return [plain(chart.title), *(_bar(chart, bar) for bar in chart.bars)]


def _bar(chart: Chart, bar: Bar) -> str:
    """`- Mục II.1: Đạt 20 (95%), Chưa đạt 1 (5%); n = 21`."""
    parts = [
        f"{name} {value}" + (f" ({share})" if share else "")
        for name, value, share in zip(chart.series, bar.values, bar.shares, strict=True)
        if value
    ]
    return f"- {bar.label}: {', '.join(parts)}; n = {bar.whole}" if parts else f"- {bar.label}: chưa có"


#: The first cell of a row that adds the others up.
_SUM = "Cộng"
#: Heads of columns that number the rows; what stands in any other first column is said with its head.
_NUMBERING = ("TT", "STT", "Mục")


def _rows(table: Table) -> Iterator[str]:
    """A table as a list a phone can show: a row begins with its first two cells, the others follow with their heads."""
    of_first = plain(table.heads[0])
    for row in table.rows:
        first, *others = [plain(cell) for cell in row]
        heads = [plain(head) for head in table.heads[1:]]
        begin = f"{first}: " if first == _SUM else f"{first}. " if of_first in _NUMBERING else f"{of_first} {first}: "
        yield begin + others[0] if others else first
        for head, cell in list(zip(heads, others, strict=True))[1:]:
            if cell:
                yield f"   - {head}: {cell}"
