"""One contact about several residents is written down about each of them."""

import json

import pytest
from django.utils import timezone

from nabij.access.tests.factories import actor_for, make_dossier, make_member, make_team
from nabij.audit.models import Entry
from nabij.contacts.actions import record_contact

pytestmark = pytest.mark.django_db


def test_a_contact_with_two_siblings_names_both_dossiers_in_one_entry():
    noor = make_member(make_team(), name="Noor")
    siblings = [make_dossier(noor.team), make_dossier(noor.team)]
    at = timezone.now()
    texts = {dossier.pk: ("team", "Samen gegeten.") for dossier in siblings}
    record_contact(
        actor=actor_for(noor, at), at=at, dossiers=siblings, medium="visit", reached=True, happened_at=at, texts=texts
    )
    entry = Entry.objects.get(verb="contacts.record")
    assert json.loads(entry.dossiers) == sorted(dossier.pk for dossier in siblings)
