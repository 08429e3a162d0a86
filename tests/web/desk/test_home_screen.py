"""An icon on the home screen opens the form from which it was made, and no other address."""

from collections.abc import Callable

import pytest

from tests.web.conftest import Visitor

ADDRESS = "/man-hinh-chinh.webmanifest"


@pytest.mark.parametrize("form", ["/chuyen/2024-05/bien_hoa/ket-qua", "/chuyen/2024-05/bien_hoa/cham-diem/1",
                                  "/tra-loi/aB3_-.x-Y9"])  # fmt: skip
def test_the_icon_opens_the_form(stranger: Callable[[], Visitor], form: str) -> None:
    answer = stranger().get(ADDRESS, params={"mo": form})

    assert answer.headers["content-type"] == "application/manifest+json"
    assert answer.json()["start_url"] == answer.json()["scope"] == form


@pytest.mark.parametrize(
    "form", ["", "/", "/thu", "//elsewhere.example/tra-loi/x", "/tra-loi/x/../../thu", "/tra-loi/"]
)
def test_no_other_address_gets_an_icon(stranger: Callable[[], Visitor], form: str) -> None:
    assert stranger().get(ADDRESS, params={"mo": form}).status_code == 404
