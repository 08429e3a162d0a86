"""The score sheets at the desk: each as its scorers read it, and what is wrong with one that cannot be used."""

from pathlib import Path

from config.settings import settings, use
from tests.desk import Desk
from tests.web.conftest import AsRole


def test_a_sheet_is_read_in_words_and_not_in_ids(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"
    inspector = as_role("inspector")

    assert "/phieu-cham/vi-du-42hd-chi-tiet" in inspector.get("/phieu-cham").text
    shown = inspector.get("/phieu-cham/vi-du-42hd-chi-tiet").text

    assert "Xếp loại, xét từ trên xuống" in shown
    assert "không phải tiêu chí của tỉnh nào" in shown
    for name in ("members", "minutes", "present_share"):
        assert f": {name}" not in shown


def test_a_sheet_that_cannot_be_used_is_shown_to_those_who_can_mend_it(
    desk: Desk, as_role: AsRole, tmp_path: Path
) -> None:
    assert desk.visit.state == "planned"
    (tmp_path / "hong.yaml").write_text("id: phieu\n", encoding="utf-8")
    use(settings().model_copy(update={"rubrics": tmp_path}))

    assert "thiếu mục “version”" in as_role("officer").get("/phieu-cham/hong").text
    assert "hong" not in as_role("inspector").get("/phieu-cham").text
    assert as_role("inspector").get("/phieu-cham/hong").status_code == 404


def test_no_file_outside_the_folder_is_opened(desk: Desk, as_role: AsRole) -> None:
    assert desk.visit.state == "planned"

    for name in ("..%2Fplans%2F2024", "khong-co"):
        assert as_role("officer").get(f"/phieu-cham/{name}").status_code == 404
