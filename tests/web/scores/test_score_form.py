"""Scoring a meeting at the desk: criteria by their kind, points seen before they count, both sides compared (4.5)."""

import re

import pytest

from answers.answering import Giver
from config.settings import settings
from database.engine import writing
from domain.score_sheet import Whose
from tests.desk import Desk
from tests.may import MAY, OFFICER
from tests.web.conftest import ROLES, AsRole, Visitor
from tests.web.looking import queries_for
from tests.workbooks import DETAILED, FRAME, MARKS, given, marked

VISIT = f"/chuyen/{MAY}"
URL = f"{VISIT}/cham-diem/1"

#: The frame, complete: 91,5 points.
FILLED = {
    "do": "preview", "rubric": FRAME, "whose": "group", "seen-group": "0", "seen-own": "0",
    **{f"mark-{name}": f"{points}".replace(".", ",") for name, points in MARKS.items()},
}  # fmt: skip
#: Something of every kind that the detailed sheet has.
COUNTED = {
    "do": "preview", "rubric": DETAILED, "whose": "group", "seen-group": "0", "seen-own": "0",
    "measure-present": "27", "measure-expected": "30", "measure-minutes_short": "0", "measure-tasks_due": "0",
    "measure-tasks_done": "0", "fact-absent_without_reason": "1", "mark-content_prepared": "2,5",
    "mark-uploaded": "yes", "mark-minutes_written": "no", "na-praise": "chi bộ mới thành lập",
    "note-content_prepared": "biên bản trang 3",
}  # fmt: skip


@pytest.fixture
def met(desk: Desk) -> Desk:
    """It is the morning after the last meeting."""
    desk.until_met()
    return desk


@pytest.fixture
def inspector(met: Desk, as_role: AsRole) -> Visitor:
    """The head of the working group at her browser."""
    assert met.answers("score") == []
    return as_role("inspector")


def field(page: str, name: str) -> str:
    """The value of a field."""
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', page)
    assert found, name
    return found[1]


def row(page: str, label: str) -> list[str]:
    """The cells of the table's row with that label."""
    (cells,) = re.findall(rf'<th scope="row">{re.escape(label)}</th>(.*?)</tr>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL)]


# The form


def test_only_rubrics_that_fit_are_offered_and_one_is_opened(inspector: Visitor) -> None:
    page = inspector.get(URL).text
    assert f'value="{FRAME}"' in page
    assert f'value="{DETAILED}"' in page
    assert 'id="score-form"' not in page

    opened = inspector.get(f"{URL}?phieu={DETAILED}").text

    assert "Phiếu này là ví dụ, không phải tiêu chí của tỉnh nào." in opened
    assert all(f'name="measure-{name}"' in opened for name in ("members", "present", "tasks_done"))
    assert 'name="fact-secretary_only"' in opened
    assert 'id="mark-uploaded-yes"' in opened
    assert 'name="mark-content_prepared"' in opened
    assert 'name="mark-attendance_share"' not in opened, "a share is computed"
    assert "Máy tính từ: số đảng viên có mặt, trên số đảng viên phải dự" in opened


def test_an_unknown_rubric_or_side_in_the_address_opens_the_choice(inspector: Visitor) -> None:
    page = inspector.get(f"{URL}?phieu=khong_co&cua=ai")

    assert page.status_code == 200
    assert 'id="score-form"' not in page.text


def test_a_meeting_that_was_not_chosen_is_not_found(inspector: Visitor) -> None:
    for number in ("2", "99"):
        assert inspector.get(f"{VISIT}/cham-diem/{number}").status_code == 404
        assert inspector.post(f"{VISIT}/cham-diem/{number}", FILLED).status_code == 404


def test_before_its_day_a_meeting_has_no_form(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    inspector = as_role("inspector")

    assert "Chưa tới ngày sinh hoạt (14/5/2024)" in inspector.get(URL).text
    refused = inspector.post(URL, FILLED | {"do": "confirm"})

    assert refused.status_code == 422
    assert "Chưa tới ngày sinh hoạt (14/5/2024)" in refused.text
    assert desk.answers("score") == []


def test_a_closed_visit_is_scored_no_more(inspector: Visitor, met: Desk) -> None:
    with writing(settings().database) as session:
        session.merge(met.visit).state = "closed"

    assert "không chấm điểm được nữa" in inspector.get(URL).text
    assert inspector.post(URL, FILLED | {"do": "confirm"}).status_code == 422
    assert met.answers("score") == []


# What is wrong stands at its field


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("mark-content_prepared", "3,5", "3,5 không phải điểm từ 0 đến 3, lẻ nửa điểm"),
        ("mark-content_prepared", "2,25", "2,25 không phải điểm"),
        ("mark-content_prepared", "hai", "“hai” không phải số"),
        ("mark-uploaded", "maybe", "Không có lựa chọn “maybe”"),
        ("measure-present", "31", "31 trên 30 là hơn 100%"),
        ("measure-expected", "-1", "“-1” không phải số"),
        ("measure-expected", "30,5", "“30,5” không phải số đếm được"),
        ("note-content_prepared", "x" * 4001, "Dài 4001 ký tự"),
        ("whose", "", "Chưa chọn ai chấm"),
    ],
)
def test_a_wrong_field_says_so_and_what_was_typed_is_kept(
    inspector: Visitor, met: Desk, name: str, typed: str, said: str
) -> None:
    answer = inspector.post(URL, COUNTED | {name: typed})

    assert answer.status_code == 422
    assert f'href="#{name}"' in answer.text
    assert said in answer.text.split(f'id="{name}-problem-1">')[1].split("</span>")[0]
    assert field(answer.text, "measure-minutes_short") == "0"
    assert field(answer.text, "na-praise") == "chi bộ mới thành lập"
    assert met.answers("score") == []


