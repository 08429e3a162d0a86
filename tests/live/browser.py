"""Somebody at a browser, over real HTTP: opens pages of the running desk, fills in their forms, presses buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

import httpx

#: What one types into a field; several values where a field may be ticked more than once.
Typed = Mapping[str, str | Sequence[str]]


@dataclass
class PageForm:
    """A form of a page: where it goes, what stands in it, and its buttons."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    buttons: set[str] = field(default_factory=set)  #: what each says as `do`


class Browser:
    """One browser with its own cookies. Nothing is followed by itself, and every answer that is an error is one."""

    def __init__(self, desk: str) -> None:
        self._client = httpx.Client(base_url=desk, timeout=60, trust_env=False)

    def close(self) -> None:
        """Close the window."""
        self._client.close()

    def open(self, path: str) -> httpx.Response:
        """Look at a page."""
        return self._client.get(path)

    def send(self, path: str, typed: Typed, button: str = "") -> httpx.Response:
        """Open a page, fill in its form, and press a button of it."""
        page = self.open(path)
        assert page.status_code == 200, f"{path}: {page.status_code} {page.headers.get('location', '')}"
        return self.press(page, typed, button)

    def press(self, page: httpx.Response, typed: Typed, button: str = "") -> httpx.Response:
        """The same on a page that is open; what stands in the form already goes with it.

        Rows that the page's script would add are there at once: their fields need not stand in the page.
        """
        form = _form_for(page, set(typed), button)
        data = {**form.values, **typed, **({"do": button} if button else {})}
        return self._client.post(urlsplit(form.action).path, data=data)


def accepted(answer: httpx.Response) -> None:
    """The desk took it, and leads on."""
    assert answer.status_code == 303, f"{answer.request.url}: {answer.status_code}\n{_problems(answer)}"


def _form_for(page: httpx.Response, names: set[str], button: str) -> PageForm:
    reader = _Reader()
    reader.feed(page.text)
    fitting = [one for one in reader.forms if button in one.buttons and (not names or names & one.names)]
    assert len(fitting) == 1, f"{page.request.url}: {len(fitting)} forms for {button!r} with {sorted(names)[:5]}"
    return fitting[0]


class _Reader(HTMLParser):
    """Reads the forms that are sent by POST."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._text: str = ""  #: the textarea that is being read
        self._select: str = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method") == "post":
            self._form = PageForm(given.get("action", ""))
            self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "button":
            self._form.buttons.add(given.get("value", ""))
        elif tag in ("input", "select", "textarea") and given.get("name"):
            self._field(self._form, tag, given)
        elif tag == "option" and self._select and "selected" in given:
            self._form.values[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._text = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._form and self._text:
            self._form.values[self._text] += data

    def _field(self, form: PageForm, tag: str, given: Mapping[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        form.names.add(name)
        if tag == "textarea":
            self._text, form.values[name] = name, ""
        elif tag == "select":
            self._select = name
        elif kind not in ("file", "checkbox", "radio") or "checked" in given:
            form.values[name] = given.get("value", "on" if kind == "checkbox" else "")


def _problems(answer: httpx.Response) -> str:
    found = [line.strip() for line in answer.text.splitlines() if "problem" in line]
    return "\n".join(found) or answer.text[:500]
