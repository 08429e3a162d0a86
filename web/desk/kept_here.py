"""What a browser may keep of a form: what is typed into it, sealed, and a copy of its page for where no network is."""

import json
from dataclasses import dataclass

from answers.drafts import Draft, DraftKey
from database import drafts
from database.dossier import Dossier
from database.secrecy import mark_of
from web.desk.security_tokens import draft_seal


@dataclass(frozen=True)
class KeptHere:
    """One form as its scripts know it (`static/typed.js`, `static/offline.js`)."""

    key: str  #: whose text it is, of which visit, and which turn of a draft
    owner: str  #: `person:3`, `link:12`
    times: str = "{}"  #: when each field that the desk has was typed, as JSON
    turned: str = ""  #: what the keys of earlier turns begin with
    answered: int = 0  #: when the turn before was answered, in milliseconds; 0 if none was
    opened: bool = True  #: opened by its address; False on a page that answers a press, which shows what counts
    offline: bool = False  #: whether a copy of the page may be kept

    @property
    def seal(self) -> str:
        """The key that seals the text."""
        return draft_seal(self.owner)

    @property
    def by(self) -> str:
        """`link` keeps a copy by itself, as it is opened on one's own device; a `person` at the desk is asked."""
        return self.owner.partition(":")[0]


def kept_draft(dossier: Dossier, owner: str, draft: Draft, *, opened: bool = True) -> KeptHere:
    """A form of which the desk keeps a draft; of what bears a mark of secrecy no copy of the page is kept (A20)."""
    begins = f"{draft.key.owner}/{dossier.visit.key}/"
    times = json.dumps({name: at for name, (_, at) in draft.fields.items()})
    offline = not is_marked(dossier)
    answered = _answered(dossier, draft.key)
    return KeptHere(f"{begins}{draft.key.turn}", owner, times, begins, answered, opened, offline)


def is_marked(dossier: Dossier) -> bool:
    """Whether no copy may be kept of the visit's pages, and one that was made before must go (A20)."""
    return bool(mark_of(dossier.session, dossier.visit))


def _answered(dossier: Dossier, key: DraftKey) -> int:
    before = drafts.find(dossier.session, key.visit_id, key.owner, key.turn - 1)
    return int(before.answered_at.timestamp() * 1000) if before and before.answered_at else 0


def kept_of_link(link: int, key: str, *, opened: bool) -> KeptHere:
    """A form of which the desk keeps nothing before it is sent: a host's, by a link."""
    return KeptHere(f"link:{link}/{key}", f"link:{link}", opened=opened)
