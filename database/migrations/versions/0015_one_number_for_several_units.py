"""one công văn to several units has one number, and a row for each of them."""

from alembic import op

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    # The rows stay as they are, and so do their seals; the register (`number`) keeps each number to one document.
    with op.batch_alter_table('document') as batch_op:
        batch_op.drop_constraint('uq_document_organ_code_type_code_term_number', type_='unique')
        batch_op.create_unique_constraint(
            op.f('uq_document_visit_id_organ_code_type_code_term_number'),
            ['visit_id', 'organ_code', 'type_code', 'term', 'number'],
        )
