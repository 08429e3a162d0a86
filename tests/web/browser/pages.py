"""Every page of the desk: at which point of the story it shows most, and who opens it."""

from dataclasses import dataclass

from tests.may import MAY

VISIT = f"/chuyen/{MAY}"
REPORT = "/nam/2024/bao-cao/long_thanh"
_OF_REPORT = "/nam/{year}/bao-cao/{unit}"
OFFICE = ("officer", "leader", "clerk")
EVERYBODY = (*OFFICE, "inspector", "viewer", "admin")


@dataclass(frozen=True)
class PageOf:
    """One page: its address, those who may open it, and the route it belongs to if that has other words in it."""

    path: str
    roles: tuple[str, ...]
    route: str = ""

    @property
    def pattern(self) -> str:
        """The route as the application knows it."""
        return self.route or self.path.replace(VISIT, "/chuyen/{month}/{unit}").split("?")[0]


#: A chapter of `tests.desk.Desk` -> the pages that are looked at there.
CHAPTERS: dict[str, tuple[PageOf, ...]] = {
    "until_listed": (
        PageOf("/", EVERYBODY),
        PageOf("/nam/2024", EVERYBODY, "/nam/{year}"),
        PageOf("/viec-cua-toi", EVERYBODY),
        PageOf("/tu-lan-truoc", EVERYBODY),
        PageOf("/tu-lan-truoc?tu=7-ngay", EVERYBODY),
        PageOf("/tim", ("viewer",)),
        PageOf("/tim?q=bien hoa", EVERYBODY),
        PageOf("/tro-giup", EVERYBODY),
        PageOf("/tro-giup?vai=clerk", ("viewer",)),
        PageOf("/lich", EVERYBODY),
        PageOf("/mat-khau", EVERYBODY),
        PageOf(VISIT, EVERYBODY),
        PageOf(f"{VISIT}/de-cu", ("officer",)),
        PageOf(f"{VISIT}/chap-nhan", ("leader",)),
        PageOf(f"{VISIT}/chon", ("leader",)),
        PageOf(f"{VISIT}/huy", ("officer", "leader")),
        PageOf(f"{VISIT}/lien-ket", ("officer",)),
        PageOf(f"{VISIT}/tiep-nhan", ("officer", "leader")),
        PageOf("/thu", (*OFFICE, "admin")),
        PageOf("/thu/dang-giu", ("officer",)),
        PageOf("/thu/1", (*OFFICE, "admin"), "/thu/{number}"),
        PageOf("/thu-den", (*OFFICE, "admin")),
        PageOf("/thu-den/1", (*OFFICE, "admin"), "/thu-den/{number}"),
        PageOf(f"{VISIT}/de-cu?thu=1", ("officer",)),
        PageOf("/nhat-ky", (*OFFICE, "admin")),
        PageOf("/lich-lam-viec", EVERYBODY),
        PageOf("/lich-lam-viec?nam=2027", ("viewer",)),
        PageOf("/lich-lam-viec/sua", ("officer",)),
        PageOf("/lich-lam-viec/hoan-tac", ("officer",)),
        PageOf("/so-van-ban", (*OFFICE, "viewer")),
        PageOf("/so-van-ban/ghi", ("clerk",)),
        PageOf("/phieu-cham", EVERYBODY),
        PageOf("/phieu-cham/vi-du-42hd-chi-tiet", EVERYBODY, "/phieu-cham/{name}"),
        PageOf("/mau-loi-van", (*OFFICE, "admin")),
        PageOf("/mau-loi-van/invitation", (*OFFICE, "admin"), "/mau-loi-van/{purpose}"),
        PageOf("/mau-loi-van/result_notice", ("leader", "admin"), "/mau-loi-van/{purpose}"),
        PageOf("/tinh-trang", ("officer", "leader", "admin")),
        PageOf("/tinh-trang?kham=1", ("admin",)),
        PageOf("/luu-tru", ("officer", "clerk")),
        PageOf("/quan-tri", ("admin",)),
        PageOf("/quan-tri/tai-khoan", ("admin",)),
        PageOf("/quan-tri/tai-khoan/admin", ("admin",), "/quan-tri/tai-khoan/{login}"),
        PageOf("/quan-tri/lien-he", ("admin",)),
        PageOf("/quan-tri/don-vi", ("admin",)),
    ),
    "drafted": (
        PageOf("/ke-hoach", ("officer", "admin")),
        PageOf("/ke-hoach/2026", ("officer", "admin"), "/ke-hoach/{year}"),
        PageOf("/ke-hoach/2026/noi-dung", ("officer", "admin"), "/ke-hoach/{year}/noi-dung"),
        PageOf("/ke-hoach/2026/don-vi", ("officer", "admin"), "/ke-hoach/{year}/don-vi"),
        PageOf("/ke-hoach/2026/dia-chi", ("officer", "admin"), "/ke-hoach/{year}/dia-chi"),
        PageOf("/quan-tri/lien-he/lich-su", ("admin",)),
        PageOf("/thiet-lap", ("admin",)),
        PageOf("/thiet-lap/may-chu-thu", ("admin",)),
        PageOf("/thiet-lap/kham", ("admin",)),
    ),
    "until_chosen": (
        PageOf(f"{VISIT}/phat-hanh/notice", ("leader", "clerk"), "/chuyen/{month}/{unit}/phat-hanh/{paper}"),
        PageOf(f"{VISIT}/doi/1", ("officer", "leader"), "/chuyen/{month}/{unit}/doi/{number}"),
        PageOf(f"{VISIT}/khach-moi", ("officer", "leader")),
    ),
    "until_met": (
        PageOf(VISIT, EVERYBODY),
        PageOf(f"{VISIT}/dinh-chinh/notice", ("clerk",), "/chuyen/{month}/{unit}/dinh-chinh/{paper}"),
        PageOf(f"{VISIT}/ket-qua", ("officer", "inspector")),
        PageOf(f"{VISIT}/anh", (*OFFICE, "inspector")),
        PageOf(f"{VISIT}/cham-diem/1", ("officer", "inspector"), "/chuyen/{month}/{unit}/cham-diem/{number}"),
        PageOf(
            f"{VISIT}/cham-diem/1?phieu=vi_du_42hd_chi_tiet", ("inspector",),
            "/chuyen/{month}/{unit}/cham-diem/{number}",
        ),
    ),
    "until_reported": (
        PageOf(VISIT, EVERYBODY),
        PageOf("/nam/2024", ("leader",), "/nam/{year}"),
        PageOf("/thu", ("officer",)),
        PageOf("/nhat-ky", ("officer",)),
        PageOf(f"{VISIT}/duyet/result", ("leader",), "/chuyen/{month}/{unit}/duyet/{paper}"),
        PageOf(f"{VISIT}/phat-hanh/result", ("leader", "clerk"), "/chuyen/{month}/{unit}/phat-hanh/{paper}"),
    ),
    "until_year_end": (
        PageOf("/nam/2024", EVERYBODY, "/nam/{year}"),
        PageOf("/so-van-ban", (*OFFICE, "viewer")),
        PageOf("/luu-tru", ("officer", "clerk")),
        PageOf("/lich-lam-viec", ("officer", "viewer")),
        PageOf("/mau-loi-van/annual_report", ("leader", "admin"), "/mau-loi-van/{purpose}"),
        PageOf("/viec-cua-toi", EVERYBODY),
        PageOf(REPORT, EVERYBODY, "/nam/{year}/bao-cao/{unit}"),
        PageOf(f"{REPORT}/phat-hanh/report-request", ("leader", "clerk"), f"{_OF_REPORT}/phat-hanh/{{paper}}"),
        PageOf(f"{REPORT}/dinh-chinh/report-request", ("clerk",), f"{_OF_REPORT}/dinh-chinh/{{paper}}"),
        PageOf("/nam/2024/bao-cao-don-vi-duoc-du", ("officer",), "/nam/{year}/bao-cao-don-vi-duoc-du"),
        PageOf(f"{REPORT}/nhan", ("officer",), "/nam/{year}/bao-cao/{unit}/nhan"),
        PageOf(f"{REPORT}/xem-xet", ("officer",), "/nam/{year}/bao-cao/{unit}/xem-xet"),
        PageOf(f"{REPORT}/tiep-nhan", ("officer", "leader"), "/nam/{year}/bao-cao/{unit}/tiep-nhan"),
        PageOf(f"{REPORT}/lien-ket", ("officer",), "/nam/{year}/bao-cao/{unit}/lien-ket"),
        PageOf(f"{VISIT}/kien-nghi", EVERYBODY),
        PageOf(f"{VISIT}/kien-nghi/tra-loi", ("officer",)),
        PageOf(f"{VISIT}/kien-nghi/lien-ket", ("officer",)),
        PageOf("/nam/2024/ke-hoach", EVERYBODY, "/nam/{year}/ke-hoach"),
        PageOf("/nam/2024/ke-hoach/phat-hanh/plan", ("leader", "clerk"), "/nam/{year}/ke-hoach/phat-hanh/{paper}"),
        PageOf("/nam/2024/ke-hoach/tiep-nhan", ("officer", "leader"), "/nam/{year}/ke-hoach/tiep-nhan"),
        PageOf("/nam/2024/tong-hop/tiep-nhan", ("officer", "leader"), "/nam/{year}/tong-hop/tiep-nhan"),
        PageOf("/nam/2024/tong-hop", OFFICE, "/nam/{year}/tong-hop"),
        PageOf("/nam/2024/tong-hop/nhiem-vu", ("officer",), "/nam/{year}/tong-hop/nhiem-vu"),
        PageOf("/nam/2024/tong-hop/duyet/summary", ("leader",), "/nam/{year}/tong-hop/duyet/{paper}"),
        PageOf("/nam/2024/tong-hop/phat-hanh/summary", ("leader", "clerk"), "/nam/{year}/tong-hop/phat-hanh/{paper}"),
    ),
}  # fmt: skip

