"""A photo is drawn anew: upright, smaller, with its pixels alone; what is none is refused with the way out."""

import pytest

from domain.problem import Refused
from scans.picture import LONGEST, MOST_MB, redrawn
from tests.scans.pictures import TOLD, photo, png, size


def test_nothing_is_left_of_what_the_telephone_says_beside_the_picture() -> None:
    assert TOLD in photo()

    drawn = redrawn(photo())

    assert drawn.startswith(b"\x89PNG")
    assert size(drawn) == (64, 32)
    assert TOLD not in drawn
    assert b"Exif" not in drawn
    assert TOLD not in redrawn(png(40, 20))


def test_a_telephone_that_was_held_upright_gives_an_upright_picture() -> None:
    assert size(redrawn(photo(orientation=6))) == (32, 64)


@pytest.mark.parametrize(("width", "height", "drawn"), [(2560, 1280, (1280, 640)), (640, 2560, (320, 1280)),
                                                        (30, 20, (30, 20))])  # fmt: skip
def test_a_large_one_is_made_smaller_and_a_small_one_stays(width: int, height: int, drawn: tuple[int, int]) -> None:
    assert size(redrawn(png(width, height))) == drawn
    assert max(drawn) <= LONGEST


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "không phải ảnh"),
        (b"%PDF-1.7", "không phải ảnh"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải ảnh"),
        (b"\xff\xd8\xff" + b"x" * 200, "không đọc được"),
        (photo()[:300], "không đọc được"),
        (b"\xff\xd8\xff" + bytes(MOST_MB * 2**20), "lớn hơn"),
    ],
)
def test_what_is_no_photo_is_refused_with_the_way_out(content: bytes, said: str) -> None:
    with pytest.raises(Refused) as refused:
        redrawn(content)

    (problem,) = refused.value.problems
    assert said in problem.fault
    assert problem.remedy


def test_a_small_file_of_a_huge_picture_ends_where_it_is_drawn_and_nothing_else_does() -> None:
    """900 million pixels in less than a megabyte."""
    with pytest.raises(Refused, match=r"bộ nhớ|không đọc được|dừng"):
        redrawn(png(30_000, 30_000))

    assert size(redrawn(png(30, 20))) == (30, 20)
