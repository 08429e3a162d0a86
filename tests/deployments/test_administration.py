"""What docs/administration.md and the files beside it name is there: settings, files, ports, one folder, one user."""

import re
import unicodedata
from pathlib import Path

import pytest
from pydantic import BaseModel

from config.settings import ROOT, Settings
from tests.deployments.containerfile import read

GUIDE = ROOT / "docs" / "administration.md"
OTHERS = ("systemd/party-visits.service", "systemd/visits", "oci/Containerfile", "proxy/nginx.conf", "prefect.yaml",
          "compose.yaml", "proxy/nginx-several.conf", "systemd/party-visits-part@.service",
          "systemd/party-visits-office@.service", "systemd/party-visits-worker@.service")  # fmt: skip
FILES = (GUIDE, *(ROOT / "deployments" / name for name in OTHERS))


def _settings() -> set[str]:
    """Every name by which a setting is set, those of groups as well."""
    names = set()
    for name, field in Settings.model_fields.items():
        names.add(f"VISITS_{name.upper()}")
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            names |= {f"VISITS_{name.upper()}__{inner.upper()}" for inner in field.annotation.model_fields}
    return names


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_setting_that_is_named_is_one(file: Path) -> None:
    """A name that is misspelt would be ignored without a word."""
    named = re.findall(r"\bVISITS_[A-Z][A-Z_]*[A-Z]\b", file.read_text(encoding="utf-8"))
    assert set(named) <= _settings()


def test_the_ports_are_those_of_the_settings() -> None:
    """In the guide, in the proxy and in the image."""
    ports = {name: Settings.model_fields[f"{name}_port"].default for name in ("desk", "prefect", "mailbox")}
    guide = GUIDE.read_text(encoding="utf-8")
    assert f"{ports['desk']} (desk), {ports['prefect']} (Prefect), {ports['mailbox']} (local mailbox)" in guide
    assert f"server 127.0.0.1:{ports['desk']};" in FILES[4].read_text(encoding="utf-8")
    assert read(FILES[3])[-1].of("EXPOSE") == [f"{ports['desk']}"]


def test_every_file_that_the_guide_names_is_there() -> None:
    """Links, and paths that somebody types."""
    guide = GUIDE.read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)#]+)", guide)
    typed = [f"../{path}" for path in re.findall(r"(?<!/)\bdeployments/[\w./-]+\w", guide)]
    assert len(linked) > 5
    for path in linked + typed:
        assert (GUIDE.parent / path).resolve().exists(), path


def test_unit_image_and_guide_keep_the_data_in_one_place() -> None:
    """So that whoever changes from one to the other finds them again."""
    for file in FILES[:4]:
        text = file.read_text(encoding="utf-8")
        assert "/var/lib/party-visits" in text, file
        assert "XDG_DATA_HOME" in text, file


def test_a_proxy_takes_a_little_more_than_the_desk_so_that_the_desk_says_no() -> None:
    """In Vietnamese, with the number."""
    most = Settings.model_fields["desk"].default.upload_megabytes
    for proxy in ("nginx.conf", "nginx-several.conf"):
        text = (ROOT / "deployments" / "proxy" / proxy).read_text(encoding="utf-8")
        for taken in re.findall(r"client_max_body_size (\d+)m;", text):
            assert most < int(taken) < most + 10


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_vietnamese_is_written_composed(file: Path) -> None:
    """As everywhere (P22)."""
    text = file.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
