"""Puts a copy back: laid out beside the home, checked there, then the two change places in one instant (0043).

Whoever is killed at any moment leaves the old home whole or the new one whole. The new one holds its letters. A
database on a server is laid out beside as well, and changes places in one transaction just before the home does: it
holds its letters by itself from then on, whatever becomes of the home (0048).
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from database.address import shown
from database.engine import engine_for
from database.growth import LEAST_ROOM
from database.put_back import Announced, announce
from database.record.key import known_key
from database.restored import notice
from database.schema import prepare
from deployments.copies import prefect_server, server, sqlite_file
from deployments.copies.checking import at_hand, faults_of_record, faults_there, is_known, newest_revision
from deployments.copies.contents import OURS, PREFECTS, SEALED
from deployments.copies.exchange import exchange, to_disk
from deployments.copies.homes import UNFINISHED, clear_what_was_left, held, is_empty, told_in_words
from deployments.copies.laying_out import keep_what_is_newer, lay_out, put_secrets
from deployments.copies.package import refused
from deployments.copies.putting_back import PuttingBack
from deployments.copies.sealing import unseal
from domain.dates import date_and_time
from domain.problem import Problem, Refused


def put_back(work: PuttingBack) -> Path | None:
    """Do all of it; where the old home is now, None if there was none. `Refused` leaves everything as it was."""
    _open_secrets(work)
    with told_in_words(work.home), held(work.of):
        refuse_unless_it_may(work)
        with server.alone_where_shared(work.of):
            return put_back_alone(work)


def put_back_alone(work: PuttingBack) -> Path | None:
    """The same for whoever has the home and the database to himself already, and has asked whether it may be."""
    clear_what_was_left(work.home)
    try:
        for step in STEPS:
            step(work)
    except BaseException:
        _take_away_what_is_unfinished(work)
        raise
    return clear_what_was_left(work.home, work.now)


def _take_away_what_is_unfinished(work: PuttingBack) -> None:
    if (work.staged / UNFINISHED).exists():
        shutil.rmtree(work.staged, ignore_errors=True)
        if work.on_server:
            with suppress(Refused, SQLAlchemyError):  # the next one takes it away
                server.clear_what_was_left(work.of.database)


def _open_secrets(work: PuttingBack) -> None:
    """Before anything is written: a wrong passphrase leaves no trace."""
    if work.passphrase and SEALED in work.manifest.files:
        work.secrets.update(unseal(work.copy.contents(SEALED), work.passphrase))


def refuse_unless_it_may(work: PuttingBack) -> None:
    """Before anything is written: a copy of this mode, a place that is free or may be replaced, room on the disk."""
    place, manifest = str(work.copy.path), work.manifest
    if work.copy.path.absolute().resolve().is_relative_to(work.home):
        raise Refused(Problem(place, "bản sao nằm trong thư mục sẽ được thay", "chuyển nó ra nơi khác"))
    for folder in work.mailboxes:
        if not folder.is_dir():
            raise Refused(Problem(f"--mailbox {folder}", "không có thư mục này", "ghi thư mục có các thư .eml đã gửi"))
    if work.of.database_url and not work.on_server:
        fault = "chỉ khôi phục được vào PostgreSQL hoặc tệp SQLite trong thư mục dịch vụ"
        raise Refused(Problem("VISITS_DATABASE_URL", fault, "bỏ VISITS_DATABASE_URL, hoặc ghi địa chỉ postgresql://…"))
    if manifest.mode != work.of.mode:
        fault = f"bản sao của chế độ {manifest.mode}, ở đây là {work.of.mode}"
        raise Refused(Problem(place, fault, f"chạy với VISITS_MODE={manifest.mode} nếu đúng là muốn vậy"))
    if not work.over and not is_empty(work.home):
        remedy = "xem kỹ rồi thêm --over (thư mục cũ được giữ bên cạnh), hoặc chọn thư mục trống: VISITS_HOME=…"
        raise Refused(Problem(str(work.home), "đang có dữ liệu", remedy))
    if not work.over and work.on_server and server.revision_of(work.of.database):
        remedy = (
            "xem kỹ rồi thêm --over (các bảng cũ được giữ trong một schema bên cạnh), hoặc chọn cơ sở dữ liệu trống"
        )
        raise Refused(Problem(shown(work.of.database), "cơ sở dữ liệu đang có dữ liệu", remedy))
    free, needed = shutil.disk_usage(work.home).free, manifest.size + LEAST_ROOM
    if free < needed:
        fault = f"bản sao cần {needed // 2**20} MB, đĩa còn {free // 2**20} MB"
        raise Refused(Problem(str(work.home), fault, "dọn đĩa, hoặc chọn nơi khác: VISITS_HOME=…"))


def _check(work: PuttingBack) -> None:
    """The files whole, of a version that is known, the manifest sealed by the record's own key."""
    with at_hand(work.in_file):
        key = known_key()
    if work.manifest.is_forged(key):
        raise refused(work.copy.path, "tệp kê không mang dấu của khóa nhật ký")
    if not work.manifest.is_vouched_for(key):
        fault = "không có khóa nhật ký của nơi đã sao: chỉ kiểm được bản sao có nguyên vẹn, không kiểm được ai đã tạo"
        work.warnings.append(Problem(str(work.copy.path), fault, "đặt lại khóa record nếu còn", warning=True))
    for name in (OURS, PREFECTS):
        if (work.staged / name).exists() and (fault := sqlite_file.fault_of(work.staged / name)):
            raise refused(work.copy.path, f"{name}: {fault}")
    revision = sqlite_file.revision_of(work.staged / OURS)
    if not is_known(revision):
        fault = f"bản sao của phiên bản {work.manifest.version}, cơ sở dữ liệu ở bước {revision or '?'} chưa biết ở đây"
        raise Refused(Problem(str(work.copy.path), fault, "cài phiên bản ấy hoặc mới hơn rồi khôi phục"))
    with at_hand(work.in_file):
        found = faults_of_record(work.in_file, work.staged)
    work.warnings += found


