"""What becomes of a visit's recommendations: the host is reminded until it reports each of them as done (D11)."""

from typing import Annotated

from prefect import flow
from prefect.client.schemas.objects import State
from pydantic import Field

from domain.obligation import FollowUpStep, Kind, Obligation
from flows.engine.server import RESULTS
from flows.engine.step_by_step import Steps, go_step_by_step
from tasks.steps.follow_1_wait_for_remedies import wait_for_remedies

STEPS: Steps = {FollowUpStep.WAIT_FOR_REMEDIES: wait_for_remedies}


@flow(name="follow-up", persist_result=False, result_storage=RESULTS)
def follow_up(
    year: Annotated[int, Field(title="Năm", ge=2000, le=2100)],
    month: Annotated[int, Field(title="Tháng", ge=1, le=12)],
    unit: Annotated[str, Field(title="Mã đơn vị, ví dụ nhon_trach", pattern=r"^\w+$")],
) -> State[None]:
    """Theo dõi, nhắc việc thực hiện kiến nghị của một đợt dự, giám sát."""
    return go_step_by_step(Obligation(Kind.FOLLOW_UP, year, month, unit), STEPS)
