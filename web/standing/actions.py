"""What a person may do now: the button that answers what a visit or report waits for, and the doors beside it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from config.addresses import form_of
from domain.nomination import Meeting
from domain.obligation import parse_reference
from domain.role import Role
from domain.state import VisitState
from domain.wait import Wait
from web.standing.lines import Line, VisitLine


@dataclass(frozen=True)
class Action:
    """One button, or what stands in its place."""

    label: str
    url: str  #: empty where nothing is to be pressed: the label says why
    post: bool = False  #: acts at once
    main: bool = False  #: it answers what the visit waits for


def answer_to(line: Line, roles: Collection[str]) -> Action | None:
    """The button that answers what it waits for, if one of these roles may press it."""
    wait = line.wait
    is_asked = line.state in (VisitState.OPEN, VisitState.UNDECIDED) and not line.standing.moving
    if not is_asked or wait is None or not wait.answers(roles):
        return None
    if wait.post:
        return Action(wait.button, f"{line.url}/{wait.path}", post=True, main=True)
    return Action(wait.button, form_of(parse_reference(line.key), wait.wait), main=True)


def doors(
    line: VisitLine,
    roles: frozenset[str],
    listed: Sequence[Meeting],
    chosen: Sequence[Meeting],
    found: bool,
    now: datetime,
    mark: str,
) -> Iterator[Action]:
    """What may be done besides: another list, a move, the guests, findings, scores, calling it off (A23, D6, 4.5).

    `found` is whether there are findings: a meeting that was attended does not move. `mark` is its mark of secrecy.
    """
    url = line.url
    answered = line.wait.path if line.wait else ""
    if line.state == VisitState.OPEN and Role.OFFICER in roles and listed and not chosen and answered != "de-cu":
        yield Action("Nhập danh sách khác", f"{url}/de-cu")
    if (
        line.state == VisitState.OPEN
        and Role.LEADER in roles
        and line.wait
        and line.wait.wait is Wait.NOMINATIONS_AGAIN
    ):
        yield Action("Xem xét danh sách trễ hoặc chưa đủ", f"{url}/chap-nhan")
    if line.state == VisitState.OPEN and Role.LEADER in roles and line.wait and line.wait.wait is Wait.NOTICE_ISSUE:
        yield Action("Chọn lại nơi dự", f"{url}/chon")
    if line.state == VisitState.OPEN and roles & {Role.OFFICER, Role.LEADER} and not found:
        for meeting in chosen or listed:
            yield Action(f"Chuyển buổi của {meeting.organisation}", f"{url}/doi/{meeting.number}")
    if line.state == VisitState.OPEN and Role.OFFICER in roles and any(meeting.starts_at > now for meeting in chosen):
        yield Action("Khách mời", f"{url}/khach-moi")
    if line.state == VisitState.OPEN and Role.INSPECTOR in roles and chosen and answered != "ket-qua":
        yield Action("Kết quả giám sát", f"{url}/ket-qua")
    if line.state == VisitState.OPEN and roles & {Role.OFFICER, Role.INSPECTOR}:
        for meeting in (one for one in chosen if one.day <= now.date()):
            yield Action(f"Chấm điểm buổi của {meeting.organisation}", f"{url}/cham-diem/{meeting.number}")
    if line.state == VisitState.OPEN and Role.OFFICER in roles:
        yield links_of(line, mark)
    if line.state in (VisitState.PLANNED, VisitState.OPEN) and Role.LEADER in roles:
        yield Action("Hủy đợt", f"{url}/huy")


def links_of(line: Line, mark: str) -> Action:
    """The way to its links; of what bears a mark no link is made or opens (A20, P3)."""
    if mark:
        return Action(f"Liên kết trả lời không dùng được vì có độ mật {mark}: nhận trả lời bằng văn bản", "")
    return Action("Liên kết trả lời", f"{line.url}/lien-ket")


def put_right(line: Line, roles: Collection[str], is_taken_up: bool) -> Iterator[Action]:
    """What was said of the time before the service can be corrected, or said of what is still ahead."""
    if not {Role.OFFICER, Role.LEADER} & set(roles) or line.state == VisitState.UNDECIDED:
        return
    if is_taken_up:
        yield Action("Sửa quyết định về việc đã làm trước", f"{line.url}/tiep-nhan")
    elif line.state == VisitState.PLANNED:
        yield Action("Đã làm một phần trên giấy", f"{line.url}/tiep-nhan")
