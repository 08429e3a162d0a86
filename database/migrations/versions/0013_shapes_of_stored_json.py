"""which form of its kind the JSON of a row has; all that was written until now has the first."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    for table in ('answer', 'plan', 'calendar', 'due_date'):
        op.add_column(table, sa.Column('shape', sa.Integer(), nullable=False, server_default='1'))