def _onto_server(work: PuttingBack) -> None:
    """Rows of the file go into a schema beside; from then on the file is nothing but another copy."""
    if work.on_server:
        file = work.staged / OURS
        server.lay_out(file, sqlite_file.revision_of(file), work.of.database)
        file.unlink()


def _migrate(work: PuttingBack) -> None:
    """Of an upgrade, and on a server, where the database is to hold its letters before anybody sees it.

    A restored file stays as it was until the service starts.
    """
    if work.upgrade or work.on_server:
        with at_hand(work.there):
            prepare(work.there.database)
            if work.upgrade:  # of a restore the heads that are kept know of lines that the copy lacks: no fault of it
                work.warnings += faults_there(work.there)


def _announce(work: PuttingBack) -> None:
    """The letters are held from the first moment of the new home."""
    taken = date_and_time(work.manifest.taken)
    what = "nâng cấp, bản sao trước đó lúc" if work.upgrade else "khôi phục từ bản sao lúc"
    said = f"{what} {taken}, người làm: {work.by}"
    announce(work.staged, Announced(said, older=not work.upgrade))
    if work.on_server:
        with at_hand(work.there):
            notice(work.there)


def _to_disk(work: PuttingBack) -> None:
    for path in work.staged.rglob("*"):
        if not path.is_symlink():
            to_disk(path)


def _change_places(work: PuttingBack) -> None:
    """From here on the new home is the home; a database that had changed places before goes back if the home cannot."""
    engine_for(work.of.database).dispose()
    if work.on_server:
        work.old_tables = server.change_places(work.of.database, work.now)
    try:
        exchange(work.staged, work.home)
    except BaseException:
        if work.on_server:
            server.take_away(work.of.database, server.go_back(work.of.database, work.old_tables, work.now))
        raise
    (work.home / UNFINISHED).unlink()


def _hold_letters(work: PuttingBack) -> None:
    """The database itself says so; one that must be migrated first will at the start, by the announcement."""
    if not work.on_server and sqlite_file.revision_of(work.home / OURS) == newest_revision():
        with suppress(Refused, SQLAlchemyError):  # the announcement stays where it is, and holds them as well
            notice(work.of)


def _prefects(work: PuttingBack) -> None:
    """What Prefect keeps on a server goes last: without it its runs are made anew from the rows."""
    if not work.upgrade:
        work.warnings += prefect_server.put_back(work.of, work.home)


STEPS: tuple[Callable[[PuttingBack], None], ...] = (
    lay_out, put_secrets, _check, keep_what_is_newer, _onto_server, _migrate, _announce, _to_disk, _change_places,
    _hold_letters, _prefects,
)  # fmt: skip
