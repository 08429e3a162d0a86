"""`visits doctor`: says what is well, what is not, and what to do; exit code 1 when the service could not work."""

import json
import socket
from pathlib import Path

import pytest
from sqlalchemy import text

from config.settings import Settings, settings, use
from database import service_notes
from database.engine import engine_for, reading, writing
from database.models import AnswerRow, LetterRow
from deployments.service.home_lock import HomeLock
from domain.letters_and_documents import RECORD_HEADER
from overview.gauges import examined_on
from tests.cli.conftest import Typed
from tests.damage import damage
from tests.desk import Desk
from tests.letter_states import put
from tests.scans.signing import authority
from tests.workbooks import given


def test_a_loaded_office_is_well_although_the_service_is_off(visits: Typed, desk: Desk) -> None:
    result = visits("doctor")

    assert desk.visit.state == "planned"
    assert result.exit_code == 0
    assert "✓ Cơ sở dữ liệu" in result.stdout
    assert "✓ Kế hoạch năm nay" in result.stdout
    assert "! Prefect" in result.stdout
    assert "chạy: visits up" in result.stdout


@pytest.mark.only_sqlite("damages a file")
@pytest.mark.parametrize("table", ["visit", "letter", "service_note", "audit"])
def test_a_damaged_database_is_told_with_the_way_out_whatever_it_is_that_cannot_be_read(
    visits: Typed, office: Settings, table: str
) -> None:
    damage(office, table)

    result = visits("doctor")

    assert result.exit_code == 1
    assert "✗ Cơ sở dữ liệu" in result.stdout
    assert "visits restore" in result.stdout
    assert "✓ Mẫu thư" in result.stdout, "the other looks are taken"


def test_what_it_found_is_kept_in_numbers_for_a_monitor(visits: Typed, office: Settings, tmp_path: Path) -> None:
    (tmp_path / "phieu.yaml").write_text("id: phieu\n", encoding="utf-8")
    use(settings().model_copy(update={"rubrics": tmp_path}))
    visits("doctor")

    with reading(office.database) as session:
        kept = json.loads(service_notes.read(session)[examined_on(socket.gethostname())].text)

    assert kept["rubrics"][0] == 0
    assert kept["rubrics"][1] > 0
    assert kept["record"][0] == 0
    assert {"disk", "copies", "service", "letters"} <= set(kept)


def test_the_desk_is_looked_at_where_it_is_a_part_of_the_machine(visits: Typed, office: Settings) -> None:
    """A machine with a runner alone has no desk that could be down."""
    for part, has_desk in (("", True), ("runner", False), ("desk", True), ("runner", True), ("", True)):
        lock = HomeLock(office.folder, part)
        lock.take()
        lock.release()
        assert ("Bàn làm việc\n" in visits("doctor").stdout) is has_desk, part


def test_refused_letters_are_named_with_what_to_do(visits: Typed, desk: Desk) -> None:
    desk.until_signed()
    with writing(settings().database) as session:
        put(
            session.query(LetterRow).filter_by(purpose="selection_notice", recipient="host").one(),
            "sent",
            "refused",
            "sent",
        )
        for letter in session.query(LetterRow).filter_by(purpose="invitation"):
            put(letter, "refused")
            letter.recipients[0].reply = "552 5.2.2 mailbox full"

    said = visits("doctor").stdout

    assert "6 thư bị từ chối (hộp thư đầy, gọi nơi nhận)" in said
    assert "1 thư đã gửi, bản đồng gửi bị từ chối (sửa địa chỉ)" in said


def test_a_score_sheet_that_cannot_be_used_is_named(visits: Typed, office: Settings, tmp_path: Path) -> None:
    """4.5: nobody is offered such a sheet, so somebody must say why."""
    (tmp_path / "phieu.yaml").write_text("id: phieu\n", encoding="utf-8")
    use(settings().model_copy(update={"rubrics": tmp_path}))

    result = visits("doctor")

    assert office.mode == "rehearsal"
    assert "! Phiếu chấm điểm" in result.stdout
    assert "phieu.yaml:1: thiếu mục “version”" in result.stdout


