"""The one way to the Prefect server: one connection for everything, and at once another try when its database was busy.

On SQLite the server gives up a change when another one was written while it read, and answers 503. Prefect's client
then sleeps for two seconds and more; a few hundredths are enough. With many runs at work most of their time was sleep.
"""

import random
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from prefect.client.orchestration import SyncPrefectClient
from prefect.context import SyncClientContext
from prefect.settings import get_current_settings

from config.settings import settings

#: Where Prefect keeps results: the place it would use by itself; not said beforehand, each run asks the server for it.
#: Only the exceptions of failed runs are ever written there.
RESULTS = get_current_settings().results.local_storage_path

_TRIES, _PAUSE = 12, 0.03  # the pause grows with each try; all of them together take about two seconds


class _Patient(httpx.HTTPTransport):
    """Asks again when the server says 503; any other answer, and the last 503, are for Prefect's client to judge."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it, and again as long as the server's database is busy."""
        for number in range(1, _TRIES):
            response = super().handle_request(request)
            if response.status_code != httpx.codes.SERVICE_UNAVAILABLE or "Retry-After" in response.headers:
                return response
            response.close()
            time.sleep(number * random.uniform(0, _PAUSE))
        return super().handle_request(request)


@contextmanager
def one_connection() -> Iterator[SyncPrefectClient]:
    """Let everything in here that talks to the server use one client: this code, and Prefect's engine.

    Certificates are loaded only where the server is called by https: without TLS they would take longer than a call.
    """
    secured = settings().prefect_url.startswith("https:")
    trusted = ssl.create_default_context() if secured else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with SyncClientContext(httpx_settings={"transport": _Patient(verify=trusted), "verify": trusted}) as context:
        yield context.client


#: What stands for the server in this process where it is not the real one (`tests/simulation`).
_stands_for_it: list[SyncPrefectClient] = []


@contextmanager
def standing_for_the_server(client: SyncPrefectClient) -> Iterator[None]:
    """Let everything in this process that talks to the server talk to `client`: the verbs used are those of Prefect."""
    _stands_for_it.append(client)
    try:
        yield
    finally:
        _stands_for_it.pop()


@contextmanager
def server() -> Iterator[SyncPrefectClient]:
    """The client of the surrounding `one_connection`, or else one for as long as this lasts."""
    if _stands_for_it:
        yield _stands_for_it[-1]
    elif context := SyncClientContext.get():
        yield context.client
    else:
        with one_connection() as client:
            yield client
