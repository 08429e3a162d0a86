"""`visits backup`, `restore`, `upgrade` as somebody types them: what is said, what is asked, what is never in argv."""

from pathlib import Path

import pytest
from click.testing import Result

from config.settings import Copies, Settings, Smtp, use
from database import visits as visit_rows
from database.engine import engine_for, reading
from tests.cli.conftest import Typed
from tests.holding import held_because
from tests.may import MAY

pytestmark = pytest.mark.only_sqlite("on PostgreSQL: tests/deployments/copies/test_server.py (0048)")

PASSPHRASE = "bốn từ chẳng ai đoán"


@pytest.fixture
def live(office: Settings) -> Settings:
    return use(office.model_copy(update={"mode": "live", "smtp": Smtp(host="mail.example")}))


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return tmp_path / "copies"


def newest(copies: Path) -> str:
    return str(max(copies.glob("visits-*.zip")))


def test_a_copy_comes_back_elsewhere_with_its_secrets_which_are_asked_for(
    live: Settings, copies: Path, tmp_path: Path, typed_in: "TypedIn"
) -> None:
    done = typed_in(f"{PASSPHRASE}\n{PASSPHRASE}\n", "backup", f"{copies}", "--secrets")
    assert done.exit_code == 0
    assert "đã đọc lại và khớp" in done.output
    assert PASSPHRASE not in done.output
    there = use(live.model_copy(update={"home": tmp_path / "elsewhere"}))

    wrong = typed_in("một cụm từ khác hẳn\n", "restore", newest(copies), "--by", "Nguyễn Văn Ví Dụ")
    assert wrong.exit_code == 1
    assert "cụm mật khẩu không đúng" in wrong.output
    done = typed_in(f"{PASSPHRASE}\n", "restore", newest(copies), "--by", "Nguyễn Văn Ví Dụ")

    assert done.exit_code == 0, done.output
    assert "Không biết thư nào đã đi sau bản sao" in done.output
    assert "visits restored" in done.output
    with reading(there.database) as session:
        assert visit_rows.find(session, MAY)
        assert "khôi phục từ bản sao" in held_because(session, there)
    record = (live.folder / "secrets" / "record").read_text("ascii")
    assert (there.folder / "secrets" / "record").read_text("ascii") == record
    engine_for(there.database).dispose()


def test_by_the_timer_the_passphrase_comes_from_a_file_and_only_the_newest_stay(
    live: Settings, copies: Path, tmp_path: Path, visits: Typed
) -> None:
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    copies.mkdir()
    for day in ("10", "11", "12"):
        (copies / f"visits-2024-04-{day}_021500.zip").touch()
    use(live.model_copy(update={"copies": Copies(folder=copies, passphrase_file=tmp_path / "passphrase")}))

    done = visits("backup", "--keep", "2")

    assert done.exit_code == 0, done.output
    assert "có, mã hóa bằng cụm mật khẩu" in done.output
    assert "đã bỏ bản cũ visits-2024-04-11_021500.zip" in done.output
    assert len(list(copies.iterdir())) == 2


def test_what_lacks_a_place_or_a_name_is_refused_in_words(live: Settings, copies: Path, visits: Typed) -> None:
    assert "chưa biết để bản sao ở đâu" in visits("backup").output
    assert "không mở được" in visits("restore", "nowhere.zip", "--by", "Nguyễn Văn Ví Dụ").output
    assert visits("restore", "nowhere.zip").exit_code == 2
    assert visits("backup", f"{copies}").exit_code == 0
    over = visits("restore", newest(copies), "--by", "Nguyễn Văn Ví Dụ")
    assert (over.exit_code, "đang có dữ liệu" in over.output) == (1, True)
    engine_for(live.database).dispose()
    assert visits("restore", newest(copies), "--by", "Nguyễn Văn Ví Dụ", "--over").exit_code == 0


def test_an_upgrade_says_what_stands_where(live: Settings, copies: Path, visits: Typed) -> None:
    done = visits("upgrade", f"{copies}", "--by", "Nguyễn Văn Ví Dụ")

    assert done.exit_code == 0, done.output
    assert "✓ Cơ sở dữ liệu" in done.output
    assert f"bản sao trước nâng cấp: {newest(copies)}" in done.output
    assert "Thư mục cũ còn ở" in done.output
    with reading(live.database) as session:
        assert "nâng cấp" in held_because(session, live)


class TypedIn:
    """Types a command, and what it asks for."""

    def __call__(self, keys: str, *words: str) -> Result:
        from typer.testing import CliRunner

        from cli.main import app

        return CliRunner().invoke(app, list(words), input=keys)


@pytest.fixture
def typed_in(monkeypatch: pytest.MonkeyPatch) -> TypedIn:
    monkeypatch.setenv("COLUMNS", "240")
    return TypedIn()
