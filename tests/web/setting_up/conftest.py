"""A live home on its first day: a database without a plan, the admin, a real mail server that keeps what it gets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings, settings, use
from database.schema import prepare
from letters.mailbox import LocalMailbox
from tests.web.conftest import AsRole, Visitor

#: What an office types on its first day.
HEAD = {
    "year": "2026", "issuer-parent": "TỈNH ỦY ĐỒNG NAI", "issuer-name": "BAN TỔ CHỨC",
    "issuer-full_name": "Ban Tổ chức Tỉnh ủy", "issuer-place": "Đồng Nai", "issuer-organ_code": "BTCTU",
    "issuer-receiving_office": "Phòng Tổ chức đảng - Đảng viên", "signer-authority": "", "signer-title": "TRƯỞNG BAN",
    "signer-name": "Nguyễn Văn Mới", "units": "known",
}  # fmt: skip


@pytest.fixture
def office(home: Settings) -> Settings:
    """Instead of the office that has a plan: one that is live and has nothing yet."""
    prepare(home.database)
    use(home.model_copy(update={"mode": "live"}))
    return home


@pytest.fixture
def admin(as_role: AsRole) -> Visitor:
    visitor = as_role("admin")
    assert settings().mode == "live"
    return visitor


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[LocalMailbox]:
    """A mail server of the office; each letter that it takes is a file."""
    server = LocalMailbox(tmp_path / "tỉnh" / "letters")
    server.start()
    yield server
    server.stop()
