"""What Prefect itself shows of a visit and its year: true at every stop, silent about findings, never in the way."""

from uuid import uuid4

import pytest
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.client.schemas.objects import Artifact

from config.settings import settings
from database import visits
from database.engine import reading, writing
from database.models import VisitRow
from domain.obligation import Kind
from flows import artifacts
from flows.reconcile_visits import reconcile
from tests.desk import Desk
from tests.flows.office import Office
from tests.may import MAY


def newest(office: Office, key: str) -> Artifact:
    """The newest artifact under that key."""
    found = office.client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[key])))
    return max(found, key=lambda one: str(one.created))


@pytest.mark.prefect
def test_a_parked_visit_shows_its_story_and_its_year_with_links_to_the_desk(office: Office) -> None:
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    office.on(2024, 3, 20, 9)
    office.host_sends_its_list()

    story, year = newest(office, "chuyen-2024-05-bien-hoa"), newest(office, "nam-2024")

    assert story.flow_run_id == office.run().id
    text = str(story.data)
    assert "Chờ lựa chọn (lãnh đạo Ban, hạn 27/3/2024)" in text
    assert "gửi danh sách" in text
    assert "| đề nghị danh sách | 1 | đã gửi |" in text
    assert f"{settings().desk_url}/chuyen/{MAY}" in text
    assert year.type == "markdown"
    (row,) = [line for line in str(year.data).splitlines() if line.startswith("| 05 |")]
    page = f"[Biên Hòa]({settings().desk_url}/chuyen/{MAY})"
    assert row == f"| 05 | {page} | 2/6 | Chờ lựa chọn | lãnh đạo Ban | 27/3/2024 | 20/3/2024 |"


@pytest.mark.prefect
def test_the_year_stands_in_prefect_with_all_that_it_asks_for_as_soon_as_its_plan_is_loaded(office: Office) -> None:
    """Visits, plan, reports and summary, each with the day on which it opens; follow-ups come with the visits."""
    with writing(settings().database) as session:
        for row in visits.of_year(session, 2024, *Kind):
            row.state = "planned"
        for row in session.query(VisitRow).filter(VisitRow.state == "withdrawn"):
            row.state = "planned"
    reconcile()
    text = str(newest(office, "nam-2024").data)
    assert f"({settings().desk_url}/chuyen/{MAY}) | 0/6 | mở 01/3/2024 |" in text
    assert "Kế hoạch năm" in text
    assert "Báo cáo tổng hợp" in text
    assert "Long Thành" in text
    assert len([line for line in text.splitlines() if line.startswith("| ") and "](" in line]) == 9 + 7 + 2


@pytest.mark.prefect
def test_the_table_of_the_year_is_written_over_and_made_anew_where_prefect_has_lost_it(office: Office) -> None:
    """Prefect keeps every artifact that is created: at thousands of visits the same table would fill a disk."""
    office.plan_only(MAY)
    office.on(2024, 3, 1, 8)
    first = newest(office, "nam-2024")
    office.on(2024, 3, 20, 9)
    office.host_sends_its_list()

    written_over = newest(office, "nam-2024")
    assert written_over.id == first.id
    assert "Chờ lựa chọn" in str(written_over.data)

    office.client.request("DELETE", "/artifacts/{id}", path_params={"id": first.id})
    artifacts.show_year(2024)
    made_anew = newest(office, "nam-2024")
    assert made_anew.id != first.id
    assert made_anew.data == written_over.data


@pytest.mark.prefect
def test_a_server_that_takes_no_artifact_holds_nothing_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.plan_only(MAY)

    def refuse(*_artifacts: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(artifacts, "_send", refuse)
    monkeypatch.setattr(artifacts, "put_in_place", refuse)
    office.on(2024, 3, 1, 8)

    assert office.visit().waiting_state == "Chờ danh sách"


@pytest.mark.prefect
def test_nothing_of_what_was_found_is_told(office: Office) -> None:
    """Whoever may open Prefect need not be one whom findings concern (R22–R38)."""
    office.plan_only(MAY)
    desk = Desk()
    desk.until_reported()

    with reading(settings().database) as session:
        story = "\n".join(artifacts._story(session, desk.visit))

    assert "ghi kết quả giám sát" in story
    assert "Báo cáo của Tổ công tác, bản 1: đã duyệt" in story
    for found in ("Sổ nghị quyết ghi vắn tắt", "Chuẩn bị chu đáo", "Ghi đủ kết quả biểu quyết"):
        assert found not in story


@pytest.mark.prefect
def test_without_a_service_it_stays_silent(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.plan_only(MAY)

    def gone(*_words: object) -> None:
        raise OSError("no server")

    monkeypatch.setattr(artifacts, "_send", gone)
    artifacts.show(uuid4(), office.visit().id)

    assert "no artifact for visit" in caplog.text
