"""Who may open and send what: every route of the desk with the roles it is for. A new route is entered here."""

import re

from fastapi import FastAPI

from tests.web.conftest import ROLES
from web.app import routes_of

EVERYBODY = frozenset(ROLES)
OFFICE = frozenset({"officer", "leader", "clerk"})
OUTSIDE = frozenset({*ROLES, "stranger"})  #: whoever has the address; what it opens depends on the link in it
VISIT = "/chuyen/{month}/{unit}"
FOLLOW_UP = f"{VISIT}/kien-nghi"
REPORT = "/nam/{year}/bao-cao/{unit}"
TAKES_FOLDERS = frozenset({"officer", "clerk"})
PLAN, SUMMARY = "/nam/{year}/ke-hoach", "/nam/{year}/tong-hop"
DRAFT, PLANNERS = "/ke-hoach/{year}", frozenset({"officer", "admin"})

#: GET route -> who may open it. Everybody else who is signed in gets 403; a stranger is sent to sign in.
MAY_OPEN: dict[str, frozenset[str]] = {
    "/": EVERYBODY,
    "/nam/{year}": EVERYBODY,
    "/nam/{year}/bang.xlsx": OFFICE,
    SUMMARY: OFFICE,
    f"{SUMMARY}/nhiem-vu": frozenset({"officer"}),
    f"{SUMMARY}/duyet/{{paper}}": frozenset({"leader"}),
    f"{SUMMARY}/phat-hanh/{{paper}}": frozenset({"leader", "clerk"}),
    f"{SUMMARY}/dinh-chinh/{{paper}}": frozenset({"clerk"}),
    f"{SUMMARY}/van-ban/{{name}}": EVERYBODY,
    f"{SUMMARY}/ban-soan/{{paper}}/trang-{{number}}.png": OFFICE,
    f"{SUMMARY}/ban-soan/{{paper}}.pdf": OFFICE,
    PLAN: EVERYBODY,
    f"{PLAN}/phat-hanh/{{paper}}": frozenset({"leader", "clerk"}),
    f"{PLAN}/van-ban/{{name}}": EVERYBODY,
    f"{PLAN}/ban-soan/{{paper}}/trang-{{number}}.png": OFFICE,
    f"{PLAN}/ban-soan/{{paper}}.pdf": OFFICE,
    REPORT: EVERYBODY,
    f"{REPORT}/phat-hanh/{{paper}}": frozenset({"leader", "clerk"}),
    f"{REPORT}/dinh-chinh/{{paper}}": frozenset({"clerk"}),
    f"{REPORT}/ban-soan/{{paper}}/trang-{{number}}.png": OFFICE,
    f"{REPORT}/ban-soan/{{paper}}.pdf": OFFICE,
    "/nam/{year}/bao-cao-don-vi-duoc-du": frozenset({"officer"}),
    f"{REPORT}/nhan": frozenset({"officer"}),
    f"{REPORT}/xem-xet": frozenset({"officer"}),
    f"{REPORT}/lien-ket": frozenset({"officer"}),
    f"{REPORT}/tep/{{version}}": OFFICE,
    FOLLOW_UP: EVERYBODY,
    f"{FOLLOW_UP}/tra-loi": frozenset({"officer"}),
    f"{FOLLOW_UP}/lien-ket": frozenset({"officer"}),
    "/viec-cua-toi": EVERYBODY,
    "/tu-lan-truoc": EVERYBODY,
    "/tim": EVERYBODY,
    "/tro-giup": EVERYBODY,
    "/lich": EVERYBODY,
    "/mat-khau": EVERYBODY,
    VISIT: EVERYBODY,
    f"{VISIT}/van-ban/{{name}}": EVERYBODY,
    f"{VISIT}/de-cu": frozenset({"officer"}),
    f"{VISIT}/de-cu/mau.xlsx": frozenset({"officer"}),
    f"{VISIT}/chap-nhan": frozenset({"leader"}),
    f"{VISIT}/chon": frozenset({"leader"}),
    f"{VISIT}/duyet/{{paper}}": frozenset({"leader"}),
    f"{VISIT}/phat-hanh/{{paper}}": frozenset({"leader", "clerk"}),
    f"{VISIT}/dinh-chinh/{{paper}}": frozenset({"clerk"}),
    f"{VISIT}/ban-soan/{{paper}}/trang-{{number}}.png": OFFICE,
    f"{VISIT}/ban-soan/{{paper}}.pdf": OFFICE,
    f"{VISIT}/ket-qua": frozenset({"officer", "inspector"}),
    f"{VISIT}/anh": frozenset({"officer", "leader", "clerk", "inspector"}),
    f"{VISIT}/anh/{{number}}.png": frozenset({"officer", "leader", "clerk", "inspector"}),
    f"{VISIT}/cham-diem/{{number}}": frozenset({"officer", "inspector"}),
    f"{VISIT}/khach-moi": frozenset({"officer", "leader"}),
    f"{VISIT}/doi/{{number}}": frozenset({"officer", "leader"}),
    f"{VISIT}/huy": frozenset({"officer", "leader"}),
    f"{VISIT}/lien-ket": frozenset({"officer"}),
    f"{VISIT}/tiep-nhan": frozenset({"officer", "leader"}),
    f"{VISIT}/tiep-nhan/mau.xlsx": frozenset({"officer", "leader"}),
    f"{REPORT}/tiep-nhan": frozenset({"officer", "leader"}),
    f"{PLAN}/tiep-nhan": frozenset({"officer", "leader"}),
    f"{SUMMARY}/tiep-nhan": frozenset({"officer", "leader"}),
    "/thu": OFFICE | {"admin"},
    "/thu/dang-giu": frozenset({"officer"}),
    "/thu/{number}": OFFICE | {"admin"},
    "/thu/{number}/tep/{place}": OFFICE | {"admin"},
    "/thu-den": OFFICE | {"admin"},
    "/thu-den/{number}": OFFICE | {"admin"},
    "/thu-den/{number}/tep/{place}": OFFICE,
    "/thu-den/{number}/anh/{place}.png": OFFICE,
    "/nhat-ky": OFFICE | {"admin"},
    "/so-van-ban": OFFICE | {"viewer"},
    "/so-van-ban/ghi": frozenset({"clerk"}),
    "/luu-tru": frozenset({"officer", "clerk"}),
    "/lich-lam-viec": EVERYBODY,
    "/lich-lam-viec/sua": frozenset({"officer"}),
    "/lich-lam-viec/hoan-tac": frozenset({"officer"}),
    "/phieu-cham": EVERYBODY,
    "/phieu-cham/{name}": EVERYBODY,
    "/mau-loi-van": OFFICE | {"admin"},
    "/mau-loi-van/{purpose}": OFFICE | {"admin"},
    "/mau-loi-van/{purpose}/xem-thu.pdf": OFFICE | {"admin"},
    "/tinh-trang": frozenset({"officer", "leader", "admin"}),
    "/ke-hoach": PLANNERS,
    DRAFT: PLANNERS,
    f"{DRAFT}/noi-dung": PLANNERS,
    f"{DRAFT}/don-vi": PLANNERS,
    f"{DRAFT}/don-vi/mau.xlsx": PLANNERS,
    f"{DRAFT}/dia-chi": PLANNERS,
    f"{DRAFT}/ke-hoach.yaml": PLANNERS,
    "/thiet-lap": frozenset({"admin"}),
    "/thiet-lap/may-chu-thu": frozenset({"admin"}),
    "/thiet-lap/kham": frozenset({"admin"}),
    "/quan-tri": frozenset({"admin"}),
    "/quan-tri/tai-khoan": frozenset({"admin"}),
    "/quan-tri/tai-khoan/{login}": frozenset({"admin"}),
    "/quan-tri/lien-he": frozenset({"admin"}),
    "/quan-tri/lien-he/lich-su": frozenset({"admin"}),
    "/quan-tri/lien-he/dia-chi.yaml": frozenset({"admin"}),
    "/quan-tri/don-vi": frozenset({"admin"}),
    "/dang-nhap": OUTSIDE,
    **dict.fromkeys(("/static/{name}", "/man-hinh-chinh.webmanifest"), OUTSIDE),
    "/suc-khoe": OUTSIDE,
    "/metrics": OUTSIDE,  # of a monitor: 404 without its token, but for one on this machine
    "/lich/{key}.ics": OUTSIDE,
    "/tra-loi/{token}": OUTSIDE,
    "/tra-loi/{token}/da-nhan": OUTSIDE,
    "/tra-loi/{token}/mau.xlsx": OUTSIDE,
    **dict.fromkeys(("/tra-loi/{token}/anh", "/tra-loi/{token}/anh/{number}.png"), OUTSIDE),
}

