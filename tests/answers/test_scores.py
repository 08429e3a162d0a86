"""Scoring an attended meeting: what is taken, what is refused and why, and that nothing given is lost (4.5)."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from answers.answering import Giver
from config.settings import settings, use
from database import stored
from database.engine import reading, writing
from database.models import AnswerRow, AuditRow
from domain.problem import Refused
from domain.score_sheet import ScoreSheet, Whose, fingerprint
from tests.desk import Desk
from tests.may import INSPECTOR, OFFICER
from tests.workbooks import DETAILED, FRAME, INPUTS, given, marked

OTHER = Giver("Hoàng Văn Mẫu", "cli")
KINDS = ("selection_notice", "group_report", "result_notice")


@pytest.fixture
def met(desk: Desk) -> Desk:
    """The first meeting was attended on 14/5/2024; it is 18/5."""
    desk.until_met()
    return desk


def faults(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """The problems of a refusal."""
    return [str(one) for one in refused.value.problems]


def test_a_sheet_is_kept_whole_with_who_when_and_by_which_rubric(met: Desk) -> None:
    sheet = given()

    (row,) = met.answers("score")
    assert (row.by, row.source, row.version) == (INSPECTOR.name, "cli", 1)
    assert (row.content["meeting"], row.content["whose"]) == (1, "group")
    assert (row.content["rubric"]["id"], row.content["rubric"]["version"]) == (FRAME, 1)
    assert row.content["rubric_hash"] == fingerprint(sheet.rubric)
    assert row.content["inputs"]["marks"]["attendance_share"] == "4.5"
    assert (row.content["score"]["value"], row.content["score"]["grade"]) == ("91.5", "Tốt")


def test_half_points_are_taken_and_quarters_are_not(met: Desk) -> None:
    assert given(marked(conducted="35.5")).score.value == 91

    with pytest.raises(Refused) as refused:
        given(marked(conducted="35.25"))

    assert faults(refused) == [
        "Trình tự, nội dung, thảo luận, biên bản (conducted): "
        "35,25 không phải điểm từ 0 đến 40, lẻ nửa điểm → ghi như 4 hoặc 4.5"
    ]
    assert len(met.answers("score")) == 1


def test_every_fault_is_told_at_once_with_the_name_of_its_criterion(met: Desk) -> None:
    wrong = replace(marked(closed="6", prepared="11"), measures={"members": Decimal(3)})

    with pytest.raises(Refused) as refused:
        given(wrong)

    assert [one.split(":")[0] for one in faults(refused)] == [
        "members", "Chuẩn bị nội dung, tài liệu, dự thảo nghị quyết (prepared)",
        "Kết luận, nghị quyết, cập nhật sổ tay (closed)",
    ]  # fmt: skip
    assert met.answers("score") == []


def test_a_share_of_nobody_divides_by_nothing(met: Desk) -> None:
    nobody = {"present": Decimal(0), "expected": Decimal(0), "tasks_due": Decimal(0), "tasks_done": Decimal(0)}

    sheet = given(replace(INPUTS, marks={}, measures=nobody), rubric=DETAILED)

    assert (
        sheet.score.line("attendance_share").why == "không áp dụng: “Số đảng viên phải dự (trừ người được miễn)” bằng 0"
    )
    assert met.answers("score")


def test_an_incomplete_sheet_is_taken_without_a_grade(met: Desk) -> None:
    sheet = given(marked(closed=""))

    assert (sheet.score.missing, sheet.score.grade) == (("closed",), "")
    assert met.answers("score")[0].content["score"]["missing"] == ["closed"]


def test_before_the_day_of_the_meeting_nothing_is_scored_and_on_it_it_is(desk: Desk) -> None:
    desk.until_issued()
    desk.set_clock(2024, 5, 13, 23)
    with pytest.raises(Refused, match=r"chưa tới ngày sinh hoạt \(14/5/2024\)"):
        given()

    desk.set_clock(2024, 5, 14, 8)

    assert given().score.grade == "Tốt"


def test_before_the_choice_nothing_is_scored(desk: Desk) -> None:
    desk.until_listed()

    with pytest.raises(Refused, match="chưa chọn nơi dự"):
        given()
    assert desk.answers("score") == []


def test_a_meeting_that_nobody_attended_is_not_scored(met: Desk) -> None:
    with pytest.raises(Refused, match="số 2 không phải nơi được chọn → nơi được chọn: 1"):
        given(meeting=2)
    assert met.answers("score") == []


def test_a_closed_visit_is_scored_no_more(met: Desk) -> None:
    with writing(settings().database) as session:
        session.merge(met.visit).state = "closed"

    with pytest.raises(Refused, match="đã kết thúc"):
        given()


def test_what_has_been_approved_and_issued_does_not_stop_a_score(desk: Desk) -> None:
    desk.until_reported()

    assert given().score.value == Decimal("91.5")


@pytest.fixture
def rubric_with(tmp_path: Path) -> Callable[..., None]:
    """Makes the frame, changed, the office's only rubric."""

    def changed(**words: str) -> None:
        text = (settings().rubrics / "vi-du-42hd-khung.yaml").read_text("utf-8")
        for old, new in words.items():
            line = next(line for line in text.splitlines() if line.startswith(old))
            text = text.replace(line, f"{old}: {new}")
        (tmp_path / "khung.yaml").write_text(text, "utf-8")
        use(settings().model_copy(update={"rubrics": tmp_path}))

    return changed


