"""What a signed file is worth: who signed it, whether it is unbroken and trusted, whether it says what was approved."""

import pickle
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader, PdfWriter

from config.settings import ROOT
from scans.said import doubts_of, lines_of
from scans.signed_file import weigh
from scans.weighing import weigh_apart
from scans.worth import Covers, SignedFile, TextMatch
from tests.scans.pdfs import pdf, scan
from tests.scans.signing import NOW, Authority, authority, leader, signed, stamper

APPROVED = (ROOT / "docs" / "samples" / "2024-tinh-ba-cap" / "D10_TB-ket-qua.pdf").read_bytes()

#: Weighs a file beside the sample: `weighed(content)`.
Weigh = Callable[..., SignedFile]


@pytest.fixture
def trusted(tmp_path: Path) -> Path:
    """The office's folder, with the authority of the tests in it."""
    folder = tmp_path / "tin-cay"
    folder.mkdir()
    (folder / "ca.pem").write_bytes(authority().root)
    return folder


@pytest.fixture
def weighed(trusted: Path) -> Weigh:
    """Weighs with that folder, on 22/3/2024."""
    return lambda content, folder=trusted: weigh(content, APPROVED, folder, NOW)


@cache
def good() -> bytes:
    """The approved document, signed by a leader."""
    return signed(APPROVED)


def said(file: SignedFile) -> str:
    """All that is told of it."""
    return "\n".join(lines_of(file))


# Signatures


def test_a_good_signature_over_the_approved_text_leaves_no_doubt(weighed: Weigh) -> None:
    file = weighed(good())

    (one,) = file.signatures
    assert (one.by, one.issuer, one.covers) == ("Lê Văn Minh Họa (Ban Tổ chức Tỉnh ủy)", "CA thử nghiệm", "whole")
    assert one.unbroken
    assert one.trusted
    assert one.stated_at
    assert one.serial == f"{leader().signing_cert.serial_number:X}"
    assert file.text.kind == "same"
    assert doubts_of(file) == ()
    assert "thuộc danh sách tin cậy" in said(file)
    assert "chưa kiểm tra thu hồi" in said(file)
    assert "theo máy người ký" in said(file)


def test_the_time_of_an_authority_is_told_beside_that_of_the_signer_s_own_clock(weighed: Weigh) -> None:
    file = weighed(signed(APPROVED, stamp=stamper(NOW - timedelta(hours=1))))

    assert file.signatures[0].stamped_at == NOW - timedelta(hours=1)
    assert "dấu thời gian 15 giờ 00, 22/3/2024 của Cấp dấu thời gian" in said(file)
    assert doubts_of(file) == ()


def test_a_signer_whom_the_office_does_not_trust_is_doubtful(weighed: Weigh) -> None:
    file = weighed(signed(APPROVED, Authority("CA lạ").certifies("Người Lạ")))

    assert doubts_of(file) == ("chữ ký của Người Lạ: không thuộc danh sách tin cậy của cơ quan",)


def test_without_a_list_nobody_is_called_trusted_and_nobody_doubtful(weighed: Weigh) -> None:
    """The list of the operating system, which is for web sites, is never asked."""
    file = weighed(good(), None)

    assert not file.signatures[0].trusted
    assert doubts_of(file) == ()
    assert "chưa đặt danh sách tin cậy" in said(file)


def test_a_single_person_may_be_trusted(weighed: Weigh, tmp_path: Path) -> None:
    """An office may put a certificate of a person into its folder, not only a root."""
    (tmp_path / "lanh-dao.crt").write_bytes(leader().signing_cert.dump())
    assert weighed(good(), tmp_path).signatures[0].trusted


def test_a_file_of_the_list_that_is_no_certificate_is_named(weighed: Weigh, trusted: Path) -> None:
    (trusted / "hong.pem").write_text("không phải chứng thư", encoding="utf-8")
    file = weighed(good())

    assert file.signatures[0].trusted
    assert "Danh sách tin cậy: không đọc được: hong.pem" in said(file)


def test_a_list_that_is_not_there_trusts_nobody(weighed: Weigh, tmp_path: Path) -> None:
    file = weighed(good(), tmp_path / "khong-co")
    assert "không thuộc danh sách" in doubts_of(file)[0]
    assert "khong-co" in said(file)


def test_a_certificate_that_is_over_is_doubtful_and_still_leads_to_the_list(weighed: Weigh) -> None:
    file = weighed(signed(APPROVED, authority().certifies("Hết Hạn", ends=NOW - timedelta(days=3))))

    assert file.signatures[0].trusted
    assert doubts_of(file) == ("chữ ký của Hết Hạn: chứng thư không còn hiệu lực (25/3/2014–19/3/2024)",)


def test_a_certificate_that_has_not_begun_is_doubtful(weighed: Weigh) -> None:
    file = weighed(signed(APPROVED, authority().certifies("Chưa Đến", begins=NOW + timedelta(days=3))))
    assert "chứng thư không còn hiệu lực" in doubts_of(file)[0]


def test_a_file_changed_within_is_no_longer_unbroken(weighed: Weigh) -> None:
    changed = bytearray(good())
    changed[changed.find(b"stream\n") + 40] ^= 1
    file = weighed(bytes(changed))

    assert not file.signatures[0].unbroken
    assert "chữ ký của Lê Văn Minh Họa (Ban Tổ chức Tỉnh ủy): không còn nguyên vẹn" in doubts_of(file)
    assert "không còn nguyên vẹn, bao toàn bộ tệp" in said(file)


