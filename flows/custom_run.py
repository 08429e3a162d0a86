"""What the form of "Custom run" in Prefect's pages says and offers: titles, examples, the units of the plans."""

from typing import Any

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import DeploymentUpdate
from prefect.utilities.callables import ParameterSchema
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import settings
from database import plans
from database.engine import reading
from database.models import VisitRow
from domain.obligation import Kind
from flows.engine.wake import DEPLOYMENTS

#: Whose units each form offers; a follow-up is opened for a unit that was visited.
_HOSTS = {Kind.VISIT: (Kind.VISIT,), Kind.SELF_REPORT: (Kind.SELF_REPORT,), Kind.FOLLOW_UP: (Kind.VISIT,)}
#: A longer list is no help, and one of names beside the codes is read less far still.
_OFFERED, _NAMED = 500, 60


def forms() -> dict[str, ParameterSchema]:
    """Deployment -> its form, by the plans as they are loaded."""
    with reading(settings().database) as session:
        return {DEPLOYMENTS[kind]: _form(session, kind) for kind in DEPLOYMENTS}


def offer_choices(client: SyncPrefectClient) -> None:
    """Bring every form in line with the plans as they are loaded; the server holds what people enter against it."""
    for name, form in forms().items():
        deployment, wanted = client.read_deployment_by_name(name), form.model_dump(exclude_unset=True)
        if deployment.parameter_openapi_schema != wanted:
            client.update_deployment(deployment.id, DeploymentUpdate(parameter_openapi_schema=wanted))


def _form(session: Session, kind: Kind) -> ParameterSchema:
    fields: dict[str, Any] = {"year": _year(session)}
    if kind in (Kind.VISIT, Kind.FOLLOW_UP):
        fields["month"] = {
            "title": "Tháng", "description": "Tháng của đợt trong kế hoạch, ví dụ 5.", "type": "integer",
            "minimum": 1, "maximum": 12, "enum": list(range(1, 13)),
        }  # fmt: skip
    if kind in _HOSTS:
        fields["unit"] = _unit(session, _HOSTS[kind])
    for position, field in enumerate(fields.values()):
        field["position"] = position
    # Said in full: Prefect sends only what was set.
    return ParameterSchema(
        title="Parameters", type="object", properties=fields, required=list(fields), definitions={}
    )  # fmt: skip


def _year(session: Session) -> dict[str, Any]:
    known = plans.years(session)
    return {
        "title": "Năm", "description": f"Năm của kế hoạch, ví dụ {known[0] if known else 2024}.", "type": "integer",
        "minimum": 2000, "maximum": 2100,
    }  # fmt: skip


def _unit(session: Session, kinds: tuple[Kind, ...]) -> dict[str, Any]:
    """The code, as in plans and addresses; the pages show a list of codes as it is, so the names stand beside it."""
    field: dict[str, Any] = {"title": "Đơn vị", "type": "string", "pattern": r"^\w+$"}
    units = _units(session, kinds)
    if units and len(units) <= _OFFERED:
        field["enum"] = list(units)
    names = "; ".join(f"{code}: {name}" for code, name in list(units.items())[:_NAMED])
    field["description"] = f"Mã đơn vị trong kế hoạch. {names}" if names else "Mã đơn vị, ví dụ nhon_trach."
    return field


def _units(session: Session, kinds: tuple[Kind, ...]) -> dict[str, str]:
    """Code -> short name, by name; of every year, and of what was taken out of a plan after it had begun."""
    rows = select(VisitRow.unit, VisitRow.year).where(VisitRow.kind.in_(kinds)).distinct().order_by(VisitRow.year)
    names: dict[str, str] = {}
    for code, year in session.execute(rows):
        known = {unit.code: unit.short_name for unit in plans.read(session, year)[0].units}
        names[code] = known.get(code, names.get(code, code))
    return dict(sorted(names.items(), key=lambda one: one[1]))
