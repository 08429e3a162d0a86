"""Whatever stands in a fact goes through every output as text: nothing is run, no mark, no header, no file is made."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.policy import default

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from domain.dates import OFFICE_ZONE
from domain.findings import Findings, Recommendation
from domain.letters_and_documents import DOCUMENTS, file_name
from domain.nomination import Meeting
from domain.plan import Contact, Plan, Unit
from letters.form.blocks import Block, Chart, Heading, Item, Paragraph, Table
from letters.form.paper import Acts, Paper
from letters.form.pdf_file import pdf_file
from letters.form.word_file import word_file
from letters.message import Attachment, compose
from letters.one_line import one_line
from letters.wording import Wording, render

Facts = dict[str, object]
MARKS = [
    '"', "'", "“", "#", "$x$", "*", "**đậm**", "_", "`", "\\", "@", "~", "[", "]", "|", "| a |", "---", "- ", "1. ",
    "I- MỤC", "# PHỤ LỤC", "Nơi nhận:", "Kính gửi:",
]  # fmt: skip
CODE = [
    "<script>alert(1)</script>", "{{ 7 * 7 }}", "{% raw %}", "{#", "#panic()", "#eval(1)", "&amp;", "</w:t>", "<w:p/>",
    "//", "/*", "../../etc/passwd", "=1+1",
]  # fmt: skip
LETTERS = [
    "\n", "\r\n", "\r\nBcc: x@y.example", "\x0b", "\x00", "\ud800", "\uffff", "\ue000", "\u202e", "\u2066", "\u200f",
    "😀", "👩\u200d👩\u200d👧", "שלום", "مرحبا", "a\u0301",
]  # fmt: skip
LONG = "Chi bộ " * 700 + "dài"  # 5,000 letters
ODD = [
    '"Chi bộ" <script>',
    "{{ plan }} #x $y$ *z*",
    "\n# PHỤ LỤC\nNơi nhận:\n- Kẻ lạ",
    "😀\u202eאב",
    LONG,
    "x" * 5000,
    "",
]
anything = st.lists(st.one_of(st.sampled_from([*MARKS, *CODE, *LETTERS]), st.text(max_size=8)), max_size=5).map("".join)
#: What a reader gives back as it was; of other scripts the fonts have no letters, or it has an order of its own.
PLAIN = re.compile(r"[ -~“”…\u2010-\u2014\u00c0-\u01b0\u1ea0-\u1ef9]*")
KIND = st.sampled_from([*DOCUMENTS])
OFFICE = Contact("Ban Tổ chức Tỉnh ủy", "van-thu@ban-to-chuc.example")


def hostile(facts: Facts, text: str) -> Facts:
    """The facts with that text wherever one comes from outside."""
    plan, unit, meetings, found = facts["plan"], facts["unit"], facts["meetings"], facts["findings"]
    assert isinstance(plan, Plan)
    assert isinstance(unit, Unit)
    assert isinstance(meetings, tuple)
    assert isinstance(meetings[0], Meeting)
    assert isinstance(found, Findings)
    shown = f"x{text}x"
    meeting = replace(meetings[0], organisation=shown, parent=shown, venue=shown, theme=shown)
    told = replace(found.meetings[0], chaired_by=shown, minutes_by=shown, absences=shown, attendees=shown)
    items = tuple(replace(item, remark=shown, no_limitation=shown) for item in found.items)
    recommendation = Recommendation(1, shown, shown, found.recommendations[0].due)
    return facts | {
        "plan": replace(plan, signer=replace(plan.signer, name=shown)),
        "unit": replace(unit, name=shown, standing_board=shown, short_name=shown),
        "meetings": (meeting, *meetings[1:]),
        "findings": replace(
            found, items=items, meetings=(told,),
            strengths=(shown,), limitations=(shown,), difficulties=(shown,), recommendations=(recommendation,)
        ),
        "grades": {meeting.number: shown}, "group": [shown, shown],
        "invitee": shown, "changes": (shown,), "proposals": (shown,), "addressee": shown, "attached": shown,
    }  # fmt: skip


def written(facts: Facts, purpose: str, text: str) -> tuple[Wording, Paper]:
    wording = render(purpose, hostile(facts, text), acts=Acts("125-TB/BTCTU"))
    assert wording.paper is not None
    return wording, wording.paper


def shape(block: Block) -> object:
    """What a block is, without its words."""
    match block:
        case Chart():
            return ("chart", len(block.bars), block.series)
        case Table():
            return ("table", len(block.rows), block.shares)
        case Heading():
            return ("heading", block.level)
        case Item():
            return ("item", block.mark)
        case Paragraph():
            return "paragraph"


def shape_of(paper: Paper) -> object:
    """How a document is built; facts must not change it."""
    appendix = [shape(block) for block in paper.appendix.blocks] if paper.appendix else None
    return ([shape(block) for block in paper.body], len(paper.addressees), len(paper.recipients), appendix)


@given(purpose=KIND, text=anything)
@example(purpose="selection_notice", text=ODD[2])
@settings(max_examples=100, deadline=None)
def test_no_fact_changes_how_a_document_is_built(ordinary: Facts, purpose: str, text: str) -> None:
    _, plain = written(ordinary, purpose, "")

    _, paper = written(ordinary, purpose, text)

    assert shape_of(paper) == shape_of(plain)
    assert not re.search(r"[\ue000-\ue009]", repr(paper))


@given(purpose=KIND, text=anything)
@example(purpose="invitation", text=ODD[0])
@example(purpose="invitation", text=ODD[1])
@example(purpose="result_notice", text=ODD[4])
@example(purpose="result_notice", text=ODD[5])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_word_file_shows_every_fact_as_it_is(
    ordinary: Facts, texts: Callable[[Paper], list[str]], purpose: str, text: str
) -> None:
    _, paper = written(ordinary, purpose, text)

    word = Document(io.BytesIO(word_file(paper)))

    read = (WordParagraph(one, word).text for one in word.element.body.iter(qn("w:p")))
    found = {text.replace("\u00a0", " ") for text in read}
    assert {one for one in texts(paper) if one.strip()} <= found


@given(purpose=KIND, text=anything)
@example(purpose="invitation", text=ODD[0])
@example(purpose="invitation", text=ODD[1])
@example(purpose="selection_notice", text=ODD[2])
@example(purpose="result_notice", text=ODD[3])
@example(purpose="result_notice", text=ODD[4])
@example(purpose="selection_notice", text=ODD[5])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_pdf_shows_every_fact_as_it_is(
    ordinary: Facts, texts: Callable[[Paper], list[str]], purpose: str, text: str
) -> None:
    _, paper = written(ordinary, purpose, text)

    made = PdfReader(io.BytesIO(pdf_file(paper)))

    found = re.sub(r"\s", "", "".join(re.sub(r"\A\d+\n", "", page.extract_text()) for page in made.pages))
    for one in texts(paper):
        if PLAIN.fullmatch(one):
            assert re.sub(r"\s", "", one) in found


@given(purpose=KIND, text=anything)
@example(purpose="invitation", text="\r\nBcc: x@y.example\r\n\r\nchữ")
@example(purpose="result_notice", text=ODD[4])
@settings(max_examples=60, deadline=None)
def test_a_mail_has_its_own_headers_and_its_text_as_it_is(ordinary: Facts, purpose: str, text: str) -> None:
    wording, _ = written(ordinary, purpose, text)
    name = file_name(purpose, f"2024-02/{text}")
    to = Contact(f"x{text}", "ban-thuong-vu@nhon-trach.example")

    raw = compose(
        sender=OFFICE, to=to, wording=wording, message_id="<1@visits.example>",
        date=datetime(2024, 2, 5, tzinfo=OFFICE_ZONE), attachments=[Attachment(name, b"x", "application/pdf")],
    )  # fmt: skip
    message = message_from_bytes(raw, policy=default)

    assert {key for key, _ in message.items()} == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
        "Content-Type",
    }  # fmt: skip
    assert message["Subject"] == wording.subject
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == wording.body
    said = "".join(letter for letter in one_line(f"x{text}x") if not "\ue000" <= letter <= "\ue009")
    stripped = re.sub(" {2,}", " ", said)  # a letter that is left out leaves no second blank
    assert stripped in wording.body
    assert [part.get_filename() for part in message.iter_attachments()] == [name]


@given(about=st.text(max_size=80), purpose=KIND)
@example(about="../../etc/passwd", purpose="invitation")
@example(about="2024-02/\x00nhon/../trach", purpose="invitation")
def test_a_file_name_is_ascii_and_leads_nowhere(about: str, purpose: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]+\.docx", file_name(purpose, about))
