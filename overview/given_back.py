"""Which addresses gave letters back lately, for whoever keeps the addresses (0052)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from database import clock
from database.models import GIVEN_BACK, AuditRow
from letters.refusal import reason

#: So many days a bounce is worth knowing.
LATELY = 90


@dataclass(frozen=True)
class GaveBack:
    """What became last of letters to one address."""

    at: datetime
    times: int
    reason: str  #: in words
    reply: str  #: of the server, one line


def gave_back_lately(session: Session) -> Mapping[str, GaveBack]:
    """By address in lower case; from the record, which keeps it when a letter has gone to another address since."""
    since = clock.now(session) - timedelta(days=LATELY)
    query = select(AuditRow).where(text(GIVEN_BACK), AuditRow.at >= since).order_by(AuditRow.at, AuditRow.id)
    found: dict[str, GaveBack] = {}
    for line in session.scalars(query):
        address, reply = f"{line.details.get('address', '')}".casefold(), f"{line.details.get('reply', '')}"
        if not address:  # such as a line of a message, which names the letter alone
            continue
        before = found.get(address)
        found[address] = GaveBack(line.at, (before.times if before else 0) + 1, reason(reply), reply)
    return found