def test_a_form_without_a_rubric_says_so(inspector: Visitor) -> None:
    answer = inspector.post(URL, FILLED | {"rubric": "khong_co"})

    assert answer.status_code == 422
    assert "Chưa chọn phiếu chấm điểm." in answer.text


# Looked at, then taken


def test_the_review_tells_the_points_part_by_part_and_takes_nothing(inspector: Visitor, met: Desk) -> None:
    page = inspector.post(URL, COUNTED).text

    share = row(page, "Tỷ lệ đảng viên dự sinh hoạt")
    assert share[0] == "1/4"
    assert "27/30 = 90%; có đảng viên vắng không lý do: nhiều nhất 1 điểm" in share[1]
    assert row(page, "Chuẩn bị nội dung")[0] == "2,5/3"
    assert "biên bản trang 3" in row(page, "Chuẩn bị nội dung")[1]
    assert row(page, "Biểu dương, nhắc nhở, phê bình") == ["2/2", "chi bộ mới thành lập"]
    assert row(page, "Biên bản ghi đầy đủ") == ["0/1", "không đạt"]
    assert "Ghi dù còn thiếu" in page
    assert met.answers("score") == []


def test_a_share_of_nothing_is_no_fault_and_divides_by_nothing(inspector: Visitor) -> None:
    page = inspector.post(URL, COUNTED).text

    assert "bằng 0" in row(page, "Tỷ lệ việc hoàn thành theo nghị quyết kỳ trước")[1]


def test_what_was_looked_at_is_taken_with_who_and_from_where(inspector: Visitor, met: Desk) -> None:
    review = inspector.post(URL, FILLED).text
    assert "<strong>91,5</strong> trên 100 điểm, xếp loại <strong>Tốt</strong>" in review
    carried = dict(re.findall(r'<input type="hidden" name="([a-z_-]+)" value="([^"]*)">', review))

    sent = inspector.post(URL, carried | {"do": "confirm"})

    assert sent.headers["location"] == VISIT
    assert "Đã ghi phiếu chấm điểm: 91,5 điểm, xếp loại Tốt." in inspector.follow(sent).text
    (answer,) = met.answers("score")
    assert (answer.by, answer.source) == ("Phạm Thị Thí Dụ", "desk")
    assert answer.content["inputs"]["marks"]["attendance_share"] == "4.5"


def test_one_can_go_back_and_mend(inspector: Visitor, met: Desk) -> None:
    page = inspector.post(URL, COUNTED | {"do": "edit"})

    assert page.status_code == 200
    assert field(page.text, "mark-content_prepared") == "2,5"
    assert met.answers("score") == []


