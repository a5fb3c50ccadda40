"""A contact with a next date at the moment a colleague finishes the work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.tests.factories import make_dossier, make_member, make_team
from nabij.commitments.actions import finish_task
from nabij.commitments.tests.factories import make_task
from nabij.contacts.actions import record_contact
from nabij.contacts.models import Contact
from nabij.core.errors import Refused
from tests.support.meanwhile import again, later, meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_next_date_is_agreed_for_what_was_finished_at_that_moment():
    noor = make_member(make_team(), name="Noor")
    dossier, now = make_dossier(noor.team), timezone.now()
    work = make_task(noor, dossier=dossier)
    due_at, next_on = work.due_at, timezone.localdate() + timedelta(9)
    talk = {"dossiers": [dossier], "medium": "phone", "reached": True, "happened_at": now, "texts": {}, "next_on": next_on}
    refused = meanwhile(later(finish_task, noor, task=work.task), later(record_contact, noor.team.lead, commitment=again(work), **talk))
    assert (type(refused), Contact.objects.count(), again(work).due_at) == (Refused, 0, due_at)
