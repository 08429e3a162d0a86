"""A step that hears nothing is ended with its process (docs/decisions/0008)."""

import subprocess
import sys

from config.settings import ROOT

#: Adds up numbers for hours inside the interpreter, where no signal and no exception arrives.
DEAF = "from tasks.steps.step_limit import at_most\nwith at_most(1):\n    sum(range(10**13))\n"


def test_a_step_that_hears_nothing_ends_with_its_process_and_the_log_says_where_it_stood() -> None:
    """The run is then one whose process has died, which everybody knows how to heal."""
    ended = subprocess.run([sys.executable, "-c", DEAF], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 1
    assert "Timeout" in ended.stderr
    assert "line 3" in ended.stderr
