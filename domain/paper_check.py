"""What an appraising office would object to in a document before it is issued (2.7)."""

import re
from collections.abc import Iterable, Iterator, Sequence

from domain.plan import Plan, Unit
from domain.problem import Problem
from domain.text import spelling_key, tone_style_words

#: What a template or a person leaves behind who has not finished.
_UNFILLED = re.compile(r"\{\{|\}\}|\{%|%\}|\[\[|\]\]|…{2,}|\.{4,}|_{3,}")


def check_wording(lines: Sequence[str], plan: Plan, unit: Unit) -> Iterator[Problem]:
    """Everything wrong with the text of one unit's document, each fault with its line."""
    yield from _legal_basis(lines, plan)
    yield from _strangers(lines, plan, unit)
    yield from check_text(lines)


def check_wording_of_the_year(lines: Sequence[str], plan: Plan) -> Iterator[Problem]:
    """The same for a document about all units, in which none is a stranger."""
    yield from _legal_basis(lines, plan)
    yield from check_text(lines)


def check_text(lines: Sequence[str]) -> Iterator[Problem]:
    """What no document may have, whatever it is about."""
    yield from _unfilled(lines)
    yield from _two_tone_styles(lines)


def check_recipients(recipients: Sequence[str], listed: Iterable[str], attended: Iterable[str]) -> Iterator[Problem]:
    """The document names whom it goes to, nobody else, and the copy that is kept stands last (F20, 2.7 no. 6).

    `listed` are the lines of the one list by which it is sent. The party organisations attended are named one by one,
    or all together as `các tổ chức đảng …`.
    """
    listed, attended = [one for one in listed if not _together(one)], list(attended)
    lines = [_padded(line) for line in recipients]
    named = attended if not any(_together(line) for line in recipients) else []
    for one in (*listed, *named):
        if not any(_padded(one) in line for line in lines):
            yield Problem("Nơi nhận", f"thiếu “{one}”", _WAY_OUT)
    for line in recipients:
        if not _together(line) and not any(_padded(one) in _padded(line) for one in (*listed, *attended, "Lưu")):
            yield Problem("Nơi nhận", f"“{line}” không có trong danh sách gửi, sẽ không được gửi", _WAY_OUT)
    if not recipients or not recipients[-1].startswith("Lưu"):
        yield Problem("Nơi nhận", "dòng cuối không phải “Lưu …”", "thêm dòng “Lưu …” vào cuối phần Nơi nhận")


_WAY_OUT = 'trong mẫu, thay phần Nơi nhận bằng {% include "parts/recipients.txt" %}'


def _together(line: str) -> bool:
    return _padded("các tổ chức đảng").casefold() in _padded(line).casefold()


def _legal_basis(lines: Sequence[str], plan: Plan) -> Iterator[Problem]:
    """2.7 no. 1."""
    if not any(plan.symbol in line for line in lines):
        yield Problem("căn cứ", f"không nêu Kế hoạch số {plan.symbol}", "bổ sung căn cứ vào mẫu")


def _strangers(lines: Sequence[str], plan: Plan, unit: Unit) -> Iterator[Problem]:
    """Another unit's name is what copying from its document leaves behind (2.7 no. 3)."""
    own = spelling_key(" ".join((unit.name, unit.short_name, unit.standing_board)))
    keys = {_padded(other.short_name): other.short_name for other in plan.units if other.code != unit.code}
    others = {key: name for key, name in keys.items() if key.strip() not in own}
    for number, line in enumerate(lines, start=1):
        said = _padded(line)
        for key, name in others.items():
            if key in said:
                yield Problem(_place(number, line), f"có tên đơn vị khác: {name}", "sửa, hoặc nêu lý do để giữ")


def _padded(text: str) -> str:
    """The text as words between blanks, so that a name is found whole; capitals count: `thống nhất` is no district."""
    words = re.sub(r"[^\w ]+", " ", text)
    return f" {spelling_key(words)} "


def _unfilled(lines: Sequence[str]) -> Iterator[Problem]:
    for number, line in enumerate(lines, start=1):
        if found := _UNFILLED.search(line):
            yield Problem(_place(number, line), f"còn chỗ chưa điền: {found[0]}", "điền, hoặc bỏ đi")


def _two_tone_styles(lines: Sequence[str]) -> Iterator[Problem]:
    """2.7 no. 7: one document places its tone marks in one way; where it does otherwise, the rarer way is named."""
    usual = tone_style_words("\n".join(lines))
    if len(usual) < 2:
        return
    shown = [(number, line, tone_style_words(line)) for number, line in enumerate(lines, start=1)]
    rarer = min(usual, key=lambda style: sum(style in styles for _, _, styles in shown))
    other = next(word for style, word in usual.items() if style != rarer)
    for number, line, styles in shown:
        if rarer in styles:
            fault = f"đặt dấu thanh ở “{styles[rarer]}” khác với “{other}”"
            yield Problem(_place(number, line), fault, "thống nhất một cách đặt dấu")


def _place(number: int, line: str) -> str:
    shown = line.strip() if len(line.strip()) <= 60 else line.strip()[:59] + "…"
    return f"dòng {number} (“{shown}”)"
