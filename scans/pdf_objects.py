"""Goes through everything that a PDF holds, each part once, and no further than a set number of them."""

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject

#: A scanned document has some hundreds, a tagged one of fifty pages some ten thousands.
MOST_OBJECTS = 60_000
#: What pypdf may unpack of one stream (pictures stay packed), and read of one page's drawing; its own limits let a
#: small file fill hundreds of megabytes and draw for half a minute.
LIMITS: dict[str, Any] = {
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_parsing_work_maximum_count": 200_000,
}
#: Lists that are looked into at more than one place: many parts may share one, and the work would multiply.
MOST_ITEMS = 1000

_HOLDERS = (IndirectObject, DictionaryObject, ArrayObject)


class TooManyObjects(Exception):  # noqa: N818 - said as what it is
    """The file holds more than is looked at."""


def dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary and stream of the file, those that nothing leads to as well.

    A reader that repairs a file may find what this one does not follow. `TooManyObjects` when there is no end of it.
    """
    seen: set[tuple[int, int]] = set()  # by number and generation: both may stand in one file
    waiting: list[PdfObject] = [*_unreached(reader), reader.trailer]
    if len(waiting) > MOST_OBJECTS:
        raise TooManyObjects
    for _ in range(MOST_OBJECTS):
        if not waiting:
            return
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if (found.idnum, found.generation) in seen:
                continue
            seen.add((found.idnum, found.generation))
        found = resolved(found)
        if isinstance(found, DictionaryObject):
            yield found
            waiting.extend(one for one in found.values() if isinstance(one, _HOLDERS))
        elif isinstance(found, ArrayObject):
            waiting.extend(one for one in found if isinstance(one, _HOLDERS))
    raise TooManyObjects


def resolved(found: PdfObject | None) -> PdfObject:
    """What a reference leads to; the thing itself if it is none."""
    for _ in range(8):
        if not isinstance(found, IndirectObject):
            break
        found = found.get_object()
    return NullObject() if found is None or isinstance(found, IndirectObject) else found


def dictionary_at(holder: DictionaryObject, name: str) -> DictionaryObject:
    """The dictionary under that name, an empty one if there is none."""
    found = resolved(holder.get(name))
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def name_at(holder: DictionaryObject, name: str) -> str:
    """The name or text under that name, `""` if there is none."""
    found = resolved(holder.get(name))
    return str(found) if isinstance(found, str) else ""


def list_at(holder: DictionaryObject, name: str) -> list[PdfObject]:
    """The items of the list under that name, resolved, no more than a signed sheet can have."""
    found = resolved(holder.get(name))
    return [resolved(one) for one in found[:MOST_ITEMS]] if isinstance(found, ArrayObject) else []


def _unreached(reader: PdfReader) -> Iterator[IndirectObject]:
    for generation, places in reader.xref.items():
        for number in places:
            yield IndirectObject(number, generation, reader)
    for number in reader.xref_objStm:
        yield IndirectObject(number, 0, reader)
