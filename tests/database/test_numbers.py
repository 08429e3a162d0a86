"""The register of numbers: one series per organ, type and term, gaps and cancelled numbers visible (F22)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from answers import register
from answers.answering import Giver
from config.settings import Settings, settings
from database import numbers
from database.engine import reading
from database.numbers import Series
from domain.problem import Refused

TB = Series("BTCTU", "TB", "2020-2025")
CLERK = Giver("Lê Văn Giả Định", "cli")


def entries(series: Series = TB) -> list[tuple[int, str]]:
    """The register as numbers and states."""
    with reading(settings().database) as session:
        return [(entry.number, entry.state) for entry in numbers.register(session, series)]


@pytest.mark.usefixtures("office")
def test_an_empty_register_begins_with_01() -> None:
    assert entries() == []
    assert register.reserve(TB, None, CLERK) == "01-TB/BTCTU"


@pytest.mark.usefixtures("office")
def test_gaps_reserved_and_cancelled_numbers_stay_visible() -> None:
    register.reserve(TB, 120, CLERK, "thông báo tháng 3")
    register.cancel(TB, 122, CLERK, "viết hỏng")

    assert entries() == [(120, "reserved"), (121, "gap"), (122, "cancelled")]
    assert register.reserve(TB, None, CLERK) == "123-TB/BTCTU"


@pytest.mark.usefixtures("office")
def test_a_reserved_number_may_be_given_up_and_is_then_gone_for_good() -> None:
    register.reserve(TB, 120, CLERK)
    register.cancel(TB, 120, CLERK, "không dùng")

    assert entries() == [(120, "cancelled")]
    with pytest.raises(Refused, match=r"số 120-TB/BTCTU đã hủy \(không dùng\)"):
        register.reserve(TB, 120, CLERK)


@pytest.mark.usefixtures("office")
def test_a_number_is_given_up_only_with_a_reason() -> None:
    with pytest.raises(Refused, match="hủy số cần lý do"):
        register.cancel(TB, 120, CLERK, " ")


@pytest.mark.usefixtures("office")
def test_series_of_other_types_and_terms_are_apart() -> None:
    register.reserve(TB, 120, CLERK)

    assert register.reserve(Series("BTCTU", "BC", "2020-2025"), 120, CLERK) == "120-BC/BTCTU"
    assert register.reserve(Series("BTCTU", "TB", "2025-2030"), None, CLERK) == "01-TB/BTCTU"


@pytest.mark.usefixtures("office")
def test_an_unknown_type_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match="ghi một trong: BC, CV, GM, KH, TB"):
        register.reserve(Series("BTCTU", "QĐ", "2020-2025"), 1, CLERK)


@pytest.mark.parametrize("number", [0, -1, 100_000])
@pytest.mark.usefixtures("office")
def test_what_is_no_number_is_refused(number: int) -> None:
    with pytest.raises(Refused, match="không phải số văn bản"):
        register.reserve(TB, number, CLERK)


def test_eight_clerks_at_once_get_eight_numbers(office: Settings) -> None:
    barrier = Barrier(8)

    def act(_place: int) -> str:
        barrier.wait()
        return register.reserve(TB, None, CLERK)

    with ThreadPoolExecutor(8) as pool:
        symbols = list(pool.map(act, range(8)))

    assert office.mode == "rehearsal"
    assert sorted(symbols) == [f"{number:02d}-TB/BTCTU" for number in range(1, 9)]
