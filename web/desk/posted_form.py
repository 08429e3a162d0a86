"""A posted form: what was typed is kept as it was, and every problem stands at its field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from starlette.datastructures import FormData, UploadFile

from domain.dates import at, parse_date, parse_time, short_date
from domain.problem import Overtaken, Problem, Refused
from domain.text import clean, nfc, printable
from domain.words import speaks_of_commands

T = TypeVar("T")

#: Where a problem stands that belongs to no field: above the form.
WHOLE = ""
#: Longer texts belong into a file; the database and the letters need not hold them.
MAX_LETTERS = 4000


@dataclass(frozen=True)
class Told:
    """One problem as the person at the form reads it."""

    field: str
    text: str
    warning: bool = False


class Form:
    """What was posted. Reading a field notes what is wrong with it; nothing is taken while `problems` has an error."""

    def __init__(self, values: Mapping[str, str], lists: Mapping[str, list[str]] | None = None) -> None:
        self.values = dict(values)
        self.lists = dict(lists or {})
        self.problems: list[Told] = []

    @classmethod
    def of(cls, posted: FormData) -> "Form":
        """The texts of a posted form; its files are read apart. Of a field that comes twice, `get` gives the last."""
        values: dict[str, str] = {}
        lists: dict[str, list[str]] = {}
        for name, value in posted.multi_items():
            if not isinstance(value, UploadFile):
                values[name] = nfc(printable(value))
                lists.setdefault(name, []).append(values[name])
        return cls(values, lists)

    # What the template asks

    def get(self, name: str, default: str = "") -> str:
        """What stands in that field."""
        return self.values.get(name, default)

    def shown_day(self, name: str) -> str:
        """A day as people write it, `14/5/2024`, in whatever form the browser sent it; other text as it was typed."""
        return as_day(self.get(name))

    def all(self, name: str) -> list[str]:
        """Every value of a field that may be ticked more than once."""
        return self.lists.get(name, [])

    def at_field(self, name: str) -> list[Told]:
        """The problems that stand at that field."""
        return [problem for problem in self.problems if problem.field == name]

    @property
    def fails(self) -> bool:
        """Whether something is more than a warning."""
        return any(not problem.warning for problem in self.problems)

    # Reading

    def text(self, name: str, fault: str = "", remedy: str = "") -> str:
        """One line of text; with `fault` it must not be empty."""
        text = clean(self.get(name))
        if fault and not text:
            self.note(name, fault, remedy)
        if len(text) > MAX_LETTERS:
            self.note(name, f"dài {len(text)} ký tự, nhiều nhất {MAX_LETTERS}", "rút ngắn")
        return text

    def day(self, name: str, fault: str = "", remedy: str = "ghi như 05/3/2024") -> date | None:
        """A day, None if it is empty or none."""
        text = self.text(name, fault, remedy)
        return self._parsed(name, text, _day_of) if text else None

    def time(self, name: str, fault: str = "", remedy: str = "ghi như 14:00") -> tuple[int, int] | None:
        """An hour and a minute."""
        text = self.text(name, fault, remedy)
        return self._parsed(name, text, _time_of) if text else None

    def moment(self, day: str, time: str) -> datetime | None:
        """A moment out of two fields, both needed."""
        on, hour = self.day(day, "chưa ghi ngày"), self.time(time, "chưa ghi giờ")
        return at(on, *hour) if on and hour else None

    def number(self, name: str, fault: str = "", remedy: str = "ghi một số như 31") -> int | None:
        """A whole number from 1."""
        text = self.text(name, fault, remedy)
        if not text:
            return None
        plain = text.replace(".", "") if text.count(".") and all(len(p) == 3 for p in text.split(".")[1:]) else text
        # Python itself refuses to read a number of thousands of digits.
        if not (plain.isascii() and plain.isdecimal() and len(plain) <= 9 and int(plain) >= 1):
            self.note(name, f"“{text}” không phải số nguyên từ 1", "ghi một số như 31")
            return None
        return int(plain)

    def count(self, name: str) -> int | None:
        """How many of something, none at all among it; None where nothing is said, which is not the same."""
        text = self.text(name)
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) <= 6):
            self.note(name, f"“{text}” không phải số lượng", "ghi số từ 0, hoặc để trống nếu chưa có")
            return None
        return int(text)

    def version(self, name: str) -> int:
        """The version of an answer that a form was opened on; 0 where there was none, or somebody changed the field."""
        text = self.get(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0

    def lines(self, name: str) -> tuple[str, ...]:
        """Each line of a longer text; empty ones and dashes before a line are left out."""
        found = tuple(line for one in self.get(name).splitlines() if (line := clean(one).lstrip("-–+•* ")))
        if sum(map(len, found)) > MAX_LETTERS:
            self.note(name, f"dài quá {MAX_LETTERS} ký tự", "rút gọn, phần còn lại gửi bằng tệp")
        return found

    def one_of(self, name: str, known: Mapping[str, T], fault: str = "", remedy: str = "chọn một dòng") -> T | None:
        """One of the values of a list or of radio buttons."""
        text = self.text(name, fault, remedy)
        if text and text not in known:
            self.note(name, f"không có lựa chọn “{text}”", "chọn lại")
        return known.get(text)

    # Problems

    def note(self, name: str, fault: str, remedy: str = "", *, warning: bool = False) -> None:
        """Say what is wrong at that field."""
        self.problems.append(Told(name, sentence(fault, remedy), warning))

    def refused(self, problems: Iterable[Problem], fields: Mapping[str, str] | None = None) -> None:
        """Put the problems of an answer at the fields they belong to; `fields` maps their places."""
        for problem in problems:
            field = (fields or {}).get(problem.place, WHOLE)
            place = "" if field or not _worth_saying(problem.place) else f"{problem.place}: "
            told = sentence(place + problem.fault if place else problem.fault, problem.remedy)
            self.problems.append(Told(field, told, problem.warning))

    def overtaken(self, refused: Refused, fields: Mapping[str, str] | None = None) -> None:
        """The same for a refusal. Once it has told what is new since the page was opened, the next look counts."""
        self.refused(refused.problems, fields)
        if isinstance(refused, Overtaken):
            self.values.pop("seen", None)
            self.values.pop("shown", None)  # beside the mark of a document's text

    def _parsed(self, name: str, text: str, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(text)
        except ValueError as error:
            fault, _, remedy = str(error).partition("; ")
            self.note(name, fault, remedy)
            return None


def _day_of(text: str) -> date:
    """A day as it is written, or in digits alone, as a thumb types it: `14052024`, `14 5 2024`."""
    if len(text) == 8 and text.isascii() and text.isdecimal():
        text = f"{text[:2]}/{text[2:4]}/{text[4:]}"
    return parse_date("/".join(text.split()))


def _time_of(text: str) -> tuple[int, int]:
    """The same for a time: `1400`."""
    return parse_time(f"{text[:2]}:{text[2:]}" if len(text) == 4 and text.isascii() and text.isdecimal() else text)


def as_day(text: str) -> str:
    """A day in the one form in which days are kept and shown here; what is no day stays as it is."""
    try:
        return short_date(parse_date(text)) if text.strip() else ""
    except ValueError:
        return text


def sentence(fault: str, remedy: str = "") -> str:
    """`chưa ghi tên` and `ghi tên đầy đủ` as two sentences; a remedy for the command line is left out here."""
    parts = [fault] if not remedy or speaks_of_commands(remedy) else [fault, remedy]
    return " ".join(_ended(part[:1].upper() + part[1:]) for part in parts if part)


def _ended(said: str) -> str:
    """With exactly one mark at its end; a question stays one."""
    return said if said.endswith(("?", "!", "…")) else said.rstrip(" .") + "."


def _worth_saying(place: str) -> bool:
    """Options of commands, keys of visits and names of documents mean nothing at a form."""
    return bool(place) and not place.startswith("--") and "/" not in place and not place.isascii()
