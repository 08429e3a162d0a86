"""The sample proxy: nginx reads it, and before a live desk it does what the desk relies on."""

import os
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from answers.first_accounts import ADMIN, first_admin
from config.settings import ROOT, Settings
from database.engine import engine_for, writing
from database.schema import prepare
from tests.deployments.conftest import free_port
from tests.deployments.nginx import NAME, certificate, main_file, nginx

FILE = ROOT / "deployments" / "proxy" / "nginx.conf"


@dataclass
class Office:
    """A live desk with the proxy in front of it, and what a browser outside needs."""

    https: int
    http: int
    folder: Path
    password: str

    def browser(self) -> httpx.Client:
        """Somebody outside, who knows the certificate and calls the desk by its name."""
        trusted = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        return httpx.Client(verify=trusted, base_url=f"https://127.0.0.1:{self.https}", headers={"host": NAME})

    def ask(self, browser: httpx.Client, method: str, path: str, **more: object) -> httpx.Response:
        """One request under the name in the certificate."""
        more.setdefault("extensions", {"sni_hostname": NAME})
        return browser.request(method, path, **more)  # type: ignore[arg-type]

    def sign_in(self, browser: httpx.Client, password: str, **headers: str) -> httpx.Response:
        """The form, filled in and sent."""
        form = self.ask(browser, "GET", "/dang-nhap")
        token = re.search(r'name="csrf" value="([^"]+)"', form.text)
        cookies = "; ".join(f"{name}={value}" for name, value in form.cookies.items())
        assert token
        filled = {"login": ADMIN, "password": password, "csrf": token[1]}
        return self.ask(browser, "POST", "/dang-nhap", data=filled, headers={"cookie": cookies, **headers})


def _configured(folder: Path, https: int, http: int, desk: int) -> Path:
    """The sample as it is shipped, with places and ports of this test."""
    sample = FILE.read_text(encoding="utf-8")
    for shipped, here in {
        "/etc/ssl/party-visits/": f"{folder}/", "/var/log/nginx/": f"{folder}/", "127.0.0.1:8080": f"127.0.0.1:{desk}",
        "listen 443 ": f"listen 127.0.0.1:{https} ", "listen 80;": f"listen 127.0.0.1:{http};",
    }.items():  # fmt: skip
        assert shipped in sample, shipped
        sample = sample.replace(shipped, here)
    # A machine of tests may have no IPv6.
    (folder / "site.conf").write_text(re.sub(r"(?m)^ +listen \[::\].*\n", "", sample), encoding="utf-8")
    return main_file(folder)


def test_nginx_reads_the_sample(tmp_path: Path) -> None:
    """Without a word of warning."""
    certificate(tmp_path)
    main = _configured(tmp_path, *(free_port() for _ in range(3)))
    done = subprocess.run([nginx(), "-t", "-p", tmp_path, "-c", main], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


@pytest.fixture
def office(home: Settings, tmp_path: Path) -> Iterator[Office]:
    """Desk and proxy, both as processes of their own."""
    program, folder = nginx(), tmp_path / "proxy"
    folder.mkdir()
    certificate(folder)
    https, http, desk = (free_port() for _ in range(3))
    live = home.model_copy(update={"mode": "live"})
    prepare(live.database)
    with writing(live.database) as session:
        password = first_admin(session)
    engine_for(live.database).dispose()
    given = {"MODE": "live", "HOME": home.folder, "DESK_PORT": desk, "DESK_PUBLIC_HOST": NAME, "DESK_BEHIND_PROXY": "1"}
    environment = {**os.environ, **{f"VISITS_{name}": f"{value}" for name, value in given.items()}}
    log = (folder / "desk.log").open("wb")
    parts = [
        subprocess.Popen([sys.executable, "-m", "web.serve"], cwd=ROOT, env=environment, stdout=log, stderr=log),
        subprocess.Popen([program, "-p", folder, "-c", _configured(folder, https, http, desk)], stdout=log, stderr=log),
    ]
    office = Office(https, http, folder, password or "")
    try:
        _wait_for(office)
        yield office
    finally:
        for part in parts:
            part.terminate()
            part.wait(20)
        log.close()


def _wait_for(office: Office) -> None:
    deadline = time.monotonic() + 60
    with office.browser() as browser:
        while time.monotonic() < deadline:
            try:
                if office.ask(browser, "GET", "/suc-khoe").is_success:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
    pytest.fail((office.folder / "desk.log").read_text(encoding="utf-8"))


def test_one_signs_in_from_outside_and_the_cookie_goes_over_tls_only(office: Office) -> None:
    """The desk itself speaks plain HTTP; by its settings it knows what the browser speaks."""
    with office.browser() as browser:
        answer = office.sign_in(browser, office.password)
        assert answer.status_code == 303, answer.text
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-visits_session_")
        assert {"Secure", "HttpOnly"} <= set(cookie.split("; "))
        assert "max-age" in answer.headers["strict-transport-security"]
        assert len(answer.headers.get_list("strict-transport-security")) == 1


def test_wrong_passwords_are_counted_whatever_a_client_says_of_its_address(office: Office) -> None:
    """The proxy tells the desk who calls; what the client has written there is not handed on."""
    said = []
    for number in range(6):
        with office.browser() as browser:
            answer = office.sign_in(browser, "sai", **{"x-forwarded-for": f"203.0.113.{number}"})
            said.append(answer.status_code)
    assert said == [422] * 5 + [429]


def test_the_desk_does_not_answer_to_a_foreign_name(office: Office) -> None:
    """One that somebody has pointed at this machine; the proxy hands it on as it came."""
    with office.browser() as browser:
        answer = office.ask(browser, "GET", "/dang-nhap", headers={"host": "evil.example"})
    assert answer.status_code == 400


def test_plain_http_leads_to_the_one_name_under_tls(office: Office) -> None:
    """Whatever name was asked for."""
    answer = httpx.get(f"http://127.0.0.1:{office.http}/nam/2026", headers={"host": "evil.example"})
    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{NAME}/nam/2026")


def test_the_address_of_a_reply_page_is_written_down_nowhere(office: Office) -> None:
    """It is a key; neither the page that was found nor a desk that is away may put it into a log."""
    with office.browser() as browser:
        office.ask(browser, "GET", "/tra-loi/a-key-that-nobody-may-read")
        (office.folder / "site.conf").write_text(
            re.sub(r"server 127.0.0.1:\d+;", "server 127.0.0.1:1;", (office.folder / "site.conf").read_text()),
            encoding="utf-8",
        )
        os.kill(int((office.folder / "pid").read_text()), 1)
        deadline = time.monotonic() + 20
        while (away := office.ask(browser, "GET", "/tra-loi/a-key-that-nobody-may-read")).status_code != 503:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert "Bàn làm việc đang khởi động" in away.text
    assert away.headers["retry-after"] == "60"
    for log in office.folder.glob("*.log"):
        assert "a-key-that-nobody-may-read" not in log.read_text(encoding="utf-8"), log
    assert "GET 503" in (office.folder / "party-visits.log").read_text(encoding="utf-8")
