"""Puts a copy back: laid out beside the home, checked there, then the two change places in one instant (0043).

Whoever is killed at any moment leaves the old home whole or the new one whole. The new one holds its letters.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy.exc import SQLAlchemyError

from config.secret import MAIL, NAMES, given
from config.settings import Settings
from database.engine import engine_for
from database.growth import LEAST_ROOM
from database.put_back import Announced, announce
from database.record.heads import FILE as HEADS
from database.record.key import known_key
from database.restored import MARK, notice
from database.schema import prepare
from deployments.copies import sqlite_file
from deployments.copies.checking import at_hand, faults_of_record, is_known, newest_revision
from deployments.copies.contents import CONFIGURATION, OURS, PREFECTS, SEALED
from deployments.copies.exchange import exchange, to_disk
from deployments.copies.letters_since import Since, since
from deployments.copies.manifest import Manifest
from deployments.copies.package import Package, refused
from deployments.copies.sealing import unseal
from deployments.copies.take import ENVIRONMENT
from deployments.service.home_lock import HomeLock
from domain.dates import date_and_time
from domain.problem import Problem, Refused

#: In a home that is being laid out; it leaves with the end.
_UNFINISHED = "unfinished"


@dataclass
class PuttingBack:
    """One restore at work: what it goes by, and what it has found so far."""

    of: Settings
    copy: Package
    now: datetime
    by: str  #: who puts it back; stands in the record
    over: bool = False
    passphrase: str = ""
    mailboxes: Sequence[Path] = ()
    upgrade: bool = False  #: the same home under a newer program: migrated, and nothing has happened since
    secrets: dict[str, str] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    since: Since = field(default_factory=lambda: Since((), 0, ()))

    @property
    def manifest(self) -> Manifest:
        """What the copy says of itself."""
        return self.copy.manifest

    @property
    def home(self) -> Path:
        """Where it goes; absolute, with no link in its way."""
        return self.of.folder.absolute().resolve()

    @property
    def staged(self) -> Path:
        """Beside it: what is laid out before, and what was there after."""
        return self.home.with_name(f".{self.home.name}.putting-back")

    @property
    def there(self) -> Settings:
        """The settings by which what is laid out is looked at."""
        return self.of.model_copy(update={"home": self.staged, "database_url": SecretStr("")})


def put_back(work: PuttingBack) -> Path | None:
    """Do all of it; where the old home is now, None if there was none. `Refused` leaves everything as it was."""
    _open_secrets(work)
    with told_in_words(work.home), held(work.home):
        return put_back_held(work)


@contextmanager
def told_in_words(home: Path) -> Iterator[None]:
    """A full disk, a folder that may not be written: said in one line, with what became of the home."""
    try:
        yield
    except OSError as error:
        fault = f"không ghi được {error.filename or ''}: {error.strerror}"
        remedy = "thư mục dịch vụ vẫn trọn vẹn; xem chỗ trống và quyền ghi rồi chạy lại"
        raise Refused(Problem(str(home), fault, remedy)) from None


def put_back_held(work: PuttingBack) -> Path | None:
    """The same for whoever holds the lock of the home already."""
    if work.copy.path.absolute().resolve().is_relative_to(work.home):
        raise Refused(Problem(str(work.copy.path), "bản sao nằm trong thư mục sẽ được thay", "chuyển nó ra nơi khác"))
    _refuse_unless_it_may(work)
    clear_what_was_left(work.home)
    try:
        for step in STEPS:
            step(work)
    except BaseException:
        if (work.staged / _UNFINISHED).exists():
            shutil.rmtree(work.staged, ignore_errors=True)
        raise
    return clear_what_was_left(work.home, work.now)


@contextmanager
def held(home: Path) -> Iterator[None]:
    """No service runs in that home meanwhile; `Refused` with its name when one does."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = HomeLock(home)
    lock.take()
    try:
        yield
    finally:
        lock.release()


def is_empty(home: Path) -> bool:
    """Whether nothing would be lost there: no file but the lock, and no secret."""
    return not home.exists() or all(HomeLock.is_one(path) for path in home.iterdir())


def _open_secrets(work: PuttingBack) -> None:
    """Before anything is written: a wrong passphrase leaves no trace."""
    if work.passphrase and SEALED in work.manifest.files:
        work.secrets.update(unseal(work.copy.contents(SEALED), work.passphrase))


def _refuse_unless_it_may(work: PuttingBack) -> None:
    place, manifest = str(work.copy.path), work.manifest
    for folder in work.mailboxes:
        if not folder.is_dir():
            raise Refused(Problem(f"--mailbox {folder}", "không có thư mục này", "ghi thư mục có các thư .eml đã gửi"))
    if work.of.database_url:
        fault = "chỉ khôi phục được cơ sở dữ liệu SQLite trong thư mục dịch vụ"
        raise Refused(Problem("VISITS_DATABASE_URL", fault, "PostgreSQL: dùng pg_restore, xem docs/administration.md"))
    if manifest.mode != work.of.mode:
        fault = f"bản sao của chế độ {manifest.mode}, ở đây là {work.of.mode}"
        raise Refused(Problem(place, fault, f"chạy với VISITS_MODE={manifest.mode} nếu đúng là muốn vậy"))
    if not work.over and not is_empty(work.home):
        remedy = "xem kỹ rồi thêm --over (thư mục cũ được giữ bên cạnh), hoặc chọn thư mục trống: VISITS_HOME=…"
        raise Refused(Problem(str(work.home), "đang có dữ liệu", remedy))
    free, needed = shutil.disk_usage(work.home).free, manifest.size + LEAST_ROOM
    if free < needed:
        fault = f"bản sao cần {needed // 2**20} MB, đĩa còn {free // 2**20} MB"
        raise Refused(Problem(str(work.home), fault, "dọn đĩa, hoặc chọn nơi khác: VISITS_HOME=…"))


