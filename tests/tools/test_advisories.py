"""Known weaknesses of locked libraries, by a file that an office refreshes where there is a network."""

import json
import zipfile
from pathlib import Path

import pytest

from tools import advisories
from tools.advisories import KEPT, concerning, keep, records


def about(name: str, *events: dict[str, str], versions: tuple[str, ...] = ()) -> dict[str, object]:
    """An advisory as OSV writes it."""
    affected = {
        "package": {"ecosystem": "PyPI", "name": name}, "versions": list(versions),
        "ranges": [{"type": "ECOSYSTEM", "events": list(events)}, {"type": "GIT", "events": [{"introduced": "0"}]}],
    }  # fmt: skip
    return {
        "id": "PYSEC-2026-1",
        "modified": "2026-02-03T00:00:00Z",
        "details": "Long.\n\nLonger.",
        "affected": [affected],
    }


def short(one: dict[str, object]) -> dict[str, object]:
    """The same with the ranges that are kept."""
    return json.loads(json.dumps(one).replace(', {"type": "GIT", "events": [{"introduced": "0"}]}', ""))


@pytest.mark.parametrize(
    ("version", "concerned"),
    [("1.9", False), ("2.0", True), ("2.4.9", True), ("2.5", False), ("3.0", True), ("3.1", True), ("3.2", False)],
)
def test_a_version_is_concerned_within_the_ranges_that_an_advisory_tells(version: str, concerned: bool) -> None:
    known = short(
        about("jinja2", {"introduced": "2.0"}, {"fixed": "2.5"}, {"introduced": "3.0"}, {"last_affected": "3.1"})
    )

    assert bool(concerning([known], "Jinja2", version)) is concerned
    assert concerning([known], "other", version) == []


def test_a_version_that_is_named_is_concerned_whatever_the_ranges_say() -> None:
    known = short(about("jinja2", {"introduced": "9"}, versions=("2.1",)))
    assert concerning([known], "jinja2", "2.1")


@pytest.mark.parametrize("form", ["zip", "yaml", "json"])
def test_what_concerns_locked_libraries_is_kept_from_any_form_of_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(advisories, "KEPT", tmp_path / "kept.json")
    every = [about("Jinja2", {"introduced": "0"}), about("not-locked", {"introduced": "0"})]
    withdrawn = about("jinja2", {"introduced": "0"}) | {"withdrawn": "2026-03-01T00:00:00Z"}
    source = tmp_path / "source"
    source.mkdir()
    if form == "zip":
        source = source / "all.zip"
        with zipfile.ZipFile(source, "w") as packed:
            for number, one in enumerate([*every, withdrawn]):
                packed.writestr(f"{number}.json", json.dumps(one))
    else:  # every JSON text is YAML as well
        for number, one in enumerate([*every, withdrawn]):
            (source / f"{number}.{form}").write_text(json.dumps(one), encoding="utf-8")
    assert len(list(records(source))) == 3

    keep(source)

    kept = json.loads((tmp_path / "kept.json").read_text("utf-8"))
    assert kept["newest"] == "2026-02-03"
    (only,) = kept["advisories"]
    assert (only["affected"][0]["package"]["name"], only["summary"]) == ("jinja2", "Long.")
    assert concerning(kept["advisories"], "jinja2", "3.1.6")


def test_the_shipped_file_is_one_that_the_audit_reads() -> None:
    known = json.loads(KEPT.read_text("utf-8"))

    assert len(known["advisories"]) > 50
    assert concerning(known["advisories"], "jinja2", "2.11.2"), "a weakness that everybody knows of"
