"""What of an issued document was wrong is told in words, and by the paper that is right (F18, F22, F23)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.correction import IssuedAs, PaperCorrection
from domain.letters_and_documents import Purpose
from domain.plan import Signer

HEAD = Signer("", "TRƯỞNG BAN", "Nguyễn Văn Ví Dụ")
DEPUTY = Signer("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Trần Thị Minh Họa")
RIGHT = IssuedAs("80-TB/BTCTU", date(2024, 3, 22), HEAD)


def corrected(**wrong: object) -> PaperCorrection:
    return PaperCorrection(Purpose.SELECTION_NOTICE, 1, replace(RIGHT, **wrong), RIGHT, "Nhầm dòng")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signer", "told"),
    [
        (HEAD, "Nguyễn Văn Ví Dụ (TRƯỞNG BAN)"),
        (DEPUTY, "Trần Thị Minh Họa (K/T TRƯỞNG BAN, PHÓ TRƯỞNG BAN)"),
        (Signer("", "", "Lê Văn Giả Định"), "Lê Văn Giả Định"),
    ],
)
def test_whoever_signed_is_told_with_the_office_held(signer: Signer, told: str) -> None:
    assert replace(RIGHT, signer=signer).signed_by == told


@pytest.mark.parametrize(
    ("wrong", "differences"),
    [
        ({"symbol": "81-TB/BTCTU"}, [("số", "81-TB/BTCTU", "80-TB/BTCTU")]),
        ({"issued_on": date(2024, 3, 21)}, [("ngày", "21/3/2024", "22/3/2024")]),
        (
            {"signer": DEPUTY},
            [("người ký", "Trần Thị Minh Họa (K/T TRƯỞNG BAN, PHÓ TRƯỞNG BAN)", "Nguyễn Văn Ví Dụ (TRƯỞNG BAN)")],
        ),
        ({}, []),
    ],
)
def test_what_differs_is_told_and_nothing_else(
    wrong: dict[str, object], differences: list[tuple[str, str, str]]
) -> None:
    assert list(corrected(**wrong).differences()) == differences


def test_a_paper_with_another_number_takes_the_place_of_the_wrong_one() -> None:
    one = corrected(symbol="81-TB/BTCTU", issued_on=date(2024, 3, 21))
    assert one.renumbered
    assert one.sentence("thông báo") == "Thông báo này thay thế thông báo số 81-TB/BTCTU, ngày 21/3/2024."


def test_a_paper_under_the_same_number_says_what_of_it_is_corrected() -> None:
    one = corrected(issued_on=date(2024, 3, 21), signer=Signer("", "TRƯỞNG BAN", "Lê A"))
    assert not one.renumbered
    assert one.sentence("thông báo") == (
        "Thông báo này đính chính thông báo số 80-TB/BTCTU, ngày 21/3/2024: ngày 22/3/2024 (bản trước ghi 21/3/2024); "
        "người ký Nguyễn Văn Ví Dụ (TRƯỞNG BAN) (bản trước ghi Lê A (TRƯỞNG BAN))."
    )