#: Routes that give no page, or whose pages the tests of somebody without an account look at.
ELSEWHERE = frozenset({
    "/lich/{key}.ics", "/dang-nhap", "/suc-khoe", "/metrics", "/static/{name}", "/man-hinh-chinh.webmanifest",
    "/thu-den/{number}/tep/{place}", "/thu-den/{number}/anh/{place}.png",
    "/tra-loi/{token}", "/tra-loi/{token}/da-nhan",
    "/ke-hoach/{year}/ke-hoach.yaml", "/ke-hoach/{year}/don-vi/mau.xlsx", "/quan-tri/lien-he/dia-chi.yaml",
    "/tra-loi/{token}/mau.xlsx", "/tra-loi/{token}/anh",
    "/tra-loi/{token}/anh/{number}.png", "/chuyen/{month}/{unit}/anh/{number}.png",
    "/thu/{number}/tep/{place}", "/chuyen/{month}/{unit}/van-ban/{name}",
    "/chuyen/{month}/{unit}/de-cu/mau.xlsx", "/chuyen/{month}/{unit}/tiep-nhan/mau.xlsx",
    "/chuyen/{month}/{unit}/ban-soan/{paper}.pdf", "/nam/{year}/tong-hop/dinh-chinh/{paper}",
    "/chuyen/{month}/{unit}/ban-soan/{paper}/trang-{number}.png", "/nam/{year}/bang.xlsx",
    "/nam/{year}/bao-cao/{unit}/ban-soan/{paper}.pdf", "/nam/{year}/bao-cao/{unit}/ban-soan/{paper}/trang-{number}.png",
    "/nam/{year}/bao-cao/{unit}/tep/{version}", "/nam/{year}/ke-hoach/van-ban/{name}",
    "/nam/{year}/tong-hop/van-ban/{name}", "/nam/{year}/ke-hoach/ban-soan/{paper}.pdf",
    "/nam/{year}/tong-hop/ban-soan/{paper}.pdf", "/nam/{year}/ke-hoach/ban-soan/{paper}/trang-{number}.png",
    "/nam/{year}/tong-hop/ban-soan/{paper}/trang-{number}.png", "/mau-loi-van/{purpose}/xem-thu.pdf",
})  # fmt: skip


def opened_by(role: str) -> list[tuple[str, list[str]]]:
    """For each chapter the addresses of the pages which that role opens."""
    return [(name, [one.path for one in pages if role in one.roles]) for name, pages in CHAPTERS.items()]
