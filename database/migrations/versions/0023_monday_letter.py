"""who wants a letter on Mondays about what waits."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'


def upgrade() -> None:
    op.add_column('account', sa.Column('weekly', sa.Boolean(), nullable=False, server_default=sa.false()))
