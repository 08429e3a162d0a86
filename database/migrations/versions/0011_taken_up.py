"""what was done before the service: how a visit was taken up, and documents that left on paper."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    op.add_column('visit', sa.Column('taken_up', sa.String(length=16), nullable=True))
    op.add_column('document', sa.Column('on_paper', sa.Boolean(), nullable=False, server_default=sa.false()))
