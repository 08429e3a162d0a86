"""Lets the help of every command speak Vietnamese: Typer has these words in English, and none of its own for us."""

from typing import Any

import typer
from typer import rich_utils

_HELP = "Xem hướng dẫn này."
_PANELS = {
    "ARGUMENTS_PANEL_TITLE": "Đối số",
    "OPTIONS_PANEL_TITLE": "Tùy chọn",
    "COMMANDS_PANEL_TITLE": "Lệnh",
    "ERRORS_PANEL_TITLE": "Lỗi",
    "ABORTED_TEXT": "Đã dừng.",
    "DEFAULT_STRING": "[mặc định: {}]",
    "ENVVAR_STRING": "[biến môi trường: {}]",
    "REQUIRED_LONG_STRING": "[bắt buộc]",
    "RICH_HELP": "Xem hướng dẫn: [blue]{command_path} {help_option}[/]",
}


def in_vietnamese(app: typer.Typer) -> Any:
    """The command of that application, whose help has Vietnamese words at every level; call it to run it."""
    for name, words in _PANELS.items():
        setattr(rich_utils, name, words)
    command: Any = typer.main.get_command(app)
    shown = command.context_class  # all commands have the same
    shown.formatter_class = _formatter(shown.formatter_class)
    _translate(command)
    return command


def _formatter(english: Any) -> Any:
    """The formatter that begins the line of usage with a Vietnamese word."""

    def write_usage(self: Any, prog: str, args: str = "", prefix: str | None = None) -> None:
        english.write_usage(self, prog, args, prefix or "Cách dùng: ")

    return type("Formatter", (english,), {"write_usage": write_usage})


def _translate(command: Any) -> None:
    command.options_metavar = "[TÙY CHỌN]"
    command.get_help_option(typer.Context(command)).help = _HELP  # made once and kept by the command
    below = getattr(command, "commands", {})
    if below:
        command.subcommand_metavar = "LỆNH [ĐỐI SỐ]..."
    for one in below.values():
        _translate(one)
