"""Of several marks of secrecy the highest counts (A20, F27)."""

import pytest

from domain.secrecy import highest


@pytest.mark.parametrize(
    ("marks", "counts"),
    [
        ((), ""), ((None, ""), ""), (("MẬT", None), "MẬT"), (("MẬT", "TỐI MẬT"), "TỐI MẬT"),
        (("TỐI MẬT", "MẬT"), "TỐI MẬT"), (("TUYỆT MẬT", "MẬT", "TỐI MẬT"), "TUYỆT MẬT"),
    ],
)  # fmt: skip
def test_the_highest_mark_counts(marks: tuple[str | None, ...], counts: str) -> None:
    assert highest(marks) == counts


def test_a_mark_that_nobody_knows_counts_as_the_highest() -> None:
    """Rather too little is shown than too much."""
    assert highest(("TUYỆT MẬT", "?", "MẬT")) == "?"
