"""`visits backup`, `restore`, `upgrade`: a copy of everything, how it comes back, how a newer program takes over."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.deciding import By
from cli.doctor import examine_after_upgrade
from cli.output import refusing, say, say_problems
from config.secret import COPIES, given
from config.settings import settings
from deployments.copies import package
from deployments.copies.contents import SEALED, settings_for
from deployments.copies.keeping import keep_newest
from deployments.copies.laying_out import LETTERS_SINCE
from deployments.copies.put_back import put_back
from deployments.copies.putting_back import PuttingBack
from deployments.copies.sealing import checked
from deployments.copies.take import take
from deployments.copies.upgrade import upgrade as take_over
from domain.dates import OFFICE_ZONE, date_and_time
from domain.problem import Problem, Refused

To = Annotated[Path | None, typer.Argument(metavar="TO", help="thư mục để bản sao; mặc định VISITS_COPIES__FOLDER")]
_SHOWN = 10  # letters that are named on the screen; all stand in the file


def add_to(app: typer.Typer) -> None:
    """Put the commands into the main one."""
    app.command()(backup)
    app.command()(restore)
    app.command()(upgrade)


@refusing
def backup(
    to: To = None,
    keep: Annotated[int | None, typer.Option("--keep", min=1, help="chỉ giữ từng này bản mới nhất")] = None,
    secrets: Annotated[bool, typer.Option("--secrets", help="sao cả khóa, hỏi cụm mật khẩu để mã hóa")] = False,
    without_prefect: Annotated[bool, typer.Option("--without-prefect", help="bỏ cơ sở dữ liệu của Prefect")] = False,
) -> None:
    """Sao toàn bộ dữ liệu vào một tệp, khi dịch vụ đang chạy cũng được; đọc lại để kiểm; khóa thì mã hóa."""
    folder, passphrase = _folder(to), _passphrase_to_close(asked=secrets)
    taken = take(settings(), folder, datetime.now(OFFICE_ZONE), passphrase, with_prefect=not without_prefect)
    say(f"→ {taken.path}: {len(taken.manifest.files)} tệp, nhật ký {taken.manifest.lines} dòng, đã đọc lại và khớp")
    closed = "có, mã hóa bằng cụm mật khẩu" if passphrase else "không (thêm --secrets)"
    say(f"  Khóa: {closed}. Phần còn lại không mã hóa: mang đi đâu thì mã hóa trước.")
    if taken.faults:
        say_problems(taken.faults)
        say("  Nhật ký có chỗ sai từ trước khi sao: giữ lại mọi bản sao cũ để so.")
        raise typer.Exit(1)
    for gone in keep_newest(taken.path, settings().mode, keep) if keep else ():
        say(f"  đã bỏ bản cũ {gone.name}")


@refusing
def restore(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="tệp bản sao visits-….zip")],
    by: By,
    over: Annotated[bool, typer.Option("--over", help="thay thư mục đang có dữ liệu; thư mục cũ giữ bên cạnh")] = False,
    without_secrets: Annotated[bool, typer.Option("--without-secrets", help="không lấy khóa trong bản sao")] = False,
    mailbox: Annotated[
        list[Path] | None, typer.Option("--mailbox", help="thư mục thư .eml đã gửi, để tìm thư đi sau bản sao")
    ] = None,
) -> None:
    """Khôi phục từ bản sao vào thư mục trống; mọi thư được giữ lại cho đến khi có người xem (visits restored)."""
    with package.opened(source) as copy:
        closed = SEALED in copy.manifest.files and not without_secrets
        passphrase = _passphrase_to_open() if closed else ""
        work = PuttingBack(settings(), copy, datetime.now(OFFICE_ZONE), by, over, passphrase, tuple(mailbox or ()))
        old = put_back(work)
    say(f"Đã khôi phục vào {work.home}: {len(work.manifest.files)} tệp, sao lúc {date_and_time(work.manifest.taken)}.")
    say_problems(work.warnings)
    if old:
        say(f"  Thư mục cũ còn ở {old}; không cần nữa thì xóa.")
    _say_old_tables(work.old_tables)
    _say_since(work)
    for line in settings_for(work.home):
        say(f"  Cấu hình riêng nằm trong bản sao; muốn dùng thì ghi vào visits.env: {line}")
    say('Mọi thư được giữ lại. Tiếp theo: visits doctor, visits up; xem xong thì visits restored --by "…".')


def _say_old_tables(schema: str) -> None:
    if schema:
        say(f"  Các bảng cũ còn trong schema {schema}; không cần nữa thì: DROP SCHEMA {schema} CASCADE")


def _say_since(work: PuttingBack) -> None:
    """What has happened after the copy, and what nobody can know."""
    since = work.since
    for one in since.letters[:_SHOWN]:
        say(f"  đã đi sau bản sao: {one.message_id} · {one.to} · {one.subject} ({one.where})")
    if since.letters:
        say(f"  {len(since.letters)} thư đã đi sau bản sao, cả danh sách: {work.home / LETTERS_SINCE}")
    if since.lines:
        say(f"  Nhật ký đã có thêm {since.lines} dòng sau bản sao, ở đây không có.")
    for place in since.unread:
        say(f"  Không đọc được {place}: tìm thư ở máy chủ thư, mục đã gửi.")
    if not since.letters and not work.over and not work.mailboxes:
        say("  Không biết thư nào đã đi sau bản sao: so với mục đã gửi của máy chủ thư (--mailbox THƯ_MỤC).")


@refusing
def upgrade(
    by: By,
    to: To = None,
    despite: Annotated[bool, typer.Option("--despite", help="giữ bản nâng cấp dù kiểm tra còn lỗi")] = False,
) -> None:
    """Sau khi cài phiên bản mới: sao, nâng cấp bản sao, kiểm tra, rồi mới thay; lỗi thì dữ liệu vẫn như trước."""
    done = take_over(settings(), _folder(to), datetime.now(OFFICE_ZONE), by, examine_after_upgrade, despite=despite)
    say(f"Đã nâng cấp {settings().folder}; bản sao trước nâng cấp: {done.copy}")
    say(f"  Thư mục cũ còn ở {done.old_home}; không cần nữa thì xóa.")
    _say_old_tables(done.old_tables)
    say('Mọi thư được giữ lại. Tiếp theo: visits up, visits doctor; xem xong thì visits restored --by "…".')


def _folder(to: Path | None) -> Path:
    folder = to or settings().copies.folder
    if folder is None:
        raise Refused(Problem("TO", "chưa biết để bản sao ở đâu", "ghi thư mục, hoặc đặt VISITS_COPIES__FOLDER"))
    return folder


def _passphrase_to_close(*, asked: bool) -> str:
    """From outside, or typed twice where secrets were asked for; empty where none are copied."""
    if one := given(COPIES, settings()):
        return checked(one.value)
    if not asked:
        return ""
    return checked(_typed_twice())


def _typed_twice() -> str:
    """Until both are the same; Typer's own way of asking twice says in English that they are not."""
    while True:
        first = str(typer.prompt("Cụm mật khẩu của bản sao", hide_input=True))
        if typer.prompt("Nhập lại", hide_input=True) == first:
            return first
        say("Hai lần nhập không giống nhau; nhập lại cả hai.")


def _passphrase_to_open() -> str:
    one = given(COPIES, settings())
    return checked(one.value if one else typer.prompt("Cụm mật khẩu của bản sao", hide_input=True))
