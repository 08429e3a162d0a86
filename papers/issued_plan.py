"""What an issued plan says, read from its own text: the calendar may be another one since."""

from datetime import date

from domain.dates import parse_date

#: The head of the column with the last days, in the wording of the plan's appendix.
_LIST_DUE = "   - Hạn gửi danh sách: "


def list_due_said(body: str, month: int, unit: str) -> date | None:
    """The day by which that plan asks for the list of that month; None where its text does not say it in our words."""
    lines = body.splitlines()
    begin = f"Tháng {month}: {unit}"
    if begin not in lines:
        return None
    for line in lines[lines.index(begin) + 1 :]:
        if not line.startswith("   - "):
            break
        if line.startswith(_LIST_DUE):
            return _day(line.removeprefix(_LIST_DUE))
    return None


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
