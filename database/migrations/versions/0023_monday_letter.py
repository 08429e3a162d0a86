"""who wants a letter on Mondays about what waits; which addresses gave letters back lately."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'


def upgrade() -> None:
    op.add_column('account', sa.Column('weekly', sa.Boolean(), nullable=False, server_default=sa.false()))
    given_back = sa.text("what = 'thư bị trả lại'")
    op.create_index('ix_audit_given_back', 'audit', ['at'], sqlite_where=given_back, postgresql_where=given_back)
