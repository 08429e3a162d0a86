"""The findings form: a draft loses nothing, is no answer, and becomes exactly one (R14–R38, A2)."""

import re
from collections.abc import Callable

import pytest

from tests.desk import Desk
from tests.may import LEADER, MAY
from tests.web.conftest import AsRole, Visitor
from tests.web.findings.draft import SOME, URL, autosave, draft_of
from tests.web.letters_links import link_in

# What is wrong stands at its field


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("attended_on", "32/5/2024", "không có trên lịch"),
        ("result-R16", "rất tốt", "Không có lựa chọn “rất tốt”."),
        ("result-R17", "", "Có ghi chú nhưng chưa chọn kết quả."),
        ("limitation-1", " ", "Có kiến nghị nhưng chưa ghi hạn chế."),
        ("limitation-1-items", "II.1.b, II.8", "Danh mục không có mục II.8."),
        ("limitation-1-items", "II.1.c", "Mục II.1.c chưa có kết quả."),
        ("remedy-1-1-text", "", "Chưa ghi nội dung kiến nghị."),
        ("remedy-1-1-due", "", "Kiến nghị chưa có thời hạn."),
        ("remedy-1-1-due", "quý III", "không phải ngày"),
        ("strength-1", "x" * 4001, "Dài 4001 ký tự"),
    ],
)
def test_a_wrong_field_says_so_and_what_was_typed_is_kept(
    inspector: Visitor, met: Desk, field: str, typed: str, said: str
) -> None:
    answer = inspector.post(URL, SOME | {field: typed})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert said in answer.text.split(f'id="{field}-problem-1">')[1].split("</span>")[0]
    assert draft_of(met)["remedy-1-1-owner"] == "Chi ủy"
    assert met.answers("findings") == []


def test_the_review_names_what_is_missing_and_sends_nothing(inspector: Visitor, met: Desk) -> None:
    answer = inspector.post(URL, SOME)

    assert answer.status_code == 200
    assert "22 mục chưa có kết quả: II.1.c" in answer.text
    assert "Gửi dù còn thiếu" in answer.text
    assert met.answers("findings") == []


def test_a_remedy_due_before_the_meeting_and_a_limitation_without_one_are_named(inspector: Visitor) -> None:
    """2.7 no. 2."""
    answer = inspector.post(URL, SOME | {"remedy-1-1-due": "14/5/2024", "limitation-4": "Thiếu sổ"})

    assert "thời hạn không sau ngày dự sinh hoạt" in answer.text
    assert "“Thiếu sổ” chưa có kiến nghị" in answer.text


def test_what_was_lacking_and_is_no_limitation_is_named_with_its_ways_out_and_kept(
    inspector: Visitor, met: Desk, complete: dict[str, str]
) -> None:
    """R15: nobody is told that nothing was found where something was."""
    faulty = complete | {"limitation-1-items": "", "remark-R17": "", "result-R20": "not_met", "remark-R20": "chưa lập"}

    review = inspector.post(URL, faulty)
    assert "Còn 03 mục thiếu hoặc chưa khớp" in review.text
    assert "II.1.b: kết quả “Đạt một phần” chưa có ghi chú; ghi rõ thiếu gì" in review.text
    assert "II.2.b: kết quả “Chưa đạt” chưa nêu thành hạn chế; nêu mục này ở một hạn chế" in review.text
    assert draft_of(met)["remark-R20"] == "chưa lập"

    mended = faulty | {"remark-R17": "chậm", "limitation-1-items": "II.1.b, II.2.b"}
    assert 'id="complete"' in inspector.post(URL, mended).text
    reason = {"limitation-1-items": "II.1.b", "reason-R20": "chi bộ mới thành lập"}
    review = inspector.post(URL, mended | reason)
    assert 'id="complete"' in review.text
    assert "(chi bộ mới thành lập)" in review.text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("chaired_by", "", "Chi bộ Trường THPT Mẫu: chủ trì: chưa ghi"),
        ("present", "18", "vắng 02 người nhưng chưa ghi lý do"),
        ("present", "25", "25 người có mặt trong tổng số 20"),
    ],
)
def test_what_is_missing_of_a_meeting_is_asked_for_by_name(
    inspector: Visitor, complete: dict[str, str], field: str, typed: str, said: str
) -> None:
    """R15, R52."""
    assert said in inspector.post(URL, complete | {f"meeting-1-{field}": typed}).text


