"""What a Word or Excel file of words, figures and pictures is made of: content types, relationships, pictures.

What Word, Excel, WPS, LibreOffice and Google write of themselves passes; the rest is code, another file, something that
is fetched, or nobody knows what.
"""

MACROS = "có macro"
EMBEDDED = "có tệp hoặc đối tượng nhúng"
OUTSIDE = "lấy nội dung từ nơi khác"

_OFFICE = "application/vnd.openxmlformats-officedocument."
#: What the part is to which the package leads first.
MAIN_TYPES = {
    "docx": f"{_OFFICE}wordprocessingml.document.main+xml",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet.main+xml",
}
#: beginning -> ends of the content types of parts that are XML
_XML_TYPES = {
    f"{_OFFICE}wordprocessingml.": (
        "document.main", "document.glossary", "styles", "settings", "websettings", "fonttable", "numbering",
        "footnotes", "endnotes", "header", "footer", "comments", "commentsextended", "commentsids",
        "commentsextensible", "people",
    ),
    f"{_OFFICE}spreadsheetml.": (
        "sheet.main", "worksheet", "chartsheet", "styles", "sharedstrings", "calcchain", "comments", "table",
        "tablesinglecells", "pivottable", "pivotcachedefinition", "pivotcacherecords", "sheetmetadata", "usernames",
        "revisionheaders", "revisionlog",
    ),
    f"{_OFFICE}drawingml.": (
        "chart", "chartshapes", "diagramdata", "diagramlayout", "diagramstyle", "diagramcolors",
    ),
    f"{_OFFICE}": (
        "drawing", "theme", "themeoverride", "extended-properties", "custom-properties", "customxmlproperties",
    ),
    "application/vnd.openxmlformats-package.": ("core-properties", "relationships", "digital-signature-xmlsignature"),
    "application/vnd.ms-office.": (
        "drawingml.diagramdrawing", "chartstyle", "chartcolorstyle", "chartex", "classificationlabels", "intelligence2",
        "documenttasks",
    ),
    "application/vnd.ms-word.": ("styleswitheffects", "commentsextended", "commentsids", "people"),
    "application/vnd.ms-excel.": (
        "threadedcomments", "person", "slicer", "slicercache", "timeline", "timelinecache", "controlproperties",
        "rdrichvalue", "rdrichvaluestructure", "rdrichvaluetypes", "rdrichvaluewebimage", "rdarray", "richstyles",
        "rdsupportingpropertybag", "rdsupportingpropertybagstructure", "featurepropertybag", "namedsheetviews",
    ),
    "application/vnd.wps-officedocument.": ("cellimage", "cellimages"),
    "application/": ("inkml",),
    "image/": ("svg",),
}  # fmt: skip
XML_TYPES = frozenset(f"{begins}{end}+xml" for begins, ends in _XML_TYPES.items() for end in ends) | {
    "application/xml", "text/xml", f"{_OFFICE}vmldrawing",
}  # fmt: skip
PICTURE_TYPES = frozenset(
    f"image/{one}"
    for one in (
        "png", "x-png", "jpeg", "jpg", "pjpeg", "gif", "bmp", "x-bmp", "x-ms-bmp", "tiff", "tif", "x-tiff", "emf",
        "x-emf", "wmf", "x-wmf", "vnd.ms-photo",
    )
)  # fmt: skip
#: Fonts, what a printer was set to, and the place of signatures: nothing that a program starts.
_OTHER_TYPES = frozenset((
    f"{_OFFICE}obfuscatedfont", f"{_OFFICE}wordprocessingml.printersettings", f"{_OFFICE}spreadsheetml.printersettings",
    f"{_OFFICE}spreadsheetml.customproperty", "application/vnd.openxmlformats-package.digital-signature-origin",
    "application/vnd.openxmlformats-package.digital-signature-certificate",
))  # fmt: skip
_TYPES = XML_TYPES | PICTURE_TYPES | _OTHER_TYPES

