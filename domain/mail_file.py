"""What each file of a message may be good for, by its name and type alone: whoever says so has not opened it."""

from dataclasses import dataclass
from enum import StrEnum, auto
from pathlib import PurePath

from domain.incoming import MailFile
from domain.text import safe_name


class Use(StrEnum):
    """What can be done with a file that came by mail."""

    TABLE = auto()  #: it is read line by line and shown as it was understood
    PAPER = auto()  #: a page to look at: a person types what stands on it
    PHOTO = auto()  #: the same, and it can be drawn anew beside the form
    NONE = auto()  #: it is kept with the message and handed out, and nothing else
    NEVER = auto()  #: not even handed out: nobody has said that it is harmless to open


@dataclass(frozen=True)
class FileWord:
    """A file with what it may be good for, and what is said of it, in Vietnamese, within a sentence."""

    file: MailFile
    use: Use
    said: str

    @property
    def name(self) -> str:
        """Under which name it is handed out; a mail within the mail as text, which shows it and opens nothing in it."""
        name = safe_name(self.file.name)
        return f"{name}.txt" if PurePath(name).suffix.casefold() == ".eml" else name


_OLD = "dạng tệp chưa đọc được; đề nghị lưu lại dạng .xlsx hoặc .docx rồi gửi lại"
_HEIC = "ảnh HEIC, không hiện được ở đây; đề nghị gửi lại dạng JPEG hoặc PDF"
_OTHER = "loại tệp không dùng được ở đây"
#: Whatever else is handed out: documents, tables and pictures, which a program of the reader shows and does not run.
_KEPT: dict[str, str] = {
    **dict.fromkeys((".xls", ".et", ".ods", ".doc", ".wps", ".rtf", ".odt", ".numbers", ".pages"), _OLD),
    **dict.fromkeys((".heic", ".heif"), _HEIC),
    **dict.fromkeys((".gif", ".bmp", ".tif", ".tiff", ".webp", ".txt", ".ppt", ".pptx", ".odp"), _OTHER),
    ".eml": "thư đính kèm trong thư, chưa đọc được; đề nghị gửi thẳng tệp",
}
_MACRO = "tệp có thể chứa macro, không được đọc, không cho tải về; đề nghị gửi lại dạng .xlsx hoặc .docx"
_PACKED = "tệp nén, không mở và không cho tải về ở đây; đề nghị gửi thẳng tệp bên trong"
_OUTLOOK = "gói riêng của Outlook (winmail.dat), không đọc được; đề nghị gửi lại, chọn dạng “HTML” hoặc “Văn bản thuần”"
_UNKNOWN = "loại tệp không dùng được ở đây, có thể tự chạy nên không cho tải về"
#: What is said of files that are not handed out, where there is something better to say than that.
_REFUSED: dict[str, str] = {
    **dict.fromkeys((".xlsm", ".xlsb", ".docm", ".xltm", ".dotm", ".pptm", ".xlam"), _MACRO),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar", ".tgz"), _PACKED),
    ".msg": "thư Outlook đính kèm, chưa đọc được, không cho tải về; đề nghị gửi thẳng tệp",
    ".p7m": "thư bị mã hóa, không đọc được; đề nghị gửi lại dạng thường",
}
_TABLES = {".xlsx": "bảng Excel", ".docx": "tệp Word", ".csv": "bảng CSV"}
_PHOTOS = (".jpg", ".jpeg", ".png")


def said_of(file: MailFile) -> FileWord:
    """What the file may be good for, by the ending of the name under which it would be handed out.

    Only endings that are known not to run are handed out; of a list of those that do, one would be missing.
    """
    ending = PurePath(safe_name(file.name)).suffix.casefold()
    use, said = _by_ending(ending)
    if use is Use.NEVER:
        return FileWord(file, use, _OUTLOOK if _is_outlook(file, ending) else said)
    return FileWord(file, use, said) if file.size else FileWord(file, Use.NONE, "tệp rỗng")


def _by_ending(ending: str) -> tuple[Use, str]:
    if ending in _TABLES:
        return Use.TABLE, _TABLES[ending]
    if ending == ".pdf":
        return Use.PAPER, "bản quét hoặc văn bản PDF: xem, rồi nhập thay"
    if ending in _PHOTOS:
        return Use.PHOTO, "ảnh: xem bên cạnh mẫu nhập"
    if ending in _KEPT:
        return Use.NONE, _KEPT[ending]
    return Use.NEVER, _REFUSED.get(ending, _UNKNOWN)


def _is_outlook(file: MailFile, ending: str) -> bool:
    """The package in which Outlook hides all files of a message, whatever its server made of the name."""
    is_package = file.mime_type.casefold() in ("application/ms-tnef", "application/vnd.ms-tnef")
    return ending in (".dat", "") and (is_package or PurePath(file.name).stem.casefold() == "winmail")