def test_how_the_meeting_went_is_kept_as_it_was_typed(inspector: Visitor, met: Desk, complete: dict[str, str]) -> None:
    more = {"meeting-1-began": "1400", "meeting-1-ended": "15h40", "meeting-1-attendees": "Lãnh đạo Ban Dân vận"}

    inspector.post(URL, complete | more | {"do": "confirm"})

    (told,) = met.answers("findings")[0].content["findings"]["meetings"]
    assert (told["began"], told["ended"], told["present"]) == ("14:00", "15:40", 20)
    assert 'value="Lãnh đạo Ban Dân vận"' in inspector.get(URL).text


def test_what_is_urgent_stands_first_with_who_sees_to_it_and_causes_are_kept(
    inspector: Visitor, met: Desk, complete: dict[str, str]
) -> None:
    more = {
        "limitation-2": "Thiếu sổ", "remedy-2-1-text": "Lập sổ", "remedy-2-1-owner": "Chi ủy",
        "remedy-2-1-due": "1/6/2024", "remedy-2-1-urgent": "1", "remedy-2-1-followed_by": "Ban Tổ chức Thành ủy",
        "cause-1": "Thư ký mới nhận việc",
    }  # fmt: skip

    review = inspector.post(URL, complete | more).text
    assert "làm ngay, hạn 01/6/2024; theo dõi: Ban Tổ chức Thành ủy" in review
    inspector.post(URL, complete | more | {"do": "confirm"})

    findings = met.answers("findings")[0].content["findings"]
    assert [(one["limitation"], one["urgent"]) for one in findings["recommendations"]] == [(2, True), (1, False)]
    assert findings["causes"] == ["Thư ký mới nhận việc"]
    page = inspector.get(URL).text
    assert "Thư ký mới nhận việc" in page
    assert '<option value="1" selected>Làm ngay</option>' in page


def test_a_form_in_which_nothing_was_considered_is_not_complete(inspector: Visitor, complete: dict[str, str]) -> None:
    nothing = {name: text for name, text in complete.items() if name.startswith(("do", "turn", "seen", "strength"))}
    nothing |= {name: "not_examined" for name in complete if name.startswith("result-")}

    assert "Danh mục giám sát: chưa xem xét nội dung nào" in inspector.post(URL, nothing).text


def test_sent_findings_come_back_into_their_fields(inspector: Visitor, complete: dict[str, str]) -> None:
    inspector.post(URL, complete | {"result-R20": "not_met", "remark-R20": "chưa lập", "reason-R20": "mới lập",
                                    "do": "confirm"})  # fmt: skip

    page = inspector.get(URL).text
    assert 'name="limitation-1-items" type="text" value="II.1.b"' in page
    assert 'name="reason-R20" value="mới lập"' in page


def test_complete_findings_are_one_answer_with_who_when_and_source(
    inspector: Visitor, met: Desk, complete: dict[str, str]
) -> None:
    review = inspector.post(URL, complete)
    assert 'id="complete"' in review.text

    sent = inspector.post(URL, complete | {"do": "confirm"})

    assert sent.headers["location"] == f"/chuyen/{MAY}"
    (row,) = met.answers("findings")
    assert (row.by, row.source) == ("Phạm Thị Thí Dụ", "desk")
    findings = row.content["findings"]
    assert len(findings["items"]) == 24
    assert findings["recommendations"] == [
        {
            "limitation": 1, "text": "Ghi đủ kết quả biểu quyết", "owner": "Chi ủy", "due": "2024-07-01",
            "urgent": False, "followed_by": "",
        }
    ]  # fmt: skip


def test_recommendations_follow_their_limitation_although_one_was_taken_out(
    inspector: Visitor, met: Desk, complete: dict[str, str]
) -> None:
    more = {"limitation-3": "Thiếu sổ", "remedy-3-1-text": "Lập sổ", "remedy-3-1-owner": "Chi ủy",
            "remedy-3-1-due": "1/8/2024"}  # fmt: skip

    taken_out = inspector.post(URL, complete | more | {"do": "remove-limitation-1"})
    assert "Sổ nghị quyết ghi vắn tắt" not in taken_out.text
    kept = {name: text for name, text in (complete | more).items() if not name.startswith(("limitation-1", "remedy-1"))}
    inspector.post(URL, kept | {"do": "confirm"})

    findings = met.answers("findings")[0].content["findings"]
    assert findings["limitations"] == ["Thiếu sổ"]
    assert [(one["limitation"], one["text"]) for one in findings["recommendations"]] == [(1, "Lập sổ")]


# Sent once


