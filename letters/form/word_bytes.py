"""Writes a Word document as bytes that depend on the document alone, so that a hash of them can be kept."""

import io
import zipfile
from datetime import UTC, datetime

from docx.document import Document as WordDocument

from letters.form.paper import Paper

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def stable_bytes(word: WordDocument, paper: Paper) -> bytes:
    """The file, with the document's own title and issuer and without any moment of writing."""
    properties = word.core_properties
    properties.title, properties.author = (paper.abstract or paper.type_name)[:255], paper.issuer[:255]
    properties.last_modified_by, properties.comments, properties.language = paper.issuer[:255], "", "vi-VN"
    properties.created = properties.modified = datetime(*_ZIP_EPOCH, tzinfo=UTC)
    properties.revision = 1
    written, stable = io.BytesIO(), io.BytesIO()
    word.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return stable.getvalue()
