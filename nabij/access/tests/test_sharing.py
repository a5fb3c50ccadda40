"""Restrict a dossier, and share it: for whom it cannot be opened."""

import pytest
from django.utils import timezone

from nabij.access.actions import restrict_dossier, share_dossier
from nabij.access.models import Dossier, Grant, Sharing
from nabij.core.errors import Refused

from .factories import actor_for, make_dossier, make_member, make_team

pytestmark = pytest.mark.django_db
NOW = timezone.now


def test_a_dossier_is_not_restricted_to_somebody_who_cannot_log_in(team):
    dossier, gone = make_dossier(team), make_member(team, name="Bo")
    gone.worker.blocked_at = NOW()
    gone.worker.save()
    with pytest.raises(Refused, match="kan niet meer inloggen") as refused:
        restrict_dossier(
            actor=actor_for(team.lead), at=NOW(), dossier=dossier, workers=[team.lead_substitute.worker, gone.worker]
        )
    assert (refused.value.field, Dossier.objects.get().restricted, Grant.objects.count()) == ("workers", False, 0)


def test_within_one_organisation_nothing_is_shared(team):
    beside = make_team(team.municipality, name="Team Centrum")
    said = {"what": "plan", "why": "samen helpen", "basis": "toestemming", "resident_word": "agreed"}
    with pytest.raises(Refused, match="Delen is niet nodig") as refused:
        share_dossier(actor=actor_for(team.lead), at=NOW(), dossier=make_dossier(team), to_team=beside, **said)
    assert (refused.value.field, Sharing.objects.count(), Grant.objects.count()) == ("to_team", 0, 0)
