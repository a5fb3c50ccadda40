"""Merging at the moment somebody else merges, restricts or undoes: never half."""

import pytest

from nabij.access.actions import restrict_dossier
from nabij.access.models import Dossier
from nabij.core.errors import Refused
from nabij.duplicates.actions import merge
from nabij.duplicates.models import Merge
from tests.support.meanwhile import again, later, meanwhile

from .factories import lay, make_twice

pytestmark = pytest.mark.django_db(transaction=True)


def merging(by, one, two):
    return later(merge, by, pair=lay(one, two, by), keep=one.dossier, reason="Zelf gevraagd")


@pytest.mark.parametrize("kept", [0, 1])
def test_two_merge_at_once_and_one_counts(team, kept):
    one, two = make_twice(team)
    other = (one, two) if kept == 0 else (two, one)
    refused = meanwhile(merging(team.lead, one, two), merging(team.lead_substitute, *other))
    assert (type(refused), Merge.objects.get().kept_id) == (Refused, one.pk)
    assert set(Dossier.objects.values_list("root_id", flat=True)) == {one.pk}


@pytest.mark.parametrize("side", [0, 1])
def test_who_restricts_one_side_at_the_moment_of_a_merge_closes_both(team, side):
    one, two = people = make_twice(team)
    closing = later(restrict_dossier, team.lead, dossier=again(people[side].dossier), workers=[])
    assert meanwhile(merging(team.lead, one, two), closing).restricted
    assert set(Dossier.objects.values_list("restricted", flat=True)) == {True}
