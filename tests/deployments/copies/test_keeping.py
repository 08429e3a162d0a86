"""Of copies the newest few stay; the doctor knows how old the last one is and whether it can be read."""

from datetime import timedelta
from pathlib import Path

from config.settings import Copies, Settings, use
from deployments.copies.keeping import copies_in, keep_newest, look
from deployments.copies.take import take
from tests.deployments.copies.conftest import NOW


def test_the_newest_few_stay_and_nothing_else_is_touched(tmp_path: Path) -> None:
    for day in range(10, 20):
        (tmp_path / f"visits-2024-05-{day}_021500.zip").touch()
    others = ("visits-rehearsal-2024-05-01_021500.zip", "visits-of-may.zip", "minutes.docx")
    for name in others:
        (tmp_path / name).touch()
    newest = tmp_path / "visits-2024-05-19_021500.zip"

    gone = keep_newest(newest, "live", 7)

    assert [path.name[15:17] for path in gone] == ["10", "11", "12"]
    assert [path.name[15:17] for path in copies_in(tmp_path, "live")] == [str(day) for day in range(13, 20)]
    assert all((tmp_path / name).exists() for name in others)
    assert keep_newest(newest, "live", 7) == []


def test_the_copy_just_taken_stays_though_a_wrong_clock_has_named_others_later(tmp_path: Path) -> None:
    for year in (2031, 2032):
        (tmp_path / f"visits-{year}-05-01_021500.zip").touch()
    taken = tmp_path / "visits-2024-05-01_021500.zip"
    taken.touch()

    keep_newest(taken, "live", 1)

    assert copies_in(tmp_path, "live") == [taken]


def said(of: Settings, days: float = 0) -> list[str]:
    return [f"{one.fault}{' (cảnh báo)' if one.warning else ''}" for one in look(use(of), NOW + timedelta(days=days))]


def test_the_doctor_says_that_there_is_none_that_it_is_old_or_that_it_cannot_be_read(
    live: Settings, copies: Path
) -> None:
    assert said(live) == ["chưa đặt nơi để bản sao: máy hỏng thì mất hết (cảnh báo)"]
    of = live.model_copy(update={"copies": Copies(folder=copies)})
    assert said(of) == ["chưa có bản sao nào"]
    taken = take(of, copies, NOW)
    assert said(of, days=1) == []
    assert said(of, days=3) == ["bản sao mới nhất từ 2 giờ 15, thứ Sáu, ngày 03/5/2024, quá 2 ngày"]
    content = bytearray(taken.path.read_bytes())
    content[3000] ^= 1
    taken.path.write_bytes(content)
    assert len(said(of)) == 1
    assert "bản sao hỏng hoặc đã bị sửa" in said(of)[0]
    assert said(live.model_copy(update={"mode": "rehearsal"})) == []
