"""A rehearsal from start to end on a service of its own: wipe, start, load the plan, play."""

from collections.abc import Callable
from pathlib import Path

from answers.first_accounts import rehearsal_accounts
from config.contacts_file import read_contacts
from config.settings import ROOT, Settings
from database import clock, plans
from database.engine import writing
from deployments.service.embedded import Service
from domain.dates import at
from domain.plan import Contacts, Plan
from domain.problem import Problem, Refused
from planning.plan_file import read_plan
from rehearsal.play import Play, Progress, Result, must_be_safe
from rehearsal.script import Script, read_script

CONFIG = ROOT / "config"


def files_of(name: str, folder: Path = CONFIG) -> tuple[Plan, Contacts, Script]:
    """The plan, contacts and script of that name, mostly a year; `Refused` with every fault if one cannot be used."""
    known = sorted(file.stem for file in (folder / "rehearsals").glob("*.yaml"))
    if name not in known:
        raise Refused(Problem(name, "không có kịch bản diễn tập nào tên như vậy", f"đang có: {', '.join(known)}"))
    plan, problems = read_plan(folder / "plans" / f"{name}.yaml")
    if plan is None:
        raise Refused(*problems)
    contacts, problems = read_contacts(folder / "contacts" / f"{name}.yaml", plan)
    if contacts is None:
        raise Refused(*problems)
    return plan, contacts, read_script(folder / "rehearsals" / f"{name}.yaml")


def refuse_unless_safe(of: Settings) -> None:
    """A rehearsal never runs beside a live database or mail server (design §6)."""
    reasons = must_be_safe(of)
    if reasons:
        raise Refused(*(Problem("diễn tập", reason, "bỏ biến này rồi chạy lại") for reason in reasons))


def load(of: Settings, plan: Plan, contacts: Contacts, script: Script) -> None:
    """Put the rehearsal's clock to its first day and load its plan; everybody of it may sign in at the desk."""
    with writing(of.database) as session:
        clock.set_rehearsal(session, at(script.start, of.wake_hour))
        plans.save(session, plan, contacts, "diễn tập")
        rehearsal_accounts(session, script.people, contacts)


def rehearse(service: Service, name: str, each_round: Callable[[Progress], None], patience: float = 120) -> Result:
    """Play the plan of that name on a running service; what has died on the way is started again."""
    plan, contacts, script = files_of(name)
    load(service.settings, plan, contacts, script)

    def round_(progress: Progress) -> None:
        service.wait_ready()  # whatever has died: people and clock stand still until it is there again
        each_round(progress)

    return Play(script, round_, patience).to_the_end()
