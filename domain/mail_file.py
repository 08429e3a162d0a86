"""What each file of a message may be good for, by its name and type alone: whoever says so has not opened it."""

from dataclasses import dataclass
from enum import StrEnum, auto
from pathlib import PurePath

from domain.incoming import MailFile


class Use(StrEnum):
    """What can be done with a file that came by mail."""

    TABLE = auto()  #: it is read line by line and shown as it was understood
    PAPER = auto()  #: a page to look at: a person types what stands on it
    PHOTO = auto()  #: the same, and it can be drawn anew beside the form
    NONE = auto()  #: it is kept with the message and nothing else
    NEVER = auto()  #: whoever opened it could run something: it is not even handed out


@dataclass(frozen=True)
class FileWord:
    """A file with what it may be good for, and what is said of it, in Vietnamese, within a sentence."""

    file: MailFile
    use: Use
    said: str


_MACRO = "tệp có macro, không được đọc; đề nghị gửi lại dạng .xlsx hoặc .docx"
_OLD = "dạng tệp chưa đọc được; đề nghị lưu lại dạng .xlsx hoặc .docx rồi gửi lại"
_PACKED = "tệp nén, không mở ở đây; đề nghị gửi thẳng tệp bên trong"
_RUNS = "tệp có thể tự chạy, không cho tải về"
_SAID: dict[str, str] = {
    **dict.fromkeys((".xlsm", ".docm", ".xltm", ".dotm", ".pptm", ".xlam"), _MACRO),
    **dict.fromkeys((".xls", ".xlsb", ".et", ".ods", ".doc", ".wps", ".rtf", ".odt", ".numbers", ".pages"), _OLD),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".iso", ".img"), _PACKED),
    **dict.fromkeys(
        (".exe", ".com", ".scr", ".js", ".jse", ".vbs", ".vbe", ".bat", ".cmd", ".ps1", ".lnk", ".msi", ".hta",
         ".html", ".htm", ".svg", ".jar", ".one", ".chm"),
        _RUNS,
    ),
    **dict.fromkeys((".heic", ".heif"), "ảnh HEIC, không hiện được ở đây; đề nghị gửi lại dạng JPEG hoặc PDF"),
    **dict.fromkeys((".eml", ".msg"), "thư đính kèm trong thư, chưa đọc được; đề nghị gửi thẳng tệp"),
    ".p7m": "thư bị mã hóa, không đọc được; đề nghị gửi lại dạng thường",
}  # fmt: skip
_OUTLOOK = "gói riêng của Outlook (winmail.dat), không đọc được; đề nghị gửi lại, chọn dạng “HTML” hoặc “Văn bản thuần”"
_TABLES = {".xlsx": "bảng Excel", ".docx": "tệp Word", ".csv": "bảng CSV"}
_PHOTOS = (".jpg", ".jpeg", ".png")


def said_of(file: MailFile) -> FileWord:
    """What the file may be good for."""
    name = PurePath(file.name)
    ending = name.suffix.casefold()
    if file.mime_type.casefold() in ("application/ms-tnef", "application/vnd.ms-tnef") or name.stem == "winmail":
        return FileWord(file, Use.NONE, _OUTLOOK)
    if not file.size:
        return FileWord(file, Use.NONE, "tệp rỗng")
    if ending in _TABLES:
        return FileWord(file, Use.TABLE, _TABLES[ending])
    if ending == ".pdf":
        return FileWord(file, Use.PAPER, "bản quét hoặc văn bản PDF: xem, rồi nhập thay")
    if ending in _PHOTOS:
        return FileWord(file, Use.PHOTO, "ảnh: xem bên cạnh mẫu nhập")
    said = _SAID.get(ending, "loại tệp không dùng được ở đây")
    return FileWord(file, Use.NEVER if said == _RUNS else Use.NONE, said)
