"""Neighbourhoods from a file, the municipality's own words, the front door, and what asks for attention."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from nabij.access.models import Neighbourhood, NeighbourhoodPostcode, TeamArea
from nabij.access.queries import neighbourhood_at, team_for
from nabij.access.tests.factories import actor_for, make_member, make_municipality, make_neighbourhood, make_team
from nabij.administration.queries import attention

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
HEAD = "code;naam;soort;jaar;hoort bij;postcodes\n"
GOOD = HEAD + "WK043901;De Gors;wijk;2026;;1443 1444\nBU04390102;Gors-Noord;buurt;2026;WK043901;1441 AB, 1441AC\n"


def to(name):
    return reverse(f"administration:{name}")


def send(client, text, encoding="utf-8"):
    return client.post(to("import_neighbourhoods"), {"file": SimpleUploadedFile("wijken.csv", text.encode(encoding))})


def test_a_list_is_taken_in_with_parents_and_postcodes(client):
    assert send(client, GOOD).url == to("neighbourhoods")
    north = Neighbourhood.objects.get(code="BU04390102")
    assert (north.name, north.kind, north.year, north.parent.name) == ("Gors-Noord", "buurt", 2026, "De Gors")
    assert sorted(NeighbourhoodPostcode.objects.values_list("postcode", flat=True)) == ["1441AB", "1441AC", "1443", "1444"]
    assert neighbourhood_at(postcode="1441 ab") == north


def test_next_years_list_keeps_the_team_of_a_known_code(client, team):
    send(client, GOOD)
    gors = Neighbourhood.objects.get(code="WK043901")
    TeamArea.objects.create(team=team, neighbourhood=gors, from_on=timezone.localdate())
    send(client, GOOD.replace("2026", "2027").replace("De Gors", "Gors").replace("1443 1444", "1445"))
    gors.refresh_from_db()
    assert (gors.name, gors.year, Neighbourhood.objects.count()) == ("Gors", 2027, 2)
    found = neighbourhood_at(postcode="1445 AA")
    assert team_for(municipality=team.municipality, neighbourhood=found, on=timezone.localdate()) == team
    assert neighbourhood_at(postcode="1443 AA") is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("XX1;Gors;wijk;2026;;", "Een code is WK met 6 cijfers, of BU met 8 cijfers; hier staat XX1."),
        ("WK043902;;wijk;2026;;", "Geef een naam van hoogstens 120 letters."),
        ("WK043902;Gors;stad;2026;;", "De soort is wijk, dorp of buurt; hier staat stad."),
        ("WK043902;Gors;wijk;26;;", "Het jaar heeft vier cijfers, zoals 2026; hier staat 26."),
        ("WK043902;Gors;wijk;2026;;144", "144 is geen postcode."),
        ("WK043902;Gors;wijk;2026;WK999999;", "Er is geen buurt WK999999 waar dit bij kan horen."),
        ("WK043901;Gors;wijk;2026;;", "De code WK043901 staat meer dan één keer in deze lijst."),
        ("WK043902;Gors;wijk;2026;;1443", "De postcode 1443 staat meer dan één keer in deze lijst."),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_nothing_is_taken_in(client, line, why):
    answer = send(client, GOOD + line + "\n")
    assert answer.status_code == 422
    assert f"Regel 4: {why}" in answer.text
    assert (Neighbourhood.objects.count(), NeighbourhoodPostcode.objects.count()) == (0, 0)


def test_what_belongs_to_another_municipality_is_not_taken_over(client):
    theirs = make_neighbourhood(make_municipality())
    NeighbourhoodPostcode.objects.create(neighbourhood=theirs, postcode="1443")
    answer = send(client, GOOD.replace("WK043901", theirs.code))
    assert f"Regel 2: De code {theirs.code} hoort bij een andere gemeente." in answer.text
    assert "Regel 2: De postcode 1443 hoort bij een andere gemeente." in answer.text
    assert Neighbourhood.objects.get(code=theirs.code).name == theirs.name


def test_a_file_of_an_old_spreadsheet_program_keeps_its_accents(client):
    send(client, GOOD.replace("De Gors", "Reünie"), "cp1252")
    assert Neighbourhood.objects.filter(name="Reünie").count() == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a;b\n1;2\n", "Deze kolommen ontbreken: code, kind, name, year."),
        (HEAD, "Er staat geen regel in dit bestand."),
        (HEAD + "WK043901;De Gors;wijk;2026;;\n" * 5001, "Deze lijst is te lang: hoogstens 5000 regels."),
        ("PK\0\0", "Dit is geen CSV-bestand."),
    ],
    ids=["other columns", "no line", "too long", "no list"],
)
def test_a_file_that_is_no_list_is_refused_in_words(client, content, why):
    answer = send(client, content)
    assert answer.status_code == 422 and why in answer.text


def test_the_words_of_the_public_form_are_changed(client, team):
    client.post(to("municipality"), {"phone": "14 0299", "reading_hours": "Elke werkdag tussen 9 en 17 uur."})
    team.municipality.refresh_from_db()
    assert (team.municipality.phone, team.municipality.reading_hours) == ("14 0299", "Elke werkdag tussen 9 en 17 uur.")


def test_a_front_door_without_lead_is_refused(client, team):
    bare = make_team(team.municipality, name="Team Voordeur")
    bare.lead = bare.lead_substitute = None
    bare.save()
    answer = client.post(to("front_door"), {"team": bare.ref})
    assert answer.status_code == 422 and "Dit team heeft nog geen teamleider met vervanger." in answer.text


def test_what_asks_for_attention_stands_on_the_first_page(client, office):
    team, administrator = office
    leaver = make_member(team, name="Femke", until_on=timezone.localdate() + timedelta(30))
    make_member(team, name="Later", until_on=timezone.localdate() + timedelta(31))
    make_neighbourhood(team.municipality, "Wheermolen")
    bare = make_team(team.municipality, name="Team Kaal")
    bare.lead_substitute = None
    bare.save()
    shown = attention(actor=actor_for(administrator))
    assert shown.ending == [leaver]
    assert "Team Kaal" in client.get(to("manage")).text
    assert [t.name for t in shown.leaderless] == ["Team Kaal"]
    assert [place.name for place in shown.unserved] == ["Wheermolen"]
    assert "Femke" in {worker.name for worker in shown.without_second_step}
