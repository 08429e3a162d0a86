"""Kinds of strangeness, each of which hides nothing from a person who opens the file in Excel."""

from tests.sheets.strange_workbooks import (
    BOOK,
    CORE,
    LINKS,
    NOTES,
    SHEET,
    STYLES,
    TEXTS,
    THEME,
    TYPES,
    Change,
    after_cells,
    holding,
    linked,
    named,
    prefixed,
    strict,
    with_shared_texts,
    without,
    writing,
)

#: kind -> its changes of the good workbook
KINDS: dict[str, tuple[Change, ...]] = {
    # styles
    "a fill without content": (writing(STYLES, r"<fills.*?</fills>", '<fills count="2"><fill/><fill/></fills>'),),
    "an unknown pattern of a fill": (writing(STYLES, 'patternType="solid"', 'patternType="hatched"'),),
    "a colour that is none": (writing(STYLES, 'rgb="00DDE7F0"', 'rgb="sky"'),),
    "a size that is none": (writing(STYLES, r'<sz val="\d+" ?/>', '<sz val="big"/>'),),
    "an unknown family of fonts": (writing(STYLES, r'<family val="\d+" ?/>', '<family val="99"/>'),),
    "an unknown border": (
        writing(STYLES, r"<borders.*?</borders>", '<borders><border><left style="wavy"/></border></borders>'),
    ),
    "a number format without a code": (
        writing(STYLES, r"<numFmts.*?</numFmts>", '<numFmts><numFmt numFmtId="164"/></numFmts>'),
    ),
    "an unknown alignment": (
        writing(STYLES, "</cellXfs>", '<xf numFmtId="0"><alignment horizontal="middle"/></xf></cellXfs>'),
    ),
    "a style without a name": (
        writing(STYLES, r"<cellStyles.*?</cellStyles>", '<cellStyles><cellStyle xfId="0"/></cellStyles>'),
    ),
    "a strange style of a condition": (
        writing(STYLES, "</styleSheet>", '<dxfs><dxf><font><sz val="x"/></font></dxf></dxfs></styleSheet>'),
    ),
    "no styles": (without(STYLES),),
    "a style that is not there": (writing(SHEET, '<c r="B2"', '<c r="B2" s="999"'),),
    # properties and theme
    "a date of change that is none": (writing(CORE, r"(<dcterms:modified[^>]*>)[^<]*", r"\1hôm qua"),),
    "properties that are no XML": (holding(CORE, b"<coreProperties"),),
    "no properties": (without(CORE, "docProps/app.xml"),),
    "own properties that are no XML": (holding("docProps/custom.xml", b"<Properties"),),
    "no theme": (without(THEME),),
    "a theme that is no XML": (holding(THEME, b"blue"),),
    # the sheet
    "a dimension that is none": (writing(SHEET, r'<dimension ref="[^"]*"', '<dimension ref="all"'),),
    "a dimension of one cell": (writing(SHEET, r'<dimension ref="[^"]*"', '<dimension ref="A1"'),),
    "an unknown view": (writing(SHEET, r"<sheetView ", '<sheetView view="wide" '),),
    "an unknown rule": (writing(SHEET, 'type="list"', 'type="choice"'),),
    "a rule without a place": (writing(SHEET, r'(<dataValidation [^>]*?)sqref="[^"]*"', r"\1"),),
    "an unknown condition": (
        after_cells('<conditionalFormatting sqref="A1"><cfRule type="glow" priority="1"/></conditionalFormatting>'),
    ),
    "a column that is none": (writing(SHEET, "<sheetData>", '<cols><col min="a" max="b"/></cols><sheetData>'),),
    "hidden columns beyond the last": (
        writing(SHEET, "<sheetData>", '<cols><col min="20" max="999999999" hidden="1"/></cols><sheetData>'),
    ),
    "a height that is none": (writing(SHEET, '<row r="2"', '<row r="2" ht="tall"'),),
    "an unknown page": (
        writing(SHEET, r"(<pageMargins[^>]*/>)", r'\1<pageSetup orientation="sideways" paperSize="A4"/>'),
    ),
    "margins that are none": (writing(SHEET, r"<pageMargins[^>]*/>", '<pageMargins left="wide"/>'),),
    "a filter that is none": (after_cells('<autoFilter ref="everything"/>'),),
    "a link that leads nowhere": (after_cells(linked("hyperlink", 'ref="A1"', within="hyperlinks")),),
    "a drawing that is not there": (writing(SHEET, r"<legacyDrawing[^>]*/>", linked("drawing")),),
    "a table that is not there": (
        writing(SHEET, "</worksheet>", linked("tablePart", within="tableParts") + "</worksheet>"),
    ),
    "notes that are not there": (without(NOTES),),
    "notes that are no XML": (holding(NOTES, b"<comments>"),),
    "drawings of notes that are not there": (without(".vml"),),
    "a protection that is none": (after_cells('<sheetProtection sheet="perhaps" spinCount="x"/>'),),
    "a colour of a tab that is none": (writing(SHEET, "<sheetPr>", '<sheetPr><tabColor rgb="red"/>'),),
    # cells and texts
    "cells without their places": (writing(SHEET, r'(<c )r="[A-Z]+\d+" ?', r"\1"),),
    "rows without their numbers": (writing(SHEET, r'<row r="\d+"', "<row"),),
    "a cell of an unknown kind": (writing(SHEET, r'(<c r="A2"[^>]*?) t="n"', r'\1 t="whole"'),),
    "a date as text of ISO": (writing(SHEET, r'(<c r="E2"[^>]*?) t="n"><v>[^<]*', r'\1 t="d"><v>2024-05-14'),),
    "texts in a part of their own": (with_shared_texts,),
    "texts in runs": (
        with_shared_texts,
        writing(
            TEXTS, "<t>Phòng họp A</t>", '<r><rPr><b/></rPr><t xml:space="preserve">Phòng </t></r><r><t>họp A</t></r>'
        ),
    ),
    "a strange font within a text": (
        with_shared_texts,
        writing(
            TEXTS,
            "<t>Phòng họp A</t>",
            '<r><rPr><sz val="x"/></rPr><t>Phòng</t></r><r><t xml:space="preserve"> họp A</t></r>',
        ),
    ),
    "a wrong number of texts": (with_shared_texts, writing(TEXTS, "<sst ", '<sst count="x" ')),
    "texts of no stated kind": (with_shared_texts, writing(TYPES, r"<Override[^>]*sharedStrings[^>]*/>", "")),
    # the book
    "an active sheet that is not there": (writing(BOOK, 'activeTab="0"', 'activeTab="99"'),),
    "an active sheet that is none": (writing(BOOK, 'activeTab="0"', 'activeTab="first"'),),
    "a calculation that is none": (writing(BOOK, r'calcId="\d+"', 'calcId="new"'),),
    "a name without a meaning": (writing(BOOK, r"(<definedName [^>]*>)[^<]*", r"\1#REF!"),),
    "a name that is none": (writing(BOOK, 'name="ds"', 'name="ds" hidden="maybe"'),),
    "a printed area that is none": (writing(BOOK, 'name="ds"', 'name="_xlnm.Print_Area" localSheetId="0"'),),
    "a printed area of no sheet": (writing(BOOK, 'name="ds"', 'name="_xlnm.Print_Area" localSheetId="7"'),),
    "another book that is not there": (
        writing(
            BOOK,
            "<definedNames>",
            linked("externalReference", within="externalReferences") + "<definedNames>",
        ),
    ),
    "a pivot that is not there": (
        writing(BOOK, "<calcPr", linked("pivotCache", 'cacheId="1"', within="pivotCaches") + "<calcPr"),
    ),
    # the package
    "a sheet of no stated kind": (writing(TYPES, r"<Override[^>]*sheet1[^>]*/>", ""),),
    "a book of no stated kind": (writing(TYPES, r"<Override[^>]*/workbook.xml[^>]*/>", ""),),
    "a book of a kind of its own": (writing(TYPES, r"spreadsheetml.sheet.main", "spreadsheetml.own.main"),),
    "no kinds at all": (without(TYPES),),
    "targets from the root": (writing(LINKS, r'Target="/?(?:xl/)?', 'Target="/xl/'),),
    "targets beside the book": (writing(LINKS, r'Target="/?(?:xl/)?', 'Target="'),),
    "targets with a dot": (writing(LINKS, r'Target="/?(?:xl/)?', 'Target="./'),),
    "targets by a roundabout way": (writing(LINKS, r'Target="/?(?:xl/)?', 'Target="../xl/'),),
    "names in capitals": (named(lambda name: name.replace("xl/worksheets", "xl/Worksheets")),),
    "names with backslashes": (named(lambda name: name.replace("/", "\\")),),
    # the writing of XML
    "elements under a prefix": (prefixed,),
    "a byte order mark before a part": (writing(SHEET, r"\A", "\ufeff"),),
    "a remark in the sheet": (writing(SHEET, "<sheetData>", "<!-- made by a program --><sheetData>"),),
    "an extension of another program": (
        writing(SHEET, "</worksheet>", '<extLst><ext uri="x"><y:z xmlns:y="urn:y" a="1"/></ext></extLst></worksheet>'),
    ),
    "an element of another program": (after_cells('<sparkle xmlns="urn:other" level="high"/>'),),
    "attributes of another program": (writing(SHEET, '<row r="2"', '<row r="2" colour="red"'),),
    "Strict Open XML": (strict,),
}

#: What neither reader can parse: it is said so, with how to save the file anew.
UNREADABLE: dict[str, tuple[Change, ...]] = {
    "styles that are no XML": (holding(STYLES, b"<styleSheet><fonts>"),),
    "an unknown state of a sheet": (writing(BOOK, 'state="visible"', 'state="shown"'),),
    "a merged range that is none": (after_cells('<mergeCells><mergeCell ref="A"/></mergeCells>'),),
    "names from the root": (named(lambda name: "/" + name),),
    "a sheet that is no XML": (holding(SHEET, b"<worksheet><sheetData><row>"),),
    "a sheet in UTF-16": (
        writing(SHEET, r"\A", ""),
        lambda parts: parts.update({SHEET: parts[SHEET].decode().encode("utf-16")}),
    ),
}
