"""`visits archive`: a whole file or none."""

from pathlib import Path

import pytest

from config.settings import settings
from database.record.heads import Occasion, heads_kept
from tests.cli.conftest import Typed
from tests.desk import Desk
from tests.may import MAY


def test_an_archive_is_written_under_its_name(visits: Typed, desk: Desk, tmp_path: Path) -> None:
    desk.until_asked()

    result = visits("archive", MAY, "--to", str(tmp_path / "ho-so.zip"), "--by", "Nguyễn Văn Ví Dụ")

    assert result.exit_code == 0
    assert [path.name for path in tmp_path.glob("ho-so*")] == ["ho-so.zip"]
    assert "không mã hóa, không chứa khóa bí mật, không thay bản sao lưu" in result.stdout
    ((_line, head),) = heads_kept(settings())
    assert head
    assert head.occasion is Occasion.ARCHIVE, "where the record stood is kept beside the database as well"


@pytest.mark.usefixtures("desk")
def test_an_archive_that_cannot_be_made_leaves_no_half_a_file(visits: Typed, tmp_path: Path) -> None:
    result = visits("archive", "2024-05/nowhere", "--to", str(tmp_path / "ho-so.zip"), "--by", "Nguyễn Văn Ví Dụ")

    assert result.exit_code == 1
    assert list(tmp_path.glob("ho-so*")) == []
