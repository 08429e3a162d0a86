"""What was wrong with an issued document's number, day or signer, and what holds (F18, F22, F23)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.dates import short_date
from domain.plan import Signer


@dataclass(frozen=True)
class IssuedAs:
    """Under what a document stands: number and symbol, day, and who signed."""

    symbol: str  #: `80-TB/BTCTU`
    issued_on: date
    signer: Signer

    @property
    def signed_by(self) -> str:
        """`Nguyễn Văn Ví Dụ (K/T TRƯỞNG BAN, PHÓ TRƯỞNG BAN)`."""
        office = ", ".join(part for part in (self.signer.authority, self.signer.title) if part)
        return f"{self.signer.name} ({office})" if office else self.signer.name


@dataclass(frozen=True)
class PaperCorrection:
    """One correction of one document; the register, the record and the letters tell it from here."""

    paper: str  #: a `Purpose`: `result_notice`
    revision: int
    wrong: IssuedAs
    right: IssuedAs
    reason: str

    @property
    def renumbered(self) -> bool:
        """Whether the number itself was wrong: the paper then takes the place of the one with the wrong number."""
        return self.wrong.symbol != self.right.symbol

    def differences(self) -> Iterator[tuple[str, str, str]]:
        """What is corrected, in words: `(“ngày”, “22/3/2024”, “21/3/2024”)`."""
        wrong, right = self.wrong, self.right
        if wrong.symbol != right.symbol:
            yield "số", wrong.symbol, right.symbol
        if wrong.issued_on != right.issued_on:
            yield "ngày", short_date(wrong.issued_on), short_date(right.issued_on)
        if wrong.signer != right.signer:
            yield "người ký", wrong.signed_by, right.signed_by

    def sentence(self, type_name: str) -> str:
        """The words that the right paper itself bears: it replaces the other, or says what of it is corrected."""
        other = f"{type_name} số {self.wrong.symbol}, ngày {short_date(self.wrong.issued_on)}"
        this = f"{type_name[:1].upper()}{type_name[1:]}"
        if self.renumbered:
            return f"{this} này thay thế {other}."
        told = "; ".join(f"{what} {right} (bản trước ghi {wrong})" for what, wrong, right in self.differences())
        return f"{this} này đính chính {other}: {told}."
