"""Whether a password is easily guessed, and what makes it so, in the words of the office."""

from collections.abc import Iterable, Iterator
from typing import Any

from zxcvbn import zxcvbn

from domain.problem import Problem
from domain.text import loose_key, nfc

#: What everybody signs in with during a rehearsal: all there is invented, and on this machine alone.
REHEARSAL_PASSWORD = "dien-tap-2024"

SHORTEST, LONGEST = 10, 200
#: Guesses, as a power of ten, that a thief of the database needs at least.
_GUESSES = 10
#: Letters that are looked at from either end: zxcvbn takes a second for 32 odd ones, and four for 70.
_LOOKED_AT = 24

#: What anybody would try first at this desk.
_OF_THE_DESK = (
    REHEARSAL_PASSWORD, "diễn tập", "party visits", "visits", "bàn làm việc", "mật khẩu", "quản trị", "chuyên viên",
    "lãnh đạo", "văn thư", "tổ công tác", "người xem", "dự giám sát sinh hoạt đảng", "giám sát", "sinh hoạt đảng",
    "sinh hoạt chi bộ", "sinh hoạt chuyên đề", "chi bộ", "đảng bộ", "đảng ủy", "chi ủy", "cấp ủy", "đảng viên",
    "tỉnh ủy", "huyện ủy", "thành ủy", "ban tổ chức", "ban tổ chức tỉnh ủy", "ban thường vụ", "đảng cộng sản",
    "đảng cộng sản việt nam", "việt nam", "hồ chí minh", "hà nội", "anh yêu em", "xin chào", "không biết",
)  # fmt: skip

#: zxcvbn's name of what it has recognised -> what that is. Its own sentences are English and not shown.
_SEEN = {
    "user_inputs": "có tên đăng nhập, họ tên, tên cơ quan hoặc từ mà ai cũng nghĩ tới",
    "passwords": "là mật khẩu nhiều người dùng, hoặc ghép từ mật khẩu như thế",
    "dictionary": "ghép từ những từ hoặc tên quá thông dụng",
    "spatial": "là những phím nằm cạnh nhau trên bàn phím",
    "repeat": "lặp lại một ký tự hoặc một cụm",
    "sequence": "có dãy liền nhau như 1234, abcd",
    "date": "có ngày tháng hoặc năm",
    "regex": "có ngày tháng hoặc năm",
    "bruteforce": "còn quá ít ký tự khó đoán",
}

_REMEDY = "dùng bốn, năm từ rời nhau, không liên quan đến mình, cơ quan và công việc"


def password_problems(password: str, known: Iterable[str] = ()) -> list[Problem]:
    """Why a password is not good enough.

    `known` is what a stranger knows of the person and of the office: login, names. Spelling, blanks, and marks do not
    hide a word: `Tỉnh ủy`, `tinh-uy`, and `TINHUY` are one.
    """
    text = nfc(password)
    if len(text) < SHORTEST:
        return [Problem("mật khẩu", f"ngắn hơn {SHORTEST} ký tự", "dùng vài từ dễ nhớ, ví dụ bốn từ rời nhau")]
    if len(text) > LONGEST:
        return [Problem("mật khẩu", f"dài hơn {LONGEST} ký tự", "rút ngắn lại")]
    words = sorted({form for phrase in (*known, *_OF_THE_DESK) for form in _forms(phrase) if len(form) > 1})
    weak = [max(_looked_at(form, words), key=_guesses) for form in _forms(text)]
    weakest = min(weak, key=_guesses)
    if _guesses(weakest) >= _GUESSES:
        return []
    return [Problem("mật khẩu", f"quá dễ đoán: {'; '.join(_reasons(weakest))}", _REMEDY)]


def _forms(text: str) -> tuple[str, str]:
    """A text as it is spelled without accents, and what is left of that without blanks and marks."""
    plain = loose_key(text)
    return plain, "".join(letter for letter in plain if letter.isalnum())


def _looked_at(form: str, words: list[str]) -> Iterator[dict[str, Any]]:
    """What zxcvbn finds at either end; the whole is at least as hard to guess as a part of it."""
    for part in {form[:_LOOKED_AT], form[-_LOOKED_AT:]}:
        yield zxcvbn(part, user_inputs=words)


def _guesses(found: dict[str, Any]) -> float:
    return float(found["guesses_log10"])


def _reasons(found: dict[str, Any]) -> list[str]:
    """What was recognised, each kind once; that the rest is too short is said only where there is nothing else."""
    kinds = [match.get("dictionary_name", match["pattern"]) for match in found["sequence"]]
    named = [kind for kind in kinds if kind != "bruteforce"] or ["bruteforce"]
    return list(dict.fromkeys(_SEEN.get(kind, _SEEN["dictionary"]) for kind in named))
