"""links to one's own calendar, how far one has seen the record, and the names by which people look for something."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0016'

_ANSWER = sa.table(
    'answer', sa.column('visit_id', sa.Integer), sa.column('kind', sa.String), sa.column('version', sa.Integer),
    sa.column('content', sa.JSON),
)


def upgrade() -> None:
    op.add_column('account', sa.Column('here_to', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('account', sa.Column('news_from', sa.Integer(), nullable=False, server_default='0'))
    op.create_table('calendar_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('key_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_calendar_link_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_link')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_calendar_link_key_hash')),
    )
    op.create_index(op.f('ix_calendar_link_account_id'), 'calendar_link', ['account_id'], unique=False)
    sought = op.create_table('sought',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('sort', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_sought_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sought')),
    )
    op.create_index(op.f('ix_sought_visit_id'), 'sought', ['visit_id'], unique=False)
    connection = op.get_bind()
    # Nobody's news begin with all that has happened before there were any.
    end = connection.scalar(sa.text('SELECT max(id) FROM audit')) or 0
    connection.execute(sa.text('UPDATE account SET here_to = :end, news_from = :end'), {'end': end})
    rows = list(_names(connection))
    if rows:
        connection.execute(sought.insert(), rows)


def _names(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """What the newest lists and guests name, as the service writes it down from now on."""
    newest: dict[tuple[int, str], Any] = {}
    query = sa.select(_ANSWER).where(_ANSWER.c.kind.in_(('nominations', 'guest', 'self_report')))
    for row in connection.execute(query.order_by(_ANSWER.c.visit_id, _ANSWER.c.version)):
        content = json.loads(row.content) if isinstance(row.content, str) else row.content
        newest[row.visit_id, row.kind] = content
    for (visit_id, kind), content in newest.items():
        for sort, name in _said(kind, content):
            if name:
                yield {'visit_id': visit_id, 'kind': kind, 'sort': sort, 'name': name, 'key': _key(name)}


def _said(kind: str, content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if kind == 'nominations':
        yield 'symbol', content.get('their_symbol') or ''
        for meeting in content.get('meetings', ()):
            yield 'organisation', meeting.get('organisation') or ''
    elif kind == 'guest':
        for guest in content.get('guests', ()):
            yield 'person', guest.get('name') or ''
    else:
        yield 'symbol', content.get('symbol') or ''


def _key(name: str) -> str:
    folded = unicodedata.normalize('NFD', unicodedata.normalize('NFC', name).casefold().replace('đ', 'd'))
    return ' '.join(''.join(c for c in folded if not unicodedata.combining(c)).split())
