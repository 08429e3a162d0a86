"""Recognises text typed in TCVN3 or VNI, so that it is refused and not stored as mojibake (P13)."""

import re
import unicodedata

# Where TCVN3 keeps its letters Latin-1 has signs; between letters they have no business in Vietnamese.
_SIGNS = "¡¢£¤¥¦§¨©ª¬®µ¶¸¹¼½¾"
_SIGN_IN_WORD = re.compile(rf"[{_SIGNS}](?=[^\W\d_])|(?<=[^\W\d_])[{_SIGNS}]")
# Letters that VNI and TCVN3 use for tones. `ð` and `Þ` are not among them: Windows-1258 uses those bytes.
_FOREIGN = re.compile("[äëïöüÿåæçñøûîßÄËÏÖÜÅÆÇÑØÛÎ]")
# No old encoding can produce these, so text that has one of them is Unicode.
_ONLY_UNICODE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
_OLD_FONTS = (".vn", "vni-")

REMEDY = "chuyển cả tệp sang Unicode (UniKey: Công cụ, TCVN3 hoặc VNI sang Unicode) rồi gửi lại"


def is_legacy(text: str, font: str = "") -> bool:
    """Whether the text is in an old encoding, as its letters or its font tell.

    One foreign letter is taken for a foreign name, two for VNI: `Schütz` passes, `tröôøng` does not.
    """
    if _ONLY_UNICODE.search(unicodedata.normalize("NFC", text)):
        return False
    if font.casefold().startswith(_OLD_FONTS) and not text.isascii():
        return True
    return bool(_SIGN_IN_WORD.search(text)) or len(_FOREIGN.findall(text)) > 1
