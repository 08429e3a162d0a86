"""Certificates of a mail server: a valid one, one that is over, one of an authority that nobody knows."""

from datetime import UTC, datetime
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_BEGIN, _OVER, _END = (
    datetime(2020, 1, 1, tzinfo=UTC),
    datetime(2023, 12, 1, tzinfo=UTC),
    datetime(2045, 1, 1, tzinfo=UTC),
)
_HOST = IPv4Address("127.0.0.1")


class Certificates:
    """Files of them, and of the one authority that the office knows (`SSL_CERT_FILE`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        own, stranger = _Authority("Co quan chung thuc"), _Authority("Nguoi la")
        self.authority = folder / "authority.pem"
        self.authority.write_bytes(own.pem)
        for name, authority, end in (("valid", own, _END), ("expired", own, _OVER), ("stranger", stranger, _END)):
            self.of(name).write_bytes(authority.issues(end))

    def of(self, name: str) -> Path:
        """The file with that certificate and its key."""
        return self._folder / f"{name}.pem"


class _Authority:
    """Signs certificates of this machine's address."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        made = _certificate(self._name, self._name, self._key.public_key(), _END)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        usage = x509.KeyUsage(
            digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        signed = made.add_extension(usage, critical=True).add_extension(
            x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), critical=False
        )
        self.pem = signed.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    def issues(self, end: datetime) -> bytes:
        """A certificate that is good until then, with its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate(_named("may chu thu"), self._name, key.public_key(), end)
        names = x509.SubjectAlternativeName([x509.IPAddress(_HOST), x509.DNSName("localhost")])
        known = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        signed = made.add_extension(names, critical=False).add_extension(known, critical=False)
        pem = signed.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        own = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return pem + own


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, end: datetime
) -> x509.CertificateBuilder:
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    return made.serial_number(x509.random_serial_number()).not_valid_before(_BEGIN).not_valid_after(end)
