"""Which parts of a PDF do something, or bring something along, that a signed sheet needs none of (P4).

What is known to be harmless passes; the rest is named. Scanners, Word, LibreOffice and programs that sign make none
of what is named.
"""

from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, NumberObject, PdfObject, StreamObject

from scans.pdf_objects import MOST_ITEMS, dictionary_at, list_at, name_at, resolved

SCRIPTS = "có mã chạy (JavaScript)"
FILES = "có tệp nhúng hoặc đính kèm"
FORM = "có biểu mẫu điền được"
MEDIA = "có âm thanh, phim hoặc hình 3D"
_ELSEWHERE = "dẫn tới tệp khác"
#: What an action does, by its name; `GoTo` and `Named` turn pages.
_ACTIONS = {
    "/JavaScript": SCRIPTS, "/Launch": "có lệnh mở chương trình khác", "/SubmitForm": "có lệnh gửi dữ liệu đi",
    "/ImportData": "có lệnh nạp dữ liệu", "/GoToR": _ELSEWHERE, "/GoToE": _ELSEWHERE, "/Thread": _ELSEWHERE,
    "/GoToDp": _ELSEWHERE, "/Rendition": MEDIA, "/Movie": MEDIA, "/Sound": MEDIA, "/RichMediaExecute": MEDIA,
    "/GoTo3DView": MEDIA, "/ResetForm": FORM, "/Hide": "có lệnh ẩn, hiện nội dung",
    "/SetOCGState": "có lệnh ẩn, hiện nội dung",
}  # fmt: skip
_TURNS_PAGES = ("/GoTo", "/Named")
_PAGES = ("/NextPage", "/PrevPage", "/FirstPage", "/LastPage")
_LINK = "/URI"
_NOTES = (
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
    "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Watermark",
)  # fmt: skip
_ANNOTATIONS = ("/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet", *_NOTES)
_BAD_ANNOTATIONS = {
    "/FileAttachment": FILES, "/Movie": MEDIA, "/Sound": MEDIA, "/Screen": MEDIA, "/RichMedia": MEDIA, "/3D": MEDIA,
}  # fmt: skip
_CATALOG = (
    "/Type", "/Version", "/Extensions", "/Pages", "/PageLabels", "/Names", "/Dests", "/ViewerPreferences",
    "/PageLayout", "/PageMode", "/Outlines", "/Threads", "/OpenAction", "/AcroForm", "/Metadata", "/StructTreeRoot",
    "/MarkInfo", "/Lang", "/OutputIntents", "/PieceInfo", "/OCProperties", "/Perms", "/Legal", "/DSS",
)  # fmt: skip
_CATALOG_FAULTS = {"/Collection": FILES, "/AF": FILES, "/NeedsRendering": FORM, "/URI": _ELSEWHERE, "/AA": SCRIPTS}
_FILTERS = (
    "/FlateDecode", "/LZWDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode", "/CCITTFaxDecode",
    "/DCTDecode", "/JBIG2Decode", "/JPXDecode",
)  # fmt: skip


def faults_of_part(part: DictionaryObject) -> Iterator[str]:
    """What is wrong with one dictionary or stream, wherever in the file it stands."""
    kind, subtype = name_at(part, "/Type"), name_at(part, "/Subtype")
    if "/JS" in part or "/JavaScript" in part:
        yield SCRIPTS
    if _holds_some(part.get("/AA")):
        yield "có lệnh tự chạy khi mở, in hoặc bấm"
    if kind in ("/Filespec", "/EmbeddedFile") or "/EF" in part:
        yield FILES
    if subtype in _BAD_ANNOTATIONS:
        yield _BAD_ANNOTATIONS[subtype]
    elif (kind == "/Annot" or "/Rect" in part) and subtype not in _ANNOTATIONS:
        yield f"có phần lạ trên trang ({subtype})"
    yield from _faults_of_actions(part)
    if isinstance(part, StreamObject):
        yield from _faults_of_stream(part)


