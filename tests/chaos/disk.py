"""The disk of the office's home: a small file system of its own, which can be filled, and which its kernel can close.

`mount -o remount,abort` does to an ext4 what an error of the disk does to it: every write is refused, whatever is open.
"""

import os
import shutil
import subprocess
from pathlib import Path

_SIZE = "900M"


class Disk:
    """A file with an ext4, mounted where the home is; without the right to mount a plain folder."""

    def __init__(self, folder: Path) -> None:
        self.place, self._file = folder / "disk", folder / "disk.img"
        self.place.mkdir(parents=True)
        self.is_own = os.geteuid() == 0 and shutil.which("mkfs.ext4") is not None and self._made()

    def _made(self) -> bool:
        _run("truncate", "-s", _SIZE, f"{self._file}")
        _run("mkfs.ext4", "-q", f"{self._file}")
        return self._mount()

    def _mount(self) -> bool:
        done = subprocess.run(["mount", "-o", "loop", self._file, self.place], capture_output=True, check=False)
        return done.returncode == 0

    def fill(self) -> None:
        """Not a byte is left."""
        with (self.place / "filled").open("wb") as file:
            try:
                while True:
                    file.write(bytes(2**20))
                    file.flush()
            except OSError:
                pass
        with (self.place / "filled-too").open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(512))
            except OSError:
                return

    def clear(self) -> None:
        """There is room again."""
        for name in ("filled", "filled-too"):
            (self.place / name).unlink(missing_ok=True)

    def break_down(self) -> None:
        """Its kernel lets nothing be written any more."""
        _run("mount", "-o", "remount,abort", f"{self.place}")

    def mend(self) -> None:
        """As whoever looks after the machine does: unmounted, examined, mounted."""
        _run("umount", f"{self.place}")
        subprocess.run(["e2fsck", "-p", "-f", self._file], capture_output=True, check=False)
        assert self._mount()

    def away(self) -> None:
        """Unmounted, whatever state it is in."""
        if self.is_own:
            subprocess.run(["umount", "-l", self.place], capture_output=True, check=False)


def _run(*command: str) -> None:
    subprocess.run(command, capture_output=True, check=True)
