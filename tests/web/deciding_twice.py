"""Every form by which somebody decides, as two people have it open at the same time: what each of them types."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.may import MAY
from tests.web.lists import GOOD
from tests.workbooks import FRAME, MARKS

V = f"/chuyen/{MAY}"
YEAR = "/nam/2024"
#: Planned and not begun on the day on which the story begins.
PLANNED = "/chuyen/2024-03/cong_an_tinh"
_VISIT, _REPORT = "/chuyen/{month}/{unit}", "/nam/{year}/bao-cao/{unit}"
_PLAN, _SUMMARY = "/nam/{year}/ke-hoach", "/nam/{year}/tong-hop"

Typed = Mapping[str, object]
_TAKEN = dict.fromkeys(("late-1", "late-2", "late-3"), "take")
_LEFT_OUT = {"way": "leave_out", "reason": "Kiện toàn cấp ủy"}
_ISSUED = {"do": "issue", "issued_on": "18/12/2024"}
_REPORTED = {"do": "confirm", "received_on": "18/12/2024", "committees": "3", "cells": "30", "thematic_cells": "9"}
_SCORED = {
    "do": "confirm", "rubric": FRAME, "whose": "own", "seen-group": "0", "seen-own": "0",
    **{f"mark-{name}": f"{points}".replace(".", ",") for name, points in MARKS.items()},
}  # fmt: skip


@dataclass(frozen=True)
class Twice:
    """One form, opened by two people of a role; the second sends his after the first has decided."""

    route: str
    path: str
    chapter: str  #: of `tests.desk.Desk`; empty: the day on which the story begins
    role: str
    first: Typed
    second: Typed
    kept: str  #: what of the second must still stand on the page

    @property
    def named(self) -> str:
        """How the case is called."""
        return f"{self.route.rpartition('}')[2] or self.route} {self.first.get('do', '')}"


def _visit(end: str, chapter: str, role: str, first: Typed, second: Typed, kept: str, route: str = "") -> Twice:
    return Twice(f"{_VISIT}/{route or end}", f"{V}/{end}", chapter, role, first, second, kept)


def _year(route: str, path: str, role: str, first: Typed, second: Typed, kept: str) -> Twice:
    return Twice(route, f"{YEAR}/{path}", "until_year_end", role, first, second, kept)


_CALENDAR = {"do": "confirm", "working_saturdays": "", "official_through": "2026"}


def _draft(part: str, first: Typed, second: Typed, kept: str) -> Twice:
    """A form of the draft of 2026, of which both have seen the first version."""
    return Twice(f"/ke-hoach/{{year}}{part}", f"/ke-hoach/2026{part}", "drafted", "officer", first, second, kept)


_CONTENT = {
    "title": "Tên mới", "number": "12", "issued": "05/01/2026", "due": "15/12/2026", "term": "2025-2030",
    "format_profile": "hd05_2026", "structure": "tinh-hai-cap", "signer-title": "TRƯỞNG BAN", "signer-name": "Lê A",
    **dict.fromkeys((f"issuer-{name}" for name in ("parent", "name", "full_name", "place", "organ_code",
                                                   "receiving_office")), "Có"),
}  # fmt: skip
_RIGHT = {"do": "confirm", "number": "82", "issued_on": "22/3/2024", "signer_name": "Lê A", "reason": "Nhầm dòng"}
_MOVED = {"day": "21/5/2024", "time": "14:30", "reason": "Thi học kỳ"}
FORMS = (
    _visit("de-cu", "until_listed", "officer", GOOD | {"do": "confirm", "seen": "1"},
           GOOD | {"do": "confirm", "seen": "1", "venue-1": "Phòng họp B"}, "Phòng họp B"),
    _visit("chap-nhan", "late", "leader", _TAKEN | {"reason": "Vừa kiện toàn"},
           _TAKEN | {"late-1": "refuse", "why-1": "Đã báo trước", "reason": "Đủ"}, "Đã báo trước"),
    _visit("chon", "until_listed", "leader", {"meeting": "1"}, {"meeting": ["1", "2"], "consulted": "Thường trực"},
           "Thường trực"),
    _visit("chon", "until_chosen", "leader", {"meeting": ["1", "2"]}, {"meeting": ["1", "3"], "consulted": "Ủy ban"},
           "Ủy ban"),
    _visit("doi/1", "until_chosen", "officer", _MOVED, _MOVED | {"day": "22/5/2024", "venue": "Hội trường B"},
           "Hội trường B", "doi/{number}"),
    _visit("huy", "until_chosen", "leader", {"reason": "Đơn vị hợp nhất", "sure": "1"},
           {"reason": "Trùng đại hội", "sure": "1"}, "Trùng đại hội"),
    _visit("khach-moi", "until_chosen", "officer", {"name": "Đồng chí A", "email": "a@co-quan.example"},
           {"name": "Đồng chí B", "email": "b@co-quan.example"}, "b@co-quan.example"),
    _visit("duyet/report", "approving", "leader", {"do": "approve"}, {"do": "return", "reason": "Chưa rõ hạn chế"},
           "Chưa rõ hạn chế", "duyet/{paper}"),
    _visit("duyet/report", "approving", "leader", {"do": "return", "reason": "Chưa rõ"}, {"do": "approve"}, "",
           "duyet/{paper}"),
    _visit("phat-hanh/notice", "until_chosen", "clerk", {"do": "issue", "number": "80", "issued_on": "21/3/2024"},
           {"do": "issue", "number": "81", "issued_on": "21/3/2024"}, "", "phat-hanh/{paper}"),
    _visit("dinh-chinh/notice", "until_issued", "clerk", _RIGHT, _RIGHT | {"reason": "Nhầm sổ"}, "Nhầm sổ",
           "dinh-chinh/{paper}"),
    _visit("phat-hanh/request", "asking", "clerk", {"do": "issue", "number": "12", "issued_on": "01/3/2024"},
           {"do": "issue", "number": "13", "issued_on": "01/3/2024"}, "", "phat-hanh/{paper}"),
    _visit("phat-hanh/invitation", "until_chosen", "clerk", {"do": "issue", "number": "7", "issued_on": "21/3/2024"},
           {"do": "issue", "number": "8", "issued_on": "21/3/2024"}, "", "phat-hanh/{paper}"),
    Twice(f"{_REPORT}/phat-hanh/{{paper}}", f"{YEAR}/bao-cao/long_thanh/phat-hanh/report-request", "asking for reports",
          "clerk", _ISSUED | {"number": "20", "issued_on": "01/11/2024"},
          _ISSUED | {"number": "21", "issued_on": "01/11/2024"}, ""),
    _visit("ket-qua", "until_met", "officer",
           {"do": "confirm", "turn": "1", "attended_on": "14/5/2024", "strength-1": "Chuẩn bị chu đáo"},
           {"do": "confirm", "turn": "1", "attended_on": "14/5/2024", "strength-1": "Thảo luận sôi nổi"},
           "Thảo luận sôi nổi"),
    _visit("cham-diem/1", "until_met", "officer", _SCORED, _SCORED | {"mark-uploaded": "0"}, "",
           "cham-diem/{number}"),
    _visit("lien-ket", "until_listed", "officer", {"do": "renew", "recipient": "nominations/host"},
           {"do": "renew", "recipient": "nominations/host"}, ""),
    Twice(f"{_VISIT}/tiep-nhan", f"{PLANNED}/tiep-nhan", "", "officer", _LEFT_OUT, _LEFT_OUT | {"reason": "Đã hoãn"},
          "Đã hoãn"),
    Twice(f"{_REPORT}/tiep-nhan", f"{YEAR}/bao-cao/long_thanh/tiep-nhan", "", "officer", _LEFT_OUT,
          _LEFT_OUT | {"reason": "Đã hoãn"}, "Đã hoãn"),
    Twice(f"{_PLAN}/tiep-nhan", f"{YEAR}/ke-hoach/tiep-nhan", "", "officer", {"way": "done"}, {"way": "open"}, ""),
    Twice(f"{_SUMMARY}/tiep-nhan", f"{YEAR}/tong-hop/tiep-nhan", "", "officer", _LEFT_OUT,
          _LEFT_OUT | {"reason": "Đã hoãn"}, "Đã hoãn"),
    Twice("/thu-den/{number}", "/thu-den/1", "written to", "officer", {"do": f"assign:{MAY}"},
          {"do": "aside", "reason": "Thư gửi nhầm"}, "Thư gửi nhầm"),
    Twice("/thu-den/{number}", "/thu-den/1", "written to", "officer", {"do": "aside", "reason": "Quảng cáo"},
          {"do": "assign", "visit": MAY, "reason": "Đã xem kỹ"}, "Đã xem kỹ"),
    _year(f"{_REPORT}/nhan", "bao-cao/trang_bom/nhan", "officer", _REPORTED, _REPORTED | {"cells": "31"}, '"31"'),
    _year(f"{_REPORT}/xem-xet", "bao-cao/long_thanh/xem-xet", "officer", {"do": "accept"},
          {"do": "return", "reason": "Thiếu số liệu"}, ""),
    _year(f"{_REPORT}/lien-ket", "bao-cao/trang_bom/lien-ket", "officer",
          {"do": "renew", "recipient": "self_report/host"}, {"do": "renew", "recipient": "self_report/host"}, ""),
    _year(f"{_PLAN}/phat-hanh/{{paper}}", "ke-hoach/phat-hanh/plan", "clerk",
          _ISSUED | {"number": "73", "issued_on": "03/01/2024"}, _ISSUED | {"number": "73", "issued_on": "03/01/2024"},
          ""),
    _year(f"{_SUMMARY}/nhiem-vu", "tong-hop/nhiem-vu", "officer", {"proposals": "Dự sớm hơn"},
          {"proposals": "Dự nhiều hơn"}, "Dự nhiều hơn"),
    _year(f"{_SUMMARY}/duyet/{{paper}}", "tong-hop/duyet/summary", "leader", {"do": "approve"}, {"do": "approve"}, ""),
    Twice(f"{_SUMMARY}/phat-hanh/{{paper}}", f"{YEAR}/tong-hop/phat-hanh/summary", "summed up", "clerk",
          _ISSUED | {"number": "120"}, _ISSUED | {"number": "121"}, ""),
    Twice(f"{_VISIT}/kien-nghi/tra-loi", f"{V}/kien-nghi/tra-loi", "until_year_end", "officer",
          {"do": "confirm", "received_on": "18/12/2024", "text-1": "Đã ghi đủ", "done-1": "done"},
          {"do": "confirm", "received_on": "18/12/2024", "text-1": "Mới ghi một nửa", "done-1": "part"},
          "Mới ghi một nửa"),
    Twice(f"{_VISIT}/kien-nghi/lien-ket", f"{V}/kien-nghi/lien-ket", "until_year_end", "officer",
          {"do": "renew", "recipient": "remedies/host"}, {"do": "renew", "recipient": "remedies/host"}, ""),
    Twice("/ke-hoach", "/ke-hoach", "", "officer", {"year": "2026"}, {"year": "2026", "hosts": "keep"}, ""),
    _draft("", {"do": "settle", "point": "1", "decided-1": "Số 12"},
           {"do": "settle", "point": "1", "decided-1": "Số 15"}, "Số 15"),
    _draft("/noi-dung", _CONTENT, _CONTENT | {"title": "Tên khác"}, "Tên khác"),
    _draft("/don-vi", {"months-xa_long_thanh": "3"}, {"months-xa_long_thanh": "9"}, 'value="9"'),
    _draft("/dia-chi", {"office.name": "Ban Tổ chức"}, {"office.name": "Ban khác"}, "Ban khác"),
    Twice("/quan-tri/lien-he", "/quan-tri/lien-he", "", "admin", {"office.name": "Ban Tổ chức"},
          {"office.name": "Ban khác"}, "Ban khác"),
    Twice("/so-van-ban/ghi", "/so-van-ban/ghi?loai=TB", "", "clerk", {"do": "reserve", "number": "78"},
          {"do": "reserve", "number": "79", "reason": "Thông báo tháng 6"}, "Thông báo tháng 6"),
    Twice("/lich-lam-viec/sua", "/lich-lam-viec/sua?nam=2024", "", "officer",
          _CALENDAR | {"days_off": "02/9/2024 Quốc khánh"}, _CALENDAR | {"days_off": "03/9/2024 Nghỉ thêm"},
          "Nghỉ thêm"),
    Twice("/lich-lam-viec/hoan-tac", "/lich-lam-viec/hoan-tac", "changed", "officer", {"do": "confirm"},
          {"do": "confirm"}, ""),
)  # fmt: skip

_AT_ONCE = "acts at once on a state that the transaction looks at again; nothing was typed"
_LETTER = "says of one letter what its state in the ledger must still allow, looked at in the transaction"
_ACCOUNT = "keeps an account; the newest word of an admin counts, and the record has both"
#: What is posted and decides nothing that somebody else may have decided meanwhile, with the reason.
NO_DECISION = {
    "/thiet-lap": "begins a draft; who was first has begun it, as at /ke-hoach",
    "/thiet-lap/may-chu-thu": "the newest word of an admin counts, tried with a letter; the record has each",
    "/thiet-lap/kham": "looks, and changes nothing",
    "/thu/dang-giu": "each letter is let go by its number; one that went meanwhile stays, and is named",
    **dict.fromkeys((f"{_REPORT}/dinh-chinh/{{paper}}", f"{_SUMMARY}/dinh-chinh/{{paper}}"),
                    "the same function as for a visit's papers"),
    "/dang-nhap": "signing in", "/dang-xuat": "signing out", "/mat-khau": "one's own password",
    "/lich": "the link to one's own calendar",
    "/viec-cua-toi/thu-sang-thu-hai": "a wish of one's own, about one's mail",
    **dict.fromkeys((f"{_VISIT}/anh", "/tra-loi/{token}/anh"), "adds to the file; a photo is taken out by its number"),
    f"{_VISIT}/ket-qua/nhap": "one's own draft", "/tra-loi/{token}/nhap": "one's own draft",
    "/nam/{year}/bao-cao-don-vi-duoc-du": "leads to the form in which the report is typed",
    **dict.fromkeys((f"{_VISIT}/ho-so.zip", f"{_VISIT}/kien-nghi/ho-so.zip", f"{_REPORT}/ho-so.zip",
                     f"{_PLAN}/ho-so.zip", f"{_SUMMARY}/ho-so.zip"), "takes something out"),
    "/tra-loi/{token}": "the same steps as at the desk; tests/web/reply has its two browsers",
    **dict.fromkeys((f"{_VISIT}/chay-lai", f"{_SUMMARY}/chay-lai", f"{_PLAN}/chay-lai", f"{_REPORT}/chay-lai",
                     f"{_VISIT}/kien-nghi/chay-lai"), _AT_ONCE),
    **dict.fromkeys(("/thu/da-xem-ban-khoi-phuc", "/thu/gui-lai-bi-tu-choi", "/thu/{number}/gui-lai-bi-tu-choi",
                     "/thu/{number}/da-di", "/thu/{number}/gui-lai", "/thu/{number}/cho-gui"), _LETTER),
    **dict.fromkeys(("/quan-tri/tai-khoan", "/quan-tri/tai-khoan/{login}", "/quan-tri/tai-khoan/{login}/mat-khau",
                     "/quan-tri/thay", "/quan-tri/thay/{number}/thoi"), _ACCOUNT),
}  # fmt: skip
