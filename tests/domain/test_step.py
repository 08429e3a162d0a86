"""The steps of each kind of run: their order, and their names as staff read them on the time line (R40–R48)."""

import pytest

from domain.obligation import FollowUpStep, PlanStep, SelfReportStep, SummaryStep
from domain.step import RunStep, Step


@pytest.mark.parametrize(
    ("steps", "titles"),
    [
        (
            Step,
            [
                "1 · Đề nghị danh sách", "2 · Kiểm tra thời hạn", "3 · Chọn chi bộ chuyên đề", "4 · Thông báo, mời dự",
                "5 · Thu kết quả giám sát", "6 · Thông báo kết quả",
            ],
        ),
        (SelfReportStep, ["1 · Đề nghị báo cáo", "2 · Nhận báo cáo", "3 · Xem xét báo cáo"]),
        (PlanStep, ["1 · Phát hành kế hoạch", "2 · Gửi kế hoạch"]),
        (SummaryStep, ["1 · Tổng hợp số liệu", "2 · Duyệt, phát hành báo cáo"]),
        (FollowUpStep, ["1 · Theo dõi kiến nghị"]),
    ],
)  # fmt: skip
def test_the_steps_are_numbered_from_one_without_gaps_and_each_has_its_title(
    steps: type[RunStep], titles: list[str]
) -> None:
    assert [step.value for step in steps] == list(range(1, len(titles) + 1))
    assert [step.title for step in steps] == titles


def test_a_step_without_words_of_its_own_is_told_by_number_and_name() -> None:
    class Trial(RunStep):
        LOOK = 1

    assert Trial.LOOK.title == "1 · LOOK"
