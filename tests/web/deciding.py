"""What the tests of the forms by which people decide have in common."""

import httpx

from tests.may import MAY

VISIT = f"/chuyen/{MAY}"


def problem_at(answer: httpx.Response, field: str) -> str:
    """What stands at a field of a form that was refused."""
    assert answer.status_code == 422, answer.text
    assert f'id="{field}-problem-1">' in answer.text, answer.text
    return answer.text.split(f'id="{field}-problem-1">')[1].split("</span>")[0]
