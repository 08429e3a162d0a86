"""Every document has its type, its symbol and a file name that any system takes."""

import re

import pytest

from domain.letters_and_documents import (
    APPROVED,
    BY_NAME,
    DOCUMENTS,
    ISSUED,
    OPEN,
    Purpose,
    document_title,
    file_name,
    purpose_called,
)

#: The table of types (2.5).
TYPES = {
    "nomination_request": ("D1", "CV", ""),
    "selection_notice": ("D4", "TB", "THÔNG BÁO"),
    "invitation": ("D6", "GM", "GIẤY MỜI"),
    "group_report": ("D9", "BC", "BÁO CÁO"),
    "result_notice": ("D10", "TB", "THÔNG BÁO"),
    "year_end_request": ("D12", "CV", ""),
    "self_report": ("D13", "BC", "BÁO CÁO"),
    "annual_plan": ("D0", "KH", "KẾ HOẠCH"),
    "annual_report": ("D14", "BC", "BÁO CÁO"),
}


def test_every_kind_has_the_type_and_symbol_of_the_rules() -> None:
    assert {purpose: (kind.id, kind.type_code, kind.type_name) for purpose, kind in DOCUMENTS.items()} == TYPES


def test_a_file_name_tells_the_visit_and_the_type_in_ascii() -> None:
    assert file_name("result_notice", "2024-02/nhon_trach") == "2024-02_nhon_trach_TB-ket-qua.docx"
    assert file_name("self_report", "2024/long_thanh", "pdf") == "2024_long_thanh_BC-mau-tu-giam-sat.pdf"
    assert file_name("invitation", "2024-02/nhon_trach", meeting=2) == "2024-02_nhon_trach_GM-moi-du_buoi-2.docx"
    assert file_name("annual_report", "2024") == "2024_BC-tong-hop-nam.docx"


def test_no_two_kinds_share_a_file_name() -> None:
    names = {file_name(purpose, "2024-02/nhon_trach") for purpose in DOCUMENTS}

    assert len(names) == len(DOCUMENTS)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+\.docx", name) for name in names)


def test_a_letter_without_a_document_has_no_file_name() -> None:
    with pytest.raises(KeyError):
        file_name("staff_task", "2024-02/nhon_trach")


def test_a_letter_and_a_document_are_called_by_their_words_and_those_of_a_newer_service_by_their_id() -> None:
    assert purpose_called("result_notice") == "thông báo kết quả"
    assert document_title("result_notice") == "Thông báo kết quả"
    assert document_title("self_report") == "mẫu báo cáo tự giám sát", "without a title of its own, as in a sentence"
    assert document_title("late_nomination") == "late_nomination", "a letter without a document"
    assert (purpose_called("pardon"), document_title("pardon")) == ("pardon", "pardon")


def test_what_people_type_leads_to_the_documents_that_have_rows_of_their_own() -> None:
    assert list(BY_NAME) == [
        "request", "notice", "invitation", "report", "result", "report-request", "plan", "summary",
    ]  # fmt: skip
    assert APPROVED == ("report", "result", "summary")
    assert set(BY_NAME) - set(ISSUED) == {"report"}, "the group's report gets no number"


def test_only_an_invitation_names_each_recipient_on_a_sheet_of_his_own() -> None:
    assert [purpose for purpose, kind in DOCUMENTS.items() if kind.personal] == ["invitation"]


def test_a_reminder_is_a_plain_mail_and_no_official_document() -> None:
    """F9, F23: what nobody has numbered has no number, no day and no signer."""
    assert not [one for one in Purpose if one.document and ("reminder" in one or "returned" in one)]


def test_what_speaks_of_findings_is_closed_and_so_is_whatever_is_new() -> None:
    """R22–R38: a letter nobody has thought about yet is not read by those whom it does not concern."""
    closed = {one.value for one in Purpose} - {one.value for one in OPEN}

    assert closed == {
        "group_report", "result_notice", "annual_report", "remedy_reminder", "self_report", "self_report_returned",
        "staff_task", "run_stopped", "document_corrected", "leader_week",
    }  # fmt: skip
