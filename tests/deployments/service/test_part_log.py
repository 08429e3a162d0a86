"""What is quoted when a part does not start: the error it died of, not the line that happens to be the last."""

from pathlib import Path

import pytest

from deployments.service.part_log import REGISTERED, TELL, PartLog

TRACEBACK = """Traceback (most recent call last):
  File "worker.py", line 63, in run
    result = function()
sqlite3.OperationalError: no such table: flow

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "base.py", line 1977, in execute
    raise exception
sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table: flow
[SQL: SELECT flow.id
FROM flow]
(Background on this error at: https://sqlalche.me/e/21/e3q8)

Server stopped!
"""


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (TRACEBACK, "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no such table: flow"),
        ("ERROR:    [Errno 98] address already in use\nWaiting for shutdown\n",
         "ERROR:    [Errno 98] address already in use"),
        ("08:00:01.000 | ERROR   | prefect - Application startup failed\nbye\n",
         "08:00:01.000 | ERROR   | prefect - Application startup failed"),
        ("máy chủ Prefect chưa trả lời: All connection attempts failed\nkhông ghi được các deployment vào Prefect\n",
         "không ghi được các deployment vào Prefect"),
        ("", "(không ghi gì)"),
    ],
)  # fmt: skip
def test_the_real_error_is_quoted(tmp_path: Path, text: str, error: str) -> None:
    log = PartLog(tmp_path / "server.log")
    log.begin()
    log.path.write_text(text, encoding="utf-8")

    assert log.error() == error


def test_what_an_earlier_start_said_is_not_of_this_one(tmp_path: Path) -> None:
    log = PartLog(tmp_path / "logs" / "runner.log")
    log.begin()
    log.path.write_text(f"ValueError: of the first start\n{TELL}old\n{REGISTERED}\n", encoding="utf-8")
    assert log.has(REGISTERED)

    log.begin()
    with log.path.open("a", encoding="utf-8") as file:
        file.write(f"warming up\n{TELL}dau-thang: đang tạm dừng\n")

    assert (log.has(REGISTERED), log.error()) == (False, f"{TELL}dau-thang: đang tạm dừng")
    assert list(log.told()) == ["dau-thang: đang tạm dừng"]


def test_a_start_that_finds_a_full_log_begins_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that runs for years does not fill the disk; the file before it is kept."""
    monkeypatch.setattr("deployments.service.part_log._FULL", 10)
    log = PartLog(tmp_path / "server.log")
    log.path.write_text("of years ago\n", encoding="utf-8")

    log.begin()
    log.path.write_text(f"{REGISTERED}\n", encoding="utf-8")

    assert log.has(REGISTERED)
    assert (tmp_path / "server.log.1").read_text(encoding="utf-8") == "of years ago\n"
