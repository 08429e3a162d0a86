"""Reads the digital signatures of a PDF: by whom, unbroken or not, over the whole file or not, trusted or not.

Nothing is asked of the network: whether a certificate has been revoked is not known here, and is said so.
"""

import io
import logging
from datetime import datetime, timedelta

from asn1crypto.x509 import Certificate, Name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from domain.text import printable
from scans.worth import Covers, Signature, TrustList

_MOST_SIGNATURES = 20
#: Either is what a certificate for signing documents says of itself.
_FOR_SIGNING = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})

# What is odd in other people's files is shown to the clerk, and is no news for the log.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class SignaturesUnread(Exception):  # noqa: N818 - said as what it is
    """The signatures of a file cannot be read at all."""


def read_signatures(content: bytes, trust: TrustList, now: datetime) -> tuple[Signature, ...]:
    """The signatures of a PDF in the order in which they were given; `SignaturesUnread` if they cannot be found."""
    try:
        embedded = PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures[:_MOST_SIGNATURES]
    except Exception as error:  # a parser that meets what was made to break it raises anything
        raise SignaturesUnread(str(error)) from None
    return tuple(_signature(one, trust, now) for one in embedded)


def _signature(embedded: EmbeddedPdfSignature, trust: TrustList, now: datetime) -> Signature:
    try:
        certificate = embedded.signer_cert
        moment = _moment(certificate, now)
        context = ValidationContext(
            trust_roots=[Certificate.load(one) for one in trust.certificates],
            moment=moment, allow_fetching=False, revocation_mode="soft-fail",
        )  # fmt: skip
        status = validate_pdf_signature(embedded, context, context, key_usage_settings=_FOR_SIGNING)
    except Exception as error:  # unknown algorithms, torn structures: whatever it is, nothing is known of it
        return _unreadable(embedded, now, f"{type(error).__name__}: {error}")
    return _found(status, certificate, now)


def _found(status: PdfSignatureStatus, certificate: Certificate, now: datetime) -> Signature:
    stamp = status.timestamp_validity
    stamped = stamp if stamp is not None and stamp.intact and stamp.valid else None
    return Signature(
        by=_called(certificate.subject), issuer=_called(certificate.issuer), serial=f"{certificate.serial_number:X}",
        stated_at=status.signer_reported_dt, stamped_at=stamped.timestamp if stamped else None,
        stamped_by=_called(stamped.signing_cert.subject) if stamped else "",
        unbroken=status.intact and status.valid, covers=_covers(status), trusted=status.trusted,
        valid_from=certificate.not_valid_before, valid_until=certificate.not_valid_after,
        expired=not certificate.not_valid_before <= now <= certificate.not_valid_after,
    )  # fmt: skip


def _moment(certificate: Certificate, now: datetime) -> datetime:
    """When the chain is looked at: today; of a certificate that is over, its last moment, so that both are known."""
    first: datetime = certificate.not_valid_before
    last: datetime = certificate.not_valid_after - timedelta(seconds=1)
    return max(first, min(now, last))


def _covers(status: PdfSignatureStatus) -> Covers:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Covers.WHOLE
    if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        return Covers.PART
    level = status.modification_level
    harmless = level is not None and level <= ModificationLevel.FORM_FILLING and status.docmdp_ok is not False
    return Covers.ADDED if harmless else Covers.CHANGED


def _called(name: Name) -> str:
    """`Nguyễn Văn A (Ban Tổ chức Tỉnh ủy)`: the name and where it belongs."""
    parts = name.native
    common = _first(parts.get("common_name")) or name.human_friendly
    belongs = _first(parts.get("organizational_unit_name")) or _first(parts.get("organization_name"))
    return printable(f"{common} ({belongs})" if belongs and belongs != common else common)[:200]


def _first(value: object) -> str:
    return str(value[0] if isinstance(value, list) and value else value or "")


def _unreadable(embedded: EmbeddedPdfSignature, now: datetime, fault: str) -> Signature:
    return Signature(
        by=f"chữ ký {embedded.field_name}", issuer="", serial="", stated_at=None, stamped_at=None, stamped_by="",
        unbroken=False, covers=Covers.PART, trusted=False, valid_from=now, valid_until=now, expired=False,
        fault=printable(fault)[:200],
    )  # fmt: skip
