"""The draft of findings as tests write and see it."""

import json

import httpx

from answers.drafts import open_draft
from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import Visitor

URL = f"/chuyen/{MAY}/ket-qua"
#: One item, one strength, one limitation with its remedy.
SOME = {
    "do": "review", "turn": "1", "seen": "0", "attended_on": "14/5/2024",
    "result-R16": "met", "result-R17": "partly_met", "remark-R17": "thiếu báo cáo quý I",
    "strength-1": "Chuẩn bị chu đáo", "limitation-1": "Sổ nghị quyết ghi vắn tắt", "limitation-1-items": "II.1.b",
    "remedy-1-1-text": "Ghi đủ kết quả biểu quyết", "remedy-1-1-owner": "Chi ủy", "remedy-1-1-due": "01/7/2024",
}  # fmt: skip


def autosave(visitor: Visitor, turn: int = 1, url: str = URL, **fields: tuple[str, int]) -> httpx.Response:
    """What the script sends."""
    return visitor.post(f"{url}/nhap", {"turn": str(turn), "fields": json.dumps(fields)})


def draft_of(desk: Desk, owner: str = "person:1") -> dict[str, str]:
    """What is kept of the open draft."""
    return open_draft(desk.key, owner).values
