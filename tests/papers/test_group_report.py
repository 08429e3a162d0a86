"""The working group's report is its own paper, with its number, day and names; the notice cites it (D9, D10, R73)."""

from config.settings import settings
from database import group_reports
from database.dossier import open_dossier
from database.engine import reading, writing
from database.models import DocumentRow, VisitRow
from domain.letters_and_documents import Purpose
from letters.form.paper import Paper
from papers.drafts import current_paper
from papers.files import acts_of
from tests.desk import Desk


def report_of(desk: Desk) -> Paper:
    """The group's report as it would be printed now."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, desk.visit.id)
        row = dossier.document(Purpose.GROUP_REPORT)
        assert row is not None
        return current_paper(dossier, row.kind, acts_of(row))


def test_the_report_bears_the_groups_number_day_and_names(desk: Desk) -> None:
    desk.until_reported()
    report = report_of(desk)

    assert (report.parent, report.issuer, report.number) == ("TỈNH ỦY ĐỒNG NAI", "TỔ CÔNG TÁC", "Số 01-BC/TCT")
    assert report.place_and_day == "Đồng Nai, ngày 18 tháng 5 năm 2024"
    assert report.signer.name == desk.dossier().contacts.inspectors[0].name


def test_the_notice_cites_it_and_the_day_on_which_it_was_agreed_to(desk: Desk) -> None:
    desk.until_reported()
    desk.run_step(6)
    (notice,) = desk.documents("result_notice")

    assert "Căn cứ Báo cáo số 01-BC/TCT, ngày 18/5/2024 của Tổ công tác của tỉnh về kết quả" in notice.body
    assert "đã được lãnh đạo Ban Tổ chức Tỉnh ủy xem xét, đồng ý ngày 18/5/2024;" in notice.body


def test_a_report_drawn_up_anew_keeps_its_number_and_those_of_other_visits_count_on(desk: Desk) -> None:
    desk.until_reported()
    with writing(settings().database) as session:
        (other,) = session.query(VisitRow).filter_by(year=2024, month=6, kind="visit")
        first = session.query(DocumentRow).filter_by(kind="group_report").one()
        columns = {column.name: getattr(first, column.name) for column in DocumentRow.__table__.columns} | {"id": None}
        for changes in ({"visit_id": other.id}, {"revision": 2}):
            session.add(DocumentRow(**columns | changes))
            session.flush()

        rows = session.query(DocumentRow).filter_by(kind="group_report").order_by(DocumentRow.id).all()
        told = [(row.visit_id == other.id, row.revision, group_reports.symbol_of(row)) for row in rows]
    assert told == [(False, 1, "01-BC/TCT"), (True, 1, "02-BC/TCT"), (False, 2, "01-BC/TCT")]
