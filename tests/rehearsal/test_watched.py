"""The watch over connections sees what it must: whoever calls outside, from Python or from C, is written down."""

import os
import subprocess
import sys
from pathlib import Path

from tests.rehearsal.watched import calls_outside, ports_called, watching

CALLS = """
import asyncio, socket, uvloop

async def call(host):
    try:
        await asyncio.wait_for(asyncio.open_connection(host, 4711), 0.2)
    except (OSError, TimeoutError):
        pass

asyncio.run(call("127.0.0.1"))
uvloop.run(call("192.0.2.1"))
uvloop.run(call("somewhere.invalid"))
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"?", ("192.0.2.2", 53))
"""


def test_every_call_to_the_outside_is_seen_whichever_library_makes_it(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", CALLS], env=os.environ | watching(tmp_path), check=True)

    assert ports_called(tmp_path) >= {4711, 53}
    assert calls_outside(tmp_path) == {"to 192.0.2.1 4711", "to 192.0.2.2 53", "name somewhere.invalid"}
