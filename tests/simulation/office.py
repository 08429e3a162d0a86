"""The office of a simulated world: a small year with two visits, two units that report, and a home in memory."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import config.settings
from config.contacts_file import read_contacts
from config.settings import ROOT, Delivery, Numbering, Settings, Smtp, use
from database import plans
from database.engine import engine_for, writing
from database.schema import prepare
from domain.dates import at
from domain.plan import Contacts, Plan
from planning.plan_file import read_plan

#: The hosts of each variant of the year, by month; the units that supervise themselves.
VARIANTS = (
    ((2, "nhon_trach"), (5, "bien_hoa")), ((4, "tan_phu"), (7, "long_khanh")),
    ((3, "cong_an_tinh"), (6, "cao_su_dong_nai")), ((8, "thong_nhat"), (8, "cam_my")),
)  # fmt: skip
REPORTING = ("long_thanh", "vinh_cuu")
YEAR = 2024
_MEMORY = Path("/dev/shm")


@cache
def shipped() -> tuple[Plan, Contacts]:
    """The plan and the addresses of 2024 as they are shipped."""
    plan, faults = read_plan(ROOT / "config" / "plans" / f"{YEAR}.yaml")
    assert plan, faults
    contacts, _ = read_contacts(ROOT / "config" / "contacts" / f"{YEAR}.yaml", plan)
    assert contacts
    return plan, contacts


@cache
def small_plan(variant: int) -> Plan:
    """That plan with two of its visits, two of its reports, and no other unit."""
    plan, _contacts = shipped()
    hosts = VARIANTS[variant]
    planned = [replace(one, month=month) for month, unit in hosts for one in plan.visits if one.unit == unit]
    known = {unit for _month, unit in hosts} | set(REPORTING)
    return replace(
        plan, visits=tuple(planned), units=tuple(unit for unit in plan.units if unit.code in known),
        self_supervising=replace(plan.self_supervising, units=REPORTING),
    )  # fmt: skip


@cache
def small_contacts(variant: int) -> Contacts:
    """The addresses of those units."""
    known, contacts = {unit.code for unit in small_plan(variant).units}, shipped()[1]
    boards = {code: one for code, one in contacts.standing_boards.items() if code in known}
    organisation = {code: one for code, one in contacts.organisation_boards.items() if code in known}
    return replace(contacts, standing_boards=boards, organisation_boards=organisation)


def begins() -> datetime:
    """The morning on which the plan is signed."""
    return at(shipped()[0].issued, 7)


@cache
def workshop() -> Path:
    """A folder of this process, in memory where there is some; it goes when the process ends."""
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="visits-simulation-", dir=place))

    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def settings_of(numbered_by_itself: bool) -> Settings:
    """The live service, which sends letters outside; its retries come at once, its machine is never slow."""
    home = workshop() / "home"
    return Settings(
        mode="live", home=home, smtp=Smtp(host="mail.example", security="none"), public_url="https://desk.example",
        delivery=Delivery(retries=1, retry_seconds=0), parallel_runs=3,
        numbering=Numbering(from_blocks=("CV", "GM") if numbered_by_itself else ()),
        rubrics=home / "no-rubrics", _env_file=None,
    )  # fmt: skip


@contextmanager
def opened(variant: int, numbered_by_itself: bool) -> Iterator[Settings]:
    """An office on the day its plan is signed; the caches of what runs in this process are those of a new process."""
    before, chosen = list(config.settings._in_use), settings_of(numbered_by_itself)
    use(chosen)
    put_in_place(chosen, _prepared(variant))
    try:
        yield chosen
    finally:
        engine_for(chosen.database).dispose()
        config.settings._in_use[:] = before


def put_in_place(of: Settings, database: bytes) -> None:
    """Let the database be that one, and everything that a process remembers be forgotten."""
    engine_for(of.database).dispose()
    for beside in of.folder.glob("visits.db*"):
        beside.unlink()
    (of.folder / "visits.db").write_bytes(database)
    forget()


def forget() -> None:
    """What a process remembers of the database is gone with it."""
    plans._built.clear()


def copied(of: Settings) -> bytes:
    """The database as a copy of this moment; nobody may be at work."""
    engine_for(of.database).dispose()
    return (of.folder / "visits.db").read_bytes()


@cache
def _prepared(variant: int) -> bytes:
    """A database with that plan; made once in this process."""
    of = settings_of(False)
    shutil.rmtree(of.folder, ignore_errors=True)
    (of.folder / "secrets").mkdir(parents=True, mode=0o700)
    for name in ("record", "links", "desk"):
        (of.folder / "secrets" / name).write_text(f"simulated secret of {name}", encoding="ascii")
    prepare(of.database)
    with writing(of.database) as session:
        plans.save(session, small_plan(variant), small_contacts(variant), "mô phỏng")
    return copied(of)
