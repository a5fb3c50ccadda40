"""A change at the moment a colleague cancels the conference."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.conferences.actions import cancel_conference, change_conference
from nabij.core.errors import Refused
from tests.support.meanwhile import again, later, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_cancelled_at_that_moment_is_not_moved(member, conference):
    facts = {"starts_at": timezone.now() + timedelta(days=5), "question": "Wie helpt met de post?", "resident_part": "present"}
    change = later(change_conference, member.team.lead, conference=again(conference), **facts)
    refused = meanwhile(later(cancel_conference, member, conference=again(conference), why="Ziek"), change)
    assert (type(refused), again(conference).question, conference.commitment.turns.count()) == (Refused, "Wie pakt de schulden op?", 2)
