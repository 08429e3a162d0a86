"""accounts, sessions, stand-ins and attempts; the lines of the audit chained by hash."""

import hashlib
import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('password', sa.String(), nullable=False),
    sa.Column('must_change', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('signed_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('login', name=op.f('uq_account_login'))
    )
    op.create_table('stand_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('who_id', sa.Integer(), nullable=False),
    sa.Column('for_id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('set_by', sa.String(), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['who_id'], ['account.id'], name=op.f('fk_stand_in_who_id')),
    sa.ForeignKeyConstraint(['for_id'], ['account.id'], name=op.f('fk_stand_in_for_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stand_in'))
    )
    op.create_index(op.f('ix_stand_in_who_id'), 'stand_in', ['who_id'])
    op.create_table('session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_session_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session')),
    sa.UniqueConstraint('token', name=op.f('uq_session_token'))
    )
    op.create_index(op.f('ix_session_account_id'), 'session', ['account_id'])
    op.create_table('attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login', sa.String(length=64), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    op.create_index('ix_attempt_login_at', 'attempt', ['login', 'at'])
    op.create_index('ix_attempt_address_at', 'attempt', ['address', 'at'])
    _chain_the_audit()


def _chain_the_audit() -> None:
    """Give every line that is there the hash of the line before it and its own (as `database.audit.chained`)."""
    end = op.create_table('audit_end',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_end'))
    )
    op.add_column('audit', sa.Column('previous', sa.String(length=64), nullable=True))
    op.add_column('audit', sa.Column('hash', sa.String(length=64), nullable=True))
    audit = sa.table('audit',
    sa.column('id', sa.Integer), sa.column('at', sa.DateTime(timezone=True)), sa.column('who', sa.String),
    sa.column('what', sa.String), sa.column('visit_id', sa.Integer), sa.column('details', sa.JSON),
    sa.column('previous', sa.String), sa.column('hash', sa.String)
    )
    connection = op.get_bind()
    last, previous = 0, '0' * 64
    for row in connection.execute(sa.select(audit).order_by(audit.c.id)).all():
        at: datetime = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
        said = json.dumps(
            [row.id, at.astimezone(UTC).isoformat(timespec='microseconds'), row.who, row.what, row.visit_id, row.details],
            ensure_ascii=False, sort_keys=True, separators=(',', ':'))
        own = hashlib.sha256(f'{previous}\n{said}'.encode()).hexdigest()
        connection.execute(audit.update().where(audit.c.id == row.id).values(previous=previous, hash=own))
        last, previous = row.id, own
    connection.execute(end.insert().values(id=1, last=last, hash=previous))
    with op.batch_alter_table('audit') as batch_op:
        batch_op.alter_column('previous', existing_type=sa.String(length=64), nullable=False)
        batch_op.alter_column('hash', existing_type=sa.String(length=64), nullable=False)
