"""Findings, reports and replies about recommendations by mail: the form beside the message, settled by the answer."""

import io
import re

from openpyxl import load_workbook

from answers.incoming.acting import act
from domain.incoming import MailState
from domain.plan import Plan
from sheets.findings.findings_form import findings_form
from tests.desk import Desk
from tests.incoming import Sent, came, row_of
from tests.may import MAY
from tests.web.conftest import AsRole, Visitor

VISIT = f"/chuyen/{MAY}"
REPORT = "/nam/2024/bao-cao/trang_bom"
INSPECTOR_ADDRESS = "to-truong@to-cong-tac.example"
DOCX: Sent = ("bao-cao.docx", "application/x", b"x")


def arrived(
    visit: str, *files: Sent, sender: str = "ban-thuong-vu@trang-bom.example", letter: int | None = None
) -> int:
    number = came(files, visit=visit, sender=sender, letter=letter, text="Kính gửi báo cáo của đơn vị.")
    act(number)
    return number


def filled_findings(plan: Plan) -> bytes:
    """The Excel form of the working group: everything was met, and one thing was good."""
    book, kept = load_workbook(io.BytesIO(findings_form(plan))), io.BytesIO()
    for row in range(2, 2 + len(plan.checklist)):
        book["Danh mục"].cell(row, 3, "Đạt")
    book["Nhận xét"]["A2"], book["Nhận xét"]["B2"] = "Ưu điểm", "Nội dung thiết thực"
    book.save(kept)
    return kept.getvalue()


def carried(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text.split("actions-form")[1]))


def forms_of(visitor: Visitor, number: int) -> list[str]:
    """Where the message leads, and by which words."""
    return re.findall(r'(?:value="mail">|href="[^"]+\?thu=\d+">)([^<]+)<', visitor.get(f"/thu-den/{number}").text)


