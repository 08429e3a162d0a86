"""`deployments/prefect.yaml` and the registry say the same, so that neither drifts."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from prefect.cli.deploy._models import PrefectYamlModel
from prefect.cli.deploy._schedules import _schedule_config_to_deployment_schedule as read_schedule
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.deployments.runner import RunnerDeployment
from ruamel.yaml import YAML

from config.settings import ROOT, Settings, use
from database.schema import prepare
from deployments.applying import when
from deployments.registry import FLOWS, deployments

FILE = ROOT / "deployments" / "prefect.yaml"


@pytest.fixture
def written() -> dict[str, dict[str, Any]]:
    """What the file says: `flow/deployment` -> its entry."""
    text = YAML(typ="safe").load(FILE)
    assert PrefectYamlModel.model_validate(text).deployments, "Prefect reads it"
    flows = {flow.__module__ + "." + flow.fn.__name__: flow.name for flow in FLOWS.values()}
    return {f"{flows.get(one['entrypoint'], '?')}/{one['name']}": one for one in text["deployments"]}


@pytest.fixture
def registered(home: Settings, tmp_path: Path) -> dict[str, RunnerDeployment]:
    """What a live service writes into Prefect at its start."""
    live = use(home.model_copy(update={"mode": "live", "home": tmp_path / "live"}))
    live.folder.mkdir()
    prepare(live.database)
    return {one.full_name: one for one in asyncio.run(deployments())}


def test_the_same_deployments_in_the_same_order(
    written: dict[str, dict[str, Any]], registered: dict[str, RunnerDeployment]
) -> None:
    """None more, none less, each with the flow it belongs to."""
    assert list(written) == list(registered)


def test_each_says_runs_and_is_limited_as_the_registry_has_it(
    written: dict[str, dict[str, Any]], registered: dict[str, RunnerDeployment]
) -> None:
    """The registry adds links of this installation to what a deployment says of itself; the first paragraph is ours."""
    for name, one in registered.items():
        entry = written[name]
        assert entry["entrypoint"] == one.entrypoint
        assert entry["description"] == (one.description or "").split("\n\n")[0]
        assert entry["parameters"] == one.parameters
        assert entry["tags"] == one.tags
        assert entry["concurrency_limit"] == one.concurrency_limit
        assert one.concurrency_options is None


def test_each_schedule_comes_at_the_same_time_under_the_same_slug(
    written: dict[str, dict[str, Any]], registered: dict[str, RunnerDeployment]
) -> None:
    """By the slug the service knows a schedule again that was written by `prefect deploy`."""
    for name, one in registered.items():
        theirs = [read_schedule(given) for given in written[name]["schedules"]]
        ours = [made for made in one.schedules or [] if isinstance(made, DeploymentScheduleCreate)]
        assert [(given["slug"], when(given["schedule"]), given["active"]) for given in theirs] == [
            (made.slug, when(made.schedule), made.active) for made in ours
        ], name


def test_no_code_is_fetched_from_anywhere(written: dict[str, dict[str, Any]]) -> None:
    """Left out, `pull` would be a folder of the machine on which somebody typed `prefect deploy`."""
    text = YAML(typ="safe").load(FILE)
    assert (text["build"], text["push"], text["pull"]) == ([], [], [])
    assert {one["work_pool"]["name"] for one in written.values()} == {"party-visits"}
