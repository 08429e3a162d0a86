"""Makes signed PDFs: an authority of its own for each test run, people whom it certifies, and pyHanko to sign."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

from asn1crypto import keys
from asn1crypto.x509 import Certificate as Asn1Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

NOW = datetime(2024, 3, 22, 9, tzinfo=UTC)
_YEARS = timedelta(days=3650)


class Authority:
    """A root that certifies people; `root` is what an office would put into its folder of trusted signers."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name, "")
        self._root = _certificate(self._name, self._key, self._name, self._key, NOW - _YEARS, NOW + _YEARS, ca=True)

    @property
    def root(self) -> bytes:
        """Its certificate as a PEM file."""
        return self._root.public_bytes(Encoding.PEM)

    def certifies(
        self, name: str, unit: str = "", begins: datetime = NOW - _YEARS, ends: datetime = NOW + _YEARS,
        key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None,
    ) -> SimpleSigner:  # fmt: skip
        """Somebody with a key, who can sign."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        own = _certificate(_named(name, unit), key, self._name, self._key, begins, ends, ca=False)
        registry = SimpleCertificateStore()
        registry.register(Asn1Certificate.load(self._root.public_bytes(Encoding.DER)))
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return SimpleSigner(
            signing_cert=Asn1Certificate.load(own.public_bytes(Encoding.DER)),
            signing_key=keys.PrivateKeyInfo.load(private), cert_registry=registry,
        )  # fmt: skip


def stamper(at: datetime) -> DummyTimeStamper:
    """An authority of time that says that it is that moment."""
    own = authority().certifies("Cấp dấu thời gian", key=rsa.generate_private_key(65537, 2048))
    return DummyTimeStamper(own.signing_cert, own.signing_key, certs_to_embed=own.cert_registry, fixed_dt=at)


@cache
def authority() -> Authority:
    """The authority of the tests."""
    return Authority("CA thử nghiệm")


@cache
def leader() -> SimpleSigner:
    """A leader whose certificate is good."""
    return authority().certifies("Lê Văn Minh Họa", "Ban Tổ chức Tỉnh ủy")


def signed(
    content: bytes, by: SimpleSigner | None = None, field: str = "ky1", stamp: DummyTimeStamper | None = None
) -> bytes:
    """The PDF with one more signature, added as programs that sign add it; with a time stamp if there is a stamper."""
    # A thread of its own: pyHanko begins an event loop, which it may not where the browser's is at work.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_signed, content, by or leader(), field, stamp).result()


def _signed(content: bytes, by: SimpleSigner, field: str, stamp: DummyTimeStamper | None) -> bytes:
    into = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    sign_pdf(
        writer, PdfSignatureMetadata(field_name=field), by, timestamper=stamp, output=into,
        new_field_spec=SigFieldSpec(field, on_page=0, box=(300, 100, 500, 160)),
    )  # fmt: skip
    return into.getvalue()


def _named(name: str, unit: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    return x509.Name([*parts, *([x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit)] if unit else [])])


def _certificate(
    subject: x509.Name, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    issuer: x509.Name, issuer_key: ec.EllipticCurvePrivateKey,
    begins: datetime, ends: datetime, *, ca: bool,
) -> x509.Certificate:  # fmt: skip
    usage = x509.KeyUsage(
        digital_signature=not ca, content_commitment=not ca, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=ca, crl_sign=ca, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )  # fmt: skip
