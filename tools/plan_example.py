"""Makes the example plan of 2026: 99 invented units, several hosts a month, twelve months (5.4, C8–C12).

`python -m tools.plan_example` writes the plan, its addresses and its rehearsal script anew; the files are shipped as
they come out, and a test says so. No commune, ward, person or address in them is a real one.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, zip_longest
from pathlib import Path

from config.contacts_file import STANDING_BOARD
from config.office_calendar import working_calendar
from domain.plan import (
    ChecklistItem,
    Contact,
    Contacts,
    LegalBasis,
    Participant,
    Plan,
    PlannedVisit,
    SelfSupervision,
    Signer,
    Unit,
)
from domain.text import slug
from planning.plan_file import read_plan
from planning.plan_structure import structure_for
from planning.plan_yaml import contacts_text, plan_text
from tools.plan_example_script import script_text

NAME = "2026-vi-du"
YEAR, COMMUNES, WARDS = 2026, 72, 23
FOLDER = Path(__file__).parents[1] / "config"
#: Hosts in each month; in three years every one of the 99 units has been host once.
HOSTS = {1: 2, 2: 2, **dict.fromkeys(range(3, 12), 3), 12: 2}
_EXAMPLE = (
    "VÍ DỤ, không phải kế hoạch của ai: tên đơn vị, người, địa chỉ đều do máy đặt (python -m tools.plan_example)."
)


def example_plan() -> Plan:
    """The plan: the pattern of 2024 with the units, documents and boards of after 2025."""
    base, _ = read_plan(FOLDER / "plans" / "2024.yaml")
    assert base, "the shipped plan is sound"
    units = tuple(_units())
    visits = tuple(_visits(units))
    hosting = {visit.unit for visit in visits}
    remaining = tuple(unit.code for unit in units if unit.code not in hosting)
    return replace(
        base, year=YEAR, number=26, issued=date(2025, 12, 1), term="2025-2030", format_profile="hd05_2026",
        title="Dự, giám sát sinh hoạt thường kỳ của đảng ủy, chi bộ năm 2026 (ví dụ)",
        signer=Signer("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn Ví Dụ"), legal_bases=_LEGAL_BASES,
        units=units, visits=visits, self_supervising=SelfSupervision(date(YEAR, 12, 16), remaining),
        checklist=tuple(_checklist(base)), participants=tuple(_participants(base)),
        requirements=(*base.requirements[:2], _REQUIREMENT_OF_THE_GROUP), structure=structure_for(base.structure, YEAR),
    )  # fmt: skip


def example_contacts(plan: Plan) -> Contacts:
    """Addresses that can never receive mail, for everybody the plan writes to."""
    place = "ban-to-chuc.example"
    bodies = {one.contact: one.name.removeprefix("Đại diện lãnh đạo ") for one in plan.invited()}
    bodies[STANDING_BOARD] = "Ban Thường vụ Tỉnh ủy"
    return Contacts(
        office=Contact(f"{plan.issuer.full_name} (ví dụ)", f"van-thu@{place}"),
        staff={
            "officer": Contact("Nguyễn Văn Ví Dụ", f"chuyen-vien@{place}", "0251.000.0000"),
            "leader": Contact("Trần Thị Minh Họa", f"lanh-dao-ban@{place}"),
            "clerk": Contact("Lê Văn Giả Định", f"so-van-thu@{place}"),
        },
        inspectors=tuple(
            Contact(name, f"{slug(name).replace('_', '-')}@to-cong-tac.example")
            for name in ("Phạm Thị Thí Dụ", "Hoàng Văn Mẫu", "Vũ Thị Giả Sử", "Đỗ Văn Thử", "Bùi Thị Mẫu")
        ),
        bodies={key: Contact(name, f"{key.replace('_', '-')}@tinh-uy.example") for key, name in bodies.items()},
        standing_boards={
            unit.code: Contact(unit.standing_board, f"ban-thuong-vu@{_host(unit)}") for unit in plan.units
        },
        organisation_boards={unit.code: Contact(_board(unit), f"xay-dung-dang@{_host(unit)}") for unit in plan.units},
    )


def _units() -> Iterator[Unit]:
    for number in range(1, COMMUNES + 1):
        yield _place("xã", "Xã", "commune", number)
    for number in range(1, WARDS + 1):
        yield _place("phường", "Phường", "ward", number)
    for code, name, kind in (
        ("cac_co_quan_dang_tinh", "các cơ quan Đảng tỉnh", "party_agencies"),
        ("uy_ban_nhan_dan_tinh", "Ủy ban nhân dân tỉnh", "government_bloc"),
        ("quan_su_tinh", "Quân sự tỉnh", "armed_forces"),
        ("cong_an_tinh", "Công an tỉnh", "armed_forces"),
    ):
        short, board = name[:1].upper() + name[1:], f"Ban Thường vụ Đảng ủy {name}"
        yield Unit(code, f"Đảng bộ {name}", kind, short, board, "Đảng ủy", restricted=kind == "armed_forces")


def _place(word: str, capital: str, kind: str, number: int) -> Unit:
    name = f"{word} Mẫu {number:02d}"
    board = f"Ban Thường vụ Đảng ủy {name}"
    return Unit(slug(name), f"Đảng bộ {name}", kind, f"{capital} Mẫu {number:02d}", board, "Đảng ủy")


def _visits(units: tuple[Unit, ...]) -> Iterator[PlannedVisit]:
    """Hosts of all kinds in turn, each on a working day of its own: one working group can attend them all (C2)."""
    calendar = working_calendar((YEAR - 1, YEAR, YEAR + 1))
    by_kind = [[unit.code for unit in units if unit.unit_type in kinds] for kinds in _KINDS]
    three_to_one = zip_longest(by_kind[0][0::3], by_kind[0][1::3], by_kind[1], by_kind[0][2::3], by_kind[2])
    waiting = iter([code for code in chain.from_iterable(three_to_one) if code])
    for month, count in HOSTS.items():
        day = date(YEAR, month, 6)
        for _ in range(count):
            day = calendar.on_or_after(day)
            yield PlannedVisit(month, next(waiting), day)
            day += timedelta(days=2)


_KINDS = (("commune",), ("ward",), ("party_agencies", "government_bloc", "armed_forces"))

_LEGAL_BASES = (
    LegalBasis(
        "50-CT/TW", date(2025, 7, 23), "Ban Bí thư",
        "tiếp tục đổi mới và nâng cao chất lượng sinh hoạt chi bộ trong giai đoạn mới",
    ),
    LegalBasis(
        "42-HD/BTCTW", date(2025, 10, 28), "Ban Tổ chức Trung ương",
        "một số vấn đề về tiếp tục đổi mới và nâng cao chất lượng sinh hoạt chi bộ",
    ),
)  # fmt: skip

#: In the place of one whose documents were replaced.
_REQUIREMENT_OF_THE_GROUP = (
    "Tổ công tác của tỉnh nắm bắt những vấn đề vướng mắc, khó khăn trong quá trình thực hiện nghị quyết, chỉ thị của "
    "tổ chức đảng ở cơ sở theo Chỉ thị số 50-CT/TW, ngày 23/7/2025 của Ban Bí thư, Hướng dẫn số 42-HD/BTCTW, "
    "ngày 28/10/2025 của Ban Tổ chức Trung ương; việc sử dụng Sổ tay đảng viên điện tử; đánh giá đúng chất lượng nội "
    "dung sinh hoạt của đảng ủy, chi bộ, giúp cấp ủy, chi bộ phát huy những mặt mạnh, khắc phục kịp thời những tồn "
    "tại, hạn chế được chỉ ra"
)

#: Items whose documents were replaced or merged away; the province's own are not known (section 7).
_REPLACED = {
    "R29": (
        "Việc lãnh đạo thực hiện Chỉ thị số 50-CT/TW, ngày 23/7/2025 của Ban Bí thư và Hướng dẫn số 42-HD/BTCTW, "
        "ngày 28/10/2025 của Ban Tổ chức Trung ương về nâng cao chất lượng sinh hoạt chi bộ"
    ),
    "R30": "Việc thực hiện mô hình “Chi bộ bốn tốt”, “Đảng bộ cơ sở bốn tốt”",
    "R31": "Việc tự chấm điểm, đánh giá chất lượng sinh hoạt chi bộ hằng tháng",
    "R38": (
        "Rà soát các hội trường, phòng họp, các vị trí trang trí cờ Đảng theo Quy định số 99-QĐ/TW, ngày 27/02/2023 "
        "của Ban Bí thư về cờ Đảng Cộng sản Việt Nam và việc sử dụng cờ Đảng"
    ),
}


def _checklist(base: Plan) -> Iterator[ChecklistItem]:
    for item in base.checklist:
        yield replace(item, text=_REPLACED.get(item.id, item.text))


def _participants(base: Plan) -> Iterator[Participant]:
    """Propaganda and mass mobilisation are one board since 2025; communes have a `Ban Xây dựng Đảng` (A17, C11)."""
    for participant in base.participants:
        if participant.id == "R55b":
            name = "Đại diện lãnh đạo Ban Tuyên giáo và Dân vận Tỉnh ủy"
            yield replace(participant, name=name, contact="propaganda_and_mass_mobilisation_board")
        elif participant.id == "R59":
            yield replace(participant, name="Lãnh đạo ban xây dựng Đảng, văn phòng cấp ủy trực thuộc tỉnh")
        elif participant.id != "R55c":
            yield participant


def _host(unit: Unit) -> str:
    return f"{unit.code.replace('_', '-')}.example"


def _board(unit: Unit) -> str:
    """Who does the work of a host: at commune level the `Ban Xây dựng Đảng` (C11)."""
    name = "Ban Xây dựng Đảng" if unit.unit_type in ("commune", "ward") else "Ban Tổ chức"
    return unit.standing_board.replace("Ban Thường vụ", name)


def files() -> dict[Path, str]:
    """The three files of the example, by their path below `config/`."""
    plan = example_plan()
    head = [_EXAMPLE, f"{len(plan.units)} đơn vị, {len(plan.visits)} đợt trong 12 tháng; ngày là ngày dự kiến."]
    note = {"number": "số ví dụ", "signer": "người ví dụ", "format_profile": "thể thức theo 05-HD/VPTW"}
    calendar = working_calendar((YEAR - 1, YEAR, YEAR + 1))
    return {
        Path("plans") / f"{NAME}.yaml": plan_text(plan, head, note),
        Path("contacts") / f"{NAME}.yaml": contacts_text(example_contacts(plan), [_EXAMPLE]),
        Path("rehearsals") / f"{NAME}.yaml": script_text(plan, calendar, [_EXAMPLE]),
    }


if __name__ == "__main__":
    for path, text in files().items():
        (FOLDER / path).write_text(text, encoding="utf-8")