#: POST route -> who may send it.
MAY_SEND: dict[str, frozenset[str]] = {
    "/dang-xuat": EVERYBODY,
    "/mat-khau": EVERYBODY,
    "/lich": EVERYBODY,
    "/viec-cua-toi/thu-sang-thu-hai": frozenset({"leader"}),
    f"{VISIT}/chay-lai": frozenset({"officer", "admin"}),
    f"{VISIT}/de-cu": frozenset({"officer"}),
    f"{VISIT}/chap-nhan": frozenset({"leader"}),
    f"{VISIT}/chon": frozenset({"leader"}),
    f"{VISIT}/duyet/{{paper}}": frozenset({"leader"}),
    f"{VISIT}/phat-hanh/{{paper}}": frozenset({"clerk"}),  # a leader only with a reason to override a check
    f"{VISIT}/ket-qua": frozenset({"officer", "inspector"}),
    f"{VISIT}/anh": frozenset({"officer", "inspector"}),
    f"{VISIT}/ket-qua/nhap": frozenset({"officer", "inspector"}),
    f"{VISIT}/cham-diem/{{number}}": frozenset({"officer", "inspector"}),
    f"{VISIT}/khach-moi": frozenset({"officer", "leader"}),
    f"{VISIT}/doi/{{number}}": frozenset({"officer", "leader"}),
    f"{VISIT}/huy": frozenset({"officer", "leader"}),
    f"{VISIT}/lien-ket": frozenset({"officer"}),
    **dict.fromkeys((f"{one}/ho-so.zip" for one in (VISIT, FOLLOW_UP, REPORT, PLAN, SUMMARY)), TAKES_FOLDERS),
    "/so-van-ban/ghi": frozenset({"clerk"}),
    "/lich-lam-viec/sua": frozenset({"officer"}),
    "/lich-lam-viec/hoan-tac": frozenset({"officer"}),
    f"{SUMMARY}/nhiem-vu": frozenset({"officer"}),
    f"{SUMMARY}/duyet/{{paper}}": frozenset({"leader"}),
    f"{SUMMARY}/phat-hanh/{{paper}}": frozenset({"clerk"}),
    **dict.fromkeys((f"{one}/dinh-chinh/{{paper}}" for one in (VISIT, REPORT, SUMMARY)), frozenset({"clerk"})),
    f"{PLAN}/phat-hanh/{{paper}}": frozenset({"clerk"}),
    f"{REPORT}/phat-hanh/{{paper}}": frozenset({"clerk"}),
    "/nam/{year}/bao-cao-don-vi-duoc-du": frozenset({"officer"}),
    f"{REPORT}/nhan": frozenset({"officer"}),
    f"{REPORT}/xem-xet": frozenset({"officer"}),
    f"{REPORT}/lien-ket": frozenset({"officer"}),
    f"{FOLLOW_UP}/tra-loi": frozenset({"officer"}),
    f"{FOLLOW_UP}/lien-ket": frozenset({"officer"}),
    f"{SUMMARY}/chay-lai": frozenset({"officer", "admin"}),
    f"{PLAN}/chay-lai": frozenset({"officer", "admin"}),
    f"{REPORT}/chay-lai": frozenset({"officer", "admin"}),
    f"{FOLLOW_UP}/chay-lai": frozenset({"officer", "admin"}),
    f"{VISIT}/tiep-nhan": frozenset({"officer", "leader"}),
    f"{REPORT}/tiep-nhan": frozenset({"officer", "leader"}),
    f"{PLAN}/tiep-nhan": frozenset({"officer", "leader"}),
    f"{SUMMARY}/tiep-nhan": frozenset({"officer", "leader"}),
    "/thu/dang-giu": frozenset({"officer"}),
    "/thu/da-xem-ban-khoi-phuc": frozenset({"officer"}),
    "/thu/gui-lai-bi-tu-choi": frozenset({"officer"}),
    "/thu/{number}/gui-lai-bi-tu-choi": frozenset({"officer"}),
    "/thu/{number}/da-di": frozenset({"officer"}),
    "/thu/{number}/gui-lai": frozenset({"officer"}),
    "/thu/{number}/cho-gui": frozenset({"officer"}),
    "/thu-den/{number}": frozenset({"officer", "admin"}),
    "/ke-hoach": PLANNERS,
    DRAFT: PLANNERS,
    f"{DRAFT}/noi-dung": PLANNERS,
    f"{DRAFT}/don-vi": PLANNERS,
    f"{DRAFT}/dia-chi": PLANNERS,
    "/thiet-lap": frozenset({"admin"}),
    "/thiet-lap/may-chu-thu": frozenset({"admin"}),
    "/thiet-lap/kham": frozenset({"admin"}),
    "/quan-tri/tai-khoan": frozenset({"admin"}),
    "/quan-tri/tai-khoan/{login}": frozenset({"admin"}),
    "/quan-tri/tai-khoan/{login}/mat-khau": frozenset({"admin"}),
    "/quan-tri/lien-he": frozenset({"admin"}),
    "/quan-tri/thay": frozenset({"admin"}),
    "/quan-tri/thay/{number}/thoi": frozenset({"admin"}),
    "/dang-nhap": OUTSIDE,
    "/tra-loi/{token}": OUTSIDE,
    "/tra-loi/{token}/nhap": OUTSIDE,
    "/tra-loi/{token}/anh": OUTSIDE,
}

#: What stands in the address; each names something that is there after `until_year_end`.
_NAMES = {
    "year": "2024", "month": "2024-05", "unit": "bien_hoa", "number": "1", "place": "1", "paper": "notice",
    "name": "desk.css", "login": "viewer", "token": "khong-co", "version": "1", "key": "khong-co",
    "purpose": "invitation",
}  # fmt: skip


def address(path: str) -> str:
    """The route with everything filled in."""
    names = dict(_NAMES)
    if path.startswith("/nam/"):
        papers = {PLAN: "plan", REPORT: "report-request", SUMMARY: "summary"}
        named = (paper for begins, paper in papers.items() if path.startswith(begins))
        names |= {"unit": "long_thanh", "paper": next(named, "summary")}
    return re.sub(r"\{(\w+)\}", lambda match: names[match[1]], path)


def paths(app: FastAPI, method: str) -> set[str]:
    """Every route that takes this method."""
    return {route.path for route in routes_of(app) if method in (route.methods or ())}
