"""The desk calls nothing of Prefect: an answer is a note in a row, so no server that is slow or gone can lose it."""

import subprocess
import sys

from config.settings import ROOT

_CODE = """
import sys
from web.app import create_app
from web.desk.obligation_form import tell_service
create_app()
sys.exit("prefect" in sys.modules)
"""


def test_the_desk_runs_without_loading_prefect() -> None:
    ended = subprocess.run([sys.executable, "-c", _CODE], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
