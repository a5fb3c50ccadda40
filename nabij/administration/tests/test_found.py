"""The first day of an installation: a municipality, its administrator, the organisations that work there."""

import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from nabij.access.actor import system_actor, worker_actor
from nabij.access.models import Controller, Municipality, Role, Team, Worker
from nabij.administration.actions import add_organisation, found_municipality
from nabij.administration.queries import controllers_of
from nabij.audit.models import Entry
from nabij.core.errors import Refused

pytestmark = pytest.mark.django_db
ANJA = {"municipality": "Waterdam", "administrator": "Anja de Beheerder", "email": "anja@nabij.example"}
PASSWORD = "vier-rustige-fietsbellen"


def found(**changes):
    at = timezone.now()
    facts = {"name": "Waterdam", "code": "GM9999", "worker_name": "Anja", "email": "anja@nabij.example", **changes}
    return found_municipality(actor=system_actor(at=at), at=at, **facts)


def add(**facts):
    at = timezone.now()
    return add_organisation(actor=system_actor(at=at), at=at, **facts)


def test_the_link_that_is_printed_lets_the_administrator_choose_a_password_and_begin(client, capsys):
    call_command("begin", "gm9999", bsn=True, **ANJA)
    link = re.search(r"https?://\S+", capsys.readouterr().out).group()
    form = client.get(link, follow=True)
    chosen = client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert chosen.status_code == 302
    assert client.post(reverse("account_login"), {"login": ANJA["email"], "password": PASSWORD}).status_code == 302
    assert client.get("/").url == "/account/2fa/totp/activate/"  # the second step first
    client.logout()
    assert 'name="password1"' not in client.get(link, follow=True).text  # it works once
    place = Worker.objects.get().memberships.get()
    assert (place.role, place.paid, place.team.municipality.name, place.team.controller.may_process_bsn) == (Role.ADMINISTRATOR, True, "Waterdam", True)
    assert Entry.objects.get(verb="administration.found").actor_kind == "system"


def test_a_welfare_organisation_can_be_chosen_for_a_team_afterwards(capsys):
    call_command("begin", "GM9999", welfare=["Stichting Dichtbij"], **ANJA)
    call_command("begin", "GM9999", welfare=["Stichting Ernaast"])
    actor = worker_actor(Worker.objects.get(), at=timezone.now())
    assert [house.name for house in controllers_of(actor=actor)] == ["Gemeente Waterdam", "Stichting Dichtbij", "Stichting Ernaast"]
    assert not Controller.objects.filter(kind="welfare", may_process_bsn=True).exists()


def test_a_second_municipality_may_have_the_same_administrator_and_the_same_welfare_organisation(capsys):
    call_command("begin", "GM9999", welfare=["Stichting Dichtbij"], **ANJA)
    call_command("begin", "GM9998", welfare=["stichting dichtbij"], **ANJA | {"municipality": "Polderdam", "email": "Anja@nabij.example"})
    assert Worker.objects.get().memberships.count() == 2
    assert Controller.objects.filter(kind="welfare").count() == 1


@pytest.mark.parametrize("changes", [{"name": " "}, {"worker_name": ""}, {"email": ""}, {"code": "0439"}, {"code": "GM043"}])
def test_what_is_missing_is_refused_and_nothing_is_made(changes):
    with pytest.raises(Refused, match=r"^Geef "):
        found(**changes)
    assert (Controller.objects.count(), Municipality.objects.count(), Worker.objects.count()) == (0, 0, 0)


def test_what_is_here_already_is_not_made_twice():
    found()
    with pytest.raises(Refused, match="Deze gemeente is er al"):
        found(name="Anders")
    add(code="GM9999", name="Stichting Dichtbij")
    with pytest.raises(Refused, match="Deze organisatie is er al"):
        add(code="GM9999", name="stichting dichtbij")
    for code, name in (("GM9998", "Stichting Dichtbij"), ("GM9999", " ")):
        with pytest.raises(Refused, match="Geef de code van een gemeente die er al is"):
            add(code=code, name=name)
    assert Team.objects.count() == 2


def test_the_command_says_what_is_missing():
    with pytest.raises(CommandError, match="Geef de naam van de gemeente"):
        call_command("begin", "GM9999")
