"""What has become of a letter follows from what has become of each of its recipients."""

import pytest

from domain.post import called, has_reached, letter_state, told


@pytest.mark.parametrize(
    ("addressee", "copies", "state"),
    [
        ("sent", (), "sent"),
        ("sent", ("sent", "sent"), "sent"),
        ("sent", ("sent", "refused"), "partly"),
        ("refused", ("sent",), "refused"),
        ("refused", ("refused",), "refused"),
        ("sent", ("queued", "refused"), "queued"),  # as long as something is open, nothing is decided
        ("sent", ("queued", "uncertain"), "uncertain"),
        ("queued", ("sending",), "sending"),
        ("held", ("sent",), "held"),
        ("withheld", ("on_paper",), "withheld"),
        ("on_paper", ("refused",), "on_paper"),
    ],
)
def test_the_addressee_decides_once_nothing_is_open(addressee: str, copies: tuple[str, ...], state: str) -> None:
    assert letter_state(addressee, *copies) == state


@pytest.mark.parametrize(
    ("recipients", "line"),
    [
        ([("vpnt@dongnai.vn", "đã gửi"), ("btc@dongnai.vn", "đã gửi")], "vpnt@dongnai.vn, btc@dongnai.vn"),
        ([("vpnt@dongnai.vn", "bị từ chối"), ("btc@dongnai.vn", "bị từ chối")], "vpnt@dongnai.vn, btc@dongnai.vn"),
        (
            [("vpnt@dongnai.vn", "đã gửi"), ("btc@dongnai.vn", "bị từ chối")],
            "vpnt@dongnai.vn, btc@dongnai.vn (bị từ chối)",
        ),
        (
            [("vpnt@dongnai.vn", "đã trả lại"), ("btc@dongnai.vn", "đã gửi")],
            "vpnt@dongnai.vn (đã trả lại), btc@dongnai.vn",
        ),
        (
            [("vpnt@dongnai.vn", "chưa rõ"), ("btc@dongnai.vn", "chờ gửi")],
            "vpnt@dongnai.vn (chưa rõ), btc@dongnai.vn (chờ gửi)",
        ),
    ],
)
def test_what_became_of_it_is_said_only_where_it_differs_and_of_who_has_not_got_it(
    recipients: list[tuple[str, str]], line: str
) -> None:
    assert told(recipients) == line


@pytest.mark.parametrize(
    ("states", "reached"),
    [
        ([], False),
        (["queued", "refused", "withheld", "withdrawn"], False),
        (["refused", "sent"], True),
        (["uncertain"], True),  # he may have it, so he must hear of what comes after
        (["sending"], True),
        (["held"], True),
        (["on_paper"], True),
    ],
)
def test_who_may_have_the_letter_counts_as_reached(states: list[str], reached: bool) -> None:
    assert has_reached(states) is reached


def test_what_was_given_back_is_told_apart_from_what_was_refused() -> None:
    assert [called(state) for state in ("refused", "partly", "sent")] == [
        "bị từ chối", "đã gửi, bản đồng gửi bị từ chối", "đã gửi",
    ]  # fmt: skip
    assert [called(state, returned=True) for state in ("refused", "partly", "sent")] == [
        "đã trả lại", "đã gửi, bản đồng gửi bị trả lại", "đã gửi",
    ]  # fmt: skip
