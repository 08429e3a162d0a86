"""A line of JSON says when, where, what, and at which visit; what is not meant for a log stays out of it."""

import io
import json
import logging
from datetime import datetime

import pytest

from config.log_form import JsonLines, at_work_on
from domain.dates import OFFICE_ZONE


@pytest.fixture
def written() -> tuple[logging.Logger, io.StringIO]:
    """A logger of its own, and what it writes."""
    stream = io.StringIO()
    log = logging.getLogger("thử.dạng")
    log.handlers, log.propagate = [JsonLines(stream, styles={})], False
    return log, stream


def test_a_line_bears_the_visit_and_the_run_at_work_and_no_longer_than_that(
    written: tuple[logging.Logger, io.StringIO],
) -> None:
    log, stream = written
    with at_work_on(7, "a-run"):
        log.warning("thư đi %s", "chậm")
    log.warning("sau đó")

    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["message"], first["visit"], first["run"]) == ("thư đi chậm", 7, "a-run")
    assert (first["level"], first["logger"]) == ("WARNING", "thử.dạng")
    assert datetime.fromisoformat(first["time"]).utcoffset() == datetime.now(OFFICE_ZONE).utcoffset()
    assert "visit" not in second
    assert "thư đi chậm" in stream.getvalue(), "letters stand as they are"


def test_a_traceback_is_one_field_of_the_line(written: tuple[logging.Logger, io.StringIO]) -> None:
    log, stream = written
    try:
        raise ValueError("hỏng\nhai dòng")
    except ValueError:
        log.exception("bước không xong")

    (line,) = map(json.loads, stream.getvalue().splitlines())
    assert "Traceback" in line["exc_info"]
    assert line["exc_info"].endswith("ValueError: hỏng\nhai dòng")


def test_what_somebody_hangs_on_a_record_does_not_get_into_the_log(
    written: tuple[logging.Logger, io.StringIO],
) -> None:
    log, stream = written
    log.warning("thử", extra={"password": "bí mật", "flow_run_id": "a-run"})

    assert "bí mật" not in stream.getvalue()
    assert json.loads(stream.getvalue())["run"] == "a-run"


def test_no_configuration_gives_it_another_form(written: tuple[logging.Logger, io.StringIO]) -> None:
    log, stream = written
    log.handlers[0].setFormatter(logging.Formatter("%(message)s"))
    log.warning("thử")

    assert json.loads(stream.getvalue())["message"] == "thử"
