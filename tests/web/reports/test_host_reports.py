"""A host's own report at the desk: filed with its name and day, and counted nowhere (A14)."""

from config.settings import settings
from database.engine import reading
from papers.year_records import read_year
from tests.desk import Desk
from tests.web.conftest import AsRole

HOSTS, REPORT = "/nam/2024/bao-cao-don-vi-duoc-du", "/nam/2024/bao-cao/bien_hoa"
TYPED = {"do": "confirm", "received_on": "03/01/2024", "their_symbol": "88-BC/ThU", "cells": "30", "seen": "0"}


def test_an_officer_files_a_hosts_report_and_it_is_not_counted(desk: Desk, as_role: AsRole) -> None:
    officer = as_role("officer")
    assert HOSTS in officer.get("/nam/2024").text

    opened = officer.post(HOSTS, {"unit": "bien_hoa"})
    assert opened.headers["location"].startswith(f"{REPORT}/nhan")
    assert "được lưu, không tính vào số liệu" in officer.get(f"{REPORT}/nhan").text
    answer = officer.post(f"{REPORT}/nhan", TYPED)

    assert (answer.status_code, answer.headers.get("location")) == (303, REPORT), answer.text
    assert "Đảng bộ thành phố Biên Hòa</a>, nhận ngày 03/01/2024" in officer.get(HOSTS).text
    (row,) = Desk("2024/bien_hoa").answers("self_report")
    assert row.content["cells"] == 30
    with reading(settings().database) as session:
        records = read_year(session, 2024)
        assert [one.row.unit for one in records.filed] == ["bien_hoa"]
        assert "bien_hoa" not in [one.row.unit for one in records.reports]
    assert desk.answers("nominations") == []


def test_a_place_into_which_nothing_came_is_no_report(desk: Desk, as_role: AsRole) -> None:
    as_role("officer").post(HOSTS, {"unit": "bien_hoa"})

    with reading(settings().database) as session:
        assert read_year(session, 2024).filed == ()
    assert desk.answers("self_report") == []


def test_whoever_reports_by_duty_is_not_offered_here(desk: Desk, as_role: AsRole) -> None:
    officer = as_role("officer")

    assert 'value="long_thanh"' not in officer.get(HOSTS).text
    assert officer.post(HOSTS, {"unit": "long_thanh"}).status_code == 422
    assert officer.post(HOSTS, {}).status_code == 422
    assert officer.get("/nam/2031/bao-cao-don-vi-duoc-du").status_code == 404
    assert desk.answers("self_report") == []
