"""a plan is drawn up at the desk before it is loaded; a form that was kept may be about no visit."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'


def upgrade() -> None:
    op.create_table(
        'plan_draft',
        sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('plan', sa.JSON(), nullable=False),
        sa.Column('contacts', sa.JSON(), nullable=False),
        sa.Column('shape', sa.Integer(), server_default='1', nullable=False),
        sa.Column('decisions', sa.JSON(), nullable=False),
        sa.Column('told', sa.JSON(), nullable=False),
        sa.Column('made_from', sa.String(), nullable=False),
        sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('saved_by', sa.String(), nullable=False),
        sa.PrimaryKeyConstraint('year', name=op.f('pk_plan_draft')),
    )
    with op.batch_alter_table('upload') as upload:
        upload.alter_column('visit_id', existing_type=sa.Integer(), nullable=True)
