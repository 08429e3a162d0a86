"""Takes a list that came as a file: limited in size and type, read, and said line by line before it is taken (P6)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from starlette.datastructures import FormData, UploadFile

from answers.self_reports import ReportFile, check_file
from config.settings import settings
from database import drafts
from database.engine import reading, writing
from domain.nomination import check_nominations
from domain.plan import Unit
from domain.problem import Problem
from domain.text import safe_name
from scans.pdf_check import MOST_MB, check_scan
from sheets.nominations.nomination_file import TABLES, Understood, understand_nominations
from sheets.tables.other_kinds import other_ending
from sheets.tables.table_file import MAX_BYTES
from web.desk.posted_form import Form

_SHEETS = (".xlsx", ".csv")
_MAX_SCAN = MOST_MB * 2**20


def sent_file(posted: FormData, name: str) -> UploadFile | None:
    """The file that was chosen in that field, None if the field was left empty."""
    found = posted.get(name)
    return found if isinstance(found, UploadFile) and found.filename else None


def name_chosen(form: Form, posted: FormData, field: str) -> None:
    """Let the form say which file was chosen last: a browser does not keep it over a page."""
    file = sent_file(posted, field)
    if file is not None:
        form.values[f"{field}_name"] = safe_name(file.filename or "")


def read_table(
    form: Form, posted: FormData, field: str, endings: tuple[str, ...] = _SHEETS
) -> tuple[str, bytes] | None:
    """The name and the bytes of a list; what is wrong with the file as such is noted at the field."""
    file, called = sent_file(posted, field), f"{', '.join(endings[:-1])} hoặc {endings[-1]}"
    if file is None:
        form.note(field, "chưa chọn tệp", f"chọn tệp {called}")
        return None
    name = safe_name(file.filename or "")
    if Path(name).suffix.casefold() not in endings:
        ending = Path(name).suffix
        unknown = f"không nhận loại tệp “{ending or name}”", f"gửi tệp {called}"
        form.note(field, *(other_ending(ending) or unknown))
        return None
    if (file.size or 0) > MAX_BYTES:
        form.note(field, f"tệp lớn hơn {MAX_BYTES // 2**20} MB", "bỏ ảnh và trang thừa rồi gửi lại")
        return None
    return name, file.file.read(MAX_BYTES + 1)


def keep_table(form: Form, posted: FormData, visit_id: int, owner: str) -> None:
    """Keep a list that was chosen until it is an answer, whatever else is wrong with the form; noted if it is none."""
    if sent_file(posted, "file") is None:
        return
    form.values.pop("upload", None)
    name_chosen(form, posted, "file")
    file = read_table(form, posted, "file", TABLES)
    if file is not None:
        with writing(settings().database) as session:
            form.values["upload"] = drafts.keep_upload(session, visit_id, owner, *file)


def kept_upload(form: Form, visit_id: int, owner: str) -> tuple[str, bytes] | None:
    """Name and bytes of the file that is kept for this form and this person; None where there is none any more."""
    if not form.get("upload"):
        return None
    with reading(settings().database) as session:
        kept = drafts.upload(session, form.get("upload"), visit_id, owner)
        return (kept.name, kept.content) if kept else None


def drop_kept(form: Form) -> None:
    """What was kept has become an answer, or is not wanted."""
    if form.get("upload"):
        with writing(settings().database) as session:
            drafts.drop_upload(session, form.values.pop("upload"))


def read_scan(posted: FormData, field: str) -> tuple[str, bytes] | None:
    """Name and bytes of a signed sheet, None if none was sent; nobody has looked into it yet."""
    file = sent_file(posted, field)
    return (safe_name(file.filename or ""), file.file.read(_MAX_SCAN + 1)) if file else None


def may_be_kept(form: Form, field: str, content: bytes) -> bool:
    """Whether nothing speaks against a signed sheet as a file; what does is noted (P4)."""
    problems = list(check_scan(content))
    for problem in problems:
        form.note(field, problem.fault, problem.remedy)
    return not problems


def read_report_file(form: Form, posted: FormData, field: str) -> ReportFile | None:
    """The file of a unit's report, None if none was sent; what is wrong with it is noted (D13)."""
    file = sent_file(posted, field)
    if file is None:
        return None
    content = file.file.read(_MAX_SCAN + 1)
    found = ReportFile(safe_name(file.filename or ""), content)
    for problem in check_file(found):
        form.note(field, problem.fault, problem.remedy, warning=problem.warning)
    return found


def understand(name: str, content: bytes, unit: Unit, year: int, month: int) -> Understood:
    """What the list says; zip bombs, locked files and forms of other hosts are problems of it (R62, 6.7 no. 7)."""
    return understand_nominations(name, content, year, month, unit)


def rules_of(understood: Understood, year: int, month: int, received_on: date) -> list[Problem]:
    """What the rules of a list say of it (R88), each at the line of the file in which it stands."""
    refused = {problem.place for problem in understood.problems if not problem.warning}
    places = {f"dòng {row.meeting.number}": row.place for row in understood.rows if row.meeting}
    found = check_nominations(understood.meetings, year, month, received_on) if places else []
    placed = [replace(problem, place=places.get(problem.place, problem.place)) for problem in found]
    return [problem for problem in placed if problem.place not in refused]
