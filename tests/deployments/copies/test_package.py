"""A copy is opened as something that a stranger may have made: what is not just what was packed is refused in words."""

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import Settings
from deployments.copies import package
from deployments.copies.contents import may_stand_in_a_copy
from deployments.copies.manifest import NAME
from deployments.copies.take import Taken
from domain.problem import Refused
from tests.deployments.copies.conftest import PutBack
from tests.files import contents_of

Parts = dict[str, bytes]


@pytest.mark.parametrize(
    "name",
    ["visits.db", "prefect/prefect.db", "mailbox/0001.eml", "configuration/templates/parts/greeting.txt", "mark.json"],
)
def test_what_belongs_to_a_copy_has_one_of_these_names(name: str) -> None:
    assert may_stand_in_a_copy(name)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd", "../visits.db", "mailbox/../../.bashrc", "mailbox/./0001.eml", "mailbox//0001.eml", "",
        "mailbox",
        "mailbox/new/0001.eml", "mailbox/run.sh", "secrets/record", "secrets", "lock", "unfinished", "put-back.json",
        "visits.db-wal", "visits.db/", "C:\\visits.db", "mailbox\\0001.eml", "mailbox/a\n.eml", "mailbox/\0.eml",
        "configuration/visits.env", "configuration/other/file.txt", "configuration/templates",
        f"mailbox/{'a' * 256}.eml", NAME,
    ],
)  # fmt: skip
def test_any_other_name_does_not(name: str) -> None:
    assert not may_stand_in_a_copy(name)


def again(copy: Path, change: Callable[[Parts, Parts], None]) -> Path:
    """The same copy with other parts; what a change puts into the second is said in the manifest as well."""
    with zipfile.ZipFile(copy) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    told = json.loads(parts[NAME])
    extra: Parts = {}
    change(parts, extra)
    for name, content in extra.items():
        told["files"][name] = {"size": len(content), "sha256": "0" * 64}
    if extra:
        parts |= extra | {NAME: json.dumps(told).encode()}
    changed = copy.with_name("changed.zip")
    with zipfile.ZipFile(changed, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return changed


def a_changed_byte(parts: Parts, _extra: Parts) -> None:
    content = bytearray(parts["visits.db"])
    content[5000] ^= 1
    parts["visits.db"] = bytes(content)


def one_more(parts: Parts, _extra: Parts) -> None:
    parts["mailbox/0002.eml"] = b"x"


def one_less(parts: Parts, _extra: Parts) -> None:
    del parts["mailbox/0001.eml"]


def a_way_out(_parts: Parts, extra: Parts) -> None:
    extra["mailbox/../../out.eml"] = b"x"


def an_absolute_way(_parts: Parts, extra: Parts) -> None:
    extra["/tmp/out.eml"] = b"x"


def a_secret(_parts: Parts, extra: Parts) -> None:
    extra["secrets/record"] = b"one that somebody else knows"


def no_manifest(parts: Parts, _extra: Parts) -> None:
    del parts[NAME]


def another_manifest(parts: Parts, _extra: Parts) -> None:
    parts[NAME] = b"[" * 100_000


def no_database(parts: Parts, _extra: Parts) -> None:
    told = json.loads(parts[NAME])
    del told["files"]["visits.db"], parts["visits.db"]
    parts[NAME] = json.dumps(told).encode()


CHANGES = {
    a_changed_byte: "visits.db không phải tệp đã sao", one_more: "không phải các tệp đã kê",
    one_less: "không phải các tệp đã kê", a_way_out: "tệp không thuộc bản sao",
    an_absolute_way: "tệp không thuộc bản sao",
    a_secret: "tệp không thuộc bản sao", no_manifest: "thiếu tệp kê", another_manifest: "không đọc được",
    no_database: "thiếu cơ sở dữ liệu",
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_a_copy_that_was_changed_is_refused_and_nothing_is_put_back(
    change: Callable[[Parts, Parts], None], taken: Taken, elsewhere: Settings, put: PutBack
) -> None:
    changed = again(taken.path, change)

    with pytest.raises(Refused, match=CHANGES[change]):
        put(changed, elsewhere)

    left = contents_of(elsewhere.folder.parent) if elsewhere.folder.parent.exists() else {}
    assert set(left) <= {"live/lock"}


def test_a_link_a_second_name_and_a_strange_way_of_packing_are_refused(taken: Taken) -> None:
    for kind, fault in (("link", "không phải tệp thường"), ("twice", "hai lần"), ("lzma", "nén kiểu lạ")):
        changed = taken.path.with_name(f"{kind}.zip")
        with zipfile.ZipFile(taken.path) as packed, zipfile.ZipFile(changed, "w") as to:
            for name in packed.namelist():
                about = zipfile.ZipInfo(name)
                if kind == "link" and name == "mailbox/0001.eml":
                    about.external_attr = (stat.S_IFLNK | 0o777) << 16
                if kind == "lzma" and name == "mailbox/0001.eml":
                    about.compress_type = zipfile.ZIP_LZMA
                to.writestr(about, packed.read(name))
                if kind == "twice" and name == "mailbox/0001.eml":
                    with pytest.warns(UserWarning, match="Duplicate"):
                        to.writestr(name, b"another")
        with pytest.raises(Refused, match=fault), package.opened(changed):
            pass


def test_a_file_that_unpacks_to_more_than_is_said_is_cut_off_there(taken: Taken, tmp_path: Path) -> None:
    """Sizes in the table of contents lie as easily as those in the manifest."""
    changed = taken.path.with_name("bomb.zip")
    with zipfile.ZipFile(taken.path) as packed, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as to:
        for name in packed.namelist():
            to.writestr(name, bytes(50_000_000) if name == "mailbox/0001.eml" else packed.read(name))
        to.getinfo("mailbox/0001.eml").file_size = packed.getinfo("mailbox/0001.eml").file_size

    with package.opened(changed) as copy, pytest.raises(Refused, match="bản sao hỏng hoặc đã bị sửa"):
        copy.lay_out("mailbox/0001.eml", tmp_path / "out.eml")
    assert (tmp_path / "out.eml").stat().st_size < 2**21


@pytest.mark.parametrize("cut", [0, 10, 5000])
def test_half_a_copy_is_none(taken: Taken, cut: int) -> None:
    half = taken.path.with_name("half.zip")
    half.write_bytes(taken.path.read_bytes()[:cut])
    with pytest.raises(Refused, match="không phải tệp ZIP trọn vẹn"), package.opened(half):
        pass


def test_a_copy_larger_than_the_disk_is_refused_before_anything_is_written(
    taken: Taken, elsewhere: Settings, put: PutBack
) -> None:
    with zipfile.ZipFile(taken.path) as packed:
        told = json.loads(packed.read(NAME))
        rest = {name: packed.read(name) for name in packed.namelist() if name != NAME}
    told["files"]["mailbox/0001.eml"]["size"] = 2**60
    huge = taken.path.with_name("huge.zip")
    with zipfile.ZipFile(huge, "w") as packed:
        for name, content in {**rest, NAME: json.dumps(told).encode()}.items():
            packed.writestr(name, content)
        packed.getinfo("mailbox/0001.eml").file_size = 2**60

    with pytest.raises(Refused, match=r"bản sao cần \d+ MB, đĩa còn"):
        put(huge, elsewhere)
    assert set(contents_of(elsewhere.folder.parent)) == {"live/lock"}
