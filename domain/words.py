"""The words in which people read states and sources, for templates and tables; the identifiers stay in the code."""

import re

from domain.state import DocumentState, LetterState, NumberState, VisitState

VISITS = {state.value: state.called for state in VisitState}
LETTERS = {state.value: state.called for state in LetterState}
DOCUMENTS = {state.value: state.called for state in DocumentState}
NUMBERS = {state.value: state.called for state in NumberState}
#: What a person said became of what lay behind when the service took the plan up (`domain.taking_up.Way`).
TAKEN_UP = {
    "done": "đã làm xong trên giấy", "from_step": "làm tiếp từ bước", "open": "mở ngay", "leave_out": "bỏ ra khỏi năm",
}  # fmt: skip
TIMELINESS = {
    "on_time": "đúng hạn", "late": "trễ hạn", "late_accepted": "trễ, đã chấp nhận",
    "late_refused": "trễ, không chấp nhận",
}  # fmt: skip
SOURCES = {
    "cli": "dòng lệnh",
    "desk": "bàn làm việc",
    "link": "đường dẫn trả lời",
    "mail": "thư đến",
    "rehearsal": "diễn tập",
    "plan": "tệp kế hoạch",
    "paper": "bản giấy",
    "system": "dịch vụ",
}
#: What only helps somebody at the command line: a command of this service, an option.
_COMMAND = r"(?:\bvisits [a-z]|--[a-z])"
_SPEAKS, _BESIDE = re.compile(_COMMAND), re.compile(rf" \(hoặc {_COMMAND}[^)]*\)")


def speaks_of_commands(text: str) -> bool:
    """Whether a text tells what to type at the command line, which nobody at the desk has."""
    return _SPEAKS.search(text) is not None


def without_commands(trouble: str) -> str:
    """What went wrong, with the way out that the desk has instead of those of Prefect and the command line."""
    return _BESIDE.sub("", trouble.replace("bấm Retry", "bấm Chạy lại"))
