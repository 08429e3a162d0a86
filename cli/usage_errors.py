"""Says in Vietnamese what was typed wrongly, with the way out.

Typer has these sentences in English, and passes none of them through gettext but three: so its finished sentence is
looked up here, as a catalogue of gettext would do it, and no part of its reader is replaced.
"""

import re
from collections.abc import Sequence
from typing import Any

#: What an option, an argument or a file of the wrong kind is told; the last one takes whatever a later Typer may say.
_VALUES: Sequence[tuple[str, str]] = (
    (r"Input should be a valid integer.*", "phải là số nguyên"),
    (r"Input should be a valid number.*", "phải là một số"),
    (r"Input should be a valid boolean.*", "phải là true hoặc false"),
    (r"Input should be greater than or equal to (\S+)", r"phải từ \1 trở lên"),
    (r"Input should be less than or equal to (\S+)", r"không được quá \1"),
    (r"Input should be greater than (\S+)", r"phải lớn hơn \1"),
    (r"Input should be less than (\S+)", r"phải nhỏ hơn \1"),
    (r"(?:Value error, )?'(.*)' is not one of (.+?)\.?", r"“\1” không phải một trong: \2"),
    (r"(?:Value error, )?'(.*)' does not match the formats (.+?)\.?", r"“\1” không viết đúng một trong các dạng \2"),
    (r"(?i:file|directory|path) '?(.+?)'? does not exist\.", r"không có “\1”; xem lại đường dẫn"),
    (r"(?i:file|directory|path) '?(.+?)'? is a directory\.", r"“\1” là thư mục; ghi đường dẫn tới tệp"),
    (r"(?i:file|directory|path) '?(.+?)'? is a file\.", r"“\1” là tệp; ghi đường dẫn tới thư mục"),
    (r"(?i:file|directory|path) '?(.+?)'? is not readable\.", r"không đọc được “\1”; kiểm tra quyền của tệp"),
    (r"(?i:file|directory|path) '?(.+?)'? is not writable\.", r"không ghi được “\1”; kiểm tra quyền của tệp"),
    (r"(?s)(?:Value|Input) .+", "không đúng kiểu"),
)
_SENTENCES: Sequence[tuple[str, str]] = (
    (r"(?s)Missing argument '(.+?)'\..*", r"Thiếu \1."),
    (r"(?s)Missing option (.+?)\..*", r"Thiếu tùy chọn \1."),
    (r"Missing command\.", "Thiếu tên lệnh."),
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"Không có tùy chọn \1. Có phải là \2?"),
    (r"No such option: (.+)", r"Không có tùy chọn \1."),
    (r"No such command '(.+?)'\. Did you mean (.+)\?", r"Không có lệnh “\1”. Có phải là \2?"),
    (r"No such command '(.+)'\.", r"Không có lệnh “\1”."),
    (
        r"(?s)Got unexpected extra argument\(s\) \((.+)\)",
        r"Thừa “\1”: xem lại thứ tự; chữ có dấu cách thì đặt trong dấu ngoặc kép.",
    ),
    (r"Option '(.+)' requires an argument\.", r"Sau \1 phải ghi giá trị; thêm --help vào lệnh để xem hướng dẫn."),
    (
        r"Option '(.+)' requires (\d+) arguments\.",
        r"Sau \1 phải ghi \2 giá trị; thêm --help vào lệnh để xem hướng dẫn.",
    ),
    (r"Option '(.+)' does not take a value\.", r"\1 không nhận giá trị."),
    (r"Argument '(.+)' takes (\d+) values\.", r"\1 phải có \2 giá trị."),
)
_VALUE_OF = re.compile(r"(?s)Invalid value for (.+?): (.*)")
_VALUE = re.compile(r"(?s)Invalid value: (.*)")


def in_vietnamese(sentence: str, about: str = "") -> str:
    """The sentence of Typer in Vietnamese; `about` says what the option or argument is.

    What is Vietnamese already (our own refusals) stays as it is, and so does a sentence that nobody has foreseen: it
    is better read in English than not at all.
    """
    if wrong := _VALUE_OF.fullmatch(sentence):
        told = f"Giá trị của {_plain(wrong[1])} chưa đúng: {_looked_up(wrong[2], _VALUES)}."
    elif wrong := _VALUE.fullmatch(sentence):
        told = f"Chưa đúng: {_looked_up(wrong[1], _VALUES)}."
    else:
        told = _looked_up(sentence, _SENTENCES)
        if told == sentence:
            return sentence
    told = told.rstrip(".") if about else re.sub(r"\.\.$", ".", told)
    return f"{told} ({about.rstrip('.')})." if about else told


def said_of(error: Any) -> str:
    """What that error of Typer's says, with the help of the option or argument that it is about."""
    return in_vietnamese(error.format_message(), getattr(getattr(error, "param", None), "help", None) or "")


def _looked_up(sentence: str, catalogue: Sequence[tuple[str, str]]) -> str:
    for english, vietnamese in catalogue:
        if found := re.fullmatch(english, sentence):
            return _plain(found.expand(vietnamese))
    return sentence


def _plain(hint: str) -> str:
    """Typer's marks of quotation and its sign between names that mean the same."""
    return hint.replace("'", "").replace(" / ", " hoặc ")
