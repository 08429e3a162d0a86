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
TIMELINESS = {"on_time": "đúng hạn", "late": "trễ hạn", "late_accepted": "trễ, đã chấp nhận"}
SOURCES = {
    "cli": "dòng lệnh",
    "desk": "bàn làm việc",
    "link": "đường dẫn trả lời",
    "rehearsal": "diễn tập",
    "plan": "tệp kế hoạch",
    "paper": "bản giấy",
    "system": "dịch vụ",
}
_COMMAND_BESIDE = re.compile(r" \(hoặc visits [a-z ]+\)")


def without_commands(trouble: str) -> str:
    """What went wrong, with the way out that the desk has instead of those of Prefect and the command line."""
    return _COMMAND_BESIDE.sub("", trouble.replace("bấm Retry", "bấm Chạy lại"))
