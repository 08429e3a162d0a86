"""A year's plan and its addresses taken from a file or a draft: first what they would change, then they count.

The database is the truth: what was edited at the desk stays, unless whoever loads says otherwise. Decision 0035.
"""

from dataclasses import dataclass
from typing import Literal

from answers.answering import Giver, refuse_if
from answers.taking_up import take_from_plan
from config.contacts_form import change_told, check_contacts
from config.settings import settings
from database import plans, taking_up
from database.engine import reading, writing
from database.plans import Loaded
from domain.contact_changes import ContactChange, contact_changes, keeping
from domain.plan import Contacts, Plan
from domain.plan_changes import plan_changes
from domain.problem import Overtaken, Problem

#: Whose addresses count where both have one: those in use, or those of the file.
Keep = Literal["desk", "file"]


@dataclass(frozen=True)
class Offer:
    """What somebody wants to load, held against what is in use."""

    plan: Plan
    contacts: Contacts  #: as they will count
    seen: int  #: the version that is in use; 0 where the year has none
    by_whom: str = ""  #: who made that version
    plan_told: tuple[str, ...] = ()  #: what of the plan it would change
    replaced: tuple[str, ...] = ()  #: addresses in use that it would replace or drop
    added: tuple[str, ...] = ()  #: addresses that it would add
    left: tuple[str, ...] = ()  #: addresses of the file that do not count, because others are in use

    @property
    def asks(self) -> bool:
        """Whether something that is in use would be another."""
        return bool(self.plan_told or self.replaced)


def offer(plan: Plan, contacts: Contacts | None, keep: Keep = "desk") -> Offer:
    """That plan and these addresses against those in use; nothing is stored.

    Without addresses those in use go on; `Refused` where there are none, or where the plan asks for more than these.
    """
    with reading(settings().database) as session:
        row = plans.current(session, plan.year)
        if row is None:
            return Offer(plan, _checked(contacts, plan), 0)
        old_plan, in_use = plans.read(session, plan.year)
    offered = contacts or in_use
    counting = offered if keep == "file" else keeping(in_use, offered)
    refuse_if(check_contacts(counting, plan))
    names = {unit.code: unit.short_name for unit in (*old_plan.units, *plan.units)}
    found = contact_changes(in_use, counting)
    return Offer(
        plan, counting, row.version, row.loaded_by, plan_changes(old_plan, plan),
        replaced=_told([one for one in found if one.lost], names),
        added=_told([one for one in found if not one.lost], names),
        left=_told([one for one in contact_changes(counting, offered) if one.after], names),
    )  # fmt: skip


def load(offered: Offer, giver: Giver) -> tuple[Loaded, list[Problem], bool]:
    """Let it count: what came, warnings, and whether something now waits for a word about the past.

    `Overtaken` where somebody has saved another version since it was looked at.
    """
    year = offered.plan.year
    with writing(settings().database) as session:
        newest = plans.current(session, year)
        if newest is not None and newest.version != offered.seen:
            fault = f"{newest.loaded_by} đã lưu bản {newest.version} lúc {newest.loaded_at:%H:%M %d/%m/%Y}"
            raise Overtaken(Problem(f"kế hoạch năm {year}", fault, "xem lại bản mới rồi nạp lần nữa"))
        loaded = plans.save(session, offered.plan, offered.contacts, giver.name)
        problems = take_from_plan(session, offered.plan, giver)
        return loaded, problems, bool(taking_up.undecided(session, year))


def _checked(contacts: Contacts | None, plan: Plan) -> Contacts:
    if contacts is None:
        remedy = "lập tệp địa chỉ cạnh kế hoạch, hoặc lập kế hoạch tại bàn làm việc"
        refuse_if([Problem(f"địa chỉ năm {plan.year}", "chưa có địa chỉ nào", remedy)])
    assert contacts is not None, "it was refused"
    refuse_if(check_contacts(contacts, plan))
    return contacts


def _told(changes: list[ContactChange], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(change_told(one, names) for one in changes)
