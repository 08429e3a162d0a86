"""A list that came as a file: read whichever button was pressed, and never dropped without a word (R62, P6)."""

from starlette.datastructures import FormData

from database.dossier import Dossier
from sheets.nominations.nomination_file import Understood
from web.desk.confirming import Sender
from web.desk.posted_form import WHOLE, Form
from web.desk.uploads import keep_table, kept_upload, understand
from web.nominations import form as rows


def take_file(dossier: Dossier, form: Form, posted: FormData, sender: Sender) -> None:
    """Keep the file that was chosen until its preview is confirmed; one that is none stays named at its field."""
    keep_table(form, posted, dossier.visit.id, sender.owner)
    if form.get("do") == "upload" and not form.get("upload") and not form.fails:
        form.note("file", "chưa chọn tệp", "chọn tệp .xlsx, .docx hoặc .csv")


def kept_name(dossier: Dossier, form: Form, sender: Sender) -> str:
    """The name of the file that is kept for this form; empty where there is none."""
    kept = kept_upload(form, dossier.visit.id, sender.owner)
    return kept[0] if kept else ""


def kept_file(dossier: Dossier, form: Form, sender: Sender) -> tuple[Understood | None, str]:
    """How the kept file is understood, and its name; None where it is kept no longer."""
    kept = kept_upload(form, dossier.visit.id, sender.owner)
    if kept is None:
        return None, ""
    return understand(*kept, dossier.unit, dossier.visit.year, dossier.visit.month), kept[0]


def into_rows(dossier: Dossier, form: Form, understood: Understood, name: str) -> bool:
    """Put what the file says into the rows, in front of those that were typed; False if it is too long for the page.

    What stands in no row of the file is told above the form.
    """
    beside = rows.typed_rows(form, dossier.nominations)
    if len(understood.rows) + len(beside) > rows.MAX_ROWS:
        fault = f"tệp “{name}” có {len(understood.rows)} dòng, trang này ghi được {rows.MAX_ROWS} dòng"
        form.note(WHOLE, fault, "sửa trong tệp rồi gửi lại")
        return False
    if not understood.rows:
        _stays_named(form, understood, name)
        return True
    rows.put_understood(form, understood.rows, beside)
    places = {row.place for row in understood.rows}
    for problem in (one for one in understood.problems if one.place not in places):
        form.note(WHOLE, f"{problem.place}: {problem.fault}", problem.remedy, warning=True)
    if beside:
        fault = f"các dòng trong tệp “{name}” đứng trước, {len(beside)} dòng ghi trên trang đứng sau"
        form.note(WHOLE, fault, "bỏ dòng thừa", warning=True)
    return True


def _stays_named(form: Form, understood: Understood, name: str) -> None:
    """Nothing of the file came into the form: it is said which file, and what to do."""
    form.values["file_name"] = name
    for problem in understood.problems:
        form.note("file", f"{problem.place}: {problem.fault}", problem.remedy)
