"""The agreements of a region: joined once, changed together, and a domain never goes."""

from dataclasses import replace

import pytest
from django.urls import reverse

from nabij.access.agreements import DOMAINS, STEPS, agreements_of
from nabij.access.models import Region
from nabij.access.tests.factories import actor_for, make_municipality
from nabij.administration.actions import change_agreements, join_region
from nabij.core.errors import Absent, Refused

from .factories import make_office

pytestmark = pytest.mark.django_db
PAGE = "administration:region"


def typed(agreements, **changes):
    """Return what the form would send as it stands, with changes."""
    names = {f"name_{d.key}": d.name for d in agreements.domains} | {f"place_{d.key}": n for n, d in enumerate(agreements.domains, 1)}
    used = {f"used_{d.key}": "on" for d in agreements.used}
    steps = {f"step_{n}": words for n, words in enumerate(agreements.steps, 1)}
    return {key: value for key, value in {**names, **used, **steps, "agreed": "", "added": "", **changes}.items() if value is not None}


@pytest.fixture
def ours(office):
    return office[0].municipality


@pytest.fixture
def region(ours):
    ours.region = Region.objects.create(name="Regio Waterland")
    ours.save()
    return ours.region


def test_a_municipality_begins_a_region_or_joins_one_and_does_so_once(client, ours):
    client.post(reverse(PAGE), {"name": "Regio Waterland"})
    ours.refresh_from_db()
    assert ours.region.name == "Regio Waterland"
    other = make_office(client)[0].municipality  # somebody else is logged in now
    assert client.post(reverse(PAGE), {"name": "regio waterland"}).status_code == 422
    client.post(reverse(PAGE), {"region": ours.region.ref})
    other.refresh_from_db()
    assert other.region == ours.region
    assert f"{ours.name}, {other.name}" in client.get(reverse(PAGE)).text


def test_names_order_and_use_are_changed_and_a_domain_is_added_with_a_key_that_stays(client, ours, region):
    changes = {"name_money": "Centen", "place_money": 99, "used_addiction": None, "added": "Dieren", "step_1": "Het brandt"}
    assert client.post(reverse(PAGE), typed(agreements_of(municipality=ours), **changes)).status_code == 302
    ours.refresh_from_db()
    now = agreements_of(municipality=ours)
    assert ([d.name for d in now.domains][-2:], now.steps[0]) == (["Centen", "Dieren"], "Het brandt")
    assert "addiction" not in {d.key for d in now.used}
    assert set(DOMAINS) < {d.key for d in now.domains}
    key = now.domains[-1].key
    client.post(reverse(PAGE), typed(now, **{f"name_{key}": "Huisdieren"}))
    region.refresh_from_db()
    assert region.domains[-1] == {"key": key, "name": "Huisdieren", "used": True}


@pytest.mark.parametrize("changes", [{"name_money": ""}, {"step_5": ""}, {f"used_{key}": None for key in DOMAINS}])
@pytest.mark.usefixtures("region")
def test_what_would_leave_a_hole_is_refused(client, ours, changes):
    assert client.post(reverse(PAGE), typed(agreements_of(municipality=ours), **changes)).status_code == 422
    assert Region.objects.get().domains == []


@pytest.mark.parametrize(("name", "why"), [("Regio Zaanstreek", "hoort al bij een regio"), (" ", "Kies een regio")])
def test_a_municipality_joins_one_region_and_it_has_a_name(office, ours, name, why):
    ours.region = Region.objects.create(name="Regio Waterland") if name.strip() else None
    ours.save()
    actor, before = actor_for(office[1]), ours.region
    with pytest.raises(Refused, match=why):
        join_region(actor=actor, at=actor.at, municipality=ours, name=name)
    ours.refresh_from_db()
    assert (ours.region, Region.objects.count()) == (before, 1 if before else 0)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"domains": lambda listed: listed[1:]}, r"Een leefgebied kun je niet weghalen.*\(er ontbreken er 1\)"),
        ({"domains": lambda listed: [replace(listed[0], name=" "), *listed[1:]]}, "Geef elk leefgebied een naam"),
        ({"steps": lambda listed: listed[:4]}, "Geef woorden voor alle vijf"),
        ({"steps": lambda listed: [*listed[:4], " "]}, "Geef woorden voor alle vijf"),
    ],
    ids=["a domain fewer", "a domain without a name", "four steps", "a step without words"],
)
def test_a_domain_stays_and_every_domain_and_step_has_words(office, ours, region, changed, why):
    actor, now = actor_for(office[1]), agreements_of(municipality=ours)
    whole = {"domains": list(now.domains), "steps": [str(word) for word in STEPS]}
    change_agreements(actor=actor.again(), at=actor.at, region=region, **whole)
    with pytest.raises(Refused, match=why):
        change_agreements(actor=actor.again(), at=actor.at, region=region, **whole | {name: make(whole[name]) for name, make in changed.items()})
    region.refresh_from_db()
    assert (len(region.domains), region.steps, region.version) == (len(now.domains), whole["steps"], 2)


def test_an_administrator_of_no_municipality_in_the_region_changes_nothing(client, region):
    stranger = make_office(client)[1]
    actor, shipped = actor_for(stranger), agreements_of(municipality=make_municipality())
    with pytest.raises(Absent):
        change_agreements(actor=actor, at=actor.at, region=region, domains=list(shipped.domains), steps=[str(word) for word in STEPS])