def test_a_list_of_trusted_signers_that_cannot_be_read_is_named(
    visits: Typed, office: Settings, tmp_path: Path
) -> None:
    use(office.model_copy(update={"trusted_signers": tmp_path}))
    (tmp_path / "hong.crt").write_text("không phải chứng thư", encoding="utf-8")

    said = visits("doctor").stdout

    assert "! Danh sách tin cậy" in said
    assert "không đọc được hong.crt" in said
    (tmp_path / "hong.crt").write_bytes(authority().root)
    assert "✓ Danh sách tin cậy" in visits("doctor").stdout


def test_a_score_that_was_altered_is_found(visits: Typed, desk: Desk) -> None:
    desk.until_met()
    given()
    assert "✓ Phiếu chấm điểm" in visits("doctor").stdout
    with writing(settings().database) as session:
        row = session.query(AnswerRow).filter_by(kind="score").one()
        row.content = {**row.content, "score": {**row.content["score"], "value": "100"}}

    result = visits("doctor")

    assert result.exit_code == 1
    assert f"{desk.key}: điểm của Phạm Thị Thí Dụ (bản 1) tính lại ra khác" in result.stdout


@pytest.mark.only_sqlite("on PostgreSQL an administrator makes the database")
def test_an_empty_home_is_told_to_load_a_plan(visits: Typed, home: Settings) -> None:
    result = visits("doctor")

    assert home.mode == "rehearsal"
    assert result.exit_code == 0
    assert "chưa có cơ sở dữ liệu → chạy: visits plan load FILE" in result.stdout


def test_a_calendar_that_cannot_be_read_makes_the_office_sick(visits: Typed, office: Settings, tmp_path: Path) -> None:
    """C4."""
    calendar = tmp_path / "lịch.yaml"
    calendar.write_text("working_saturdays: [2024-05-05]\n", encoding="utf-8")
    use(settings().model_copy(update={"office_calendar": calendar}))

    result = visits("doctor")

    assert office.mode == "rehearsal"
    assert result.exit_code == 1
    assert "✗ Lịch làm việc" in result.stdout
    assert "không phải thứ Bảy" in result.stdout


