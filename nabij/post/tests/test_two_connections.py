"""Two senders at one moment."""

from datetime import UTC, datetime

import pytest

from nabij.post.actions import claim_due
from nabij.post.models import Outgoing
from tests.support.meanwhile import later, meanwhile

from .factories import make_outgoing

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_a_mail_that_another_sender_is_claiming_is_not_claimed():
    make_outgoing(AT)
    assert meanwhile(later(claim_due, None, AT), later(claim_due, None, AT)) == []
    assert Outgoing.objects.get().attempts == 1
