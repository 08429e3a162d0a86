"""The commands by which people decide about a visit: accept, choose, move, invite, cancel, retry."""

from typing import Annotated

import typer

from answers import changes, choice, guests, nominations
from answers.answering import Giver
from answers.running_again import run_again
from cli.output import refusing, say
from cli.waking import tell
from domain.dates import parse_moment
from domain.problem import Problem, Refused

Visit = Annotated[str, typer.Argument(metavar="VISIT", help="2024-02/nhon_trach, hoặc 2024-02")]
By = Annotated[str, typer.Option("--by", help="họ tên người quyết định; được ghi lại")]
Reason = Annotated[str, typer.Option("--reason", help="lý do; được ghi lại")]
Seen = Annotated[
    str, typer.Option("--seen", help="mã đã xem, ở cuối `visits show VISIT`: có gì đổi từ lúc ấy thì không ghi")
]


def add_to(app: typer.Typer) -> None:
    """Put the deciding commands into the main one."""
    for command in (accept, choose, move, invite, uninvite, cancel, retry):
        app.command()(command)


def giver(by: str) -> Giver:
    """Who decides at the command line."""
    return Giver(by, "cli")


@refusing
def accept(
    visit: Visit,
    by: By,
    reason: Reason = "",
    refuse: Annotated[
        list[str] | None,
        typer.Option(
            "--refuse", help="buổi báo trễ không chấp nhận, kèm lý do, ví dụ “2: trùng lịch”; ghi nhiều lần được"
        ),
    ] = None,
    seen: Seen = "",
) -> None:
    """Chấp nhận danh sách trễ hạn, hoặc chưa có chi bộ chuyên đề, kèm lý do; --refuse cho buổi không chấp nhận."""
    if not reason and not refuse:
        raise typer.BadParameter("thiếu --reason (lý do chấp nhận) hoặc --refuse (buổi không chấp nhận)")
    refused = dict(_refusal(one) for one in refuse or [])
    nominations.accept(visit, reason, giver(by), refused=refused, looked_at=seen or None)
    say("Đã ghi quyết định về danh sách; đơn vị được thông báo.")
    tell()


def _refusal(text: str) -> tuple[int, str]:
    """`2: trùng lịch` as a number and a reason."""
    number, _, why = text.partition(":")
    if not (number.strip().isascii() and number.strip().isdecimal()):
        raise Refused(Problem("--refuse", f"“{text}” không có số của buổi", 'ghi như --refuse "2: trùng lịch"'))
    return int(number), why


@refusing
def choose(
    visit: Visit,
    meetings: Annotated[str, typer.Option("--meetings", help="số trong danh sách, ví dụ 1 hoặc 1,3")],
    by: By,
    consulted: Annotated[str, typer.Option("--consulted", help="Thường trực cấp ủy đã thống nhất")] = "",
    override: Annotated[str, typer.Option("--override", help="lý do chọn khi không có chi bộ chuyên đề")] = "",
    seen: Seen = "",
) -> None:
    """Chọn nơi dự sinh hoạt; phải có ít nhất một chi bộ chuyên đề. Chọn lại được, kèm --seen, đến khi phát hành."""
    try:
        numbers = [int(number) for number in meetings.replace(",", " ").split()]
    except ValueError:
        raise Refused(Problem("--meetings", f"“{meetings}” không phải dãy số", "ghi như 1 hoặc 1,3")) from None
    choice.choose(visit, numbers, giver(by), consulted=consulted, override=override, looked_at=seen or None)
    say("Đã ghi lựa chọn.")
    tell()


@refusing
def move(
    visit: Visit,
    meeting: Annotated[int, typer.Option("--meeting", help="số trong danh sách")],
    to: Annotated[str, typer.Option("--to", help="thời gian mới, ví dụ “18/4/2024 14:00”")],
    by: By,
    venue: Annotated[str, typer.Option("--venue", help="địa điểm mới, nếu đổi")] = "",
    reason: Reason = "",
    seen: Seen = "",
) -> None:
    """Chuyển một buổi sinh hoạt sang ngày, giờ khác; thông báo và giấy mời được gửi lại dưới dạng điều chỉnh."""
    try:
        moment = parse_moment(to)
    except ValueError as error:
        raise Refused(Problem("--to", str(error))) from None
    say(changes.move(visit, meeting, moment, giver(by), venue=venue, reason=reason, looked_at=seen or None))
    tell()


@refusing
def invite(
    visit: Visit,
    name: Annotated[str, typer.Option("--name", help="người hoặc cơ quan được mời, ví dụ “Đồng chí Nguyễn Văn A”")],
    email: Annotated[str, typer.Option("--email", help="địa chỉ thư nhận giấy mời")],
    by: By,
    title: Annotated[str, typer.Option("--title", help="chức vụ, đơn vị; ghi sau tên trong giấy mời")] = "",
    reason: Reason = "",
    seen: Seen = "",
) -> None:
    """Mời thêm một người hoặc cơ quan vào một đợt; chỉ nơi đó nhận giấy mời."""
    guest = guests.invite(visit, name, email, giver(by), title=title, reason=reason, looked_at=seen or None)
    say(f"Đã ghi mời thêm {guest.name} ({guest.email}); giấy mời gửi đi khi thông báo đã phát hành.")
    tell()


@refusing
def uninvite(
    visit: Visit,
    email: Annotated[str, typer.Option("--email", help="địa chỉ đã ghi khi mời thêm")],
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="lý do; được ghi lại và nêu trong thư")] = "",
    seen: Seen = "",
) -> None:
    """Thôi mời một nơi đã mời thêm; chỉ nơi đó được báo. Các cơ quan do kế hoạch mời thì giữ nguyên."""
    guest = guests.uninvite(visit, email, giver(by), reason=reason, looked_at=seen or None)
    say(f"Đã ghi thôi mời {guest.name} ({guest.email}).")
    tell()


@refusing
def cancel(visit: Visit, by: By, reason: Reason, seen: Seen = "") -> None:
    """Hủy một đợt; những nơi đã nhận thư được báo hủy."""
    changes.cancel(visit, reason, giver(by), looked_at=seen or None)
    say("Đã hủy đợt.")
    tell()


@refusing
def retry(visit: Visit, by: By) -> None:
    """Chạy lại lượt bị lỗi từ đúng bước đã dừng (như nút Retry trong Prefect)."""
    run_again(visit, giver(by))
    say("Đã yêu cầu chạy lại.")
    tell()
