"""The work pool through which runs go, made at the first start; one that a person has made is left as it is."""

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound

from deployments.pool.worker import WarmWorker


async def make_pool(client: PrefectClient, name: str) -> None:
    """Make it for workers with warm processes, unless there is one of that name, of whatever type."""
    try:
        await client.read_work_pool(name)
    except ObjectNotFound:
        template = WarmWorker.get_default_base_job_template()
        try:
            await client.create_work_pool(WorkPoolCreate(name=name, type=WarmWorker.type, base_job_template=template))
        except ObjectAlreadyExists:
            return  # another asker was first
