"""The admin's pages: accounts, stand-ins, addresses; what is set there counts at once."""

import html
import re

from config.settings import settings
from database import accounts, plans
from database.engine import reading
from domain.plan import Contacts
from tests.web.conftest import AsRole, Visitor


def contacts() -> tuple[Contacts, int]:
    """The addresses in force, and their version."""
    with reading(settings().database) as session:
        row = plans.current(session, 2024)
        assert row
        return plans.read(session, 2024)[1], row.version


def fields(visitor: Visitor, url: str) -> dict[str, str]:
    """What a browser would send of the form on that page if nothing were changed."""
    return fields_in(visitor.get(url).text)


def fields_in(text: str) -> dict[str, str]:
    """The same of a page that is there already."""
    found = re.findall(r'<input (?:type="hidden" )?name="([^"]+)" value="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in found if name != "csrf"}


def test_a_new_account_gets_a_password_that_is_shown_once(as_role: AsRole) -> None:
    admin = as_role("admin")

    made = admin.post(
        "/quan-tri/tai-khoan",
        {"login": "nva", "name": "Nguyễn Văn A", "email": "a@b.example", "roles": ["officer", "clerk"]},
    )

    password = re.search(r'class="once"><code>([a-z0-9-]{19})</code>', made.text)
    assert password
    assert made.headers["cache-control"] == "no-store"
    assert "Nguyễn Văn A" in admin.get("/quan-tri").text
    assert password[1] not in admin.get("/quan-tri").text
    entered = as_role("viewer").post("/dang-nhap", {"login": "nva", "password": password[1]})
    assert entered.status_code == 303


def test_what_is_wrong_is_said_above_the_form_and_what_was_typed_stays(as_role: AsRole) -> None:
    answer = as_role("admin").post("/quan-tri/tai-khoan", {"login": "x", "name": "Nguyễn Văn A"})

    assert answer.status_code == 422
    assert "2 đến 40 chữ không dấu" in answer.text
    assert "chưa chọn" in answer.text
    assert 'value="Nguyễn Văn A"' in answer.text


def test_a_changed_role_counts_at_the_next_click(as_role: AsRole) -> None:
    admin, officer = as_role("admin"), as_role("officer")
    assert officer.get("/thu").status_code == 200

    admin.post("/quan-tri/tai-khoan/officer", {"name": "Nguyễn Văn Ví Dụ", "active": "1", "roles": ["viewer"]})

    assert officer.get("/thu").status_code == 303, "signed out"
    assert as_role("officer").get("/thu").status_code == 403


def test_an_admin_sets_a_new_password(as_role: AsRole) -> None:
    officer = as_role("officer")

    answer = as_role("admin").post("/quan-tri/tai-khoan/officer/mat-khau")

    assert 'class="once"' in answer.text
    assert officer.get("/thu").status_code == 303


def test_an_unknown_account_is_not_there(as_role: AsRole) -> None:
    assert as_role("admin").get("/quan-tri/tai-khoan/ma").status_code == 404


def test_a_stand_in_is_given_and_taken_back(as_role: AsRole) -> None:
    as_role("leader")
    officer, admin = as_role("officer"), as_role("admin")
    form = {"who": "officer", "place_of": "leader", "first": "2024-01-03", "last": "2024-01-10"}

    given = admin.post("/quan-tri/thay", form)
    assert given.status_code == 303
    assert "đang thay" in admin.get("/quan-tri").text
    assert "thay Trần Thị Minh Họa" in officer.get("/mat-khau").text

    with reading(settings().database) as session:
        number = accounts.stand_ins(session)[0].id
    admin.post(f"/quan-tri/thay/{number}/thoi")
    assert "thay Trần Thị Minh Họa" not in officer.get("/mat-khau").text
    assert "Không ai đang thay ai" in admin.get("/quan-tri").text


def test_a_wrong_day_keeps_what_was_chosen(as_role: AsRole) -> None:
    as_role("leader")
    form = {"who": "leader", "place_of": "admin", "first": "30/02/2024", "last": "2024-01-10"}

    answer = as_role("admin").post("/quan-tri/thay", form)

    assert answer.status_code == 422
    assert "không có trên lịch" in answer.text
    assert '<option value="leader" selected>' in answer.text


# Addresses


def test_addresses_are_saved_as_a_new_version_of_the_plan(as_role: AsRole) -> None:
    admin = as_role("admin")
    before, version = contacts()
    form = fields(admin, "/quan-tri/lien-he")

    saved = admin.post("/quan-tri/lien-he", {**form, "standing_boards.bien_hoa.email": "moi@bien-hoa.example"})

    assert "bản 2 của kế hoạch" in admin.follow(saved).text
    after, newer = contacts()
    assert newer == version + 1
    assert after.standing_boards["bien_hoa"].email == "moi@bien-hoa.example"
    assert after.inspectors == before.inspectors
    assert after.standing_boards["nhon_trach"] == before.standing_boards["nhon_trach"]


def test_saving_without_a_change_makes_no_version(as_role: AsRole) -> None:
    admin = as_role("admin")

    saved = admin.post("/quan-tri/lien-he", fields(admin, "/quan-tri/lien-he"))

    assert "Không có gì thay đổi" in admin.follow(saved).text
    assert contacts()[1] == 1


def test_the_working_group_grows_and_shrinks(as_role: AsRole) -> None:
    admin = as_role("admin")
    before, _version = contacts()
    form = fields(admin, "/quan-tri/lien-he")
    form |= {"inspectors.1.name": "", "inspectors.1.email": ""}
    form |= {"inspectors.3.name": "Đặng Thị Mới", "inspectors.3.email": "moi@to-cong-tac.example"}

    admin.post("/quan-tri/lien-he", form)

    after, _version = contacts()
    assert [one.name for one in after.inspectors] == [
        before.inspectors[0].name, before.inspectors[2].name, "Đặng Thị Mới",
    ]  # fmt: skip


def test_a_bad_address_is_refused_at_its_field_and_what_was_typed_stays(as_role: AsRole) -> None:
    """The same rules as for the file."""
    admin = as_role("admin")
    form = fields(admin, "/quan-tri/lien-he")

    answer = admin.post(
        "/quan-tri/lien-he",
        {**form, "standing_boards.bien_hoa.email": "không phải", "staff.leader.name": "", "inspectors.1.email": ""},
    )

    assert answer.status_code == 422
    assert "Ban thường vụ đơn vị, Biên Hòa, thư điện tử:" in answer.text
    assert "“không phải” không phải địa chỉ thư" in answer.text
    assert "Người trả lời trong cơ quan, lãnh đạo, tên:" in answer.text
    assert "Tổ công tác, 2, thư điện tử:" in answer.text
    assert 'value="không phải"' in answer.text
    assert contacts()[1] == 1


def test_an_address_of_two_units_is_saved_with_a_warning(as_role: AsRole) -> None:
    admin = as_role("admin")
    form = fields(admin, "/quan-tri/lien-he")

    saved = admin.post(
        "/quan-tri/lien-he", {**form, "standing_boards.bien_hoa.email": form["standing_boards.tan_phu.email"]}
    )

    assert "đơn vị này sẽ đọc được thư của đơn vị kia" in admin.follow(saved).text


def test_who_was_overtaken_is_told_and_overwrites_nothing(as_role: AsRole) -> None:
    first, second = as_role("admin"), as_role("admin")
    form = fields(first, "/quan-tri/lien-he")
    first.post("/quan-tri/lien-he", {**form, "office.name": "Ban Tổ chức"})

    answer = second.post("/quan-tri/lien-he", {**form, "office.name": "Ban khác"})

    assert answer.status_code == 422
    assert "đã lưu bản 2 lúc" in answer.text
    assert contacts()[0].office.name == "Ban Tổ chức"


def test_what_the_other_has_saved_stands_in_the_form_where_one_changed_nothing(as_role: AsRole) -> None:
    """The second press reverted the other's edits, unseen."""
    first, second, url = as_role("admin"), as_role("admin"), "/quan-tri/lien-he"
    opened = fields(first, url)
    theirs = {"office.name": "Ban Tổ chức", "standing_boards.bien_hoa.email": "moi@bien-hoa.example"}
    first.post(url, {**opened, **theirs})

    refused = second.post(url, {**opened, "office.name": "Ban khác", "staff.clerk.phone": "0251 123"})
    assert refused.status_code == 422
    again = fields_in(refused.text)
    assert (again["office.name"], again["seen"]) == ("Ban khác", "2")
    assert again["standing_boards.bien_hoa.email"] == "moi@bien-hoa.example"
    assert refused.text.count("Bản mới ghi: ") == 1
    assert 'id="office.name-theirs">Bản mới ghi: Ban Tổ chức<' in refused.text
    assert second.post(url, again).status_code == 303

    now = contacts()[0]
    assert (now.office.name, now.staff["clerk"].phone) == ("Ban khác", "0251 123")
    assert now.standing_boards["bien_hoa"].email == "moi@bien-hoa.example"


def test_a_working_group_that_both_changed_is_one_persons_whole(as_role: AsRole) -> None:
    """Who is taken out moves the others up: half of each would be a third group."""
    first, second, url = as_role("admin"), as_role("admin"), "/quan-tri/lien-he"
    opened = fields(first, url)
    first.post(url, {**opened, "inspectors.0.name": "", "inspectors.0.email": ""})

    refused = second.post(url, {**opened, "inspectors.1.name": "Người khác"})
    second.post(url, fields_in(refused.text))

    names = [one.name for one in contacts()[0].inspectors]
    assert names[:2] == [opened["inspectors.0.name"], "Người khác"]


def test_the_units_of_the_plan_are_shown_with_what_they_do(as_role: AsRole) -> None:
    page = as_role("admin").get("/quan-tri/don-vi").text

    assert "Đảng bộ thành phố Biên Hòa" in page
    assert "dự tháng 5" in page
    assert "tự giám sát" in page


def test_each_change_of_an_address_is_kept_with_who_made_it(as_role: AsRole) -> None:
    admin = as_role("admin")
    form = fields(admin, "/quan-tri/lien-he")
    admin.post("/quan-tri/lien-he", {**form, "standing_boards.bien_hoa.email": "moi@bien-hoa.example"})

    page, record = admin.get("/quan-tri/lien-he/lich-su").text, admin.get("/nhat-ky").text

    told = "Ban thường vụ đơn vị, Biên Hòa: ban-thuong-vu@bien-hoa.example → moi@bien-hoa.example"
    assert told in page
    assert "Ngô Thị Quản Trị" in page
    assert told in record
    assert "Sửa địa chỉ" in record


def test_the_addresses_in_use_are_taken_out_as_the_file_that_can_be_read_again(as_role: AsRole) -> None:
    answer = as_role("admin").get("/quan-tri/lien-he/dia-chi.yaml")

    assert answer.headers["content-disposition"] == 'attachment; filename="dia-chi-2024.yaml"'
    assert "bien_hoa: {name: Ban Thường vụ Thành ủy Biên Hòa, email:" in answer.text
