from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from nabij.access.tests.factories import make_team

from .factories import make_outgoing, receive, settle

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def broken(sql, row):
    """Try to break a row behind Django's back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [row.pk])


BY_HAND = [
    "UPDATE post_incoming SET state = 'refused', handled_at = received_at WHERE id = %s",
    "UPDATE post_incoming SET refusal = 'spam' WHERE id = %s",
    "UPDATE post_incoming SET state = 'signal', handled_at = received_at WHERE id = %s",
    "UPDATE post_incoming SET state = 'linked', handled_at = received_at, about_kind = 'signal' WHERE id = %s",
    "UPDATE post_incoming SET state = 'lost' WHERE id = %s",
    "UPDATE post_incoming SET about_ref = 'abc' WHERE id = %s",
    "UPDATE post_incoming SET handled_at = received_at WHERE id = %s",
]


@pytest.mark.parametrize("sql", BY_HAND)
def test_the_database_refuses_a_message_whose_fate_is_unclear(sql):
    with pytest.raises(IntegrityError):
        broken(sql, receive(make_team(), AT))


def test_the_database_refuses_a_settled_message_without_its_record():
    incoming = receive(make_team(), AT)
    settle(incoming, AT)
    with pytest.raises(IntegrityError):
        broken("UPDATE post_incoming SET about_ref = '' WHERE id = %s", incoming)


def test_the_database_refuses_the_same_message_twice():
    one, two = receive(make_team(), AT, text="een"), receive(make_team(), AT, text="twee")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE post_incoming SET digest = %s WHERE id = %s", [one.digest, two.pk])


@pytest.mark.parametrize(
    "columns",
    [
        "sent_at = created_at, cancelled_at = created_at",
        "sent_at = created_at, gave_up_at = created_at",
        "gave_up_at = created_at",
    ],
)
def test_the_database_refuses_a_mail_with_two_ends_or_given_up_without_an_error(columns):
    mail = make_outgoing(AT)
    with pytest.raises(IntegrityError):
        broken(f"UPDATE post_outgoing SET {columns} WHERE id = %s", mail)
