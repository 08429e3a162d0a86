"""What a reader sees of an official document, whichever file it comes from. Sizes in points, lengths in millimetres."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, takewhile

POINT = 25.4 / 72


@dataclass(frozen=True)
class Line:
    """One line, or one paragraph of a box."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    centred: bool = False


@dataclass(frozen=True)
class BodyText:
    """One paragraph of the body, or one line of a table or chart."""

    text: str
    size: float
    bold: bool
    in_table: bool = False
    justified: bool = True
    first_line: float | None = None  #: how far in it begins
    pitch: float | None = None  #: points from line to line; None where there is one line
    gap: float | None = None  #: points to the paragraph before; None where nothing of the kind is before it


@dataclass(frozen=True)
class PageNumbers:
    """The numbers of the pages; nothing to see in a document of one page."""

    begins: tuple[bool, ...] = ()  #: for the document and its appendix: whether its first page bears one
    size: float = 0
    centred: bool = False
    from_edge: float = 0
    in_order: bool = True


@dataclass(frozen=True)
class ReadPaper:
    """A document as read, box by box in the order of the layout chart (2.3)."""

    output: str  #: `PDF`, `Word`
    sheets: tuple[tuple[float, float], ...]
    margins: tuple[float, float, float, float]  #: top, bottom, left, right
    exact: bool  #: whether they are said by the file, or measured by what stands on the page
    fonts: frozenset[str]
    unsound_fonts: tuple[str, ...]  #: those whose letters could not be read back or that are not in the file
    coloured: tuple[str, ...]  #: letters that are not black
    numbers: PageNumbers
    head_left: Sequence[Line]
    head_right: Sequence[Line]
    rule: float | None  #: how long the rule below the Party's name is
    party: float  #: how long the name is
    title: Sequence[Line]
    addressees: Sequence[Line]
    body: Sequence[BodyText]
    foot_left: Sequence[Line]
    foot_right: Sequence[Line]
    room: float | None  #: points between the lines of position and name in the signature; None without a name
    pictures_in_foot: int
    appendix: Sequence[BodyText] = field(default=())

    @property
    def number(self) -> str:
        """`Số 73-KH/BTCTU`, blanks and all; empty where no line is a number."""
        return next((line.text for line in self.head_left if line.text.startswith("Số")), "")

    @property
    def issuer(self) -> list[Line]:
        """What stands above the asterisk: the body above, then the issuer in bold."""
        return list(takewhile(lambda line: line.text != "*", self.head_left))

    @property
    def below_number(self) -> list[Line]:
        """The abstract of a công văn, then the stamps."""
        after = list(dropwhile(lambda line: not line.text.startswith("Số"), self.head_left))
        return after[1:]

    @property
    def stamps(self) -> list[Line]:
        """What is stamped below the number; the abstract of a công văn is no stamp."""
        return [line for line in self.below_number if not line.italic]

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn, which names no type."""
        return not self.title

    @property
    def authority(self) -> Line | None:
        """`K/T TRƯỞNG BAN`; None where the head signs himself."""
        return self.foot_right[0] if len(self.foot_right) > 1 and self.foot_right[0].bold else None

    @property
    def position(self) -> Line:
        """`PHÓ TRƯỞNG BAN`."""
        return self.foot_right[1 if self.authority else 0]

    @property
    def signer(self) -> Line | None:
        """The name; None where it is still to be written."""
        rest = self.foot_right[2 if self.authority else 1 :]
        return rest[0] if rest else None

    @property
    def recipients(self) -> list[str]:
        """The lines below `Nơi nhận:`, each whole."""
        found: list[str] = []
        for line in self.foot_left[1:]:
            if found and not line.text.startswith("-"):
                found[-1] += f" {line.text}"
            else:
                found.append(line.text)
        return found

    @property
    def running(self) -> list[BodyText]:
        """The paragraphs of the body, without its tables."""
        return [one for one in self.body if not one.in_table]

    def texts(self) -> Iterator[str]:
        """Every text, in its order."""
        for lines in (self.head_left, self.head_right, self.title, self.addressees, self.body):
            yield from (line.text for line in lines)
        for lines in (self.foot_left, self.foot_right, self.appendix):
            yield from (line.text for line in lines)
