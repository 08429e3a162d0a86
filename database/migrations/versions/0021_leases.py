"""leases of the processes at work, on any machine (0046)."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'


def upgrade() -> None:
    op.create_table('worker',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('machine', sa.String(), nullable=False),
    sa.Column('host', sa.String(), nullable=False),
    sa.Column('pid', sa.Integer(), nullable=False),
    sa.Column('started', sa.String(), nullable=False),
    sa.Column('part', sa.String(length=16), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('clock', sa.String(), nullable=False),
    sa.Column('renewed', sa.Double(), nullable=False),
    sa.Column('until', sa.Double(), nullable=False),
    sa.Column('uses', sa.JSON(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worker')),
    )
