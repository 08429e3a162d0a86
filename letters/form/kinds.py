"""The official documents the service writes, and of which type each is (2.5)."""

from dataclasses import dataclass

from domain.text import slug


@dataclass(frozen=True)
class DocumentKind:
    """One document the service can write."""

    id: str  #: `D10`
    type_code: str  #: `TB`
    type_name: str  #: `THÔNG BÁO`; a công văn prints none
    file_word: str  #: ends the file's name
    vietnamese: str  #: how staff call it


#: By purpose, which is also the folder of the wording.
KINDS: dict[str, DocumentKind] = {
    "nomination_request": DocumentKind("D1", "CV", "", "de-nghi-danh-sach", "công văn đề nghị danh sách"),
    "nomination_reminder": DocumentKind("D3", "CV", "", "don-doc-danh-sach", "công văn đôn đốc danh sách"),
    "selection_notice": DocumentKind("D4", "TB", "THÔNG BÁO", "danh-sach", "thông báo danh sách"),
    "invitation": DocumentKind("D6", "GM", "GIẤY MỜI", "moi-du", "giấy mời"),
    "group_report": DocumentKind("D9", "BC", "BÁO CÁO", "to-cong-tac", "báo cáo của Tổ công tác"),
    "result_notice": DocumentKind("D10", "TB", "THÔNG BÁO", "ket-qua", "thông báo kết quả"),
    "year_end_request": DocumentKind("D12", "CV", "", "de-nghi-bao-cao-nam", "công văn đề nghị báo cáo năm"),
    "year_end_reminder": DocumentKind("D12", "CV", "", "don-doc-bao-cao-nam", "công văn đôn đốc báo cáo năm"),
    "self_report": DocumentKind("D13", "BC", "BÁO CÁO", "mau-tu-giam-sat", "mẫu báo cáo tự giám sát"),
    "self_report_returned": DocumentKind(
        "D12", "CV", "", "tra-lai-bao-cao-nam", "công văn đề nghị bổ sung báo cáo năm"
    ),
    "annual_plan": DocumentKind("D0", "KH", "KẾ HOẠCH", "ke-hoach-nam", "kế hoạch năm"),
    "remedy_reminder": DocumentKind("D11", "CV", "", "don-doc-kien-nghi", "công văn đôn đốc thực hiện kiến nghị"),
    "annual_report": DocumentKind("D14", "BC", "BÁO CÁO", "tong-hop-nam", "báo cáo tổng hợp năm"),
}


def file_name(purpose: str, about: str, ending: str = "docx") -> str:
    """`2024-02_nhon_trach_TB-ket-qua.docx` (P25); `KeyError` for a letter without a document.

    `about` is the key of a visit (`2024-02/nhon_trach`) or of a unit's year (`2024/long_thanh`).
    """
    when, _, unit = about.partition("/")
    kind = KINDS[purpose]
    parts = [slug(when).replace("_", "-"), slug(unit), f"{kind.type_code}-{kind.file_word}"]
    return "_".join(part for part in parts if part) + f".{ending}"
