"""What is given on the command line as text or as the name of a file, or `Refused` with the option at fault."""

from datetime import date
from pathlib import Path

from domain.dates import parse_date
from domain.problem import Problem, Refused


def content_of(file: Path) -> bytes:
    """The whole file."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused(Problem(f"{file}", f"không đọc được: {error.strerror}", "kiểm tra đường dẫn")) from None


def day_of(text: str, option: str = "--date") -> date:
    """The day typed after that option."""
    try:
        return parse_date(text)
    except ValueError as error:
        raise Refused(Problem(option, str(error))) from None


def day_if_given(text: str, option: str) -> date | None:
    """The same where it may be left out."""
    return day_of(text, option) if text else None
