"""Whatever comes in by the desk's own schema, and from whomever, the desk answers it and does not break (5xx)."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case

from tests.desk import Desk
from tests.may import MAY
from tests.web.conftest import ROLES, AsRole, Visitor
from tests.web.letters_links import link_in
from tests.web.lists import GOOD
from web.app import routes_of
from web.desk.security_tokens import HEADER

#: Requests to each operation; every one of them begins from what the ones before have left.
EXAMPLES = 6

_TEXT: dict[str, Any] = {"type": "string", "maxLength": 60}
_MONTH, _UNIT = MAY.split("/")
#: What stands in an address, so that more than 404 is reached.
_IN_PATHS: dict[str, list[str]] = {
    "month": [_MONTH], "unit": [_UNIT], "paper": ["notice", "report", "result", "x"],
    "name": ["selection_notice.pdf", "group_report.docx", "desk.css", "../x"], "login": ["officer", "khong-co"],
}  # fmt: skip
#: The fields of the forms, which the desk reads off what is posted and the schema does not name.
_FIELDS = (
    *GOOD, "turn", "fields", "attended_on", "result-R16", "remark-R16", "strength-1", "limitation-1", "remedy-1-1-text",
    "remedy-1-1-due", "meeting", "consulted", "override", "reason", "sure", "number", "issued_on", "secrecy", "urgency",
    "signed", "file", "day", "time", "venue", "link", "recipient", "email", "title", "seen", "approve",
    "shown", "upload", "year", "point", "decided-1", "months-bien_hoa", "pasted", "office.email", "host", "port", "own",
)  # fmt: skip
_DOING = (
    "preview", "confirm", "edit", "add", "upload", "remove-1", "save", "review", "add-remedy-1", "revoke", "return",
    "approve", "issue", "override", "settle", "reopen", "load", "drop", "sheet",
)  # fmt: skip


#: It is a process of its own each time, and takes no field.
_CALLS_THE_DOCTOR = ("/thiet-lap/kham",)


def schema_of(site: FastAPI, token: str) -> Any:
    """The schema of the desk, which does not show it to anybody, with the words that its addresses and forms know."""
    made = get_openapi(title=site.title, version="0", routes=list(routes_of(site)))
    typed = {
        name: {"anyOf": [_TEXT, {"enum": [GOOD.get(name, "1"), "0", "14/5/2024", "[]", "{}"]}]} for name in _FIELDS
    }
    form = {"type": "object", "properties": {**typed, "do": {"anyOf": [{"enum": list(_DOING)}, _TEXT]}}}
    for operations in made["paths"].values():
        for method, operation in operations.items():
            for one in operation.get("parameters", []):
                known = {**_IN_PATHS, "token": [token]}.get(one["name"])
                if one["in"] == "path" and known:
                    one["schema"] = {"enum": known}
            if method == "post" and "requestBody" not in operation:
                operation["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
    return schemathesis.openapi.from_dict(made)


def ask_everything(schema: Any, visitor: Visitor, *without: str) -> int:
    """Every operation some times over; returns how many requests came further than the sign-in page and 404."""
    came_in = 0
    token = visitor.token()
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in without:
            continue

        @given(case=operation.as_strategy())
        @settings(
            max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def ask(case: Case) -> None:
            nonlocal came_in
            answer = sent(visitor, case, token)
            assert answer.status_code < 500, f"{case.method} {case.formatted_path}\n{case.body}\n{answer.text}"
            came_in += answer.status_code in (200, 303, 422) and answer.headers.get("location", "")[:10] != "/dang-nhap"

        ask()
    return came_in


def sent(visitor: Visitor, case: Case, token: str) -> httpx.Response:
    """The answer to it. An exception inside the desk is raised here and fails the test by its own words."""
    query = {name: str(value) for name, value in dict(case.query or {}).items()}
    body = {name: str(value) for name, value in case.body.items()} if isinstance(case.body, dict) else None
    path = case.formatted_path
    answer: httpx.Response = visitor.browser.request(
        case.method, path, params=query, data=body, headers={HEADER: token}
    )
    return answer


@pytest.mark.parametrize(("who", "chapter"), [("officer", "until_listed"), ("everybody", "until_met")])
def test_whoever_is_signed_in_may_send_anything(
    desk: Desk, site: FastAPI, as_role: AsRole, who: str, chapter: str
) -> None:
    getattr(desk, chapter)()
    token = link_in(desk, "nomination_request", "host").rsplit("/", 1)[1]
    visitor = as_role("officer", roles=list(ROLES) if who == "everybody" else ["officer"])

    assert ask_everything(schema_of(site, token), visitor, "/dang-xuat", *_CALLS_THE_DOCTOR) > 50


def test_a_stranger_may_send_anything(desk: Desk, site: FastAPI, stranger: Callable[[], Visitor]) -> None:
    desk.until_met()
    token = link_in(desk, "findings_request", "inspector:1").rsplit("/", 1)[1]

    assert ask_everything(schema_of(site, token), stranger()) > 10


@pytest.mark.parametrize("number", ["9" * 30, "1" * 5000, "0" * 12 + "1", "٣", "-1", "1e9", "²"])
def test_a_number_beyond_all_measure_is_refused_and_breaks_nothing(desk: Desk, as_role: AsRole, number: str) -> None:
    desk.until_listed()
    officer = as_role("officer", roles=list(ROLES))

    for address in ("/nam/{}", "/nam/2024?thang={}", "/nam/2024?trang={}", "/thu/{}", f"/chuyen/{MAY}/doi/{{}}",
                    f"/chuyen/{MAY}/de-cu?x={{}}", "/quan-tri/lien-he?nam={}", "/ke-hoach/{}",
                    "/quan-tri/lien-he/lich-su?nam={}"):  # fmt: skip
        assert officer.get(address.format(number)).status_code < 500, address
    assert officer.post(f"/chuyen/{MAY}/de-cu", GOOD | {"members-1": number}).status_code in (200, 422)
    assert officer.post(f"/chuyen/{MAY}/lien-ket", {"do": "revoke", "link": number}).status_code in (303, 422)
    assert officer.post(f"/quan-tri/thay/{number}/thoi").status_code < 500
