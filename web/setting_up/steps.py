"""How far an office has come: each step with its place, whether it is done, and what is still lacking."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from answers import plan_drafts as drawing_up
from config.settings import settings
from database import accounts, clock, plan_drafts, plans, taking_up
from domain.role import OF_CONTACTS, Role, titles


@dataclass(frozen=True)
class SetUpStep:
    """One step of the first day."""

    title: str
    done: bool
    told: str  #: how it stands, in a sentence
    url: str = ""  #: where it is done; empty while a step before it is open
    button: str = ""


def steps_of(session: Session) -> tuple[SetUpStep, ...]:
    """All of them, in their order; the first that is open is the one to do next."""
    year = clock.now(session).year
    drafts, known = plan_drafts.every(session), plans.years(session)
    draft = next((one for one in drafts), None)
    year = draft.plan.year if draft else (year if year in known or not known else known[0])
    steps = [*_plan(session, draft, year, loaded=bool(known)), _mail(), _accounts(session)]
    if known:
        steps.append(_behind(session, known[0] if year not in known else year))
    return (*steps, _health())


def _plan(session: Session, draft: plan_drafts.PlanDraft | None, year: int, *, loaded: bool) -> Iterator[SetUpStep]:
    begun = loaded or draft is not None
    told = "Đã ghi." if begun else "Ghi cơ quan ban hành, người ký, năm: phần mềm lập sẵn bản dự thảo kế hoạch."
    yield SetUpStep("Cơ quan, người ký, năm kế hoạch", begun, told, "" if begun else "#bat-dau", "Ghi ở trên")
    url = f"/ke-hoach/{year}"
    if draft is None:
        said = "Đã nạp." if loaded else "Mở ra khi đã có bản dự thảo."
        yield from (SetUpStep(title, loaded, said) for title in (_SETTLED, _ADDRESSES, _LOADED))
        return
    problems = [one for one in drawing_up.look(session, draft) if not one.warning]
    emails = sum("thư điện tử" in one.place for one in problems)
    still = len(draft.undecided)
    yield SetUpStep(_SETTLED, not still, f"Còn {still} điều." if still else "Đã quyết định hết.", url, "Quyết định")
    lacking = f"Còn thiếu {emails} địa chỉ." if emails else "Đã đủ địa chỉ."
    yield SetUpStep(_ADDRESSES, not emails, lacking, f"{url}/dia-chi", "Ghi địa chỉ")
    said = f"Còn {len(problems)} điều phải xong trước." if problems else "Sẵn sàng nạp."
    yield SetUpStep(_LOADED, False, said, f"{url}#nap", "Xem và nạp")


_SETTLED, _ADDRESSES, _LOADED = "Đơn vị, tháng, những điều cần quyết định", "Địa chỉ thư", "Nạp kế hoạch"


def _mail() -> SetUpStep:
    of = settings()
    told = f"Đang dùng {of.smtp.host}." if of.smtp.host else "Chưa có: mọi thư được giữ lại trên máy này."
    return SetUpStep("Máy chủ thư", bool(of.smtp.host), told, "/thiet-lap/may-chu-thu", "Đặt, gửi thư thử")


def _accounts(session: Session) -> SetUpStep:
    have = {role for row in accounts.everyone(session) if row.active for role in row.roles}
    lacking = [role for role in (*OF_CONTACTS, Role.INSPECTOR) if role not in have]
    told = f"Chưa có ai là: {titles(tuple(lacking))}." if lacking else "Đủ người cho mọi vai trò."
    url = "/quan-tri/tai-khoan" if lacking else "/quan-tri"
    return SetUpStep("Tài khoản", not lacking, told, url, "Thêm tài khoản" if lacking else "Xem tài khoản")


def _behind(session: Session, year: int) -> SetUpStep:
    behind = len(taking_up.undecided(session, year))
    told = f"{behind} việc đã qua ngày, chưa ai nói đã làm đến đâu." if behind else "Không còn việc nào chờ quyết định."
    return SetUpStep("Việc đã qua ngày", not behind, told, f"/nam/{year}?trang_thai=undecided", "Ghi đã làm đến đâu")


def _health() -> SetUpStep:
    return SetUpStep("Kiểm tra dịch vụ", False, "Xem mọi thứ cần có đã có chưa.", "/thiet-lap/kham", "Kiểm tra")
