"""Lets the help of every command speak Vietnamese: Typer has these words in English, and none of its own for us."""

import re
from typing import Any

import typer
from typer import rich_utils

from cli.usage_errors import said_of

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
    "DEPRECATED_STRING": "(không dùng nữa) ",
}
#: What an option takes, beside its name. A switch takes nothing; what is not here is a list of values to choose from.
_KINDS = {
    "bool": "", "str": "<chữ>", "int": "<số>", "int range": "<số>", "float": "<số>", "path": "<đường dẫn>",
    "Path": "<đường dẫn>", "file": "<tệp>", "directory": "<thư mục>",
}  # fmt: skip


def in_vietnamese(app: typer.Typer) -> Any:
    """The command of that application, whose help and errors are Vietnamese at every level; call it to run it."""
    for name, words in _PANELS.items():
        setattr(rich_utils, name, words)
    vars(rich_utils)["rich_format_error"] = _error_shown
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


_in_english = rich_utils.rich_format_error


def _error_shown(error: Any) -> None:
    """In the frame of Typer, below the line of usage and the way to the help."""
    told = said_of(error)
    error.format_message = lambda: told
    _in_english(error)


def _translate(command: Any) -> None:
    command.options_metavar = "[TÙY CHỌN]"
    asks_for_help = command.get_help_option(typer.Context(command))  # made once and kept by the command
    asks_for_help.help = _HELP
    for one in (*command.params, asks_for_help):
        _name_kind(one)
    below = getattr(command, "commands", {})
    if below:
        command.subcommand_metavar = "LỆNH [ĐỐI SỐ]..."
    for one in below.values():
        _translate(one)


def _name_kind(option: Any) -> None:
    english = option.display_type_rich

    def kind(ctx: Any) -> str | None:
        shown = english(ctx=ctx)
        return _kind(shown) if shown else None

    option.display_type_rich = kind


def _kind(shown: str) -> str | None:
    """`<list[str]>` is `<chữ>`: that it may be given more than once, its own words say."""
    found = re.fullmatch(r"<(?:list\[)?(.+?)\]?>", shown)
    return (_KINDS.get(found[1], shown) if found else shown) or None
