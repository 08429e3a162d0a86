"""Puts the lists staff look at among the saved filters of Prefect's pages (0016)."""

from typing import Any

from config.run_lists import LISTS, SECONDS, RunList
from flows.engine.server import server


def save_lists() -> list[str]:
    """Add the lists that are not there; one that staff made their own under the same name stays. What was added."""
    with server() as client:
        known = {one["name"] for one in client.request("POST", "/saved_searches/filter", json={}).json()}
        missing = [one for one in LISTS if one.name not in known]
        for one in missing:
            client.request("PUT", "/saved_searches/", json={"name": one.name, "filters": _filters(one)})
    return [one.name for one in missing]


def _filters(of: RunList) -> list[dict[str, Any]]:
    """As the pages keep a filter: property by property; what they leave empty is empty here."""
    span = {"type": "span", "seconds": -SECONDS}
    values: dict[str, Any] = {"tag": list(of.tags), "range": span}
    return [
        {"object": "flowRun", "property": name, "type": "", "operation": "", "value": value}
        for name, value in values.items()
    ]
