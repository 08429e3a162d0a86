"""Sample facts for every letter: one small plan, one host, two meetings, complete findings, a year in figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from domain.annual import AnnualSummary, Compared, Grouped, RecommendationLine, ReportLine, RoundLine
from domain.correction import IssuedAs, PaperCorrection
from domain.dates import at
from domain.deadline import Deadline
from domain.figures import Figure, Record
from domain.findings import Findings, ItemFinding, ItemResult, Recommendation
from domain.follow_up import follow
from domain.item_lines import ItemLine
from domain.meeting_finding import MeetingFinding, Resolution
from domain.nomination import Meeting, MeetingKind, OrgType
from domain.plan import (
    ChecklistItem,
    Contact,
    Issuer,
    LegalBasis,
    Participant,
    Plan,
    PlannedVisit,
    Recipient,
    Rules,
    SelfSupervision,
    Signer,
    Unit,
)
from domain.schedule import PlannedReport, planned_rounds
from domain.working_days import WorkingCalendar

Facts = dict[str, object]
CONTACT = "Nguyễn Văn Kín, 0900 000 000"

HOST = Unit(
    code="nhon_trach",
    name="Đảng bộ huyện Nhơn Trạch",
    unit_type="district",
    short_name="Nhơn Trạch",
    standing_board="Ban Thường vụ Huyện ủy Nhơn Trạch",
    committee="Huyện ủy",
)
CHECKLIST = (
    ChecklistItem("R19", "II.2.a", "Biên bản họp cấp ủy, đảng ủy, chi bộ", "Sổ biên bản họp"),
    ChecklistItem("R20", "II.2.b", "Sổ nghị quyết", "Sổ nghị quyết"),
)
PLAN = Plan(
    year=2024,
    number=73,
    type_code="KH",
    title="Dự, giám sát sinh hoạt thường kỳ của đảng ủy, chi bộ năm 2024",
    issued=date(2024, 1, 3),
    term="2020-2025",
    format_profile="hd36_2018",
    issuer=Issuer(
        "TỈNH ỦY ĐỒNG NAI",
        "BAN TỔ CHỨC",
        "Ban Tổ chức Tỉnh ủy",
        "Đồng Nai",
        "BTCTU",
        "Phòng Tổ chức đảng - Đảng viên",
    ),
    signer=Signer("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Phạm Anh Dũng"),
    legal_bases=(LegalBasis("12-HD/BTCTW", date(2018, 7, 6), "Ban Tổ chức Trung ương", "một số vấn đề"),),
    units=(HOST,),
    visits=(PlannedVisit(2, "nhon_trach"),),
    self_supervising=SelfSupervision(date(2024, 12, 16), ()),
    rules=Rules(),
    checklist=CHECKLIST,
    participants=(
        Participant("R54", "province", "Thường trực Tỉnh ủy", True, "provincial_standing_body"),
        Participant("R56", "province", "Đại diện lãnh đạo Văn phòng Tỉnh ủy", True, "party_office"),
        Participant("R57", "host", "Thường trực cấp ủy", False),
        Participant("R58", "host", "Đồng chí cấp ủy viên phụ trách địa phương, đơn vị", False),
    ),
    recipients=(Recipient("R81", "Lưu BTCTU", "archive"),),
)
MEETINGS = (
    Meeting(
        2,
        "Chi bộ Trường THPT Nhơn Trạch",
        OrgType.CELL_SUBORDINATE,
        "Đảng bộ Khối cơ quan huyện",
        at(date(2024, 2, 20), 7, 30),
        "Phòng họp A, Trường THPT Nhơn Trạch",
        MeetingKind.COMBINED,
        "Nêu gương của cán bộ, đảng viên",
        35,
        CONTACT,
    ),
    Meeting(
        5,
        "Đảng ủy xã Phú Hội",
        OrgType.GRASSROOTS_COMMITTEE,
        "",
        at(date(2024, 2, 21), 14),
        "Hội trường xã Phú Hội",
        contact=CONTACT,
    ),
)
FINDINGS = Findings(
    items=(
        ItemFinding("R19", ItemResult.MET),
        ItemFinding("R20", ItemResult.PARTLY_MET, "ghi chưa đầy đủ số phiếu biểu quyết", limitations=(1,)),
    ),
    strengths=("Nội dung sinh hoạt được chuẩn bị chu đáo.", "Đảng viên tham gia ý kiến sôi nổi"),
    limitations=("Sổ nghị quyết ghi chưa đầy đủ",),
    recommendations=(
        Recommendation(
            1, "Bổ sung, ghi đầy đủ sổ nghị quyết", "Chi ủy Chi bộ Trường THPT Nhơn Trạch", date(2024, 4, 15)
        ),
    ),
    difficulties=("Phần mềm Sổ tay đảng viên điện tử chạy chậm",),
    attended_on=date(2024, 2, 20),
    meetings=(
        MeetingFinding(
            2,
            "Nguyễn Văn Chủ, bí thư",
            "Lê Thị Ghi",
            35,
            31,
            "03 ốm, 01 đi công tác",
            "Lãnh đạo Văn phòng Tỉnh ủy",
            "07:30",
            "09:10",
            Resolution.PASSED,
        ),
    ),
)

SUMMARY = AnnualSummary(
    rounds=(
        RoundLine(
            2,
            HOST.name,
            tuple(one.organisation for one in MEETINGS),
            1,
            1,
            1,
            "130-TB/BTCTU",
            late=True,
            listed_meetings=2,
            late_meetings=1,
        ),
        RoundLine(9, "Đảng bộ huyện Cẩm Mỹ", (), 0, 0, 0, "", late=True, remark="bận diễn tập"),
    ),
    reports=(
        ReportLine("Đảng bộ huyện Long Thành", date(2024, 12, 10)),
        ReportLine("Đảng bộ huyện Trảng Bom", date(2024, 12, 18), late=True),
        ReportLine("Đảng bộ huyện Vĩnh Cửu", None),
    ),
    items=(ItemLine("II.2.a", CHECKLIST[0].text, met=1), ItemLine("II.2.b", CHECKLIST[1].text, partly_met=1)),
    strengths=tuple(Grouped(text, ("Nhơn Trạch", "Cẩm Mỹ")) for text in FINDINGS.strengths),
    limitations=tuple(Grouped(text, ("Nhơn Trạch",)) for text in FINDINGS.limitations),
    recommendations=(
        RecommendationLine(2, HOST.name, "Bổ sung sổ nghị quyết", "Chi ủy", date(2024, 4, 15), date(2024, 4, 10)),
        RecommendationLine(2, HOST.name, "Treo cờ Đảng đúng vị trí", "Chi ủy", date(2024, 4, 15), None),
    ),
    overrides=(Grouped("Chấp nhận danh sách trễ hạn: đơn vị kiện toàn cấp ủy", ("Nhơn Trạch",)),),
    figures=(Figure("rounds_held", "Đợt đã tổ chức", (Record("answer", 4, "2024-02/nhon_trach"),)),),
)

CORRECTED = PaperCorrection(
    "result_notice", 1, IssuedAs("125-TB/BTCTU", date(2024, 2, 5), PLAN.signer),
    IssuedAs("126-TB/BTCTU", date(2024, 2, 6), PLAN.signer), "ghi nhầm số theo sổ",
)  # fmt: skip

FACTS: Facts = {
    "plan": PLAN,
    "unit": HOST,
    "month_year": "02/2024",
    "today": date(2024, 1, 3),
    "visit": "2024-02/nhon_trach",
    "first_in_time": date(2024, 2, 2),
    "instead_of": None,
    "boards": [HOST.standing_board],
    "due": date(2024, 1, 2),
    "days_left": -1,
    "overdue": True,
    "escalated": True,
    "tight": True,
    "meetings": MEETINGS,
    "late": ((MEETINGS[0], Deadline(date(2024, 2, 20), date(2024, 1, 21), "20/02/2024 trừ 30 ngày = 21/01/2024")),),
    "received_on": date(2024, 1, 25),
    "taken": MEETINGS[:1],
    "refused": ((MEETINGS[-1], "Trùng lịch làm việc của Tổ công tác"),),
    "again": True,
    "their_symbol": "88-BC/HU",
    "task": "Chọn tổ chức đảng để dự, giám sát",
    "detail": "Danh sách có 05 tổ chức đảng.\nGợi ý: số 2.",
    "about": "Đợt dự, giám sát sinh hoạt Đảng tháng 02/2024 tại Đảng bộ huyện Nhơn Trạch",
    "command": "visits choose 2024-02/nhon_trach 2 5",
    "link": "http://127.0.0.1:8080/chuyen/2024-02/nhon_trach/chon",
    "step": "Chọn chi bộ chuyên đề",
    "changes": (),
    "organisation": "Chi bộ Trường THPT Mẫu",
    "invitee": "Đại diện lãnh đạo Văn phòng Tỉnh ủy",
    "reason": "đơn vị thay đổi lịch sinh hoạt",
    "inspector": "Phạm Thị Thí Dụ",
    "coming": ("Văn phòng Tỉnh ủy: dự", "Ủy ban Kiểm tra Tỉnh ủy: cử người khác dự: phong@ubkt.example (dự)"),
    "leader": "Trần Thị Minh Họa",
    "waiting": (
        {
            "about": "Đợt dự, giám sát sinh hoạt Đảng tháng 02/2024 tại Đảng bộ huyện Nhơn Trạch",
            "task": "Chờ lựa chọn",
            "since": date(2024, 1, 2),
            "due": date(2024, 1, 2),
            "link": "http://127.0.0.1:8080/chuyen/2024-02/nhon_trach/chon",
        },
        {
            "about": "Tháng 03/2024, Long Thành",
            "task": "có độ mật, xem ở bàn làm việc",
            "since": None,
            "due": None,
            "link": "http://127.0.0.1:8080/viec-cua-toi",
        },
    ),
    "findings": FINDINGS,
    "grades": {2: "Tốt"},
    "group": ["Phạm Thị Thí Dụ", "Ngô Văn Mẫu"],
    "report_symbol": "01-BC/TCT",
    "reported_on": date(2024, 2, 26),
    "considered_on": date(2024, 2, 27),
    "summary": SUMMARY,
    "compared": (Compared("Đợt dự, giám sát đã tổ chức", "08", "01", "giảm 07"),),
    "rounds": planned_rounds(PLAN, WorkingCalendar(), 10),
    "reports": (PlannedReport("Đảng bộ huyện Long Thành", date(2024, 11, 1), date(2024, 12, 16)),),
    "open": follow(FINDINGS.recommendations, ()),
    "notice": "130-TB/BTCTU",
    "notice_on": date(2024, 3, 1),
    "replaced": "125-TB/BTCTU",
    "replaced_on": date(2024, 2, 5),
    "officer": Contact("Nguyễn Văn Ví Dụ", "chuyen-vien@ban-to-chuc.example", "0251.000.0000"),
    "proposals": ("Tiếp tục nâng cao chất lượng sinh hoạt chuyên đề",),
    "addressee": "Ban Thường vụ Huyện ủy Nhơn Trạch",
    "recipients": ("Ban Thường vụ Huyện ủy Nhơn Trạch", "LĐB", "Lưu BTCTU"),
    "attached": "",
    "document_type": "thông báo",
    "wrong": CORRECTED.wrong,
    "right": CORRECTED.right,
    "differences": list(CORRECTED.differences()),
    "renumbered": CORRECTED.renumbered,
}


@pytest.fixture(scope="session")
def ordinary() -> Facts:
    """All facts of all letters, complete and ordinary; not to be changed."""
    return FACTS


@pytest.fixture
def facts(ordinary: Facts) -> Facts:
    """The same, to be changed by the test."""
    return dict(ordinary)


@pytest.fixture
def restricted(facts: Facts) -> Facts:
    """The same for a host of the armed forces (A20)."""
    return facts | {"unit": replace(HOST, code="cong_an_tinh", name="Đảng bộ Công an tỉnh", restricted=True)}


@pytest.fixture
def contact() -> str:
    """The personal contact of a meeting, which no letter may print."""
    return CONTACT


@pytest.fixture
def office_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], object]:
    """Writes one file into an office's own folder of templates, and gives the folder."""
    folder = tmp_path_factory.mktemp("office")

    def write(name: str, text: str) -> object:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return folder

    return write
