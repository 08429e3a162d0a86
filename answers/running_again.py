"""Lets a failed or stopped visit go on at the step at which it stopped: what *Retry* does in Prefect."""

from answers.answering import Giver, taking
from database import visits
from database.engine import again_if_undone


@again_if_undone
def run_again(reference: str, giver: Giver) -> None:
    """Note who wants it; whoever runs visits does it at the next look, so nothing is lost while nobody does.

    Raises `Refused` when the visit is not under way. Finished steps are not repeated, no letter goes out twice.
    """
    with taking(reference, giver, "chạy lại", "open", "cancelled") as dossier:
        visits.ask_to_run_again(dossier.visit, giver.name)
