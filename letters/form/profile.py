"""Format profiles: every measure of an official document in one table (F1–F27); chosen per plan year.

Sizes are points, lengths millimetres. The two profiles are the Party's successive rules; what is known of the newer one
differs little (2.1), and what is second-hand in them is marked so in docs/decisions/0007-documents.md.
"""

from dataclasses import dataclass, replace

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


@dataclass(frozen=True)
class FormatProfile:
    """One set of rules about the form of documents."""

    name: str
    basis: str  #: the guidance it follows
    # The sheet: F1–F5
    paper: tuple[float, float] = (210, 297)
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    font: str = "Times New Roman"
    page_number_size: float = 14
    page_number_from_edge: float = 10
    body_size: float = 14
    line_pitch: float = 18  #: exactly so many points from line to line
    first_line: float = 10
    gap: float = 6  #: points between paragraphs
    # The head: F6–F14
    left_column: float = 75  #: issuer and number; the rest of the width is the Party's
    party_size: float = 15
    party_width: float = 73.3  #: how long the title is at that size, with a hair of room, and so the rule below it
    issuer_size: float = 14
    issuer_mark: str = "*"
    number_size: float = 14
    number_word: str = "Số "
    place_size: float = 14
    type_size: float = 16
    abstract_size: float = 14
    abstract_end: str = "-----"
    abstract_sides: float = 20  #: drawn in at both sides, so that a long one breaks well
    letter_abstract_size: float = 12
    letter_abstract_word: str = "về việc "
    addressee_size: float = 14
    addressee_left: float = 40  #: how far in the lines of several addressees begin
    # The foot: F16–F20, F26
    foot_above: float = 12  #: points between the last paragraph and the foot
    signature_size: float = 14
    signature_room: float = 60  #: points for hand and seal
    recipients_word: str = "Nơi nhận:"
    recipients_word_size: float = 14
    recipients_size: float = 12
    recipients_end: str = ","  #: ends every line but the last, which ends with a full stop
    # Tables, stamps
    table_size: float = 12
    table_pitch: float = 15
    table_below: float = 12  #: points to what follows
    cell_sides: float = 1.9  #: millimetres left free at both sides of a cell: Word's own
    cell_room: float = 2.5  #: points left free above and below the words of a cell
    stamp_size: float = 14

    @property
    def text_width(self) -> float:
        """Millimetres between the margins."""
        return self.paper[0] - self.left - self.right


_HD36 = FormatProfile("hd36_2018", "Hướng dẫn số 36-HD/VPTW, ngày 03/4/2018")

PROFILES: dict[str, FormatProfile] = {
    "hd36_2018": _HD36,
    "hd05_2026": replace(_HD36, name="hd05_2026", basis="Hướng dẫn số 05-HD/VPTW, ngày 27/5/2026", recipients_end=";"),
}
