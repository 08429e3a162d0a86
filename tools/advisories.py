"""Looks for known weaknesses in the locked libraries; goes by a file of advisories, so it needs no network.

`python -m tools.advisories keep SOURCE` writes the file anew: SOURCE is the archive of all advisories about Python
libraries in the form of OSV (`all.zip`), or a folder with such records as JSON or YAML. Only what concerns a locked
library is kept. `python -m tools.advisories audit PIP_AUDIT` lets the program pip-audit compare the lock with it.
"""

import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version
from ruamel.yaml import YAML

from deployments.runtime_lock import blocks

ROOT = Path(__file__).resolve().parent.parent
LOCK, KEPT = ROOT / "requirements.lock", Path(__file__).with_name("known_advisories.json")
#: An older file says little of today's libraries.
OLD_DAYS = 30

Advisory = Mapping[str, Any]


def main(arguments: Sequence[str]) -> int:
    """`keep` or `audit`; the code of pip-audit: 1 when a locked library has a known weakness."""
    if len(arguments) == 2 and arguments[0] == "keep":
        keep(Path(arguments[1]))
        return 0
    if len(arguments) == 2 and arguments[0] == "audit":
        return audit(arguments[1])
    print(__doc__, file=sys.stderr)
    return 2


def keep(source: Path) -> None:
    """Write the file of advisories from a source: those about locked libraries, without their long texts."""
    names = set(blocks(LOCK.read_text(encoding="utf-8")))
    found = [_shortened(one, names) for one in records(source) if not one.get("withdrawn")]
    kept = sorted((one for one in found if one["affected"]), key=lambda one: str(one["id"]))
    newest = max((str(one.get("modified", ""))[:10] for one in kept), default="")
    told = {"newest": newest, "kept_on": datetime.now(UTC).date().isoformat(), "advisories": kept}
    KEPT.write_text(json.dumps(told, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(kept)} advisories about {len(names)} locked libraries, the newest of {newest}")


def records(source: Path) -> Iterator[Advisory]:
    """Every advisory of an archive, or of a folder with all that is below it."""
    if source.is_file():
        with zipfile.ZipFile(source) as packed:
            yield from (json.loads(packed.read(name)) for name in packed.namelist() if name.endswith(".json"))
        return
    yaml = YAML(typ="safe")
    for path in sorted(source.rglob("*")):
        if path.suffix in (".yaml", ".yml", ".json"):
            text = path.read_text(encoding="utf-8")
            found = json.loads(text) if path.suffix == ".json" else yaml.load(text)
            yield json.loads(json.dumps(found, default=str))


def concerning(advisories: Sequence[Advisory], name: str, version: str) -> list[Advisory]:
    """The advisories about that version of that library."""
    return [
        one
        for one in advisories
        if any(_concerns(affected, canonicalize_name(name), version) for affected in one["affected"])
    ]


def _shortened(one: Advisory, names: set[str]) -> dict[str, Any]:
    kept = {name: one[name] for name in ("id", "modified", "aliases", "schema_version") if name in one}
    affected = [
        {
            "package": {"ecosystem": "PyPI", "name": canonicalize_name(about["package"]["name"])},
            "versions": about.get("versions", []),
            "ranges": [span for span in about.get("ranges", []) if span["type"] == "ECOSYSTEM"],
        }
        for about in one.get("affected", [])
        if about["package"]["ecosystem"] == "PyPI" and canonicalize_name(about["package"]["name"]) in names
    ]
    told = str(one.get("summary") or one.get("details") or "").strip().split("\n\n")[0]
    return kept | {"affected": affected, "summary": " ".join(told.split())[:300]}


def _concerns(affected: Mapping[str, Any], name: str, version: str) -> bool:
    if affected["package"]["name"] != name:
        return False
    return version in affected["versions"] or any(_within(span["events"], version) for span in affected["ranges"])


def _within(events: Sequence[Mapping[str, str]], version: str) -> bool:
    """Whether the version lies in a range, told as OSV tells it: what each event says holds until the next one."""
    inside, asked = False, Version(version)
    try:
        for event in events:
            ((what, bound),) = event.items()
            reached = bound == "0" or asked >= Version(bound)
            if what == "introduced" and reached:
                inside = True
            elif (what == "fixed" and reached) or (what == "last_affected" and asked > Version(bound)):
                inside = False
    except InvalidVersion:
        return False
    return inside


class _Answers(BaseHTTPRequestHandler):
    """Answers like OSV's own service, from the file: on this machine, for as long as pip-audit runs."""

    advisories: ClassVar[Sequence[Advisory]] = ()

    def do_POST(self) -> None:
        """One library in one version."""
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        found = concerning(self.advisories, asked["package"]["name"], asked["version"])
        body = json.dumps({"vulns": found} if found else {}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what was asked is no news."""


def audit(pip_audit: str) -> int:
    """Compare the lock with the file, and say how old the file is."""
    known = json.loads(KEPT.read_text(encoding="utf-8"))
    newest = date.fromisoformat(known["newest"])
    age = (datetime.now(UTC).date() - newest).days
    print(f"{len(known['advisories'])} advisories, the newest of {newest} ({age} days ago)", flush=True)
    if age > OLD_DAYS:
        print(
            f"Older than {OLD_DAYS} days: write it anew, see “Known weaknesses” in docs/administration.md", flush=True
        )
    _Answers.advisories = known["advisories"]
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/v1/query"
        command = [pip_audit, "--requirement", str(LOCK), "--disable-pip", "--progress-spinner", "off"]
        done = subprocess.run([*command, "--vulnerability-service", "osv", "--osv-url", address], check=False)
        server.shutdown()
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
