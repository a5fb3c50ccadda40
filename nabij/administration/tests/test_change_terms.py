"""Terms and words of the ladder are agreements of a region: bounded by the law, with a source and a day. What follows from them: tests/journeys."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nabij.access.agreements import RUNGS, agreements_of
from nabij.access.models import Region
from nabij.access.terms import TERMS
from nabij.access.tests.factories import actor_for
from nabij.administration.actions import change_region_terms
from nabij.audit.models import Entry
from nabij.core.errors import Absent, Refused

from .factories import make_office

pytestmark = pytest.mark.django_db
PAGE = "administration:change_terms"
TODAY = timezone.localdate
SHIPPED = [(str(word), str(word)) for word in RUNGS]
OWN = [("Zelf", "Zelf doen"), *SHIPPED[1:]]
QUICKER = {"wmo_inquiry": (28, "Regioberaad punt 4", 0)}
REFUSED = {  # what is asked, the field that is pointed at, and why
    "longer than the law": ({"wmo_inquiry": (43, "Regio", 0)}, {}, "days_wmo_inquiry", "kies van 7 tot en met 42"),
    "slower than the law": ({"debt_threat": (4, "Regio", 0)}, {}, "days_debt_threat", "kies van 1 tot en met 3"),
    "less time than the law gives": ({"wmo_plan": (6, "Regio", 0)}, {}, "days_wmo_plan", "kies van 7 tot en met 42"),
    "no source": ({"debt_talk": (14, " ", 0)}, {}, "source_debt_talk", "Wat afwijkt heeft een bron"),
    "the law is no source": ({"wmo_inquiry": (28, "Wmo 2015 art. 2.3.2 lid 1", 0)}, {}, "source_wmo_inquiry", "Wat afwijkt heeft een bron"),
    "no day": ({"debt_talk": (14, "Regio", None)}, {}, "on_debt_talk", "Op welke dag is dit afgesproken"),
    "a day to come": ({"debt_talk": (14, "Regio", 2)}, {}, "on_debt_talk", "Op welke dag is dit afgesproken"),
    "four words": ({}, {"rungs": OWN[:4]}, None, "Geef voor alle vijf"),
    "no words": ({}, {"rungs": [("Zelf", " "), *OWN[1:]]}, None, "Geef voor alle vijf"),
    "words without a source": ({}, {"rungs": OWN, "ladder_on": 0}, "ladder_source", "Wat afwijkt heeft een bron"),
    "words without a day": ({}, {"rungs": OWN, "ladder_source": "Regio"}, "ladder_on", "Op welke dag is dit afgesproken"),
}


@pytest.fixture
def ours(office):
    office[0].municipality.region = Region.objects.create(name="Regio Waterland")
    office[0].municipality.save()
    return office[0].municipality


def day(ahead: int | None) -> date | None:
    return None if ahead is None else TODAY() + timedelta(ahead)


def change(member, region, *, terms=(), rungs=SHIPPED, ladder_source="", ladder_on=None):
    rows = {key: (term.days, "", None) for key, term in TERMS.items()} | {key: (days, source, day(on)) for key, (days, source, on) in dict(terms).items()}
    actor = actor_for(member)
    return change_region_terms(actor=actor, at=actor.at, region=region, terms=rows, rungs=rungs, ladder_source=ladder_source, ladder_on=day(ladder_on))


def typed(ours, terms=(), *, rungs=None, ladder_source="", ladder_on=None, **more):
    """Return what the form would send as it stands, with changes."""
    agreed = agreements_of(municipality=ours)
    sent = {f"days_{a.key}": a.days for a in agreed.terms} | {f"source_{a.key}": a.source for a in agreed.terms}
    words = rungs or [(str(rung.staff), str(rung.resident)) for rung in agreed.rungs]
    for number, (staff, resident) in enumerate(words, 1):
        sent |= {f"staff_{number}": staff, f"resident_{number}": resident}
    for key, (days, source, on) in dict(terms).items():
        sent |= {f"days_{key}": days, f"source_{key}": source, f"on_{key}": str(day(on) or "")}
    return {**sent, "ladder_source": ladder_source, "ladder_on": str(day(ladder_on) or ""), "version": ours.region.version, **more}


def test_what_ships_is_what_the_law_says_and_lies_within_its_own_bounds():
    shipped = {key: (term.days, term.working) for key, term in TERMS.items() if term.by_law}
    assert shipped == {"wmo_plan": (7, False), "wmo_inquiry": (42, False), "wmo_decision": (14, False), "debt_talk": (28, False), "debt_threat": (3, True)}
    assert [key for key, term in TERMS.items() if not term.least <= term.days <= term.most] == []
    assert [TERMS[key].most for key in ("wmo_inquiry", "wmo_decision", "debt_talk", "debt_threat")] == [42, 14, 28, 3]
    assert TERMS["wmo_plan"].least == 7


def test_saving_the_page_as_it_stands_keeps_nothing_of_ones_own(client, ours):
    assert client.post(reverse(PAGE), typed(ours)).status_code == 302
    region = Region.objects.get()
    assert (region.terms, region.ladder, region.version) == ({}, {}, 2)


def test_a_quicker_term_is_kept_with_source_and_day_and_written_down(client, ours):
    assert client.post(reverse(PAGE), typed(ours, QUICKER)).status_code == 302
    region = Region.objects.get()
    assert region.terms == {"wmo_inquiry": {"days": 28, "source": "Regioberaad punt 4", "agreed_on": str(timezone.localdate())}}
    assert Entry.objects.filter(verb="administration.change_terms").count() == 1
    page = client.get(reverse(PAGE)).content.decode()
    assert 'value="28"' in page
    assert "Nabij gaat uit van 42 dagen. De wet (Wmo 2015 art. 2.3.2 lid 1) laat 7 tot en met 42 toe." in page


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_law_does_not_allow_or_nobody_agreed_is_refused_and_nothing_is_kept(client, office, ours, case):
    terms, ladder, field, why = REFUSED[case]
    if case != "the law is no source":  # only the page knows which words it had filled in itself
        with pytest.raises(Refused, match=why) as refused:
            change(office[1], ours.region, terms=terms, **ladder)
        assert refused.value.field == field
    assert client.post(reverse(PAGE), typed(ours, terms, **ladder)).status_code == 422
    region = Region.objects.get()
    assert (region.terms, region.ladder, region.version) == ({}, {}, 1)


def test_an_administrator_of_no_municipality_in_the_region_changes_nothing(client, ours):
    stranger = make_office(client)[1]
    assert client.get(reverse(PAGE)).status_code == 302  # no region of one's own: there first
    with pytest.raises(Absent):
        change(stranger, ours.region, rungs=OWN, ladder_source="Regio", ladder_on=0)
    assert Region.objects.get().ladder == {}


def test_an_older_page_does_not_overwrite_a_newer_agreement(client, ours):
    old = ours.region.version
    client.post(reverse(PAGE), typed(ours, QUICKER))
    assert client.post(reverse(PAGE), typed(ours, {"wmo_inquiry": (35, "Regio", 0)}, version=old)).status_code == 422
    assert Region.objects.get().terms["wmo_inquiry"]["days"] == 28
