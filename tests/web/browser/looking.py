"""What every page must be, whoever looks at it: no serious finding of axe-core, nothing to scroll to sideways."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, TimeoutError

_axe = Axe()
#: What axe has looked at: the width of the screen, and the markup of a header or of what is in the page.
_looked_at: set[tuple[int, str]] = set()


def is_sound(page: Page) -> None:
    """Hold the page as it is now against axe-core (labels, contrast, headings), and its width against the screen."""
    parts = _parts(page)
    if not parts <= _looked_at:
        assert _grave(page) == []
        _looked_at.update(parts)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px wider than the screen"


def _grave(page: Page) -> list[str]:
    """What axe-core calls serious or critical."""
    return [
        f"{page.url}: {one['id']} ({one['impact']}): {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in _axe.run(page).response["violations"] if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]  # fmt: skip


def _parts(page: Page) -> set[tuple[int, str]]:
    """The page by its parts: the same header over the same content need not be looked at twice (axe takes its time)."""
    width = page.evaluate("window.innerWidth")
    markup = page.evaluate("Array.from(document.querySelectorAll('header, main'), (part) => part.outerHTML)")
    return {(width, re.sub(r"[0-9a-f]{64}", "", part)) for part in markup}


def comes(page: Page, what: Locator, seconds: int = 40) -> None:
    """Load the page again until it shows that: the service is at work, and a page of the desk stands still."""
    for _ in range(seconds):
        page.reload()
        try:
            what.first.wait_for(timeout=1000)
        except TimeoutError:
            continue
        return
    raise AssertionError(f"{page.url} never shows {what}: {page.inner_text('main')[:600]}")


def at_last(page: Page, promised: str) -> None:
    """What a script promises comes true within some seconds; `wait_for_function` would take the promise for it."""
    for _ in range(50):
        if page.evaluate(promised):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it never came true: {promised}")
