"""Takes a copy of everything while the service runs: nothing in it refers to what is not there (0043)."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from config.mail_server_file import password_file
from config.secret import MAIL, NAMES, found
from config.settings import PLACE, Settings
from database.growth import LEAST_ROOM
from database.kept_log import refuse_incomplete
from database.record.key import known_key
from deployments.copies import package, prefect_server, server, sqlite_file
from deployments.copies.checking import faults_of_record
from deployments.copies.contents import BESIDE, OURS, PREFECTS, PREFECTS_DUMP, SEALED, configuration_of, letters_of
from deployments.copies.exchange import to_disk
from deployments.copies.manifest import Manifest
from deployments.copies.sealing import seal
from domain.problem import Problem, Refused

#: Beside the secrets of the home: the file of settings, which holds the password of the mail server.
ENVIRONMENT = "environment"


@dataclass(frozen=True)
class Taken:
    """A copy that is on the disk and was read back."""

    path: Path
    manifest: Manifest
    faults: tuple[Problem, ...]  #: what is wrong with the record that was copied; the copy itself is whole


def take(of: Settings, folder: Path, now: datetime, passphrase: str = "", *, with_prefect: bool = True) -> Taken:
    """Copy databases, letters, configuration and, under a passphrase, the secrets into one file in that folder.

    `Refused` when that cannot be done; then nothing is left behind, and earlier copies are untouched.
    """
    _check(of, folder)
    path = folder / f"visits-{'rehearsal-' if of.mode == 'rehearsal' else ''}{now:%Y-%m-%d_%H%M%S}.zip"
    if path.exists():
        raise Refused(Problem(str(path), "đã có bản sao này", "chờ một giây rồi sao lại"))
    with _beside(folder) as staged:
        _gather(of, staged, passphrase, with_prefect)
        faults = tuple(faults_of_record(of, staged))
        unfinished = staged / "unfinished.zip"
        whole = package.write(unfinished, _about(of, staged, now), _files(of, staged), known_key())
        with package.opened(unfinished) as copy:
            copy.read_through()
        unfinished.rename(path)
    to_disk(folder)
    return Taken(path, whole, faults)


def _check(of: Settings, folder: Path) -> None:
    on_server = server.is_on_server(of)
    if of.database_url and not on_server:
        fault = "chỉ sao được PostgreSQL hoặc tệp SQLite trong thư mục dịch vụ"
        raise Refused(Problem("VISITS_DATABASE_URL", fault, "bỏ VISITS_DATABASE_URL, hoặc ghi địa chỉ postgresql://…"))
    database = of.folder / OURS
    if not on_server and not database.exists():
        raise Refused(Problem(str(database), "chưa có cơ sở dữ liệu để sao", "xem VISITS_HOME, VISITS_MODE"))
    refuse_incomplete(of.database)
    if folder.absolute().resolve().is_relative_to(of.folder.absolute().resolve()):
        fault = "nơi để bản sao nằm trong chính thư mục dịch vụ: mất thì mất cả hai"
        raise Refused(Problem(str(folder), fault, "chọn thư mục khác, tốt nhất là ổ đĩa khác"))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Refused(Problem(str(folder), f"không tạo được thư mục: {error.strerror}", "xem quyền ghi")) from None
    _need_room(of, folder, server.size(of.database) if on_server else database.stat().st_size)


def _need_room(of: Settings, folder: Path, database: int) -> None:
    prefects = of.folder / PREFECTS
    sizes = [database, *(path.stat().st_size for path in (prefects,) if path.exists())]
    sizes += [path.stat().st_size for _name, path in letters_of(of)]
    needed, free = 2 * sum(sizes) + LEAST_ROOM, shutil.disk_usage(folder).free
    if free < needed:
        fault = f"đĩa còn {free // 2**20} MB, bản sao cần {needed // 2**20} MB"
        raise Refused(Problem(str(folder), fault, "dọn đĩa hoặc chọn nơi khác"))


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A place in the same folder for what is unfinished; one that a killed process has left is taken away."""
    for left in folder.glob(".unfinished-*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        staged = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder))
    except OSError as error:
        raise Refused(Problem(str(folder), f"không ghi được: {error.strerror}", "xem quyền ghi, ổ đĩa")) from None
    try:
        yield staged
    except OSError as error:
        fault = f"không ghi trọn được bản sao: {error.strerror}"
        raise Refused(Problem(str(folder), fault, "xem chỗ trống và quyền ghi")) from None
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _gather(of: Settings, staged: Path, passphrase: str, with_prefect: bool) -> None:
    """Heads first, for no head may speak of a line that the database lacks; then our database, then what its rows refer
    to: runs of Prefect here, letters when they are packed. Whatever comes in between is in the later one alone."""
    for name in BESIDE:
        if (of.folder / name).exists():
            shutil.copyfile(of.folder / name, staged / name)
    if server.is_on_server(of):
        server.copy_at_one_moment(of.database, staged / OURS)
    else:
        sqlite_file.copy_at_one_moment(of.folder / OURS, staged / OURS)
        refuse_incomplete(of.database)
    if with_prefect and (of.folder / PREFECTS).exists() and prefect_server.address_of(of) is None:
        sqlite_file.copy_at_one_moment(of.folder / PREFECTS, staged / PREFECTS)
    elif with_prefect:
        prefect_server.copy_at_one_moment(of, staged / PREFECTS_DUMP)
    for name in (OURS, PREFECTS):
        if (staged / name).exists() and (fault := sqlite_file.fault_of(staged / name)):
            remedy = "khôi phục từ bản sao trước" if name == OURS else "thêm --without-prefect; lượt chạy được tạo lại"
            raise Refused(Problem(str(of.folder / name), f"tệp cơ sở dữ liệu hỏng: {fault}", remedy))
    if passphrase:
        (staged / SEALED).write_bytes(seal(_secrets(of), passphrase))


def _secrets(of: Settings) -> dict[str, str]:
    """Every secret that is there, wherever it came from, and the office's file of settings."""
    known = {name: value for name in NAMES if (value := found(name, of))}
    if (at_desk := password_file(of)).exists():
        known[MAIL] = at_desk.read_text("utf-8")
    environment = PLACE / "local" / "visits.env"
    return {**known, ENVIRONMENT: environment.read_text("utf-8")} if environment.exists() else known


def _files(of: Settings, staged: Path) -> Iterator[tuple[str, Path]]:
    for name in (OURS, PREFECTS, PREFECTS_DUMP, *BESIDE, SEALED):
        if (staged / name).exists():
            yield name, staged / name
    yield from letters_of(of)
    yield from configuration_of(of)


def _about(of: Settings, staged: Path, now: datetime) -> Manifest:
    lines, last = sqlite_file.length_of_record(staged / OURS)
    return Manifest(now, of.mode, program_version(), sqlite_file.revision_of(staged / OURS), lines, last)


def program_version() -> str:
    """The version of this program as it was installed."""
    try:
        return version("party-visits")
    except PackageNotFoundError:
        return "?"