def test_what_is_added_after_signing_is_told(weighed: Weigh) -> None:
    """The signature itself stays good: only who looks at what it covers sees it."""
    writer = IncrementalPdfFileWriter(BytesIO(good()), strict=False)
    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)

    file = weighed(out.getvalue())

    assert file.signatures[0].unbroken
    assert file.signatures[0].covers == "changed"
    assert doubts_of(file) == ("chữ ký của Lê Văn Minh Họa (Ban Tổ chức Tỉnh ủy): tệp bị sửa sau khi ký",)


def test_a_second_signature_is_no_change_of_the_first(weighed: Weigh) -> None:
    """A leader signs, then the office seals."""
    file = weighed(signed(good(), authority().certifies("Ban Tổ chức Tỉnh ủy"), field="dau"))

    assert [(one.by, one.covers) for one in file.signatures] == [
        ("Lê Văn Minh Họa (Ban Tổ chức Tỉnh ủy)", "added"),
        ("Ban Tổ chức Tỉnh ủy", "whole"),
    ]
    assert doubts_of(file) == ()


def test_a_signature_that_is_rubbish_is_doubtful_and_breaks_nothing(weighed: Weigh) -> None:
    torn = good().replace(b"/Contents <30", b"/Contents <00", 1)
    assert torn != good()
    assert any("không" in doubt for doubt in doubts_of(weighed(torn)))


def test_a_text_that_nobody_signed_and_nobody_scanned_is_doubtful(weighed: Weigh) -> None:
    """The draft itself, uploaded by mistake."""
    assert doubts_of(weighed(APPROVED)) == ("tệp không có chữ ký số và cũng không phải bản quét: không thấy đã ký",)


# The text


def test_a_scan_is_looked_at_by_eye_and_leaves_no_doubt(weighed: Weigh) -> None:
    """P4: signature and seal on paper."""
    file = weighed(scan())
    assert file.text.kind == "picture"
    assert doubts_of(file) == ()
    assert "bản quét, không so được chữ" in said(file)


def test_what_recognition_has_put_under_a_scan_counts_for_nothing(weighed: Weigh) -> None:
    """A picture may say one thing, and the unseen text under it another."""
    unseen = " ".join(PdfReader(BytesIO(APPROVED)).pages[0].extract_text().split())
    ascii_only = "".join(letter for letter in unseen if letter.isascii() and letter not in "()\\")
    assert weighed(scan(unseen=ascii_only)).text.kind == "picture"


def test_another_document_is_refused(weighed: Weigh) -> None:
    other = (ROOT / "docs" / "samples" / "2024-tinh-ba-cap" / "D0_KH-ke-hoach-nam.pdf").read_bytes()
    (problem,) = weighed(signed(other)).refused
    assert "không phải văn bản này" in problem.fault


def test_pages_of_text_among_pages_of_pictures_are_doubtful(weighed: Weigh) -> None:
    """A picture could say what no comparison sees."""
    writer = PdfWriter()
    writer.append(BytesIO(APPROVED))
    writer.append(BytesIO(scan()))
    out = BytesIO()
    writer.write(out)
    file = weighed(out.getvalue())
    assert file.text.kind == "mixed"
    assert "tệp vừa có trang chữ vừa có trang ảnh" in doubts_of(file)


def test_what_is_stuck_onto_a_page_is_doubtful(weighed: Weigh) -> None:
    stuck = pdf(page="/Annots [<< /Subtype /FreeText /Rect [0 0 9 9] /Contents (x) >>]", content=b"")
    assert "có 01 ghi chú, dấu hoặc chữ dán đè lên trang" in doubts_of(weighed(stuck))


def test_a_file_that_is_refused_is_not_opened_further(weighed: Weigh) -> None:
    file = weighed(pdf("/OpenAction << /S /Launch /F (a) >>"))
    assert file.refused
    assert file.signatures == ()


def test_an_empty_page_is_no_scan(weighed: Weigh) -> None:
    assert weighed(pdf(content=b"")).text.kind == "unreadable"


def test_findings_may_be_made_by_another_process(weighed: Weigh) -> None:
    file = weighed(good())
    assert pickle.loads(pickle.dumps(file)) == file


def test_a_file_is_weighed_apart_as_it_is_here(weighed: Weigh, trusted: Path) -> None:
    apart = weigh_apart(good(), APPROVED, trusted, NOW)
    assert apart == weighed(good())
    assert (apart.text.kind, apart.signatures[0].covers) == (TextMatch.SAME, Covers.WHOLE)
    assert isinstance(apart.text.kind, TextMatch)
    assert isinstance(apart.signatures[0].covers, Covers)


def test_a_file_that_is_too_large_is_not_weighed(trusted: Path) -> None:
    (problem,) = weigh_apart(good() + bytes(20 * 2**20), APPROVED, trusted, NOW).refused
    assert (problem.fault, problem.remedy) == ("tệp lớn hơn 20 MB", "quét ở độ phân giải thấp hơn")


def test_the_hash_is_that_of_the_file(weighed: Weigh) -> None:
    assert weighed(good()).sha256 == sha256(good()).hexdigest()
