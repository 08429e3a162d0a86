"""the register of numbers, the files of issued documents, what was redrafted and overridden."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('number',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organ_code', sa.String(), nullable=False),
    sa.Column('type_code', sa.String(), nullable=False),
    sa.Column('term', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_number_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_number')),
    sa.UniqueConstraint('organ_code', 'type_code', 'term', 'number', name=op.f('uq_number_organ_code_type_code_term_number'))
    )
    op.create_table('document_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_file_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_file')),
    sa.UniqueConstraint('document_id', 'form', name=op.f('uq_document_file_document_id_form'))
    )
    op.add_column('document', sa.Column('redrafted', sa.JSON(), nullable=False, server_default='[]'))
    op.add_column('document', sa.Column('returned_by', sa.String(), nullable=True))
    op.add_column('document', sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('document', sa.Column('return_reason', sa.String(), nullable=True))
    op.add_column('document', sa.Column('override_by', sa.String(), nullable=True))
    op.add_column('document', sa.Column('override_reason', sa.String(), nullable=True))
    op.add_column('document', sa.Column('secrecy', sa.String(), nullable=True))
    op.add_column('document', sa.Column('urgency', sa.String(), nullable=True))
    # Numbers that were given before there was a register.
    op.execute(
        "INSERT INTO number (organ_code, type_code, term, number, state, \"by\", at, reason, document_id) "
        "SELECT organ_code, type_code, term, number, 'used', COALESCE(issued_by, ''), "
        "COALESCE(approved_at, drafted_at), '', id FROM document WHERE number IS NOT NULL"
    )
