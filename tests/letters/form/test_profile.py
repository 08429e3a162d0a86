"""The profiles have the measures of the official layout, and differ where the rules do."""

from dataclasses import asdict

import pytest

from letters.form.blocks import Item
from letters.form.paper import Paper
from letters.form.plain_text import head_text, recipient_lines
from letters.form.profile import PROFILES

#: 2.2 and 2.3, number by number.
OFFICIAL = {
    "paper": (210, 297),  # F1
    "top": 20,  # F2
    "bottom": 20,
    "left": 30,
    "right": 15,
    "font": "Times New Roman",  # F3
    "page_number_size": 14,  # F4
    "page_number_from_edge": 10,
    "first_line": 10,  # F5
    "party_size": 15,  # F6
    "issuer_size": 14,  # F7, F8
    "issuer_mark": "*",
    "number_size": 14,  # F9
    "number_word": "Số ",
    "place_size": 14,  # F10
    "abstract_end": "-----",  # F12
    "letter_abstract_size": 12,  # F13
    "letter_abstract_word": "về việc ",
    "addressee_size": 14,  # F14
    "signature_size": 14,  # F16, F17, F18
    "recipients_word": "Nơi nhận:",  # F19
    "recipients_word_size": 14,
    "recipients_size": 12,  # F20
}
RANGES = {
    "body_size": (14, 15),  # F5
    "line_pitch": (18, 22),
    "gap": (6, 12),
    "type_size": (15, 16),  # F11
    "abstract_size": (14, 15),  # F12
}


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_has_the_official_measures(name: str) -> None:
    measures = asdict(PROFILES[name])

    assert measures["name"] == name
    assert {key: measures[key] for key in OFFICIAL} == OFFICIAL
    for key, (least, most) in RANGES.items():
        assert least <= measures[key] <= most, key


def test_the_newer_profile_differs_only_in_how_recipients_end() -> None:
    old, new = (asdict(PROFILES[name]) for name in ("hd36_2018", "hd05_2026"))

    assert {key for key in old if old[key] != new[key]} == {"name", "basis", "recipients_end"}


def test_either_profile_gives_the_right_head(profiled: dict[str, Paper]) -> None:
    assert head_text(profiled["result_notice"]) == (
        "ĐẢNG CỘNG SẢN VIỆT NAM\nTỈNH ỦY ĐỒNG NAI\nBAN TỔ CHỨC\n*\nSố 125-TB/BTCTU\nĐồng Nai, ngày 05 tháng 02 năm 2024"
    )


def test_either_profile_gives_the_right_signature(profiled: dict[str, Paper]) -> None:
    for purpose in ("nomination_request", "selection_notice", "invitation", "result_notice", "annual_report"):
        signer = profiled[purpose].signer
        assert (signer.authority, signer.title, signer.name) == ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Phạm Anh Dũng")


def test_either_profile_ends_the_recipients_its_own_way(profiled: dict[str, Paper]) -> None:
    end = {"hd36_2018": ",", "hd05_2026": ";"}[profiled["result_notice"].profile.name]

    assert recipient_lines(profiled["result_notice"]) == [
        "Nơi nhận:",
        f"- Ban Thường vụ Huyện ủy Nhơn Trạch{end}",
        f"- LĐB{end}",
        "- Lưu BTCTU.",
    ]


def test_no_document_writes_what_belongs_to_state_papers(profiled: dict[str, Paper]) -> None:
    for paper in profiled.values():
        assert ":" not in paper.number  # F9
        assert "." not in paper.signer.authority  # F16
        assert paper.recipients[-1].startswith("Lưu")  # F20
        assert not any("VT" in one.split() or "Lưu:" in one for one in paper.recipients)
        assert not any(isinstance(block, Item) and block.mark == "*" for block in paper.body)
