"""Reads a Containerfile and runs its steps in a plain folder, where no builder of images is to be had."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

#: Folders of an image that a step may name; in a plain folder they are below it.
_MAPPED = re.compile(r"(?<![\w./-])/(source|build|opt/party-visits|var/lib)\b")
#: What only a whole system of its own can do.
_OF_A_SYSTEM = ("apt-get", "groupadd")


@dataclass
class Stage:
    """What one `FROM` begins: its instructions as they are written, continued lines joined."""

    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def of(self, word: str) -> list[str]:
        """Everything under that instruction."""
        return [rest for instruction, rest in self.steps if instruction == word]


def read(file: Path) -> list[Stage]:
    """Every stage, in order."""
    text = re.sub(r"(?m)^\s*(#.*)?\n", "", file.read_text(encoding="utf-8")).replace("\\\n", " ")
    stages: list[Stage] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stages.append(Stage(rest.rpartition(" AS ")[2] if " AS " in rest else ""))
        elif stages:
            stages[-1].steps.append((word, " ".join(rest.split())))
    return stages


class PlainFolder:
    """A folder in place of an image: the same steps, with `/source` and the like below it."""

    def __init__(self, root: Path, context: Path, ignore: Path) -> None:
        self.root, self._context = root, context
        lines = ignore.read_text(encoding="utf-8").splitlines()
        self._let_through = [line[1:] for line in lines if line.startswith("!")]
        strange = ("PYTHON", "VISITS_", "PREFECT_")
        self.environment = {name: text for name, text in os.environ.items() if not name.startswith(strange)}
        self.ran: list[str] = []
        self.left_out: list[str] = []

    def build(self, stage: Stage) -> None:
        """Every step of the stage, as its `sh` would run it."""
        folder = self.root
        for word, rest in stage.steps:
            if word == "WORKDIR":
                folder = Path(self.mapped(rest))
                folder.mkdir(parents=True, exist_ok=True)
            elif word == "ENV":
                self._set(rest)
            elif (word, rest) == ("COPY", ". ."):
                self._copy(folder)
            elif word == "RUN":
                self._run(rest, folder)

    def mapped(self, text: str) -> str:
        """The same with the folders of the image below this one."""
        return _MAPPED.sub(lambda found: f"{self.root}{found[0]}", text)

    def _set(self, rest: str) -> None:
        for one in rest.split():
            name, _, value = one.partition("=")
            self.environment[name] = self.mapped(value).replace("$PATH", self.environment["PATH"])

    def _copy(self, folder: Path) -> None:
        for name in self._let_through:
            there = self._context / name
            if there.is_dir():
                shutil.copytree(there, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(there, folder / name)

    def _run(self, command: str, folder: Path) -> None:
        if command.startswith(_OF_A_SYSTEM):
            self.left_out.append(command)
            return
        done = subprocess.run(
            ["/bin/sh", "-c", self.mapped(command)], cwd=folder, env=self.environment,
            capture_output=True, text=True, timeout=800,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        self.ran.append(command)
