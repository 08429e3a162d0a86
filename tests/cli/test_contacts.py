"""Files are import and export: what was edited at the desk is never lost without a word, and each change is known."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from answers.answering import Giver
from answers.contacts import change_contacts
from config.settings import ROOT, Settings, settings
from database import plans
from database.engine import reading
from domain.plan import Contact, Contacts
from tests.cli.conftest import Typed

PLAN = str(ROOT / "config" / "plans" / "2024.yaml")
EDITED = "moi@bien-hoa.example"


def in_use() -> Contacts:
    with reading(settings().database) as session:
        return plans.read(session, 2024)[1]


@pytest.fixture
def edited(office: Settings) -> Contacts:
    """Somebody has put another address in at the desk."""
    assert office.mode == "rehearsal"
    now = in_use()
    boards = {**now.standing_boards, "bien_hoa": Contact(now.standing_boards["bien_hoa"].name, EDITED)}
    changed = replace(now, standing_boards=boards)
    change_contacts(2024, changed, Giver("Ngô Thị Quản Trị", "desk"), seen=1)
    return changed


def test_loading_the_plan_again_keeps_what_was_edited_at_the_desk(visits: Typed, edited: Contacts) -> None:
    """It overwrote such addresses, and said nothing."""
    result = visits("plan", "load", PLAN)

    assert result.exit_code == 0, result.output
    assert "ban-thuong-vu@bien-hoa.example" in result.stdout
    assert "không lấy, vì đang dùng địa chỉ khác (muốn lấy: --keep file)" in result.stdout
    assert in_use() == edited


def test_the_addresses_of_the_file_count_only_when_somebody_has_seen_the_change(
    visits: Typed, edited: Contacts
) -> None:
    asked = visits("plan", "load", PLAN, "--keep", "file")
    assert asked.exit_code == 1
    assert f"Ban thường vụ đơn vị, Biên Hòa: {EDITED} → ban-thuong-vu@bien-hoa.example" in asked.stdout
    assert "chưa ai trả lời, chưa ghi gì" in asked.stderr
    assert in_use() == edited

    visits("plan", "load", PLAN, "--keep", "file", "--yes")
    assert in_use().standing_boards["bien_hoa"].email == "ban-thuong-vu@bien-hoa.example"


def test_a_plan_without_its_file_of_addresses_goes_on_with_those_in_use(
    visits: Typed, edited: Contacts, tmp_path: Path
) -> None:
    alone = tmp_path / "plans" / "2024.yaml"
    alone.parent.mkdir()
    text = Path(PLAN).read_text("utf-8").replace("Phòng Tổ chức đảng - Đảng viên # R63", "Phòng 1")
    alone.write_text(text, "utf-8")

    assert visits("plan", "load", str(alone)).exit_code == 1, "it is asked about"
    result = visits("plan", "load", str(alone), "--yes")

    assert "sửa cơ quan ban hành" in result.stdout
    assert "bản 3" in result.stdout
    assert in_use() == edited


def test_what_is_in_use_goes_out_as_a_file_and_comes_in_again_as_the_same(
    visits: Typed, edited: Contacts, tmp_path: Path
) -> None:
    file = tmp_path / "địa chỉ.yaml"
    assert visits("contacts", "export", "--to", str(file), "--year", "2024").exit_code == 0
    assert "bản 2 (Ngô Thị Quản Trị)" in file.read_text("utf-8")
    assert visits("contacts", "export", "--to", str(file), "--year", "2024").exit_code == 1, "no file is overwritten"

    result = visits("contacts", "import", str(file), "--year", "2024")

    assert "Không có gì thay đổi." in result.stdout
    assert in_use() == edited


def test_an_imported_file_says_each_change_and_asks(visits: Typed, edited: Contacts, tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    visits("contacts", "export", "--to", str(file), "--year", "2024")
    file.write_text(file.read_text("utf-8").replace(EDITED, "khac@bien-hoa.example"), "utf-8")

    asked = visits("contacts", "import", str(file), "--year", "2024")
    assert asked.exit_code == 1
    assert f"{EDITED} → khac@bien-hoa.example" in asked.stdout
    assert in_use() == edited

    kept = visits("contacts", "import", str(file), "--year", "2024", "--keep", "desk")
    assert kept.exit_code == 0
    assert in_use() == edited

    visits("contacts", "import", str(file), "--year", "2024", "--yes", "--by", "Lê Văn Giả Định")
    assert in_use().standing_boards["bien_hoa"].email == "khac@bien-hoa.example"


def test_a_file_with_a_fault_is_refused_with_its_line(visits: Typed, edited: Contacts, tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    visits("contacts", "export", "--to", str(file), "--year", "2024")
    file.write_text(file.read_text("utf-8").replace(EDITED, "không phải"), "utf-8")

    result = visits("contacts", "import", str(file), "--year", "2024", "--yes")

    assert result.exit_code == 1
    assert "c.yaml:" in result.stderr
    assert "không phải địa chỉ thư" in result.stderr
    assert in_use() == edited


def test_the_history_says_who_changed_which_address_from_what_to_what(visits: Typed, edited: Contacts) -> None:
    assert edited
    told = visits("contacts", "history", "--year", "2024").stdout

    assert "bản 2 · " in told
    assert "Ngô Thị Quản Trị" in told
    assert f"Ban thường vụ đơn vị, Biên Hòa: ban-thuong-vu@bien-hoa.example → {EDITED}" in told
    newest = json.loads(visits("contacts", "history", "--year", "2024", "--json").stdout)[0]
    assert (newest["number"], newest["loaded_by"], len(newest["addresses"])) == (2, "Ngô Thị Quản Trị", 1)


def test_the_plan_in_use_goes_out_as_a_file_that_loads_without_a_change(
    visits: Typed, edited: Contacts, tmp_path: Path
) -> None:
    assert edited
    file = tmp_path / "plans" / "2024.yaml"
    assert visits("plan", "export", "2024", "--to", str(file)).exit_code == 0

    assert "không có gì mới (bản 2)" in visits("plan", "load", str(file)).stdout


def test_a_plan_file_with_an_open_decision_is_not_loaded(visits: Typed, edited: Contacts, tmp_path: Path) -> None:
    assert edited
    file = tmp_path / "plans" / "2024.yaml"
    file.parent.mkdir()
    text = Path(PLAN).read_text("utf-8").replace("2024-01-03 # R4,", "2024-01-03 # CẦN QUYẾT ĐỊNH: ngày ký; R4,")
    file.write_text(text, "utf-8")

    result = visits("plan", "load", str(file), "--yes")

    assert result.exit_code == 1
    assert "2024.yaml:8: CẦN QUYẾT ĐỊNH: ngày ký" in result.stderr
