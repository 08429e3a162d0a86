"""indexes for pages: the record of one visit, letters of one state."""

from alembic import op

revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    op.create_index(op.f('ix_audit_visit_id'), 'audit', ['visit_id'], unique=False)
    op.create_index(op.f('ix_letter_state'), 'letter', ['state'], unique=False)
