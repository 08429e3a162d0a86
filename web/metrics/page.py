"""`/metrics` for Prometheus: numbers without a name; for this machine, or for whoever shows the token (0048)."""

import hmac
import ipaddress
import shutil
import threading
import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Request, Response
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from config.secret import METRICS, given
from config.settings import Settings, settings
from database.engine import reading
from domain.dates import OFFICE_ZONE
from domain.problem import Refused
from overview.gauges import Gauge, gauges

router = APIRouter()

#: So long an answer is given again: however many ask, the database is asked this often.
KEPT_SECONDS = 5.0
_BEARER = "Bearer "


@router.get("/metrics")
def metrics(request: Request, authorization: Annotated[str, Header()] = "") -> Response:
    """All figures in the form that Prometheus scrapes; 404 for whoever may not read them."""
    if not _may_read(request, authorization):
        raise HTTPException(404)
    return Response(_kept.text(settings()), media_type=CONTENT_TYPE_LATEST)


def _may_read(request: Request, authorization: str) -> bool:
    """Behind a proxy everybody may look as if he called from this machine, so there the token counts alone."""
    try:
        token = given(METRICS)
    except Refused:
        token = None
    if token and authorization.startswith(_BEARER):
        shown = authorization.removeprefix(_BEARER).strip()
        return hmac.compare_digest(shown.encode(), token.value.encode())
    return not settings().desk_behind_proxy and _is_this_machine(request)


def _is_this_machine(request: Request) -> bool:
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


class _Kept:
    """The newest answer; of several who ask at once one has it made and the others wait for it."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._of: Settings | None = None
        self._until, self._text = 0.0, b""

    def text(self, of: Settings) -> bytes:
        with self._making:
            if self._of is not of or time.monotonic() >= self._until:
                self._text = _made(of)
                self._of, self._until = of, time.monotonic() + KEPT_SECONDS
            return self._text


_kept = _Kept()


def _made(of: Settings) -> bytes:
    began = time.monotonic()
    free = shutil.disk_usage(of.folder).free
    with reading(of.database) as session:
        found = list(gauges(session, of, datetime.now(OFFICE_ZONE), free))
    needed = Gauge("visits_scrape_seconds", "How long these figures took", time.monotonic() - began)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected([*found, needed]))
    return generate_latest(registry)


class _Collected:
    """Figures that were gathered before anybody asks for them."""

    def __init__(self, found: Iterable[Gauge]) -> None:
        self._found = list(found)

    def collect(self) -> Iterable[Metric]:
        families: dict[str, Metric] = {}
        for one in self._found:
            names = tuple(one.labels)
            kind = CounterMetricFamily if one.only_grows else GaugeMetricFamily
            family = families.setdefault(one.name, kind(one.name, one.about, labels=names))
            family.add_metric([str(label) for label in _in_order(names, one.labels)], one.value)  # type: ignore[attr-defined]
        return families.values()


def _in_order(names: Iterable[str], labels: Mapping[str, str]) -> list[str]:
    return [labels[name] for name in names]
