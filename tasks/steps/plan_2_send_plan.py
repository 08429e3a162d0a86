"""The plan, step 2: sends it to everybody whom its list of recipients names (R77–R82)."""

from collections.abc import Iterator

from config.contacts_file import STANDING_BOARD
from database.dossier import Dossier
from domain.letters_and_documents import Purpose
from domain.obligation import PlanStep
from domain.outcome import Done, Outcome
from domain.role import Role
from papers.facts import facts_for
from tasks.letters.correspondence import Addressee, board, body, organisation_board, staff, write
from tasks.steps.step_task import step_task

_STANDING_BODY = "provincial_standing_body"


def work(dossier: Dossier) -> Outcome:
    """One letter to each; the standing boards, who must act by it, have to be reached."""
    row = dossier.document(Purpose.ANNUAL_PLAN)
    assert row is not None, "step 1 has issued it"
    facts = facts_for(dossier, Purpose.ANNUAL_PLAN)
    everyone = list(recipients(dossier))
    for to in everyone:
        must = to.key.startswith("standing_board:")
        write(dossier, Purpose.ANNUAL_PLAN, to, facts, revision=row.revision, document=row, must_arrive=must)
    return Done(f"gửi kế hoạch số {row.symbol} tới {len(everyone)} nơi")


def recipients(dossier: Dossier) -> Iterator[Addressee]:
    """Line by line of the plan's `Nơi nhận`; the archive gets no letter (R81)."""
    units = [unit.code for unit in dossier.plan.units]
    boards = [key for key in dossier.contacts.bodies if key not in (_STANDING_BODY, STANDING_BOARD)]
    for line in dossier.plan.recipients:
        match line.group:
            case "standing_boards":
                yield from (board(dossier, code) for code in units)
            case "organisation_boards":
                yield from (organisation_board(dossier, code) for code in units)
            case "board_leaders":
                yield staff(dossier, Role.LEADER)
            case "party_boards":
                yield from (body(dossier, key) for key in boards)
            case "provincial_standing_body":
                yield body(dossier, _STANDING_BODY)


send_plan = step_task(PlanStep.SEND_PLAN, work)
