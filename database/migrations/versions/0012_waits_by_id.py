"""what is waited for is stored by its id; until now its Vietnamese name was, and could not be reworded."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'

# As the names were when they were keys. A name that stands in no table is left out: the next look of its run sets it.
NAMES = {
    'Chờ ngày gửi đề nghị': 'request_day', 'Chờ đề cử': 'nominations', 'Quá hạn đề cử': 'nominations_overdue',
    'Chờ bổ sung danh sách': 'nominations_again', 'Chờ danh sách tháng đã qua': 'nominations_on_paper',
    'Chờ chấp nhận danh sách trễ': 'acceptance', 'Chờ lựa chọn': 'choice', 'Chờ phát hành thông báo': 'notice_issue',
    'Chờ phát hành điều chỉnh': 'change_issue', 'Chờ ngày sinh hoạt': 'meeting_day',
    'Chờ kết quả giám sát': 'findings', 'Chờ sửa kết quả giám sát': 'findings_again',
    'Chờ duyệt báo cáo': 'report_approval', 'Chờ duyệt kết quả': 'result_approval',
    'Chờ phát hành kết quả': 'result_issue', 'Chờ xác nhận thư': 'letter_resolution', 'Chờ gửi lại thư': 'mail_server',
    'Lỗi, chờ chạy lại': 'run_failed', 'Lượt chạy bị dừng': 'run_stopped', 'Đang hủy': 'cancelling',
    'Chờ quyết định': 'decision', 'Chờ ngày ban hành': 'plan_day', 'Chờ phát hành kế hoạch': 'plan_issue',
    'Chờ ngày đề nghị báo cáo': 'self_report_day', 'Chờ báo cáo': 'self_report', 'Quá hạn báo cáo': 'self_report_overdue',
    'Chờ gửi lại báo cáo': 'self_report_again', 'Chờ xem xét báo cáo': 'self_report_review',
    'Chờ thực hiện kiến nghị': 'remedies', 'Quá hạn kiến nghị': 'remedies_overdue', 'Chờ ngày tổng hợp': 'summary_day',
    'Chờ nhiệm vụ năm sau': 'proposals', 'Chờ duyệt báo cáo tổng hợp': 'summary_approval',
    'Chờ phát hành báo cáo tổng hợp': 'summary_issue',
}


def upgrade() -> None:
    op.add_column('visit', sa.Column('wait', sa.String(length=32), nullable=True))
    visit = sa.table('visit', sa.column('wait'), sa.column('waiting_state'))
    for name, wait in NAMES.items():
        op.execute(visit.update().where(visit.c.waiting_state == name).values(wait=wait))
    op.drop_column('visit', 'waiting_state')