def test_a_sheet_that_is_sent_twice_is_taken_once(inspector: Visitor, met: Desk) -> None:
    first, second = (inspector.post(URL, FILLED | {"do": "confirm"}) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(met.answers("score")) == 1


def test_ones_earlier_sheet_is_there_to_be_mended_and_the_version_seen_is_kept(inspector: Visitor, met: Desk) -> None:
    inspector.post(URL, FILLED | {"do": "confirm"})

    page = inspector.get(URL).text
    assert "Phạm Thị Thí Dụ đã ghi lúc" in page
    assert (field(page, "mark-attendance_share"), field(page, "seen-group")) == ("4,5", "1")
    stale = inspector.post(URL, FILLED | {"do": "confirm", "mark-closed": "3"})
    mended = inspector.post(URL, FILLED | {"do": "confirm", "mark-closed": "3", "seen-group": "1"})

    assert stale.status_code == 422
    assert "đã ghi phiếu này lúc" in stale.text
    assert mended.status_code == 303
    assert [one.content["score"]["value"] for one in met.answers("score")] == ["91.5", "89.5"]


def test_an_officer_types_the_units_own_sheet(met: Desk, as_role: AsRole) -> None:
    officer = as_role("officer")
    page = officer.get(f"{URL}?phieu={FRAME}").text
    assert 'name="whose" value="group" checked' not in page, "whose sheet it is must be said"

    officer.post(URL, FILLED | {"do": "confirm", "whose": "own"})

    assert [one.content["whose"] for one in met.answers("score")] == ["own"]
    assert field(officer.get(f"{URL}?cua=own").text, "mark-closed") == "5"


# On the visit's page


def scored(unit: str = "40") -> None:
    """Two members scored, and the unit itself."""
    given(marked(conducted="36"))
    given(marked(conducted="35.5"), Giver("Hoàng Văn Mẫu", "desk"))
    given(marked(conducted=unit), OFFICER, Whose.OWN)


def test_the_visit_shows_both_sides_and_their_difference_by_criterion(met: Desk, as_role: AsRole) -> None:
    scored()

    page = as_role("inspector").get(VISIT).text

    assert "Đơn vị tự chấm 95,5 (Tốt), Tổ công tác chấm 91,25 (Tốt); lệch 1 tiêu chí." in page
    assert row(page, "Trình tự, nội dung, thảo luận, biên bản") == ["40", "35,75", "+4,25"]
    assert row(page, "Tổng điểm") == ["95,5", "91,25", "+4,25"]
    assert page.count("Hoàng Văn Mẫu") == 3, "his sheet, in the story that he gave one, and among those who come"
    assert len(met.answers("score")) == 3


def test_scores_are_seen_by_those_whom_findings_concern(met: Desk, as_role: AsRole) -> None:
    """R22–R38: what a group thinks of a meeting is not for everybody."""
    scored()
    seen = {role for role in ROLES if "91,25" in as_role(role).get(VISIT).text}

    assert seen == {"officer", "leader", "clerk", "inspector"}
    other = as_role("inspector", "khac", email="nguoi-khac@noi-khac.example")
    assert "91,25" not in other.get(VISIT).text
    assert other.get(URL).status_code == 403
    assert other.post(URL, FILLED | {"do": "confirm"}).status_code == 403
    assert len(met.answers("score")) == 3


@pytest.mark.parametrize("role", ["leader", "viewer", "clerk", "admin"])
def test_who_was_not_there_does_not_score(met: Desk, as_role: AsRole, role: str) -> None:
    assert as_role(role).get(URL).status_code == 403
    assert as_role(role).post(URL, FILLED | {"do": "confirm"}).status_code == 403
    assert met.answers("score") == []


def test_the_door_to_the_sheet_opens_on_the_day_for_those_who_score(desk: Desk, as_role: AsRole) -> None:
    desk.until_issued()
    assert "Chấm điểm buổi của" not in as_role("inspector").get(VISIT).text

    desk.set_clock(2024, 5, 14, 8)

    doors = {role for role in ROLES if f'href="{URL}"' in as_role(role).get(VISIT).text}
    assert doors == {"officer", "inspector"}


def test_one_side_alone_is_shown_as_far_as_it_is(met: Desk, as_role: AsRole) -> None:
    given(marked(closed=""), OFFICER, Whose.OWN)

    page = as_role("officer").get(VISIT).text

    assert "Tổ công tác chưa chấm." in page
    assert row(page, "Kết luận, nghị quyết, cập nhật sổ tay") == ["—", "—", "—"]
    assert row(page, "Trình tự, nội dung, thảo luận, biên bản") == ["36", "—", "—"]
    assert "còn thiếu 1 tiêu chí" in page
    assert len(met.answers("score")) == 1


def test_the_number_of_queries_does_not_grow_with_the_sheets(met: Desk, as_role: AsRole) -> None:
    before = queries_for(as_role("officer"), VISIT)
    scored()

    assert queries_for(as_role("officer"), VISIT) == before
    assert len(met.answers("score")) == 3
