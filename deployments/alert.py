"""Tells Teams, Slack or any webhook that a run failed: an automation of Prefect, off unless turned on (0016)."""

from datetime import timedelta
from uuid import UUID

from prefect.blocks.core import Block
from prefect.blocks.notifications import MicrosoftTeamsWebhook, SlackWebhook
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import SyncPrefectClient
from prefect.events.actions import CallWebhook, SendNotification
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.types import SecretDict

from config.settings import Settings, settings
from database import service_notes
from database.engine import writing
from flows.engine.server import server

#: How the automation is called in Prefect's pages, and the block that holds the address.
NAME, BLOCK = "Báo lượt chạy bị lỗi", "bao-loi"
#: Under which name the service says that it could not be set up (`database.service_notes`).
NOTE = "alert"

_EVENTS = {"prefect.flow-run.Failed", "prefect.flow-run.Crashed", "prefect.flow-run.TimedOut"}
# The message of a failed run may hold addresses and replies of mail servers; those go nowhere.
_TOLD = "{{ flow_run.name }}: {{ flow_run.state.name }}"
_WEBHOOK = (
    '{"text": {{ ("Lượt chạy bị lỗi · " ~ flow_run.name) | tojson }}, "state": {{ flow_run.state.name | tojson }}}'
)


def set_up_alert() -> None:
    """Bring the automation in line with the settings; whatever goes wrong with it is noted, and the service goes on.

    What staff changed in it (other states, switched off for a while) stays; only the address is ours.
    """
    of = settings()
    try:
        with server() as client:
            if _wanted(of):
                _turn_on(client, of)
            else:
                _turn_off(client)
    except Exception as fault:
        with writing(of.database) as session:
            service_notes.note(session, NOTE, f"không bật được báo lỗi ra ngoài ({of.alert_kind}): {fault}")
        return
    with writing(of.database) as session:
        service_notes.forget(session, NOTE)


def _wanted(of: Settings) -> bool:
    """A rehearsal tells nobody: everything in it is invented, and nothing of it leaves the machine."""
    return of.mode == "live" and bool(of.alert_url.get_secret_value())


def _turn_on(client: SyncPrefectClient, of: Settings) -> None:
    action = _action(of)
    found = client.read_automations_by_name(NAME)
    if found and any(getattr(one, "block_document_id", None) == action.block_document_id for one in found[0].actions):
        return
    for one in found:
        client.delete_automation(one.id)
    client.create_automation(
        AutomationCore(
            name=NAME,
            description="Đặt bằng VISITS_ALERT_URL, VISITS_ALERT_KIND trong local/visits.env; bỏ trống để tắt.",
            trigger=EventTrigger(
                expect=_EVENTS, match={"prefect.resource.id": "prefect.flow-run.*"}, posture=Posture.Reactive,
                for_each={"prefect.resource.id"}, threshold=1, within=timedelta(0),
            ),
            actions=[action],
        )
    )  # fmt: skip


def _action(of: Settings) -> CallWebhook | SendNotification:
    url = of.alert_url
    if of.alert_kind == "webhook":
        called = _saved(Webhook(url=url, headers=SecretDict({"Content-Type": "application/json"})), of)
        return CallWebhook(block_document_id=called, payload=_WEBHOOK)
    told = _saved(MicrosoftTeamsWebhook(url=url) if of.alert_kind == "teams" else SlackWebhook(url=url), of)
    return SendNotification(block_document_id=told, subject="Lượt chạy bị lỗi", body=f"{_TOLD}\n{of.desk_url}")


def _saved(block: Block, of: Settings) -> UUID:
    saved = block.save(f"{BLOCK}-{of.alert_kind}", overwrite=True)
    assert isinstance(saved, UUID), "called outside an event loop it answers at once"
    return saved


def _turn_off(client: SyncPrefectClient) -> None:
    for one in client.read_automations_by_name(NAME):
        client.delete_automation(one.id)
