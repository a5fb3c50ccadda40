"""What the action itself refuses about terms and the ladder, whatever a form lets through. The page and what follows from it: tests/journeys."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nabij.access.agreements import RUNGS
from nabij.access.models import Region
from nabij.access.terms import TERMS
from nabij.access.tests.factories import actor_for
from nabij.administration.actions import change_region_terms
from nabij.core.errors import Absent, Refused

from .factories import make_office

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
SHIPPED = [(str(word), str(word)) for word in RUNGS]
OWN = [("Zelf", "Zelf doen"), *SHIPPED[1:]]


@pytest.fixture
def region(office):
    office[0].municipality.region = Region.objects.create(name="Regio Waterland")
    office[0].municipality.save()
    return office[0].municipality.region


def change(member, region, *, terms=(), rungs=SHIPPED, **ladder):
    rows = {key: (term.days, "", None) for key, term in TERMS.items()} | dict(terms)
    actor = actor_for(member)
    return change_region_terms(actor=actor, at=actor.at, region=region, terms=rows, rungs=rungs, **ladder)


@pytest.mark.parametrize(
    ("facts", "field", "why"),
    [
        ({"terms": {"wmo_inquiry": (43, "Regio", TODAY())}}, "days_wmo_inquiry", "kies van 7 tot en met 42"),
        ({"terms": {"wmo_plan": (6, "Regio", TODAY())}}, "days_wmo_plan", "kies van 7 tot en met 42"),
        ({"terms": {"debt_talk": (14, " ", TODAY())}}, "source_debt_talk", "Wat afwijkt heeft een bron"),
        ({"terms": {"debt_talk": (14, "Regio", None)}}, "on_debt_talk", "Op welke dag is dit afgesproken"),
        (
            {"terms": {"debt_talk": (14, "Regio", TODAY() + timedelta(2))}},
            "on_debt_talk",
            "Op welke dag is dit afgesproken",
        ),
        ({"rungs": OWN[:4]}, None, "Geef voor alle vijf"),
        ({"rungs": [("Zelf", " "), *OWN[1:]]}, None, "Geef voor alle vijf"),
        ({"rungs": OWN, "ladder_on": TODAY()}, "ladder_source", "Wat afwijkt heeft een bron"),
        ({"rungs": OWN, "ladder_source": "Regio"}, "ladder_on", "Op welke dag is dit afgesproken"),
    ],
)
def test_what_the_law_does_not_allow_or_nobody_agreed_is_refused(office, region, facts, field, why):
    with pytest.raises(Refused, match=why) as refused:
        change(office[1], region, **facts)
    region.refresh_from_db()
    assert (refused.value.field, region.terms, region.ladder, region.version) == (field, {}, {}, 1)


def test_who_keeps_no_municipality_of_the_region_in_order_changes_nothing(client, region):
    with pytest.raises(Absent):
        change(make_office(client)[1], region, rungs=OWN, ladder_source="Regio", ladder_on=TODAY())
    region.refresh_from_db()
    assert region.ladder == {}
