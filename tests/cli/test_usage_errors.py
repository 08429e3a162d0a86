"""What was typed wrongly is said in Vietnamese, with the way out."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pytest
import typer

from cli.help_words import in_vietnamese
from cli.main import app
from cli.usage_errors import in_vietnamese as translated

ENGLISH = re.compile(
    r"\b(Usage|Error|Try|Missing|Invalid|Option|Argument|Input|Value|No such|Got|requires|should|does not|argument"
    r"|Possible|Did you mean|env var)\b"
)
Typed = Callable[..., str]


@pytest.fixture
def typed(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """What a person reads who types that, as one line without the frame."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(words: str, command: typer.Typer = app) -> str:
        with pytest.raises(SystemExit) as ended:
            in_vietnamese(command)(shlex.split(words), prog_name="visits")
        assert ended.value.code == 2
        return " ".join(re.sub("[╭─╮│╰╯]", " ", capfd.readouterr().err).split())

    return run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("chose", "Không có lệnh “chose”. Có phải là choose?"),
        ("xyz", "Không có lệnh “xyz”."),
        ("--nope", "Không có tùy chọn --nope."),
        ("choose --byy x", "Không có tùy chọn --byy. Có phải là --by?"),
        ("choose -q", "Không có tùy chọn -q."),
        ("choose", "Thiếu VISIT (2024-02/nhon_trach, hoặc 2024-02)."),
        ("choose 2024-02 --meetings 1", "Thiếu tùy chọn --by (họ tên người quyết định; được ghi lại)."),
        ("choose 2024-02 --by", "Sau --by phải ghi giá trị; thêm --help vào lệnh để xem hướng dẫn."),
        ("status tháng hai", "Thừa “tháng hai”: xem lại thứ tự; chữ có dấu cách thì đặt trong dấu ngoặc kép."),
        ("plan new abc", "Giá trị của YEAR chưa đúng: phải là số nguyên (năm của kế hoạch mới)."),
        ("plan new 1800", "Giá trị của YEAR chưa đúng: phải từ 2000 trở lên (năm của kế hoạch mới)."),
        ("plan new 3000", "Giá trị của YEAR chưa đúng: không được quá 2100 (năm của kế hoạch mới)."),
        ("letters resolve 1 gone --by A", "Giá trị của WORD chưa đúng: ghi went_out hoặc send_again."),
    ],
)
def test_each_slip_has_its_sentence_and_the_way_to_the_help(words: str, said: str, typed: Typed) -> None:
    read = typed(words)

    assert said in read
    assert "--help" in read
    assert not ENGLISH.search(read)


def sample() -> typer.Typer:
    """A command of every kind of value that none of ours has yet."""
    one = typer.Typer()

    @one.command()
    def take(
        source: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
        pair: Annotated[tuple[int, int] | None, typer.Option()] = None,
        share: Annotated[float, typer.Option(max=1.0)] = 0,
    ) -> None:
        """Nothing is done."""

    return one


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--source /khong/co", "Giá trị của --source chưa đúng: không có “/khong/co”; xem lại đường dẫn."),
        ("--source /", "Giá trị của --source chưa đúng: “/” là thư mục; ghi đường dẫn tới tệp."),
        ("--pair 1", "Sau --pair phải ghi 2 giá trị; thêm --help vào lệnh để xem hướng dẫn."),
        ("--share nửa", "Giá trị của --share chưa đúng: phải là một số."),
        ("--share 2", "Giá trị của --share chưa đúng: không được quá 1."),
    ],
)
def test_values_of_other_kinds(words: str, said: str, typed: Typed) -> None:
    read = typed(words, sample())

    assert said in read
    assert not ENGLISH.search(read)


def test_what_is_vietnamese_already_stays_and_what_nobody_foresaw_is_not_lost() -> None:
    assert translated("Invalid value: thiếu --reason (lý do)") == "Chưa đúng: thiếu --reason (lý do)."
    assert translated("Invalid value for --to: Value 1 is odd") == "Giá trị của --to chưa đúng: không đúng kiểu."
    assert translated("The moon is full.") == "The moon is full."
