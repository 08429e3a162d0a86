"""What people decide and is stored as it is: a guest's invitation stands or does not, turn by turn."""

import pytest

from domain.decision import Acceptance, Guest


@pytest.mark.parametrize(("turns", "invited"), [(1, True), (2, False), (3, True), (4, False), (5, True)])
def test_an_invitation_stands_at_every_other_turn(turns: int, invited: bool) -> None:
    """Invited, taken back, invited again."""
    assert Guest(1, "Nguyễn Văn A", "a@b.example", turns=turns).invited is invited


def test_a_new_guest_is_invited_and_an_acceptance_says_nothing_that_nobody_said() -> None:
    assert Guest(1, "Nguyễn Văn A", "a@b.example").invited
    assert Guest(1, "Nguyễn Văn A", "a@b.example").turns == 1
    assert not Acceptance("đơn vị vừa kiện toàn").incomplete


@pytest.mark.parametrize(
    ("late", "incomplete", "takes"), [((), False, False), ((2,), False, True), ((), True, True), ((1, 2), True, True)]
)
def test_a_leaders_word_takes_something_where_it_lets_pass_a_late_meeting_or_a_list_without_a_cell(
    late: tuple[int, ...], incomplete: bool, takes: bool
) -> None:
    """A5, A6."""
    assert Acceptance("kiện toàn", late, incomplete).takes_any is takes
