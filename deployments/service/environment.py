"""The environment in which Prefect runs: its home inside `var/`, loopback unless set, nothing sent anywhere."""

import json
import os
import sys
from pathlib import Path

from config.log_form import FOR_PREFECT
from config.secret import secret
from config.settings import ROOT, Settings
from deployments.service.beyond_one import of_a_pool, of_several_servers, without_others


def prefect_auth(of: Settings) -> tuple[str, str] | None:
    """What Prefect's API must be asked with where the service is live; a rehearsal has nothing to hide."""
    if of.mode != "live":
        return None
    user, _, password = secret("prefect", of).partition(":")
    return user, password


def prefect_environment(of: Settings) -> dict[str, str]:
    """The variables for every process of the service, on top of those it was started with."""
    auth = {}
    if of.mode == "live":
        auth = dict.fromkeys(("PREFECT_SERVER_API_AUTH_STRING", "PREFECT_API_AUTH_STRING"), secret("prefect", of))
    return {
        **without_others(os.environ, of),
        **auth,
        **_of_prefect(of),
        **of_a_pool(of),
        **of_several_servers(of),
        **_of_ours(of),
        **_inbox_of_a_rehearsal(of),
        **(FOR_PREFECT if of.log_format == "json" else {}),
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "PYTHONUNBUFFERED": "1",
    }


def _of_prefect(of: Settings) -> dict[str, str]:
    """Its home inside ours, loopback unless set otherwise, nothing sent anywhere."""
    return {
        "PREFECT_HOME": str(of.folder / "prefect"),
        "PREFECT_PROFILES_PATH": str(of.folder / "prefect" / "profiles.toml"),
        "PREFECT_API_URL": f"{of.prefect_url}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "DO_NOT_TRACK": "1",
        # One version of the pages, without advertisements (0016); see also `serve_one_version`.
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(_pages(of)),
        "PREFECT_SERVER_API_HOST": of.prefect_host,
        "PREFECT_LOGGING_LEVEL": "INFO",
        # A run is shown as late after ten minutes, not after 15 s: with hundreds due at once the server would spend
        # its time on calling each of them late, and its writers would get into each other's way.
        "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS": "600",
        # The bars of the time line may come a second later, but the server writes them together: a tenth of its CPU.
        # Whole seconds: it takes anything below one for no pause at all.
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    }


def _of_ours(of: Settings) -> dict[str, str]:
    """What this process was told, for those it starts."""
    return {
        "VISITS_MODE": of.mode,
        "VISITS_HOME": str(of.folder),
        "VISITS_PREFECT_API_URL": of.prefect_api_url,
        "VISITS_MAILBOX_ADDRESS": of.mailbox_address,
        **_binds(of),
        "VISITS_DESK_PUBLIC_HOST": of.desk_public_host,
        "VISITS_DESK_BEHIND_PROXY": str(of.desk_behind_proxy),
        "VISITS_DESK_TRUSTED_PROXIES": json.dumps(of.desk_trusted_proxies),
        "VISITS_CONNECTIONS": of.connections.model_dump_json(),
        "VISITS_LOG_FORMAT": of.log_format,
        "VISITS_RUNNER": of.runner,
        "VISITS_POLL_SECONDS": str(of.poll_seconds),
        "VISITS_PENDING_SECONDS": str(of.pending_seconds),
        "VISITS_STARTING_SECONDS": str(of.starting_seconds),
        "VISITS_PARALLEL_RUNS": str(of.parallel_runs),
        "VISITS_RUNS_PER_PROCESS": str(of.runs_per_process),
        "VISITS_STEP_SECONDS": str(of.step_seconds),
        "VISITS_DELIVERY": of.delivery.model_dump_json(),
    }


def _inbox_of_a_rehearsal(of: Settings) -> dict[str, str]:
    """The inbox that a rehearsal was given, mostly none: the office's own is read by the live service alone.

    Said field by field: what the environment or the office's own file says of each would else count beside it.
    """
    if of.mode != "rehearsal":
        return {}
    told = of.inbox.model_dump(mode="json", exclude={"password", "password_file"})
    told |= {"password": of.inbox.password.get_secret_value()}
    return {f"VISITS_INBOX__{name.upper()}": f"{value}" for name, value in told.items()}


def _binds(of: Settings) -> dict[str, str]:
    """Host and port of each part, and nothing that says the same otherwise."""
    return {
        f"VISITS_{part.upper()}_{what.upper()}": "" if what == "bind" else f"{getattr(of, f'{part}_{what}')}"
        for part in ("prefect", "mailbox", "desk")
        for what in ("bind", "host", "port")
    }


def _pages(of: Settings) -> Path:
    return of.folder / "prefect" / "pages"


def serve_one_version(of: Settings) -> None:
    """Let the server about to start serve the first version of its pages only.

    The second one calls a company that counts visitors, from the browser of everybody who opens it, whatever the
    settings about analytics say; a click on "Switch to V2 UI" would take a person there for good, and no setting
    turns it off. The server leaves a version out whose files it cannot unpack, and says so in its log: a link that
    leads nowhere stands in their place.
    """
    second = _pages(of) / "v2"
    second.parent.mkdir(parents=True, exist_ok=True)
    if not second.is_symlink():
        second.symlink_to("none-of-this-version")


def enter(of: Settings) -> None:
    """Put this process itself into that environment; must come before Prefect is imported."""
    if "prefect" in sys.modules:
        raise RuntimeError("Prefect was imported before its environment was set")
    environment = prefect_environment(of)
    Path(environment["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    # What runs report belongs into their own logs, not between the lines this process says to a person.
    os.environ.update({name: value for name, value in environment.items() if name not in FOR_PREFECT})
    os.environ["PREFECT_LOGGING_LEVEL"] = "ERROR"
