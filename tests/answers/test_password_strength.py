"""Which passwords are taken, and what is said of those that are not."""

import time
import unicodedata

import pytest

from answers.password_strength import password_problems

KNOWN = ("tmhoa", "Trần Thị Minh Họa", "Ban Tổ chức Tỉnh ủy", "TỈNH ỦY ĐỒNG NAI", "Đồng Nai", "BTCTU")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("1234567890", "nhiều người dùng"),
        ("password12", "nhiều người dùng"),
        ("P@ssw0rd2024", "nhiều người dùng"),
        ("qwertyuiop", "nhiều người dùng"),
        ("xcvbnm,./xcvb", "cạnh nhau trên bàn phím"),
        ("aaaaaaaaaaaaa", "lặp lại"),
        ("abcdefghijklmnop", "dãy liền nhau"),
        ("20/11/1975aa", "ngày tháng"),
        ("nguyenvana1990", "thông dụng"),
        ("dien-tap-2024", "ai cũng nghĩ tới"),
        ("Matkhau@2024", "ai cũng nghĩ tới"),
        ("tmhoa-tmhoa-7", "lặp lại"),
        ("tran thi minh hoa", "họ tên"),
        ("TranThiMinhHoa1", "họ tên"),
        ("ban-to-chuc-tinh-uy", "tên cơ quan"),
        ("Tỉnh ủy Đồng Nai 2024", "tên cơ quan"),
        ("sinh hoat chi bo", "ai cũng nghĩ tới"),
        ("bé xíu", "ngắn hơn 10 ký tự"),
        ("x" * 201, "dài hơn 200 ký tự"),
    ],
)
def test_what_is_easily_guessed_is_refused_with_what_is_weak_about_it(password: str, said: str) -> None:
    (problem,) = password_problems(password, KNOWN)

    assert said in problem.fault
    assert problem.remedy
    assert not any(word in str(problem) for word in ("common", "Add", "guess", "Avoid", password))


@pytest.mark.parametrize(
    "password",
    [
        "một con ngựa đúng pin",
        "bốn con voi cùng đi",
        "ngựa xe đèn bút",
        "Trời xanh 47 ngõ",
        "hj3k-mnq2-7pxw-4vrt",
        "𓀀𓂀𓃰𓆣𓇋𓈖𓉐𓊖𓋹𓌀",
    ],
)
def test_a_few_words_that_have_nothing_to_do_with_each_other_are_taken(password: str) -> None:
    assert password_problems(password, KNOWN) == []
    assert password_problems(unicodedata.normalize("NFD", password), KNOWN) == []


def test_a_weak_beginning_does_no_harm_to_a_long_password() -> None:
    assert password_problems("Ban Tổ chức Tỉnh ủy, rồi ngựa xe đèn bút mây", KNOWN) == []
    assert password_problems("1234567890" * 12, KNOWN) != []


@pytest.mark.parametrize("odd", ["4@8({[<369&#!1/|0$5+7%2" * 8, "p@ssw0rd" * 25, "1a2b" * 50, "á" * 200])
def test_no_password_keeps_the_desk_busy_for_long(odd: str) -> None:
    """Unbounded, the first takes minutes."""
    begun = time.process_time()
    password_problems(odd[:200], KNOWN)

    assert time.process_time() - begun < 15