#: The last words of the types of relationships.
_RELATIONS = frozenset((
    "officedocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "origin",
    "signature", "certificate", "styles", "styleswitheffects", "settings", "websettings", "fonttable", "font",
    "numbering", "footnotes", "endnotes", "header", "footer", "comments", "commentsextended", "commentsids",
    "commentsextensible", "people", "theme", "themeoverride", "image", "hyperlink", "customxml", "customxmlprops",
    "glossarydocument", "chart", "chartex", "chartusershapes", "chartstyle", "chartcolorstyle", "diagramdata",
    "diagramlayout", "diagramquickstyle", "diagramcolors", "diagramdrawing", "hdphoto", "ink", "intelligence",
    "classificationlabels", "printersettings", "worksheet", "chartsheet", "sharedstrings", "calcchain", "drawing",
    "vmldrawing", "table", "tablesinglecells", "pivottable", "pivotcachedefinition", "pivotcacherecords", "slicer",
    "slicercache", "timeline", "timelinecache", "threadedcomment", "person", "ctrlprop", "sheetmetadata",
    "rdrichvalue", "rdrichvaluestructure", "rdrichvaluetypes", "rdrichvaluewebimage", "rdarray", "richstyles",
    "rdsupportingpropertybag", "rdsupportingpropertybagstructure", "featurepropertybag", "namedsheetview",
    "revisionheaders", "revisionlog", "usernames", "customproperty", "cellimage", "documenttasks",
))  # fmt: skip

#: What stands in the names of kinds that do not pass, and what they are.
_KNOWN_FAULTS = {
    "macro": MACROS, "vba": MACROS, "dialogsheet": MACROS, "extensibility": MACROS, "customui": MACROS,
    "usercustomization": MACROS, "keymap": MACROS, "toolbar": MACROS,
    "external": OUTSIDE, "xlpath": OUTSIDE, "querytable": OUTSIDE, "connection": OUTSIDE, "attachedtemplate": OUTSIDE,
    "mailmerge": OUTSIDE, "recipientdata": OUTSIDE, "volatile": OUTSIDE, "xmlmaps": OUTSIDE, "frame": EMBEDDED,
    "oleobject": EMBEDDED, "activex": EMBEDDED, "control": EMBEDDED, "webextension": EMBEDDED, "chunk": EMBEDDED,
    "subdocument": EMBEDDED, "package": EMBEDDED,
}  # fmt: skip

_PICTURES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II\xbc", b"\x01\0\0\0", b"\xd7\xcd\xc6\x9a",
    b"\x01\0\x09\0", b"\x02\0\x09\0",
)  # fmt: skip
#: Programs, archives, older Office, PDF, rich text, shortcuts, scripts.
_FILES = (
    b"MZ", b"\x7fELF", b"PK", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MSCF", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rt",
    b"L\0\0\0\x01\x14\x02\0", b"#!",
)  # fmt: skip


def fault_of_type(kind: str) -> str | None:
    """What a part of that content type is, if no part of a harmless file."""
    return None if kind in _TYPES else _fault_of(kind) or f"có phần không rõ loại ({kind[-60:] or 'không ghi'})"


def fault_of_relation(kind: str) -> str | None:
    """What a relationship of that kind leads to, if to no part of a harmless file."""
    known = kind.casefold()
    return None if known in _RELATIONS else _fault_of(known) or f"có quan hệ không rõ loại ({kind[:40] or 'không ghi'})"


def fault_of_macros(kind: str) -> str | None:
    """Whether that content type is one of macros: no file without them declares it."""
    return MACROS if _fault_of(kind) == MACROS else None


def is_picture(begins: bytes) -> bool:
    """Whether it begins as a picture does, of whatever kind: programs name kinds wrongly. Nothing is no other file."""
    return not begins or begins.startswith(_PICTURES)


def is_another_file(begins: bytes) -> bool:
    """Whether it begins as what is no part at all."""
    return begins.startswith(_FILES)


def _fault_of(kind: str) -> str | None:
    # The beginning of every content type has words of this kind in it.
    bare = kind.removeprefix("application/vnd.openxmlformats-package.")
    return next((fault for word, fault in _KNOWN_FAULTS.items() if word in bare), None)
