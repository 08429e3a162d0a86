"""number, day or signer of an issued document may be corrected: what the right paper says, and who signs it."""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    # Empty for every document there is, so that no seal of theirs changes.
    op.add_column('document', sa.Column('corrected', sa.JSON(), nullable=True))
