"""Each kind of answer is named, and so is what its giver did."""

from domain.answer_kind import AnswerKind


def test_each_kind_has_a_name_and_says_what_was_done() -> None:
    assert all(one.called and one.did for one in AnswerKind)
    assert len({one.did for one in AnswerKind}) == len(AnswerKind)
    assert (AnswerKind.CHOICE.called, AnswerKind.CHOICE.did) == ("lựa chọn", "chọn nơi dự")
