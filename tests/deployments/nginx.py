"""nginx of this machine, and a certificate for the name by which tests call a desk."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

NAME = "visits.example"


def nginx() -> str:
    """The program."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if not found:
        pytest.skip("no nginx here (Debian: nginx-light)")
    return found


def certificate(folder: Path) -> None:
    """`fullchain.pem` and `key.pem`, good for two days."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-keyout", folder / "key.pem", "-out", folder / "fullchain.pem",
         "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"],
        check=True, capture_output=True,
    )  # fmt: skip


def main_file(folder: Path) -> Path:
    """What nginx is started with as an ordinary user: around `site.conf` of that folder, writing nowhere else."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    inside = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    main = folder / "main.conf"
    main.write_text(
        f"pid {folder}/pid; error_log {folder}/main.log; daemon off; events {{}}"
        f" http {{ {inside} include {folder}/site.conf; }}",
        encoding="utf-8",
    )
    return main
