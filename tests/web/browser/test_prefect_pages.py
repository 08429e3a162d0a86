"""What staff see in Prefect's own pages: who waits for whom, one visit, the year, what went wrong (0016).

The same pages are drawn into the documentation by `make pictures`.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, Page, expect

from config.run_lists import LISTS, OPEN_RUNS, STOPPED_RUNS
from config.settings import ROOT, settings
from tests.web.browser.conftest import Watch
from tests.web.browser.service import Service
from tests.web.browser.test_pictures import keep

pytestmark = pytest.mark.prefect

MAY, FEBRUARY = "2024-05/bien_hoa", "2024-02/nhon_trach"
#: Milliseconds: on a busy machine these pages come up slowly, and they are not ours.
PATIENCE = 40_000
#: The office's own wording of a letter, broken for one host.
BROKEN = "{% if 'Nhơn Trạch' in unit.standing_board %}{{ nobody.knows }}{% endif %}"


@pytest.fixture
def wording() -> Iterator[Path]:
    """A place whose name is short: the page of a fault says it, and so does the picture of that page."""
    with TemporaryDirectory(prefix="office-") as folder:
        yield Path(folder) / "wording"


@pytest.fixture
def prefect(chromium: Browser, service: Service, wording: Path) -> Iterator[Page]:
    """A browser at Prefect's pages, in the middle of a spring: one visit waits for the leader, one went wrong."""
    service.do(lambda office: _spring(office, wording))
    watch = Watch(settings().prefect_port)
    context = chromium.new_context(
        base_url=settings().prefect_url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": 1280, "height": 1150},
    )  # fmt: skip
    context.set_default_timeout(30_000)
    watch.over(context)
    yield context.new_page()
    context.close()
    outside = [one for one in watch.seen if one.startswith("http")]
    assert outside == [], "Prefect's pages call nobody but their own server"


def _spring(office: "Office", wording: Path) -> None:  # noqa: F821 - it imports Prefect, which few tests here need
    from deployments.saved_lists import save_lists
    from flows.reconcile_visits import reconcile

    save_lists()
    shutil.copytree(ROOT / "letters" / "templates" / "nomination_request", wording / "nomination_request")
    body = wording / "nomination_request" / "body.txt"
    body.write_text(BROKEN + body.read_text(encoding="utf-8"), encoding="utf-8")
    office.set(templates=wording)
    office.on(2024, 1, 3, 8)
    office.on(2024, 3, 1, 8)
    office.host_sends_its_list()
    reconcile()
    office.run_due()


def test_the_list_says_what_is_open_and_whom_it_waits_for(prefect: Page, tmp_path: Path) -> None:
    prefect.goto(OPEN_RUNS.path)
    expect(prefect.get_by_text("2024-05 · Biên Hòa · chờ lãnh đạo Ban").first).to_be_visible(timeout=PATIENCE)
    expect(prefect.get_by_text("2024-03 · Công an tỉnh · chờ đơn vị").first).to_be_visible(timeout=PATIENCE)
    # Prefect folds the tags of a run that has no room for all of them, in no order of ours.
    expect(prefect.get_by_text("chờ: đơn vị").first).to_be_attached(timeout=PATIENCE)
    keep(prefect, "prefect-waiting", tmp_path)


def test_ready_lists_stand_among_the_saved_filters(prefect: Page) -> None:
    prefect.goto("/runs")
    prefect.get_by_text("Past week (default)").click()
    prefect.keyboard.press("ArrowDown")  # a click alone does not always open it
    for one in LISTS:
        expect(prefect.get_by_text(one.name, exact=True).first).to_be_attached(timeout=PATIENCE)
    prefect.get_by_text("Chờ lãnh đạo", exact=True).first.click()
    expect(prefect.get_by_text("2024-05 · Biên Hòa · chờ lãnh đạo Ban").first).to_be_visible(timeout=PATIENCE)
    expect(prefect.get_by_text("1 run", exact=True)).to_be_visible(timeout=PATIENCE)


def test_an_open_visit_shows_its_time_line_and_resume_only_looks(
    prefect: Page, service: Service, tmp_path: Path
) -> None:
    prefect.goto(f"/runs/flow-run/{service.do(lambda office: office.run(MAY).id)}")
    expect(prefect.get_by_role("button", name="Resume")).to_be_visible(timeout=PATIENCE)
    expect(prefect.get_by_text("Chờ lựa chọn").first).to_be_visible(timeout=PATIENCE)
    settle(prefect)
    keep(prefect, "prefect-visit", tmp_path)

    before = service.do(lambda office: office.waits(MAY))
    prefect.get_by_role("button", name="Resume").click()
    prefect.get_by_role("dialog").get_by_role("button", name=re.compile("Resume|Submit")).click()
    expect(prefect.get_by_text("Chờ lựa chọn").first).to_be_visible(timeout=PATIENCE)
    service.do(lambda office: office.run_due())
    assert service.do(lambda office: office.waits(MAY)) == before


def test_the_year_is_one_table(prefect: Page, tmp_path: Path) -> None:
    prefect.goto("/artifacts/key/nam-2024")
    prefect.locator("li a").first.click()  # the newest of what it has been
    expect(prefect.get_by_text("Các đợt dự, giám sát").first).to_be_visible(timeout=PATIENCE)
    expect(prefect.get_by_text("Biên Hòa").first).to_be_visible(timeout=PATIENCE)
    settle(prefect)
    keep(prefect, "prefect-year", tmp_path)


def test_a_visit_that_went_wrong_says_why_and_what_to_do(prefect: Page, service: Service, tmp_path: Path) -> None:
    prefect.goto(STOPPED_RUNS.path)
    expect(prefect.get_by_text("2024-02 · Nhơn Trạch").first).to_be_visible(timeout=PATIENCE)
    prefect.goto(f"/runs/flow-run/{service.do(lambda office: office.run(FEBRUARY).id)}")
    expect(prefect.get_by_role("button", name="Retry")).to_be_visible(timeout=PATIENCE)
    prefect.get_by_text("Artifacts", exact=True).last.click()
    settle(prefect)
    keep(prefect, "prefect-failed", tmp_path)

    prefect.get_by_text("chuyen-2024-02-nhon-trach").last.click()
    expect(prefect.get_by_text("thiếu dữ kiện mà mẫu thư cần").first).to_be_visible(timeout=PATIENCE)
    expect(prefect.get_by_role("row", name="báo lượt chạy bị dừng").first).to_be_visible(timeout=PATIENCE)
    settle(prefect)
    keep(prefect, "prefect-failed-letter", tmp_path)


def settle(page: Page) -> None:
    """Until nothing is asked for any more, and the time line has come to rest."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
