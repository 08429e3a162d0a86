"""lines of the audit may bear a seal made with a key, and the hashes of the rows that changed with them."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'


def upgrade() -> None:
    op.add_column('audit', sa.Column('seals', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('audit', sa.Column('mac', sa.String(length=64), nullable=True))
    op.add_column('audit', sa.Column('sealed_by', sa.String(length=16), nullable=True))
    op.add_column('audit_end', sa.Column('sealed_by', sa.String(length=16), nullable=True))
