"""what comes in by mail; letters that were given back."""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'


def upgrade() -> None:
    op.create_table('incoming',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('copy', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stored_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('raw', sa.LargeBinary(), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('sender', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('trust', sa.String(length=16), nullable=False),
    sa.Column('reading', sa.JSON(), nullable=False),
    sa.Column('shape', sa.Integer(), nullable=False),
    sa.Column('matched_by', sa.String(length=16), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.Column('visit_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_incoming_letter_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_incoming_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incoming')),
    sa.UniqueConstraint('key', 'copy', name=op.f('uq_incoming_key_copy')),
    )
    op.create_index(op.f('ix_incoming_state'), 'incoming', ['state'])
    op.create_index('ix_incoming_visit_id_kind', 'incoming', ['visit_id', 'kind'])
    op.create_index('ix_incoming_letter_id', 'incoming', ['letter_id'])
    op.add_column('letter_recipient', sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('letter_recipient', sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True))