def test_a_rubric_for_another_kind_of_meeting_is_refused(met: Desk, rubric_with: Callable[..., None]) -> None:
    rubric_with(meeting_kinds="[regular]")

    with pytest.raises(Refused, match=f"phiếu “{FRAME}” không dùng cho sinh hoạt chuyên đề năm 2024"):
        given()
    assert met.answers("score") == []


def test_a_rubric_for_another_year_is_refused(met: Desk, rubric_with: Callable[..., None]) -> None:
    rubric_with(example="true\nyears: [2026]")

    with pytest.raises(Refused, match="không dùng cho sinh hoạt chuyên đề năm 2024 → dùng được: chưa có phiếu nào"):
        given()
    assert met.answers("score") == []


def test_an_unknown_rubric_is_refused_with_those_there_are(met: Desk) -> None:
    with pytest.raises(Refused, match=f"không có phiếu “dong_nai” → dùng được: {DETAILED}, {FRAME}"):
        given(rubric="dong_nai")
    assert met.answers("score") == []


def test_a_sheet_for_another_kind_than_the_meetings_is_refused(met: Desk) -> None:
    with pytest.raises(Refused, match="buổi này là sinh hoạt chuyên đề, phiếu ghi “regular”"):
        given(replace(INPUTS, kind="regular"))
    assert met.answers("score") == []


def test_what_is_left_out_needs_a_reason(met: Desk) -> None:
    with pytest.raises(Refused, match="chưa ghi vì sao không áp dụng"):
        given(replace(INPUTS, not_applicable={"closed": " "}))

    assert given(replace(INPUTS, not_applicable={"closed": "sinh hoạt ngoài trời"})).score.grade == "Tốt"
    assert len(met.answers("score")) == 1


def test_a_person_scores_anew_and_the_earlier_sheet_stays(met: Desk) -> None:
    given()
    given(marked(conducted="30"), seen=1)

    assert [row.content["score"]["value"] for row in met.answers("score")] == ["91.5", "85.5"]


def test_who_has_not_seen_his_newest_sheet_is_told_of_it(met: Desk) -> None:
    given(seen=0)

    with pytest.raises(Refused, match="Phạm Thị Thí Dụ đã ghi phiếu này lúc 09:00 18/05/2024"):
        given(marked(conducted="30"), seen=0)
    with pytest.raises(Refused, match="phiếu này chưa có trước đó"):
        given(by=OTHER, seen=1)

    assert len(met.answers("score")) == 1


def test_another_members_sheet_is_in_nobodys_way(met: Desk) -> None:
    given(seen=0)
    given(marked(conducted="30"), OTHER, seen=0)
    given(marked(conducted="31"), seen=1)

    assert [row.by for row in met.answers("score")] == [INSPECTOR.name, OTHER.name, INSPECTOR.name]


def test_the_units_own_sheet_is_one_whoever_types_it(met: Desk) -> None:
    given(by=OFFICER, whose=Whose.OWN, seen=0)

    with pytest.raises(Refused, match="Nguyễn Văn Ví Dụ đã ghi phiếu này"):
        given(by=OTHER, whose=Whose.OWN, seen=0)
    assert given(by=OTHER, whose=Whose.OWN, seen=1).whose is Whose.OWN
    assert len(met.answers("score")) == 2


def test_a_score_is_in_the_record_and_wakes_nobody(met: Desk) -> None:
    """P7; no step waits for a score (design §9.8)."""
    before = met.visit.wake_wanted

    given()

    assert met.visit.wake_wanted == before
    with reading(settings().database) as session:
        (line,) = session.query(AuditRow).filter_by(what="chấm điểm").all()
        assert (line.who, line.visit_id) == (INSPECTOR.name, met.visit.id)


def test_a_stored_sheet_gives_its_stored_total_again_after_its_file_has_changed(
    met: Desk, rubric_with: Callable[..., None]
) -> None:
    given(marked(conducted="33.5"))
    rubric_with(label="Phiếu đã sửa", version="2")
    given(marked(conducted="33.5"), OTHER)

    assert len(met.answers("score")) == 2
    with reading(settings().database) as session:
        rows = session.query(AnswerRow).filter_by(kind="score").order_by(AnswerRow.version).all()
        sheets = [stored.value_of(row, ScoreSheet) for row in rows]
    assert [one.rubric.version for one in sheets] == [1, 2]
    assert sheets[0].rubric_hash != sheets[1].rubric_hash
    assert all(one.is_reproduced for one in sheets)


def test_the_grade_of_a_score_sheet_stands_in_the_notice_and_the_approved_report_stays_approved(desk: Desk) -> None:
    """The sheet is optional. A grade that comes late makes a new draft of the notice, which a leader then approves."""
    desk.until_reported()
    assert "xếp loại" not in desk.documents("result_notice")[-1].body

    given()
    desk.run_step(5)
    desk.go_on()

    assert [one.state for one in desk.documents("group_report")] == ["approved"]
    assert [one.state for one in desk.documents("result_notice")] == ["superseded", "draft"]
    assert "chất lượng sinh hoạt xếp loại" in desk.documents("result_notice")[-1].body
    assert desk.approve("result")
