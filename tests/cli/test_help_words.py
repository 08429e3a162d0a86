"""The help of every command is Vietnamese, from the first page to the last."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from config.settings import ROOT

ENGLISH = re.compile(
    r"Usage|Options|Commands|Arguments|Show this message|\[default|\[required|COMMAND|OPTIONS|ARGS"
    r"|<(bool|str|int|int range|float|path|Path|list)\b"
)


def typed(*words: str) -> str:
    """What the command prints, with the code by which it ends below it: in a process of its own, as it is typed."""
    run = subprocess.run(
        [sys.executable, "-m", "cli.main", *words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    return f"{run.stdout}{run.stderr}{run.returncode}"


def every_help() -> Iterator[tuple[str, str]]:
    """The help of each command at every level, by the words that one types for it."""
    from typer import Context

    from cli.help_words import in_vietnamese
    from cli.main import app

    waiting = [("visits", in_vietnamese(app))]
    while waiting:
        name, command = waiting.pop()
        context = Context(command, info_name=name)
        lines = [
            command.get_usage(context),
            *(one.help or "" for one in command.get_params(context) if hasattr(one, "help")),
            *(one.display_type_rich(context) or "" for one in command.get_params(context)),
        ]
        yield name, "\n".join([*lines, command.help or ""])
        waiting += [(f"{name} {below}", one) for below, one in getattr(command, "commands", {}).items()]


def test_no_command_has_an_english_word_in_its_help() -> None:
    found = dict(every_help())

    assert len(found) > 50
    assert {name: text for name, text in found.items() if ENGLISH.search(text)} == {}
    assert all("Cách dùng: " in text and "Xem hướng dẫn này." in text for text in found.values())


@pytest.mark.parametrize("words", [("--help",), ("plan", "load", "--help"), ("backup", "--help")])
def test_what_is_printed_is_vietnamese_with_its_frames(words: tuple[str, ...]) -> None:
    shown = typed(*words)

    assert shown.endswith("0")
    assert "Tùy chọn" in shown
    assert not ENGLISH.search(shown)