def test_a_template_that_cannot_be_used_makes_the_office_sick(visits: Typed, office: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "mẫu" / "nomination_request" / "body.txt"
    broken.parent.mkdir(parents=True)
    broken.write_text("Kính gửi: {{ standing_bord }}", encoding="utf-8")
    use(settings().model_copy(update={"templates": tmp_path / "mẫu"}))

    result = visits("doctor")

    assert office.mode == "rehearsal"
    assert result.exit_code == 1
    assert "✗ Mẫu thư" in result.stdout
    assert "thư này không có dữ kiện “standing_bord”" in result.stdout


def test_letters_and_visits_in_trouble_are_told_with_the_command(visits: Typed, desk: Desk) -> None:
    desk.until_asked()
    with writing(settings().database) as session:
        put(session.query(LetterRow).one(), "uncertain")

    result = visits("doctor")

    assert result.exit_code == 0
    assert "1 thư chưa rõ đã đi chưa → visits letters resolve" in result.stdout


def test_held_letters_are_told_with_the_way_to_let_them_go(visits: Typed, desk: Desk) -> None:
    desk.until_asked()
    with writing(settings().database) as session:
        session.query(LetterRow).one().state = "held"

    result = visits("doctor")

    assert result.exit_code == 0
    assert "! Dịch vụ tự chạy, thư đang giữ" in result.stdout
    assert "sổ thư: 1 thư đang giữ (giữ lại trước đây) → visits letters release" in result.stdout


def test_what_was_wrong_when_the_service_was_ended_is_no_fault_while_it_is_off(visits: Typed, office: Settings) -> None:
    """That it is off is said; nothing else can be expected of it."""
    with writing(office.database) as session:
        service_notes.note(session, "server", "việc xếp lịch lỗi liên tiếp")

    result = visits("doctor")

    assert result.exit_code == 0
    assert "! Dịch vụ tự chạy" in result.stdout
    assert "máy chủ Prefect: việc xếp lịch lỗi liên tiếp" in result.stdout


def test_a_number_that_was_changed_in_the_database_makes_the_office_sick(visits: Typed, desk: Desk) -> None:
    """F22, P7."""
    desk.until_signed()
    assert "! Nhật ký" in visits("doctor").stdout, "nobody has written down where the record stood"
    with engine_for(settings().database).begin() as database:
        database.execute(text("UPDATE number SET number = 79"))

    result = visits("doctor")

    assert result.exit_code == 1
    assert "✗ Nhật ký" in result.stdout
    assert "sổ số văn bản: số 79-TB/BTCTU, nhiệm kỳ 2020-2025: đã bị sửa sau khi ghi ở dòng" in result.stdout


def test_the_record_is_held_against_a_letter_that_somebody_has_kept(visits: Typed, desk: Desk, tmp_path: Path) -> None:
    desk.until_signed()
    kept = tmp_path / "thong-bao.eml"
    kept.write_bytes(desk.letters("selection_notice", "host")[0].raw)

    assert visits("doctor", "--letter", str(kept)).stdout == "✓ Nhật ký, so với thong-bao.eml\n"
    with engine_for(settings().database).begin() as database:
        database.execute(text("DELETE FROM audit WHERE id > 2"))
        database.execute(text("UPDATE audit_end SET last = 2, hash = (SELECT hash FROM audit WHERE id = 2)"))
    result = visits("doctor", "--letter", str(kept))
    assert result.exit_code == 1
    assert "nhật ký, so với thong-bao.eml: khác đi từ ngày 22/3/2024" in result.stdout


def test_a_letter_without_a_head_and_one_that_is_not_there_are_told_so(
    visits: Typed, desk: Desk, tmp_path: Path
) -> None:
    desk.until_listed()
    (task,) = desk.letters("staff_task")
    (tmp_path / "thu.eml").write_bytes(task.raw)

    assert RECORD_HEADER.encode() not in task.raw
    assert "thu.eml: không có đầu sổ" in visits("doctor", "--letter", str(tmp_path / "thu.eml")).stdout
    assert "không đọc được" in visits("doctor", "--letter", str(tmp_path / "khong.eml")).stdout


def test_secrets_that_others_can_read_and_a_key_beside_what_it_guards_are_told(
    visits: Typed, office: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only of a live office: everybody may have what a rehearsal is made of."""
    given = tmp_path / "links"
    given.write_text("a-secret-that-came-from-outside", encoding="ascii")
    assert "✓ Khóa và mật khẩu" in visits("doctor").stdout

    monkeypatch.setenv("VISITS_SECRET_LINKS_FILE", str(given))
    use(Settings(mode="live", home=office.folder, prefect_port=1, mailbox_port=1, _env_file=None))
    for mode, readable in ((0o644, True), (0o640, False)):
        given.chmod(mode)
        said = visits("doctor").stdout
        assert (f"{given}: người khác trên máy này đọc được khóa → chmod o=" in said) is readable
        assert "khóa của nhật ký nằm cạnh cơ sở dữ liệu" in said


def test_a_secret_that_cannot_be_read_makes_the_office_sick(
    visits: Typed, office: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISITS_SECRET_DESK_FILE", "/khong/co")
    use(Settings(mode="live", home=office.folder, prefect_port=1, mailbox_port=1, _env_file=None))

    result = visits("doctor")

    assert result.exit_code == 1
    assert "✗ Khóa và mật khẩu" in result.stdout
    assert "VISITS_SECRET_DESK_FILE: không đọc được khóa trong tệp /khong/co" in result.stdout
