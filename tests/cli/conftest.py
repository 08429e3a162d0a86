"""What the tests of the command line share: a way to type a command and see its exit code and words."""

from collections.abc import Callable

import pytest
from click.testing import Result
from typer.testing import CliRunner

Typed = Callable[..., Result]


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Types `visits …` in this process, on a terminal wide enough for every table."""
    monkeypatch.setenv("COLUMNS", "240")
    from cli.main import app  # the whole command is only needed where it is typed

    def type_(*words: str) -> Result:
        result = CliRunner().invoke(app, list(words))
        # A refusal and wrong usage end with an exit code; anything else is a defect and shall be seen whole.
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return type_


def seen_in(shown: str) -> str:
    """The mark at the end of what `visits show` says."""
    return shown.rpartition("--seen ")[2].split()[0]
