"""Says by its exit code whether the desk answers on this machine: `python -m deployments.alive`, for a container."""

import sys

import httpx

from config.settings import Settings, settings
from web.desk.binding import own_address


def trouble(of: Settings) -> str:
    """Why the desk does not answer; empty when it does."""
    try:
        # The certificate is for the name outside; here one only asks whether the desk answers.
        httpx.get(f"{own_address(of)}/suc-khoe", timeout=10, verify=False).raise_for_status()
    except httpx.HTTPError as error:
        return f"bàn làm việc không trả lời: {error}"
    return ""


def main() -> None:
    """Exit 0 when it does, 1 with the reason when it does not."""
    if why := trouble(settings()):
        print(why, file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    main()
