"""`nginx-several.conf` before two servers of Prefect: what it hands on, and what it keeps to itself."""

import ssl
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import httpx
import pytest

from tests.deployments.nginx import NAME, certificate, nginx
from tests.deployments.several.composed import Composed, nginx_for


class _Prefect(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """A server that shows everything to everybody."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())

    def log_message(self, *_of: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    """nginx by the shipped file, with both servers behind it."""
    program, folder = nginx(), tmp_path_factory.mktemp("proxy")
    certificate(folder)
    office = Composed(folder, 0, 0)
    servers = [HTTPServer(("127.0.0.1", office.ports[name]), _Prefect) for name in ("server-1", "server-2")]
    for server in servers:
        Thread(target=server.serve_forever, daemon=True).start()
    process = subprocess.Popen([program, "-p", folder, "-c", nginx_for(office, folder)])
    try:
        yield office
    finally:
        process.terminate()
        process.wait(20)
        for server in servers:
            server.shutdown()
            server.server_close()


def asked(office: Composed, port: str, path: str) -> httpx.Response:
    """What comes back by that port of the proxy, once it listens."""
    trusted = ssl.create_default_context(cafile=str(office.folder / "fullchain.pem"))
    scheme = "https" if port == "prefect-tls" else "http"
    deadline = time.monotonic() + 30
    with httpx.Client(verify=trusted, headers={"host": NAME}, timeout=10) as client:
        while True:
            try:
                url = f"{scheme}://127.0.0.1:{office.ports[port]}{path}"
                return client.get(url, extensions={"sni_hostname": NAME})
            except httpx.ConnectError:
                assert time.monotonic() < deadline
                time.sleep(0.1)


@pytest.mark.parametrize("port", ["proxy", "prefect-tls"])
@pytest.mark.parametrize(
    "path",
    [
        "/api/admin/settings",
        "/api/admin/settings/",
        "/api//admin/settings",
        "/api/x/../admin/settings",
        "/api/%61dmin/settings?a=1",
    ],
)
def test_the_settings_of_prefect_are_shown_to_nobody_however_they_are_asked_for(
    proxy: Composed, port: str, path: str
) -> None:
    """The password of Redis stands in them."""
    assert asked(proxy, port, path).status_code == 404


@pytest.mark.parametrize("port", ["proxy", "prefect-tls"])
@pytest.mark.parametrize("path", ["/api/ready", "/api/admin/version", "/api/flow_runs/1"])
def test_everything_else_of_prefect_is_handed_on_as_it_came(proxy: Composed, port: str, path: str) -> None:
    """Its clients ask for the version at their start."""
    answer = asked(proxy, port, path)
    assert (answer.status_code, answer.text) == (200, path)
