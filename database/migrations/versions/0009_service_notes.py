"""what the service last said of itself; what is due is found by its date."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    op.create_table('service_note',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_service_note'))
    )
    called = sa.text('wake_wanted > wake_seen OR rerun_by IS NOT NULL')
    op.add_column('visit', sa.Column('rerun_by', sa.String(), nullable=True))
    op.create_index('ix_visit_waiting_until', 'visit', ['waiting_until'], unique=False)
    op.create_index('ix_visit_called', 'visit', ['id'], unique=False, sqlite_where=called, postgresql_where=called)
