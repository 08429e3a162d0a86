"""versions of the working calendar, dates with the rule that made them."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0004'


def upgrade() -> None:
    op.create_table('calendar',
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('loaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('loaded_by', sa.String(), nullable=False),
    sa.Column('before', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('version', name=op.f('pk_calendar'))
    )
    op.create_table('due_date',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('rule', sa.JSON(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('calendar_version', sa.Integer(), nullable=False),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_due_date_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_due_date')),
    sa.UniqueConstraint('visit_id', 'about', name=op.f('uq_due_date_visit_id_about'))
    )