def test_findings_are_not_sent_before_the_meeting_but_may_be_drafted(
    desk: Desk, as_role: AsRole, complete: dict[str, str]
) -> None:
    desk.until_issued()
    inspector = as_role("inspector")

    assert inspector.post(URL, SOME | {"do": "save"}).status_code == 200
    answer = inspector.post(URL, complete | {"do": "confirm"})
    assert answer.status_code == 422
    assert "Chưa tới ngày sinh hoạt (14/5/2024)." in answer.text
    assert desk.answers("findings") == []


@pytest.mark.parametrize(("day", "hour", "said"), [(13, 9, "hưa tới ngày sinh hoạt (14/5/2024)"),
                                                   (14, 15, "chưa kết thúc (dự kiến 16 giờ 00")])  # fmt: skip
def test_form_and_review_say_it_is_too_early_for_as_long_as_it_is(
    desk: Desk, as_role: AsRole, complete: dict[str, str], day: int, hour: int, said: str
) -> None:
    """On the day itself the button was there, and was refused until the meeting's end."""
    desk.until_issued()
    desk.set_clock(2024, 5, day, hour)
    inspector = as_role("inspector")

    assert said in inspector.get(URL).text
    review = inspector.post(URL, complete).text
    assert said in review
    assert 'id="confirm"' not in review
    desk.set_clock(2024, 5, 14, 16)
    assert "hưa tới ngày" not in inspector.get(URL).text
    assert 'id="confirm"' in inspector.post(URL, complete).text


def test_after_the_report_was_approved_the_form_is_closed(
    desk: Desk, as_role: AsRole, complete: dict[str, str]
) -> None:
    """A2."""
    desk.until_reported()
    inspector = as_role("inspector")

    assert 'id="findings-form"' not in inspector.get(URL).text
    assert inspector.post(URL, complete | {"do": "confirm", "seen": "1"}).status_code == 422
    assert len(desk.answers("findings")) == 1


def test_a_returned_report_says_what_to_mend(desk: Desk, as_role: AsRole) -> None:
    from answers.papers import send_back

    desk.until_met()
    desk.report(desk.findings())
    desk.go_on()
    send_back(MAY, "Chưa rõ hạn chế", LEADER)
    desk.go_on()

    assert "Chưa rõ hạn chế" in as_role("inspector").get(URL).text


# Who


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("admin", 403), ("leader", 403), ("clerk", 403)])
def test_who_does_not_write_findings_gets_no_form(met: Desk, as_role: AsRole, role: str, status: int) -> None:
    assert met.key == MAY
    assert as_role(role).get(URL).status_code == status
    assert as_role(role).post(f"{URL}/nhap", {"turn": "1", "fields": "{}"}).status_code == status


def test_an_inspector_of_another_group_gets_no_form(met: Desk, as_role: AsRole) -> None:
    assert met.key == MAY
    assert as_role("inspector", login="khac", email="khac@noi-khac.example").get(URL).status_code == 403


def test_an_inspector_saves_and_sends_by_his_link(
    met: Desk, stranger: Callable[[], Visitor], complete: dict[str, str]
) -> None:
    link, guest = link_in(met, "findings_request", "inspector:2"), stranger()

    assert autosave(guest, url=link, **{"strength-1": ("Chuẩn bị chu đáo", 1)}).status_code == 200
    assert "Chuẩn bị chu đáo" in guest.get(link).text
    for _ in range(2):
        assert guest.post(link, complete | {"do": "confirm"}).status_code == 303
    (row,) = met.answers("findings")
    assert row.source == "link"
    assert row.by.endswith(" (qua liên kết)")
    assert autosave(guest, turn=2, url=f"{link}x", **{"strength-1": ("x", 1)}).status_code == 404


def test_a_hosts_link_saves_no_findings(desk: Desk, stranger: Callable[[], Visitor]) -> None:
    desk.until_asked()

    answer = autosave(stranger(), url=link_in(desk, "nomination_request", "host"), **{"strength-1": ("x", 1)})

    assert answer.status_code == 404


def test_every_part_of_the_checklist_is_called_by_its_number_and_name(inspector: Visitor) -> None:
    """R11 is none of the seven parts of section II; the plan says what its own is called."""
    page = inspector.get(URL).text
    headings = re.findall(r"<h3[^>]*>([^<]*)</h3>", page)

    assert "I.2. Sổ tay đảng viên điện tử" in headings
    assert len(headings) == 8
    assert all(re.fullmatch(r"I{1,2}\.\d\. \S.*", one) for one in headings)
