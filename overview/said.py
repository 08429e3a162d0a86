"""The lines of the record in words for people: what was done, and what else is known of it."""

import re
from collections.abc import Mapping
from typing import Any

from domain import words
from domain.letters_and_documents import BY_NAME, document_title
from domain.role import titles
from overview.earlier_words import in_words_of_today

_TITLES = {name: document_title(purpose) for name, purpose in BY_NAME.items()}
_PAPERS = {name: title[:1].lower() + title[1:] for name, title in _TITLES.items()}
#: Whole names, the longest first: `report-request` is no `report`.
_NAMED = re.compile(rf"(?<![\w-])({'|'.join(sorted(_PAPERS, key=len, reverse=True))})(?![\w-])")
_ABOUT = {
    "nominations": "gửi danh sách",
    "incomplete": "bổ sung danh sách",
    "late": "chấp nhận danh sách trễ",
    "refused": "gửi danh sách khác",
    "over": "quyết định về đợt của tháng đã qua",
    "choice": "chọn nơi dự",
    "notice": "phát hành thông báo dự sinh hoạt",
    "findings": "gửi kết quả giám sát",
    "report": "duyệt báo cáo của Tổ công tác",
    "correction": "sửa kết quả giám sát",
    "result:approve": "duyệt thông báo kết quả",
    "result:issue": "phát hành thông báo kết quả",
    "self_report": "gửi báo cáo năm",
    "again": "gửi lại báo cáo năm",
    "review": "xem xét báo cáo",
    "remedies": "báo cáo thực hiện kiến nghị",
    "plan": "phát hành kế hoạch",
    "summary": "ghi nhiệm vụ năm sau",
    "summary:approve": "duyệt báo cáo tổng hợp",
    "summary:issue": "phát hành báo cáo tổng hợp",
}
_WORDS = {"went_out": "đã đến nơi", "send_again": "gửi lại"}
_NAMES = {
    "reason": "lý do", "error": "lỗi", "letter": "thư số", "version": "bản", "year": "năm", "added": "thêm",
    "withdrawn": "rút", "changes": "thay đổi", "login": "tên đăng nhập", "roles": "vai trò", "of": "thay cho",
    "begins": "từ", "ends": "đến", "purpose": "để", "address": "địa chỉ", "to": "tới",
    "changed": "sửa kế hoạch", "addresses": "sửa địa chỉ",
    "message": "thư đến số", "came_on": "đến ngày", "sender": "người gửi",
    "reply": "máy chủ trả lời", "file": "SHA-256 của tệp", "checked": "kết quả kiểm tra", "doubts": "điều đáng ngờ",
}  # fmt: skip
#: Known by its title already, or of use to nobody who reads.
_HIDDEN = ("hash", "paper", "about", "rung", "document")
#: What may speak of findings, and so of people by name (R22–R38).
_TELLING = ("reason", "changes", "checked", "doubts")


def title_of(what: str, details: Mapping[str, Any]) -> str:
    """What was done: `phát hành notice` becomes `Phát hành thông báo dự sinh hoạt`."""
    what = in_words_of_today(what)
    if what == "nhắc":
        return f"Nhắc {_about(str(details.get('about', '')))}"
    told = _NAMED.sub(lambda found: _PAPERS[found[0]], what)
    told = re.sub(r"\b(went_out|send_again)\b", lambda found: _WORDS[found[0]], told)
    if re.match(r"(duyệt|trả lại|bỏ qua|soạn lại)", told) and details.get("paper") in _PAPERS:
        told += f" của {_PAPERS[details['paper']]}"
    return told[:1].upper() + told[1:]


def title_without_number(what: str, details: Mapping[str, Any]) -> str:
    """The same for whoever may not read what bears a mark of secrecy: the number of a document is not told (A20)."""
    return re.sub(r",? số \d\S*", "", title_of(what, details))


def detail_of(details: Mapping[str, Any], *, in_full: bool = True) -> str:
    """What else the record knows of it; without what may tell findings unless `in_full`."""
    parts = []
    for name, value in details.items():
        if name in _HIDDEN or value in ("", None, []) or (name in _TELLING and not in_full):
            continue
        if name == "reply" and str(value).startswith("2"):  # taken: the server's words say nothing more
            continue
        parts.append(_part(name, value))
    return " · ".join(parts)


def _part(name: str, value: Any) -> str:
    if name == "source":
        return f"qua {words.SOURCES.get(value, value)}"
    if name == "roles" and isinstance(value, list):
        return f"vai trò: {titles(value).lower()}"
    text = ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
    return text if name in ("note", "how") else f"{_NAMES.get(name, name)}: {text}"


def _about(about: str) -> str:
    """`findings:2` is the ladder of the second notice; the number says nothing to a reader."""
    plain = re.sub(r":[\d-]+$", "", about)
    return _ABOUT.get(plain, plain)
