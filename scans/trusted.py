"""Reads the office's own list of trusted signers: a folder of certificates, of roots or of single people."""

from pathlib import Path

from pyhanko.keys import load_certs_from_pemder_data

from scans.worth import TrustList

_ENDINGS = (".pem", ".crt", ".cer", ".der")


def read_trust_list(folder: Path | None) -> TrustList:
    """What stands in that folder; what cannot be read is named and trusts nobody."""
    if folder is None:
        return TrustList()
    certificates, unread = list[bytes](), list[str]()
    try:
        files = sorted(one for one in folder.iterdir() if one.suffix.casefold() in _ENDINGS)
    except OSError:
        return TrustList(named=True, unread=(f"{folder}",))
    for file in files:
        try:
            found = [certificate.dump() for certificate in load_certs_from_pemder_data(file.read_bytes())]
        except (OSError, ValueError, TypeError):
            found = []
        certificates += found
        if not found:
            unread.append(file.name)
    return TrustList(tuple(certificates), True, tuple(unread))
