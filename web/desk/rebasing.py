"""A form that somebody else has overtaken: what he changed stays, what he left alone becomes what the other wrote."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.text import clean


@dataclass(frozen=True)
class Rebased:
    """The fields of a form upon the newest version."""

    values: dict[str, str]
    both: frozenset[str]  #: fields that both changed, each otherwise; the typist's text stands in them


def rebased(
    typed: Mapping[str, str], seen: Mapping[str, str], newest: Mapping[str, str],
    whole: Callable[[str], str] = lambda name: name,
) -> Rebased:  # fmt: skip
    """Lay what was typed upon the newest version; `seen` is the version that the form was opened on.

    `whole` gives the same word for fields that only make sense together, as a limitation and its remedies do: those
    are one person's or the other's, never half of each. A field that is not there is an empty one.
    """

    def changed(new: Mapping[str, str]) -> set[str]:
        names = {*typed, *seen, *newest}
        return {name for name in names if clean(new.get(name, "")) != clean(seen.get(name, ""))}

    mine, theirs = changed(typed), changed(newest)
    mine_whole = {whole(name) for name in mine}
    taken = {name for name in {*typed, *seen, *newest} if whole(name) not in mine_whole}
    both = {name for name in theirs if whole(name) in mine_whole and clean(typed.get(name, "")) != newest.get(name, "")}
    return Rebased({**typed, **{name: newest.get(name, "") for name in taken}}, frozenset(both))
