"""The official papers that letters bring, as their recipients open them: number, day and signer (F9, F10, F23)."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default

import docx
from pypdf import PdfReader

#: Công văn, giấy mời, thông báo, kế hoạch, and the report of the year: whatever bears the office's signature.
_TYPES = "CV|GM|TB|KH|BC"
_NUMBER = re.compile(rf"Số (\d{{2,5}}-(?:{_TYPES})/BTCTU)")
_DAY = re.compile(r"Đồng Nai, ngày \d{2} tháng (?:0[12]|[3-9]|1[0-2]) năm \d{4}")
#: The report of the working group is approved, and the form of a unit's own report is filled in by the unit.
_WITHOUT_NUMBER = ("BC-to-cong-tac", "BC-mau-tu-giam-sat")


@dataclass(frozen=True)
class OfficialPaper:
    """One file of one letter."""

    letter: str  #: its Message-ID
    file: str
    number: str  #: `125-TB/BTCTU`; empty where the file has none
    dated: bool

    @property
    def is_issued(self) -> bool:
        """Whether a registry clerk would let it out of the house."""
        return bool(self.number) and self.dated


def official_papers(letters: Iterable[bytes]) -> list[OfficialPaper]:
    """Every Word and PDF file of these letters that is a paper of the office."""
    return [
        _read(str(message["Message-ID"]), str(part.get_filename()), part.get_payload(decode=True))
        for message in (message_from_bytes(one, policy=default) for one in letters)
        for part in message.iter_attachments()
        if str(part.get_filename()).endswith((".docx", ".pdf"))
        and not any(form in str(part.get_filename()) for form in _WITHOUT_NUMBER)
    ]


def _read(letter: str, file: str, content: bytes) -> OfficialPaper:
    head = _head_of_word(content) if file.endswith(".docx") else _first_page(content)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in head, f"{file} is no paper of the office"
    number = _NUMBER.search(head)
    return OfficialPaper(letter, file, number.group(1) if number else "", bool(_DAY.search(head)))


def _head_of_word(content: bytes) -> str:
    return "\n".join(cell.text for cell in docx.Document(io.BytesIO(content)).tables[0].rows[0].cells)


def _first_page(content: bytes) -> str:
    return PdfReader(io.BytesIO(content)).pages[0].extract_text()
