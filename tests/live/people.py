"""The rehearsal's people on a live service: the office at the desk, hosts and inspectors by their links."""

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from sqlalchemy import select

from answers.answering import Giver
from answers.papers import Sheet
from config.addresses import page_of_key
from database import plans, visits
from database.engine import reading
from database.models import LetterRow
from domain.dates import short_date
from domain.findings import Findings
from domain.follow_up import Remedy
from domain.nomination import Nominations
from domain.obligation import FOLLOW_UP_WORD
from domain.plan import Plan
from rehearsal.hands import Hands
from tests.live.browser import Browser, accepted
from tests.live.service import Live
from web.desk.posted_form import Form
from web.findings import form as finding_fields
from web.nominations import form as list_fields

#: Login of each role; the rehearsal's script has the names.
LOGINS = {"officer": "chuyenvien", "leader": "lanhdao", "clerk": "vanthu"}
_OWN = "một con ngựa đúng pin "


class Browsers(Hands):
    """Everybody's browser. Sessions end by the service's clock: whoever is signed out signs in again."""

    def __init__(self, office: Live, inbox: Path, names: dict[str, str]) -> None:
        self._office, self._inbox = office, inbox
        self._roles = {names[role]: role for role in LOGINS}
        self._browsers = {role: Browser(office.settings.desk_url) for role in LOGINS}
        self._passwords: dict[str, str] = {}
        self.signed_in = 0
        self.by_link: list[str] = []  #: what was answered by a link in a letter

    def get_accounts(self) -> None:
        """Whoever has installed the service signs in as its first admin, and makes an account for each."""
        found = re.search(r"admin, mật khẩu: (\S+)", self._office.said())
        assert found, self._office.said()
        self._passwords["admin"] = found[1]
        admin = Browser(self._office.settings.desk_url)
        self._sign_in(admin, "admin")
        for name, role in self._roles.items():
            made = admin.send("/quan-tri/tai-khoan", {"login": LOGINS[role], "name": name, "roles": [role]})
            once = re.search(r'class="once"><code>(\S+)</code>', made.text)
            assert once, made.text
            self._passwords[role] = once[1]
        admin.close()

    def close(self) -> None:
        """Close every window."""
        for browser in self._browsers.values():
            browser.close()

    # At the desk

    def accept(self, key: str, reason: str, giver: Giver) -> None:
        """A late list is taken."""
        form = f"{page_of_key(key)}/chap-nhan"
        words = dict.fromkeys(re.findall(r'name="(late-\d+)"', self._at_desk(giver).open(form).text), "take")
        accepted(self._at_desk(giver).send(form, {"reason": reason, **words}))

    def choose(self, key: str, meetings: Sequence[int], giver: Giver, *, consulted: str, override: str) -> None:
        """The meetings are ticked."""
        ticked = {"meeting": [f"{number}" for number in meetings], "consulted": consulted, "override": override}
        accepted(self._at_desk(giver).send(f"{page_of_key(key)}/chon", ticked))

    def approve(self, key: str, paper: str, giver: Giver) -> None:
        """What was seen is approved."""
        accepted(self._at_desk(giver).send(f"{page_of_key(key)}/duyet/{paper}", {}, "approve"))

    def issue(self, key: str, paper: str, sheet: Sheet, giver: Giver) -> None:
        """Number and day are typed."""
        typed = {"number": f"{sheet.number}", "issued_on": short_date(sheet.issued_on)}
        accepted(self._at_desk(giver).send(f"{page_of_key(key)}/phat-hanh/{paper}", typed, "issue"))

    # By a link

    def nominate(self, key: str, listed: Nominations, giver: Giver) -> None:
        """The host's list, looked at, then sent."""
        assert giver
        form = Form({})
        list_fields.put_list(form, listed)
        self._by_link(key, "host", form.values, "preview")

    def report_findings(self, key: str, findings: Findings, giver: Giver) -> None:
        """What the head of the working group found."""
        assert giver
        self._by_link(key, "inspector:1", finding_fields.put_findings(findings, self._plan()), "review")

    def reply(self, key: str, replies: Sequence[Remedy], giver: Giver) -> None:
        """What the host has done: by its link once it was reminded, before that a letter that an officer enters."""
        assert giver
        typed = {f"text-{one.recommendation}": one.text for one in replies}
        typed |= {f"done-{one.recommendation}": "done" for one in replies}
        typed |= {"their_symbol": replies[0].symbol}
        followed = f"{key}/{FOLLOW_UP_WORD}"
        if self._letter_with_link(followed, "host"):
            self._by_link(followed, "host", typed, "preview")
            return
        officer = self._at_desk(None)
        preview = officer.send(f"{page_of_key(followed)}/tra-loi", typed, "preview")
        accepted(officer.press(preview, {}, "confirm"))

    # What nobody does in these months

    def _unexpected(self, *what: object, **more: object) -> None:
        raise AssertionError(f"nobody was expected to do this: {what} {more}")

    move = resolve = run_again = _unexpected  # type: ignore[assignment] # refuses whatever it is given
    receive_report = accept_report = send_report_back = propose = _unexpected  # type: ignore[assignment] # the same

    # How

    def _at_desk(self, giver: Giver | None) -> Browser:
        """The browser of that person, signed in; an officer's where somebody of the office enters a letter."""
        role = self._roles[giver.name] if giver else "officer"
        browser = self._browsers[role]
        if browser.open("/viec-cua-toi").status_code != 200:
            self._sign_in(browser, role)
        return browser

    def _sign_in(self, browser: Browser, role: str) -> None:
        signed_in = browser.send("/dang-nhap", {"login": LOGINS.get(role, role), "password": self._passwords[role]})
        accepted(signed_in)
        self.signed_in += 1
        if browser.open("/").headers.get("location") == "/mat-khau":
            old, new = self._passwords[role], _OWN + role
            accepted(browser.send("/mat-khau", {"old": old, "new": new, "again": new}))
            self._passwords[role] = new

    def _by_link(self, key: str, recipient: str, typed: dict[str, str], look: str) -> None:
        link = self._letter_with_link(key, recipient)
        assert link, f"{key}: no letter to {recipient} has brought a link"
        browser = Browser(self._office.settings.desk_url)
        try:
            preview = browser.send(link, typed, look)
            assert preview.status_code == 200, preview.text
            accepted(browser.press(preview, {}, "confirm"))
        finally:
            browser.close()
        self.by_link.append(f"{key} {recipient}")

    def _plan(self) -> Plan:
        with reading(self._office.settings.database) as session:
            return plans.read(session, 2024)[0]

    def _letter_with_link(self, key: str, recipient: str) -> str:
        """The path of the link in the newest letter of that visit which that recipient has got."""
        with reading(self._office.settings.database) as session:
            query = select(LetterRow.message_id).where(
                LetterRow.visit_id == visits.find(session, key).id, LetterRow.recipient == recipient
            )
            ours = set(session.scalars(query))
        for file in sorted(self._inbox.glob("*.eml"), key=lambda one: one.stat().st_mtime_ns, reverse=True):
            mail = message_from_bytes(file.read_bytes(), policy=default)
            body = mail.get_body(("plain",))
            found = re.search(r"/tra-loi/\S+", body.get_content()) if body and mail["Message-ID"] in ours else None
            if found:
                return found[0]
        return ""