def test_a_units_report_is_typed_beside_its_message_and_settles_it(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()
    number = arrived("2024/trang_bom")
    officer = as_role("officer")
    assert forms_of(officer, number) == ["Nhập báo cáo tự dự, giám sát"]
    assert "Kính gửi báo cáo của đơn vị." in officer.get(f"{REPORT}/nhan?thu={number}").text
    typed = {"mail": number, "received_on": "18/12/2024", "committees": "3", "cells": "30", "thematic_cells": "9"}

    preview = officer.post(f"{REPORT}/nhan", {**typed, "do": "preview"})
    answer = officer.post(f"{REPORT}/nhan", {**carried(preview.text), "do": "confirm"})

    assert answer.status_code == 303, answer.text
    assert row_of(number).state == MailState.DONE
    assert f'href="/thu-den/{number}"' in officer.get(REPORT).text


def test_the_file_of_a_report_is_kept_in_the_form_and_a_bad_one_is_said_to_be_bad(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()
    bad = arrived("2024/trang_bom", DOCX)
    officer = as_role("officer")
    assert "Nhập báo cáo với tệp trong bao-cao.docx" in forms_of(officer, bad)

    refused = officer.post(f"{REPORT}/nhan", {"do": "mail", "mail": bad, "mail_file": 1})

    assert refused.status_code == 422
    assert "bao-cao.docx" in refused.text
    assert row_of(bad).state == MailState.OPEN


def test_findings_in_the_excel_form_come_into_the_fields(desk: Desk, as_role: AsRole, plan: Plan) -> None:
    desk.until_met()
    letter = desk.letters("findings_request")
    number = arrived(
        MAY, ("ket-qua.xlsx", "application/x", filled_findings(plan)), sender=INSPECTOR_ADDRESS,
        letter=letter[0].id if letter else None,
    )  # fmt: skip
    officer = as_role("officer")
    assert forms_of(officer, number)[0] == "Xem kết quả trong ket-qua.xlsx"

    form = officer.post(f"{VISIT}/ket-qua", {"do": "mail", "mail": number, "mail_file": 1}).text

    assert f'name="mail" value="{number}"' in form
    assert 'name="strength-1"' in form
    assert "Nội dung thiết thực" in form
    assert form.count('value="met" checked') == len(plan.checklist)
    assert desk.answers("findings") == [], "nothing counts before it was looked at"


def test_findings_from_a_message_that_are_sent_twice_are_one_answer_and_said_to_have_been_sent(
    desk: Desk, as_role: AsRole, plan: Plan
) -> None:
    desk.until_met()
    number = arrived(MAY, ("ket-qua.xlsx", "application/x", filled_findings(plan)), sender=INSPECTOR_ADDRESS)
    officer = as_role("officer")
    form = officer.post(f"{VISIT}/ket-qua", {"do": "mail", "mail": number, "mail_file": 1}).text
    review = officer.post(f"{VISIT}/ket-qua", {**filled_in(form), "do": "review"})
    sent = {**hidden(review.text), "do": "confirm"}

    first = officer.post(f"{VISIT}/ket-qua", sent)
    second = officer.post(f"{VISIT}/ket-qua", sent)

    assert row_of(number).state == MailState.DONE, first.text
    assert (first.status_code, second.status_code) == (303, 303), second.text
    assert "đã được gửi trước đó" in officer.get(second.headers["location"]).text
    assert len(desk.answers("findings")) == 1


def hidden(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text))


def filled_in(text: str) -> dict[str, str]:
    """What a browser would send of a form."""
    checked = re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" checked', text)
    lines = re.findall(r'<input(?![^>]*type="(?:radio|hidden|submit|checkbox)")[^>]*name="([^"]+)"[^>]*>', text)
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<', text)
    values = {name: re.findall(rf'name="{re.escape(name)}"[^>]*value="([^"]*)"', text)[:1] for name in lines}
    return {**hidden(text), **dict(checked), **{name: one[0] for name, one in values.items() if one}, **dict(areas)}


def test_a_findings_form_that_says_nothing_is_said_to_be_empty(desk: Desk, as_role: AsRole, plan: Plan) -> None:
    desk.until_met()
    number = arrived(MAY, ("ket-qua.xlsx", "application/x", findings_form(plan)), sender=INSPECTOR_ADDRESS)

    form = as_role("officer").post(f"{VISIT}/ket-qua", {"do": "mail", "mail": number, "mail_file": 1}).text

    assert "hưa ghi kết quả nào" in form


def test_an_inspector_sees_no_message_beside_his_form(desk: Desk, as_role: AsRole) -> None:
    desk.until_met()
    number = arrived(MAY, sender=INSPECTOR_ADDRESS)

    form = as_role("inspector").get(f"{VISIT}/ket-qua?thu={number}").text

    assert 'name="mail"' not in form
    assert "Kính gửi báo cáo" not in form


def test_a_reply_about_recommendations_is_typed_beside_its_message(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()
    letter = desk.letters("result_notice")[0]
    number = arrived(MAY, sender="ban-thuong-vu@bien-hoa.example", letter=letter.id)
    officer = as_role("officer")
    assert forms_of(officer, number) == ["Nhập kết quả thực hiện kiến nghị"]
    url = f"{VISIT}/kien-nghi/tra-loi"
    assert "Kính gửi báo cáo của đơn vị." in officer.get(f"{url}?thu={number}").text
    typed = {"mail": number, "received_on": "18/12/2024", "text-1": "Đã ghi đủ", "done-1": "done"}

    preview = officer.post(url, {**typed, "do": "preview"})
    answer = officer.post(url, {**carried(preview.text), "do": "confirm"})

    assert answer.status_code == 303, answer.text
    row = row_of(number)
    assert (row.state, row.outcome) == (MailState.DONE, "nhận kết quả thực hiện kiến nghị từ thư này")
    assert row.visit_id != desk.visit.id, "the answer belongs to the follow-up"
