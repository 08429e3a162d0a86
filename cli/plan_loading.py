"""`visits plan load` and `visits plan export`: files come in when somebody has seen what they change, and go out."""

from pathlib import Path
from typing import Annotated

import typer

from answers.answering import Giver
from answers.plans import Keep, Offer, offer
from answers.plans import load as load_offer
from cli.asking import agreed
from cli.output import refusing, say, say_problems
from cli.plan_making import put
from cli.taking_up import show_undecided
from cli.waking import open_what_is_due
from config.contacts_file import read_contacts
from config.settings import settings
from database import plans
from database.engine import reading
from database.plans import Loaded
from database.schema import prepare
from domain.plan import Contacts, Plan
from domain.problem import Problem, Refused
from planning.plan_file import read_plan
from planning.plan_yaml import open_decisions, plan_text

PlanFile = Annotated[Path, typer.Argument(help="tệp kế hoạch, ví dụ config/plans/2024.yaml")]
ContactsFile = Annotated[
    Path | None, typer.Option("--contacts", help="tệp địa chỉ; mặc định: config/contacts/<cùng tên>")
]
KeepWhich = Annotated[
    Keep,
    typer.Option("--keep", help="địa chỉ nào được giữ khi hai bên khác nhau: desk (đang dùng) hoặc file (trong tệp)"),
]
Yes = Annotated[bool, typer.Option("--yes", help="đã xem thay đổi, không hỏi lại")]


def add_to(app: typer.Typer) -> None:
    """Put both commands into `visits plan`."""
    app.command("load")(load)
    app.command("export")(export)


@refusing
def load(
    file: PlanFile,
    contacts: ContactsFile = None,
    by: Annotated[str, typer.Option("--by", help="người nạp")] = "quản trị",
    keep: KeepWhich = "desk",
    yes: Yes = False,
) -> None:
    """Nạp kế hoạch: nêu điều sẽ đổi rồi hỏi; địa chỉ đang dùng được giữ; nạp lại cùng một tệp không đổi gì."""
    plan, addresses, problems = _read_both(file, contacts)
    if plan is None:
        raise Refused(*problems)
    _refuse_open_decisions(file)
    prepare(settings().database)
    offered = offer(plan, addresses, keep)
    say_offer(offered)
    if offered.asks:
        agreed(f"Nạp {file.name} thay cho bản {offered.seen} đang dùng?", yes=yes)
    loaded, more, behind = load_offer(offered, Giver(by, "plan"))
    say_problems([*problems, *more])
    _say_loaded(plan, loaded)
    if behind:
        show_undecided(plan.year)
    if loaded.changed:
        open_what_is_due()


@refusing
def export(
    year: Annotated[int, typer.Argument(metavar="YEAR", help="năm của kế hoạch")],
    to: Annotated[Path, typer.Option("--to", help="tệp .yaml để ghi")],
) -> None:
    """Ghi kế hoạch đang dùng ra tệp, để lưu, để xem hoặc làm mẫu cho năm sau."""
    with reading(settings().database) as session:
        plan, _contacts = plans.read(session, year)
        version = plans.current(session, year)
    assert version, "it was read"
    put(to, plan_text(plan, [f"Kế hoạch {plan.symbol}, bản {version.version} đang dùng"]).encode("utf-8"), "--to")
    say(f"Đã ghi {to}: kế hoạch {plan.symbol}, bản {version.version}.")


def contacts_beside(plan: Path) -> Path:
    """Where the addresses of a plan's file are unless somebody says otherwise."""
    return plan.parent.parent / "contacts" / plan.name


def say_offer(offered: Offer) -> None:
    """What would be otherwise, and what of the file does not count."""
    if offered.asks:
        say(f"So với bản {offered.seen} đang dùng ({offered.by_whom}):")
    for title, lines in (
        ("kế hoạch", offered.plan_told), ("địa chỉ sẽ đổi", offered.replaced),
        ("địa chỉ được thêm", offered.added if offered.seen else ()),
        ("địa chỉ trong tệp không lấy, vì đang dùng địa chỉ khác (muốn lấy: --keep file)", offered.left),
    ):  # fmt: skip
        if lines:
            say(f"  {title}:")
        for line in lines:
            say(f"    - {line}")


def _read_both(file: Path, contacts: Path | None) -> tuple[Plan | None, Contacts | None, list[Problem]]:
    """The plan with the addresses of its file, and all faults of both; without that file those in use go on."""
    plan, problems = read_plan(file)
    beside = contacts or contacts_beside(file)
    if plan is None or (contacts is None and not beside.exists()):
        return plan, None, problems
    addresses, more = read_contacts(beside, plan)
    if addresses is None:
        raise Refused(*problems, *more)
    return plan, addresses, [*problems, *more]


def _refuse_open_decisions(file: Path) -> None:
    """What is still to be decided stands in the file as a comment; a plan with one of them is no plan yet."""
    still = open_decisions(file.read_text(encoding="utf-8-sig"))
    if still:
        remedy = "quyết định rồi xóa ghi chú “CẦN QUYẾT ĐỊNH” ở dòng ấy"
        raise Refused(*(Problem(f"{file}:{line}", said, remedy) for line, said in still))


def _say_loaded(plan: Plan, loaded: Loaded) -> None:
    if not loaded.changed:
        say(f"Kế hoạch {plan.symbol} không có gì mới (bản {loaded.version}).")
        return
    say(f"Đã nạp kế hoạch {plan.symbol}, bản {loaded.version}.")
    for word, keys in (("thêm", loaded.added), ("rút", loaded.withdrawn)):
        if keys:
            say(f"  {word}: {', '.join(keys)}")
