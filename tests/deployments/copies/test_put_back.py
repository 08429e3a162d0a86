"""A copy that was put back is the home as it was, with its letters held; whatever is refused leaves all as it was."""

import json
import resource
import signal
import zipfile
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from config.mail_server_file import keep, kept, password_file
from config.settings import Settings, use
from database import audit, service_notes
from database.engine import engine_for, reading, writing
from database.holding import RESTORED
from database.models import LetterRow
from database.record.check import faults
from database.restored import confirm
from deployments.copies.contents import settings_for
from deployments.copies.homes import left_beside
from deployments.copies.laying_out import LETTERS_SINCE
from deployments.copies.manifest import NAME
from deployments.copies.take import Taken, take
from deployments.service.home_lock import HomeLock
from domain.problem import Refused
from tests.deployments.copies.conftest import LETTER, NOW, PASSPHRASE, PutBack
from tests.desk import Desk
from tests.files import contents_of
from tests.holding import held_because


def test_a_lost_home_comes_back_elsewhere_whole_and_holds_its_letters(
    taken: Taken, elsewhere: Settings, put: PutBack
) -> None:
    work, old = put(taken.path, elsewhere, passphrase=PASSPHRASE)

    assert (old, work.warnings) == (None, [])
    assert (elsewhere.mailbox / "0001.eml").read_bytes() == LETTER
    assert {path.name for path in (elsewhere.folder / "secrets").iterdir()} >= {"record", "links"}
    assert list(settings_for(elsewhere.folder)) == [f"VISITS_TEMPLATES={elsewhere.folder}/configuration/templates"]
    with reading(elsewhere.database) as session:
        assert (
            "khôi phục từ bản sao lúc 2 giờ 15, thứ Sáu, ngày 03/5/2024, người làm: Nguyễn Văn Ví Dụ"
            in held_because(session, elsewhere)
        )
        assert [one for one in faults(session, elsewhere) if not one.warning] == []
    with writing(elsewhere.database) as session:
        assert confirm(session, "Nguyễn Văn Ví Dụ", elsewhere)
    with reading(elsewhere.database) as session:
        assert held_because(session, elsewhere) == ""


def test_a_mail_server_that_was_set_at_the_desk_comes_along_with_its_password(
    live: Settings, copies: Path, elsewhere: Settings, put: PutBack
) -> None:
    keep(live, "thu.coquan.example", 587, "visits", "mật khẩu của thư", "starttls")
    copy = take(live, copies, NOW, PASSPHRASE).path

    put(copy, elsewhere, passphrase=PASSPHRASE)

    assert kept(elsewhere)["host"] == "thu.coquan.example"
    assert password_file(elsewhere).read_text("utf-8") == "mật khẩu của thư"
    assert "mật khẩu của thư".encode() not in copy.read_bytes()


def test_a_home_with_data_is_refused_and_untouched(taken: Taken, live: Settings, put: PutBack) -> None:
    engine_for(live.database).dispose()
    before = contents_of(live.folder)

    with pytest.raises(Refused, match=r"đang có dữ liệu.*--over"):
        put(taken.path)

    assert contents_of(live.folder) == before | {"lock": (live.folder / "lock").read_bytes()}
    assert {path.name for path in live.folder.parent.iterdir()} >= {"home", "copies"}
    assert not list(live.folder.parent.glob(".home*"))


def test_over_a_home_the_old_one_stays_beside_and_what_it_knows_since_is_told(
    taken: Taken, live: Settings, desk: Desk, put: PutBack
) -> None:
    desk.set_clock(2024, 3, 20, 9)
    assert desk.nominate() == []
    desk.go_on()
    use(live)
    before = contents_of(live.folder / "secrets")

    work, old = put(taken.path, over=True)

    assert old is not None
    assert old.name == "home.before-2024-05-04_021500"
    assert (old / "visits.db").exists()
    assert work.since.lines > 0
    assert contents_of(live.folder / "secrets") == before, "a copy without its secrets goes on with those that are here"
    with reading(live.database) as session:
        assert service_notes.read(session)[RESTORED]


def test_letters_that_went_out_after_the_copy_are_named(live: Settings, desk: Desk, copies: Path, put: PutBack) -> None:
    desk.set_clock(2024, 3, 20, 9)
    assert desk.nominate() == []
    copy = take(live, copies, NOW).path
    desk.go_on()
    desk.postman_calls()
    use(live)

    work, _old = put(copy, over=True)

    named = (live.folder / LETTERS_SINCE).read_text(encoding="utf-8")
    assert work.since.letters
    assert all(one.message_id in named for one in work.since.letters)


def test_a_wrong_passphrase_leaves_no_trace(taken: Taken, elsewhere: Settings, put: PutBack) -> None:
    with pytest.raises(Refused, match="cụm mật khẩu không đúng"):
        put(taken.path, elsewhere, passphrase="một cụm từ khác hẳn")
    assert not elsewhere.folder.exists()


