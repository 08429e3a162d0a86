"""The document of a visit as a PDF that somebody has signed."""

from datetime import date

from pyhanko.sign.signers import SimpleSigner

from config.settings import settings
from database import visits
from database.dossier import open_dossier
from database.engine import reading
from domain.letters_and_documents import BY_NAME
from letters.form.paper import Acts
from letters.form.pdf_file import pdf_file
from papers.drafts import current_paper
from tests.scans.signing import signed


def typed_sheet(key: str, paper: str, symbol: str, day: date) -> bytes:
    """The document with that number and day, as the service draws it; nobody has signed it."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, key).id)
        return pdf_file(current_paper(dossier, BY_NAME[paper], Acts(symbol, day)))


def signed_sheet(key: str, paper: str, symbol: str, day: date, by: SimpleSigner | None = None) -> bytes:
    """The same, signed by a leader unless said otherwise."""
    return signed(typed_sheet(key, paper, symbol, day), by)
