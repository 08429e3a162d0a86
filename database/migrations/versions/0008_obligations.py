"""kinds of obligations beside the visits; the files that come with answers."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    # SQLite copies the table: `database.schema.prepare` lets go of its references meanwhile.
    with op.batch_alter_table('visit') as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=16), nullable=False, server_default='visit'))
        batch_op.drop_constraint('uq_visit_year_month_unit', type_='unique')
        batch_op.create_unique_constraint(op.f('uq_visit_kind_year_month_unit'), ['kind', 'year', 'month', 'unit'])
    op.create_table('answer_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('answer_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_answer_file_answer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_file'))
    )
    op.create_index(op.f('ix_answer_file_answer_id'), 'answer_file', ['answer_id'], unique=False)
