"""An inspector photographs a page with a phone: the photo goes smaller than it was taken, and is seen in the file."""

from playwright.sync_api import expect

from tests.desk import Desk
from tests.may import MAY
from tests.web.browser.conftest import Opened
from tests.web.browser.looking import is_sound
from tests.web.letters_links import link_in

#: A photo as large as telephones make them, drawn by the browser itself.
_LARGE = """async () => {
  const canvas = new OffscreenCanvas(3000, 2000), pen = canvas.getContext("2d");
  for (let n = 0; n < 4000; n += 1) {
    pen.fillStyle = `hsl(${n * 37 % 360}, 60%, 50%)`;
    pen.fillRect(n * 7919 % 3000, n * 6271 % 2000, 60, 40);
  }
  const made = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
  const holder = new DataTransfer();
  holder.items.add(new File([made], "IMG_1.jpg", { type: "image/jpeg" }));
  const field = document.getElementById("photo");
  field.files = holder.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return made.size;
}"""


def test_a_photo_is_made_smaller_kept_looked_at_and_taken_out(desk: Desk, opened: Opened) -> None:
    desk.until_met()
    page = opened(phone=True)
    page.goto(link_in(desk, "findings_request", "inspector:1"))
    page.get_by_role("link", name="Ảnh kèm kết quả giám sát").tap()
    expect(page.locator("main")).to_contain_text("Chưa có ảnh nào")
    is_sound(page)

    taken = page.evaluate(_LARGE)
    page.wait_for_function("() => document.getElementById('photo').files[0].name === 'anh.jpg'")
    assert page.evaluate("document.getElementById('photo').files[0].size") < taken
    page.get_by_label("Mục giám sát").select_option("R17")
    page.get_by_label("Ghi chú").fill("sổ nghị quyết, trang tháng 5")
    page.get_by_role("button", name="Giữ ảnh").tap()

    expect(page.locator(".said")).to_contain_text("Đã giữ ảnh 1")
    picture = page.get_by_role("img", name="sổ nghị quyết")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.photos img').naturalWidth > 0")
    assert page.evaluate("document.querySelector('.photos img').naturalWidth") == 1280
    is_sound(page)
    leader = opened("leader")
    leader.goto(f"/chuyen/{MAY}/anh")
    expect(leader.get_by_role("img", name="sổ nghị quyết")).to_be_visible()
    expect(leader.get_by_role("button", name="Giữ ảnh")).to_have_count(0)

    page.get_by_role("button", name="Bỏ ảnh 1").tap()
    expect(page.locator(".said")).to_contain_text("Đã bỏ ảnh 1")
    expect(page.locator(".photos img")).to_have_count(0)
