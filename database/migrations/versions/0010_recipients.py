"""what became of a letter is kept for each of its recipients."""

import json
import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'

_LETTER = sa.table(
    'letter', sa.column('id', sa.Integer), sa.column('state', sa.String), sa.column('reply', sa.String),
    sa.column('must_arrive', sa.Boolean), sa.column('addresses', sa.JSON),
    sa.column('sent_at', sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.create_table('letter_recipient',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('reply', sa.String(), nullable=True),
    sa.Column('put_off_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_letter_recipient_letter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_recipient')),
    sa.UniqueConstraint('letter_id', 'address', name=op.f('uq_letter_recipient_letter_id_address')),
    sa.UniqueConstraint('letter_id', 'place', name=op.f('uq_letter_recipient_letter_id_place')),
    )
    recipient = sa.table('letter_recipient', *(
        sa.column(name) for name in ('letter_id', 'place', 'address', 'state', 'reply')
    ), sa.column('settled_at', sa.DateTime(timezone=True)))
    connection = op.get_bind()
    for letter in connection.execute(sa.select(_LETTER)).all():
        addresses = json.loads(letter.addresses) if isinstance(letter.addresses, str) else letter.addresses
        rows = []
        for place, address in enumerate(dict.fromkeys(addresses)):
            refusal = _refusal(address, letter.reply or '') if letter.state in ('sent', 'held') else ''
            rows.append({
                'letter_id': letter.id, 'place': place, 'address': address,
                'state': 'refused' if refusal else letter.state, 'reply': refusal or letter.reply,
                'settled_at': letter.sent_at,
            })
        if rows:
            connection.execute(recipient.insert(), rows)
        _tell_what_was_hidden(connection, letter, [row['state'] for row in rows])
    op.drop_column('letter', 'addresses')


def _refusal(address: str, reply: str) -> str:
    """What the server said of that one recipient, while another's yes made the letter `sent`."""
    found = re.search(rf'(?:^|[ ;]){re.escape(address)}: ([45]\d\d[^;]*)', reply)
    return found[1] if found else ''


def _tell_what_was_hidden(connection: sa.Connection, letter: sa.Row[Any], states: list[str]) -> None:
    """A letter that was called sent says now who has not got it; nothing of the past stops a visit today."""
    if letter.state != 'sent' or 'refused' not in states:
        return
    state = 'refused' if states[0] == 'refused' else 'partly'
    connection.execute(sa.update(_LETTER).where(_LETTER.c.id == letter.id).values(state=state, must_arrive=False))