def test_a_rehearsal_is_not_put_back_as_the_office_s_own(taken: Taken, elsewhere: Settings, put: PutBack) -> None:
    with pytest.raises(Refused, match="bản sao của chế độ live, ở đây là rehearsal"):
        put(taken.path, elsewhere.model_copy(update={"mode": "rehearsal"}))


def test_a_database_of_a_newer_program_is_refused(
    live: Settings, copies: Path, elsewhere: Settings, put: PutBack
) -> None:
    with writing(live.database) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(Refused, match="ở bước 9999 chưa biết ở đây"):
        put(take(live, copies, NOW).path, elsewhere)
    assert not list(elsewhere.folder.parent.glob(".live*"))


def test_a_copy_made_anew_around_another_database_lacks_the_seal(
    taken: Taken, live: Settings, elsewhere: Settings, copies: Path, put: PutBack
) -> None:
    """Every hash is right; only the key of the record could have sealed it."""
    with writing(live.database) as session:
        audit.note(session, "kẻ khác", "việc chưa từng có")
    forged = take(live, copies, NOW.replace(hour=3)).path
    with zipfile.ZipFile(forged) as packed:
        told = json.loads(packed.read(NAME))
        rest = {name: packed.read(name) for name in packed.namelist() if name != NAME}
    with zipfile.ZipFile(taken.path) as packed:
        told["mac"] = json.loads(packed.read(NAME))["mac"]
    with zipfile.ZipFile(forged, "w") as packed:
        for name, content in {**rest, NAME: json.dumps(told).encode()}.items():
            packed.writestr(name, content)

    with pytest.raises(Refused, match="không mang dấu của khóa nhật ký"):
        put(forged, live, over=True)
    with pytest.raises(Refused, match="không mang dấu của khóa nhật ký"):
        put_with_key(forged, elsewhere, live, put)


def put_with_key(copy: Path, elsewhere: Settings, live: Settings, put: PutBack) -> None:
    key = (live.folder / "secrets" / "record").read_text(encoding="ascii")
    put(copy, elsewhere.model_copy(update={"secret_record": SecretStr(key)}))


def test_a_service_that_runs_keeps_its_home(taken: Taken, live: Settings, put: PutBack) -> None:
    lock = HomeLock(live.folder)
    lock.take()
    try:
        with pytest.raises(Refused, match="đang chạy"):
            put(taken.path, over=True)
    finally:
        lock.release()


def test_without_its_secrets_a_copy_comes_back_with_a_new_key_and_says_so(
    taken: Taken, elsewhere: Settings, put: PutBack
) -> None:
    work, _old = put(taken.path, elsewhere)

    assert "không có khóa nhật ký của nơi đã sao" in work.warnings[0].fault
    with reading(elsewhere.database) as session:
        assert "khóa niêm nhật ký không có ở đây" in held_because(session, elsewhere)


def test_what_cannot_be_written_is_told_in_words_and_leaves_the_home_whole(
    taken: Taken, live: Settings, put: PutBack
) -> None:
    engine_for(live.database).dispose()
    before = contents_of(live.folder)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limit[1]))  # as a disk that fills up while it is laid out
    try:
        with pytest.raises(Refused, match=r"không ghi được.*thư mục dịch vụ vẫn trọn vẹn"):
            put(taken.path, over=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, ignored)
    now = contents_of(live.folder)
    assert {name: now[name] for name in before} == before
    assert list(left_beside(live.folder)) == []


def test_a_folder_of_sent_letters_that_is_not_there_is_no_answer(
    taken: Taken, elsewhere: Settings, tmp_path: Path, put: PutBack
) -> None:
    with pytest.raises(Refused, match=r"--mailbox .*không có thư mục này"):
        put(taken.path, elsewhere, mailboxes=(tmp_path / "nowhere",))


def test_letters_in_a_folder_of_sent_ones_are_held_against_the_copy(
    taken: Taken, elsewhere: Settings, tmp_path: Path, put: PutBack
) -> None:
    """As an office gets them from its mail server when the old machine is gone."""
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "1.eml").write_bytes(b"Message-ID: <later@visits.example>\r\nSubject: Thu sau\r\n\r\n")
    (tmp_path / "sent" / "2.eml").write_bytes(b"no letter at all")
    with reading(use(elsewhere.model_copy(update={"home": tmp_path / "home"})).database) as session:
        known = session.query(LetterRow).filter(LetterRow.state == "sent").first()
    assert known
    (tmp_path / "sent" / "3.eml").write_bytes(known.raw)

    work, _old = put(taken.path, elsewhere, mailboxes=(tmp_path / "sent",))

    assert [(one.message_id, one.subject) for one in work.since.letters] == [("<later@visits.example>", "Thu sau")]
