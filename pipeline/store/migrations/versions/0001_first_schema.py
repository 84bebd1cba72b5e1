"""The first schema: ledger, contacts, people, outbox, leases and audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table('audit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=True),
    sa.Column('chain', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    op.create_index(op.f('ix_audit_reference'), 'audit', ['reference'], unique=False)
    op.create_table('contacts',
    sa.Column('reference', sa.String(length=32), nullable=False),
    sa.Column('authority', sa.String(length=64), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('decision', sa.String(length=32), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('reference', name=op.f('pk_contacts'))
    )
    op.create_index(op.f('ix_contacts_authority'), 'contacts', ['authority'], unique=False)
    op.create_index(op.f('ix_contacts_received_at'), 'contacts', ['received_at'], unique=False)
    op.create_index(op.f('ix_contacts_state'), 'contacts', ['state'], unique=False)
    op.create_index(op.f('ix_contacts_urgent'), 'contacts', ['urgent'], unique=False)
    op.create_table('counters',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_counters'))
    )
    op.create_table('leases',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('token', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_leases'))
    )
    op.create_table('mailboxes',
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('folder', sa.Text(), nullable=False),
    sa.Column('uid_validity', sa.BigInteger(), nullable=True),
    sa.Column('uid_next', sa.BigInteger(), nullable=True),
    sa.Column('last_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_good_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('account', 'folder', name=op.f('pk_mailboxes'))
    )
    op.create_table('people',
    sa.Column('record_id', sa.Text(), nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.Column('content', sa.LargeBinary(length=16), nullable=False),
    sa.Column('removed', sa.Boolean(), nullable=False),
    sa.Column('surname', sa.Text(), nullable=True),
    sa.Column('born', sa.Text(), nullable=True),
    sa.Column('postcode', sa.Text(), nullable=True),
    sa.Column('nhs_number', sa.Text(), nullable=True),
    sa.Column('household_id', sa.Text(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('record_id', name=op.f('pk_people'))
    )
    op.create_index(op.f('ix_people_household_id'), 'people', ['household_id'], unique=False)
    op.create_index(op.f('ix_people_nhs_number'), 'people', ['nhs_number'], unique=False)
    op.create_index(op.f('ix_people_postcode'), 'people', ['postcode'], unique=False)
    op.create_index(op.f('ix_people_surname'), 'people', ['surname'], unique=False)
    op.create_index(op.f('ix_people_version'), 'people', ['version'], unique=False)
    op.create_table('contact_messages',
    sa.Column('contact_reference', sa.String(length=32), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['contact_reference'], ['contacts.reference'], name=op.f('fk_contact_messages_contact_reference_contacts')),
    sa.PrimaryKeyConstraint('contact_reference', 'sha256', name=op.f('pk_contact_messages'))
    )
    op.create_index(op.f('ix_contact_messages_message_id'), 'contact_messages', ['message_id'], unique=False)
    op.create_index(op.f('ix_contact_messages_sha256'), 'contact_messages', ['sha256'], unique=False)
    op.create_table('events',
    sa.Column('contact_reference', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['contact_reference'], ['contacts.reference'], name=op.f('fk_events_contact_reference_contacts')),
    sa.PrimaryKeyConstraint('contact_reference', 'number', name=op.f('pk_events'))
    )
    op.create_table('messages',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('folder', sa.Text(), nullable=False),
    sa.Column('uid_validity', sa.BigInteger(), nullable=False),
    sa.Column('uid', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('message_id', sa.Text(), nullable=True),
    sa.Column('in_reply_to', sa.JSON(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('internal_date', sa.DateTime(timezone=True), nullable=True),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_owner', sa.Text(), nullable=True),
    sa.Column('contact_reference', sa.String(length=32), nullable=True),
    sa.Column('error_code', sa.String(length=64), nullable=True),
    sa.Column('alias_of', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('possible_duplicate_of', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['alias_of'], ['messages.id'], name=op.f('fk_messages_alias_of_messages')),
    sa.ForeignKeyConstraint(['contact_reference'], ['contacts.reference'], name=op.f('fk_messages_contact_reference_contacts')),
    sa.ForeignKeyConstraint(['possible_duplicate_of'], ['messages.id'], name=op.f('fk_messages_possible_duplicate_of_messages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages')),
    sa.UniqueConstraint('account', 'folder', 'uid_validity', 'uid', name=op.f('uq_messages_account_folder_uid_validity_uid'))
    )
    op.create_index(op.f('ix_messages_contact_reference'), 'messages', ['contact_reference'], unique=False)
    op.create_index(op.f('ix_messages_message_id'), 'messages', ['message_id'], unique=False)
    op.create_index(op.f('ix_messages_sha256'), 'messages', ['sha256'], unique=False)
    op.create_index('ix_messages_waiting', 'messages', ['state', 'next_attempt_at', 'id'], unique=False)
    op.create_table('outbox',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('contact_reference', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('recipient', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_owner', sa.Text(), nullable=True),
    sa.Column('letter', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['contact_reference'], ['contacts.reference'], name=op.f('fk_outbox_contact_reference_contacts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('contact_reference', 'kind', 'sequence', name=op.f('uq_outbox_contact_reference_kind_sequence')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outbox_message_id'))
    )
    op.create_index('ix_outbox_due', 'outbox', ['state', 'next_attempt_at', 'id'], unique=False)
    op.create_index(op.f('ix_outbox_recipient'), 'outbox', ['recipient'], unique=False)


def downgrade() -> None:
    """Remove every table."""
    op.drop_index(op.f('ix_outbox_recipient'), table_name='outbox')
    op.drop_index('ix_outbox_due', table_name='outbox')
    op.drop_table('outbox')
    op.drop_index('ix_messages_waiting', table_name='messages')
    op.drop_index(op.f('ix_messages_sha256'), table_name='messages')
    op.drop_index(op.f('ix_messages_message_id'), table_name='messages')
    op.drop_index(op.f('ix_messages_contact_reference'), table_name='messages')
    op.drop_table('messages')
    op.drop_table('events')
    op.drop_index(op.f('ix_contact_messages_sha256'), table_name='contact_messages')
    op.drop_index(op.f('ix_contact_messages_message_id'), table_name='contact_messages')
    op.drop_table('contact_messages')
    op.drop_index(op.f('ix_people_version'), table_name='people')
    op.drop_index(op.f('ix_people_surname'), table_name='people')
    op.drop_index(op.f('ix_people_postcode'), table_name='people')
    op.drop_index(op.f('ix_people_nhs_number'), table_name='people')
    op.drop_index(op.f('ix_people_household_id'), table_name='people')
    op.drop_table('people')
    op.drop_table('mailboxes')
    op.drop_table('leases')
    op.drop_table('counters')
    op.drop_index(op.f('ix_contacts_urgent'), table_name='contacts')
    op.drop_index(op.f('ix_contacts_state'), table_name='contacts')
    op.drop_index(op.f('ix_contacts_received_at'), table_name='contacts')
    op.drop_index(op.f('ix_contacts_authority'), table_name='contacts')
    op.drop_table('contacts')
    op.drop_index(op.f('ix_audit_reference'), table_name='audit')
    op.drop_table('audit')