def clear_what_was_left(home: Path, now: datetime | None = None) -> Path | None:
    """What a restore leaves beside a home: one that was not finished goes, an old home is kept under a name with date.

    Returns the latter.
    """
    (home / _UNFINISHED).unlink(missing_ok=True)
    left = home.with_name(f".{home.name}.putting-back")
    if not left.exists():
        return None
    if (left / _UNFINISHED).exists() or is_empty(left):
        shutil.rmtree(left)
        return None
    moment = now or datetime.fromtimestamp(left.stat().st_mtime).astimezone()
    kept = home.with_name(f"{home.name}.before-{moment:%Y-%m-%d_%H%M%S}")
    left.rename(kept)
    return kept


def left_beside(home: Path) -> Iterator[Problem]:
    """What a restore that was killed has left: half a home, or the whole old one under a name that nobody looks for."""
    left = home.absolute().resolve().with_name(f".{home.absolute().resolve().name}.putting-back")
    if left.exists():
        what = "dữ liệu trải dở" if (left / _UNFINISHED).exists() else "thư mục cũ còn nguyên"
        remedy = "chạy lại visits restore; nếu không cần nữa thì xem rồi xóa"
        yield Problem(str(left), f"một lần khôi phục bị ngắt giữa chừng, còn lại {what}", remedy, warning=True)


def _lay_out(work: PuttingBack) -> None:
    """Every file of the copy, held against its hash; the mark that it is unfinished comes first."""
    work.staged.mkdir(mode=0o700)
    (work.staged / _UNFINISHED).touch()
    for name in work.manifest.files:
        if name != SEALED:
            work.copy.lay_out(name, work.staged / name)


def _put_secrets(work: PuttingBack) -> None:
    """Those of the copy, else those of the old home; what is given from outside is not written."""
    folder = work.staged / "secrets"
    folder.mkdir(mode=0o700)
    for name in (*NAMES, MAIL):
        old = work.home / "secrets" / name
        value = work.secrets.get(name) or (old.read_text("utf-8") if old.exists() else "")
        if value and (name == MAIL or given(name, work.of) is None):  # that of the mail server was set at the desk
            _write(folder / name, value)
    if environment := work.secrets.get(ENVIRONMENT):
        (work.staged / CONFIGURATION).mkdir(mode=0o700, exist_ok=True)
        _write(work.staged / CONFIGURATION / "visits.env", environment)


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _check(work: PuttingBack) -> None:
    """The files whole, of a version that is known, the manifest sealed by the record's own key."""
    with at_hand(work.there):
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
    with at_hand(work.there):
        found = faults_of_record(work.there, work.staged)
    work.warnings += found


def _keep_what_is_newer(work: PuttingBack) -> None:
    """Heads and mark of the old home know how far the record had come; letters since then are named."""
    for name in (HEADS, MARK):
        if (old := work.home / name).exists() and _goes_on(old, work.staged / name):
            shutil.copyfile(old, work.staged / name)
    if not work.upgrade:
        old_home = None if is_empty(work.home) else work.home
        work.since = since(work.staged / OURS, old_home, work.mailboxes)
        lines = [f"{one.message_id}\t{one.to}\t{one.subject}\t{one.where}\n" for one in work.since.letters]
        if lines:
            _write(work.staged / LETTERS_SINCE, "".join(lines))


#: Beside the database that was put back: the letters that went out after the copy, one a line.
LETTERS_SINCE = "letters-after-copy.txt"


def _goes_on(old: Path, copied: Path) -> bool:
    """Of heads: the same with more behind. The mark is always the old home's."""
    if old.name == MARK or not copied.exists():
        return True
    return old.read_bytes().startswith(copied.read_bytes())


def _migrate(work: PuttingBack) -> None:
    """Of an upgrade alone: a restore leaves the database as it was until the service starts."""
    if work.upgrade:
        with at_hand(work.there):
            prepare(work.there.database)
            work.warnings += faults_of_record(work.there, work.staged)


def _announce(work: PuttingBack) -> None:
    """The letters are held from the first moment of the new home."""
    taken = date_and_time(work.manifest.taken)
    what = "nâng cấp, bản sao trước đó lúc" if work.upgrade else "khôi phục từ bản sao lúc"
    said = f"{what} {taken}, người làm: {work.by}"
    announce(work.staged, Announced(said, older=not work.upgrade))


def _to_disk(work: PuttingBack) -> None:
    for path in work.staged.rglob("*"):
        if not path.is_symlink():
            to_disk(path)


def _change_places(work: PuttingBack) -> None:
    """From here on the new home is the home."""
    engine_for(work.of.database).dispose()
    exchange(work.staged, work.home)
    (work.home / _UNFINISHED).unlink()


def _hold_letters(work: PuttingBack) -> None:
    """The database itself says so; one that must be migrated first will at the start, by the announcement."""
    if sqlite_file.revision_of(work.home / OURS) == newest_revision():
        with suppress(Refused, SQLAlchemyError):  # the announcement stays where it is, and holds them as well
            notice(work.of)


STEPS: tuple[Callable[[PuttingBack], None], ...] = (
    _lay_out, _put_secrets, _check, _keep_what_is_newer, _migrate, _announce, _to_disk, _change_places, _hold_letters,
)  # fmt: skip
