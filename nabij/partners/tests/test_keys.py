"""Whose key it is: a key that runs, of a partner with whom we work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.tests.factories import make_team
from nabij.partners.models import Partner, Token
from nabij.partners.queries import sender_with

from .factories import key_of, make_partner

pytestmark = pytest.mark.django_db


def test_a_key_opens_until_it_is_ended_or_too_old_or_until_we_stop_with_its_partner():
    partner, now = make_partner(make_team().municipality), timezone.now()
    secret = key_of(partner)
    last = Token.objects.get().expires_on
    assert sender_with(secret=secret, at=now).partner == partner
    assert sender_with(secret=secret, at=now + (last - now.date()) + timedelta(days=1)) is None
    Token.objects.update(ended_at=now)
    assert sender_with(secret=secret, at=now) is None


def test_a_key_that_was_made_while_we_stopped_with_its_partner_opens_nothing():
    partner, now = make_partner(make_team().municipality), timezone.now()
    secret = key_of(partner)
    Partner.objects.update(ended_at=now)
    assert (Token.objects.get().ended_at, sender_with(secret=secret, at=now)) == (None, None)
