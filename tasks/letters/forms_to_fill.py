"""The forms that go with a công văn that asks: headed for the unit that fills them in (P6)."""

from config.settings import settings
from database.dossier import Dossier
from database.list_due import due_of_list, rule_to_tell
from domain.letters_and_documents import file_name
from letters.form.word_file import word_file
from letters.message import Attachment
from letters.wording import write_paper
from papers.facts import common_facts
from papers.files import MIME_TYPES
from sheets.nominations.nomination_form import nomination_form

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_form(dossier: Dossier) -> Attachment:
    """The list to fill in, made for this host and month (A22, P6)."""
    visit, due = dossier.visit, due_of_list(dossier, rule_to_tell(dossier))
    content = nomination_form(dossier.plan, dossier.unit, visit.year, visit.month, due)
    return Attachment(f"{visit.key.replace('/', '_')}_mau-danh-sach.xlsx", content, _XLSX)


def report_form(dossier: Dossier) -> Attachment:
    """The report to fill in, headed for this unit (D13, P6)."""
    facts = common_facts(dossier) | {"due": dossier.plan.self_supervising.due}
    paper = write_paper("self_report", facts, settings().templates)
    return Attachment(file_name("self_report", dossier.visit.key), word_file(paper), MIME_TYPES["docx"])