def faults_of_catalog(catalog: DictionaryObject) -> Iterator[str]:
    """What the file as a whole brings: lists of scripts and files, forms, things that nobody knows."""
    for name, value in catalog.items():
        if name in _CATALOG_FAULTS:
            yield _CATALOG_FAULTS[name]
        elif name not in _CATALOG and isinstance(resolved(value), (DictionaryObject, ArrayObject)):
            yield f"có phần không rõ loại ({name})"
    for name, value in dictionary_at(catalog, "/Names").items():
        if name != "/Dests" and _holds_some(value):
            yield {"/JavaScript": SCRIPTS, "/EmbeddedFiles": FILES}.get(name, f"có danh mục không rõ loại ({name})")
    yield from _faults_of_form(dictionary_at(catalog, "/AcroForm"))


def link_of(part: DictionaryObject) -> str:
    """Where a link in the file leads out, `""` for anything else."""
    return name_at(part, _LINK) if name_at(part, "/S") == _LINK else ""


def is_note(part: DictionaryObject) -> bool:
    """Whether it is something that was stuck onto a page: a stamp, a comment, a text over the text."""
    return "/Rect" in part and name_at(part, "/Subtype") in _NOTES


def _faults_of_actions(part: DictionaryObject) -> Iterator[str]:
    named = name_at(part, "/S")
    if named in _ACTIONS:
        yield _ACTIONS[named]
    # Elsewhere `A` is the name of a font or the layout of a paragraph.
    acts = "/Rect" in part or "/Title" in part or name_at(part, "/Subtype") in _ANNOTATIONS
    is_structure = "/K" in part or name_at(part, "/Type") == "/StructElem"
    names = ("/OpenAction", "/PA", "/A") if acts and not is_structure else ("/OpenAction",)
    actions = [dictionary_at(part, name) for name in names]
    if named in (*_TURNS_PAGES, _LINK):
        actions += [part, dictionary_at(part, "/Next")]
        actions += [one for one in list_at(part, "/Next") if isinstance(one, DictionaryObject)]
    for action in filter(None, actions):
        kind = name_at(action, "/S")
        if kind == "/Named" and name_at(action, "/N") not in _PAGES:
            yield "có lệnh điều khiển chương trình đọc"
        if kind not in (*_TURNS_PAGES, _LINK):
            yield _ACTIONS.get(kind, f"có lệnh không rõ loại ({kind})")


def _faults_of_stream(stream: StreamObject) -> Iterator[str]:
    if "/F" in stream:
        yield _ELSEWHERE
    filters = resolved(stream.get("/Filter"))
    for one in filters if isinstance(filters, ArrayObject) else [filters]:
        name = resolved(one)
        if isinstance(name, str) and name not in _FILTERS:
            yield f"có phần nén hoặc mã hóa không rõ loại ({name})"
    if name_at(stream, "/Type") == "/XObject" and name_at(stream, "/Subtype") not in ("/Image", "/Form"):
        yield "có mã PostScript"


def _faults_of_form(form: DictionaryObject) -> Iterator[str]:
    """Fields for signatures are what programs that sign leave; any other can be filled in or run something."""
    if "/XFA" in form:
        yield "có biểu mẫu XFA"
    waiting = [(one, "") for one in list_at(form, "/Fields")]
    for _ in range(MOST_ITEMS):
        if not waiting:
            return
        if len(waiting) >= MOST_ITEMS:
            break
        field, inherited = waiting.pop()
        if not isinstance(field, DictionaryObject):
            continue
        kind = name_at(field, "/FT") if "/FT" in field else inherited
        kids = list_at(field, "/Kids")
        if kind != "/Sig" and (kind or not kids):
            yield FORM
            return
        waiting += [(one, kind) for one in kids if one is not field]
    yield FORM


def _holds_some(value: PdfObject | None) -> bool:
    """Whether a list of names, or of what happens when, has anything in it."""
    found = resolved(value)
    if not isinstance(found, DictionaryObject):
        return not (isinstance(found, NumberObject) or value is None)
    inner = [resolved(one) for one in found.values()]
    return any(one if isinstance(one, (ArrayObject, DictionaryObject)) else True for one in inner)
