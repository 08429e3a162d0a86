"""A form counts from the browser that was shown it, and from no other: every route that takes one."""

from tests.desk import Desk
from tests.web.conftest import AsRole
from tests.web.desk.who_may import MAY_SEND, address


def test_no_form_is_taken_without_the_token_of_this_browser(desk: Desk, as_role: AsRole) -> None:
    desk.until_year_end()
    others_token = as_role("officer").token()

    for role in ("officer", "leader", "admin"):
        visitor = as_role(role)
        visitor.get("/mat-khau")
        for path in MAY_SEND:
            for data in ({}, {"csrf": "0" * 64}, {"csrf": others_token}, {"csrf": "ấ"}):
                answer = visitor.browser.post(address(path), data=data)
                assert answer.status_code == 403, path
                assert "Biểu mẫu đã cũ" in answer.text
